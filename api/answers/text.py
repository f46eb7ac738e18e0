"""Text that is safe to show: no control characters, folded by the columns it takes on a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

WIDTH = 80


def clean(text: object) -> str:
    """Return a text as one line that a terminal takes for text."""
    return " ".join("".join(c if c.isprintable() else " " for c in str(text)).split())


def columns(text: str) -> int:
    """Return how many columns a text takes: wide letters two, marks on a letter none."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def _columns(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def cut(text: object, width: int) -> str:
    """Return a text of at most this many columns, with an ellipsis where something was left out."""
    line = clean(text)
    if columns(line) <= width:
        return line
    kept = ""
    for letter in line:
        if columns(kept + letter) > width - 1:
            break
        kept += letter
    return f"{kept.rstrip()}…"


def fold(text: object, *, first: str = "", then: str | None = None, width: int = WIDTH) -> Iterator[str]:
    """Yield a text as lines of at most `width` columns: the first begins with `first`, the others with `then`."""
    lead, following = first, " " * columns(first) if then is None else then
    line = ""
    for word in _pieces(clean(text), width - max(columns(lead), columns(following))):
        longer = f"{line} {word}" if line else word
        if line and columns(lead) + columns(longer) > width:
            yield lead + line
            lead, line = following, word
        else:
            line = longer
    yield (lead + line).rstrip()


def _pieces(text: str, room: int) -> Iterator[str]:
    for word in text.split(" "):
        piece = ""
        for letter in word if columns(word) > room else ():
            if columns(piece + letter) > room:
                yield piece
                piece = ""
            piece += letter
        yield piece or word
