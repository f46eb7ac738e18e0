"""Names as publishers write them, made comparable."""

from __future__ import annotations

import re
import unicodedata

_NOTES = re.compile(r"[\s,]*\d+(\s*,\s*\d+)*\s*$")


def fold(name: str) -> str:
    """Lower case, no accents, punctuation, note numbers or leading article: a key, never shown."""
    plain = unicodedata.normalize("NFKD", _NOTES.sub("", name)).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"\(the\)|[’'`.,()*-]", " ", plain.replace("&", " and "))
    plain = re.sub(r"\s+", " ", plain).strip()
    return re.sub(r"^the ", "", plain)


def squeeze(text: str) -> str:
    """One space for each run of white space, none at the ends."""
    return re.sub(r"[\s\xa0]+", " ", text).strip()
