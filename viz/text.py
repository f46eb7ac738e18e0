"""Text of others made fit to show: no control characters, nothing that turns the direction of what follows."""

from __future__ import annotations

import unicodedata
from typing import Final

TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
JOINING: Final = frozenset("\u200c\u200d")  # Persian, Hindi and others need them inside words
HIDDEN: Final = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def clean(text: object, most: int | None = None) -> str:
    """Return a text as one line of visible characters, cut with an ellipsis after `most` of them."""
    line = " ".join("".join(map(_seen, str(text))).split())
    return line if most is None or len(line) <= most else f"{line[: most - 1].rstrip()}…"


def _seen(letter: str) -> str:
    if letter in JOINING:
        return letter
    if letter in TURNING:
        return ""
    return " " if unicodedata.category(letter) in HIDDEN else letter
