"""Names as words: the form in which the graph is searched."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

WORD: Final = re.compile(r"[^\W_]+")


def words(text: str) -> str:
    """Return the words of a text in lower case with one blank between: what a person types, as the graph holds it."""
    return " ".join(WORD.findall(text.lower()))


def search_text(*names: str | None) -> str:
    """Return the searchable text of some names: each as words, and once more without accents where it has any."""
    forms: dict[str, None] = {}
    for name in names:
        if name:
            plain = words(name)
            forms[plain] = None
            forms[words(without_accents(name))] = None
    return " ".join(forms)


def without_accents(text: str) -> str:
    """Return a text with the marks taken off its letters: `côte` becomes `cote`."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
