"""HTML bytes to tables and texts, through lxml."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator

import lxml.html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from ingest.clean.names import squeeze


def parse(content: bytes) -> HtmlElement | None:
    """The tree of a page, None if there is nothing to parse."""
    try:
        return lxml.html.document_fromstring(content, parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (ParserError, ValueError):
        return None


def by_id(tree: HtmlElement, end: str) -> HtmlElement | None:
    """The first element whose id ends so: ASP.NET puts the names of containers before it."""
    found = tree.xpath("//*[substring(@id, string-length(@id) - string-length($end) + 1) = $end]", end=end)
    return found[0] if isinstance(found, list) and found and isinstance(found[0], HtmlElement) else None


def text(element: HtmlElement) -> str:
    """The text of an element on one line."""
    return squeeze(str(element.text_content()))


def split_notes(element: HtmlElement) -> tuple[str, tuple[str, ...]]:
    """The text of an element without hidden parts and note marks, and the numbers of the notes."""
    bare = copy.deepcopy(element)
    notes: list[str] = []
    for hidden in list(bare.find_class("invisible")):
        hidden.drop_tree()
    for mark in [*bare.iter("sup", "superscript"), *bare.find_class("noteIndex")]:
        if mark.getparent() is None or not re.fullmatch(r"[\d\s,]+", str(mark.text_content())):
            continue
        notes += [part for part in squeeze(str(mark.text_content())).replace(",", " ").split() if part.isdigit()]
        mark.drop_tree()
    return text(bare), tuple(notes)


def cells(row: HtmlElement) -> list[HtmlElement]:
    """The cells of one row of a table, not those of tables inside it."""
    return [cell for cell in row if cell.tag in ("td", "th")]


def rows(table: HtmlElement) -> Iterator[tuple[int, HtmlElement]]:
    """The rows of a table with their numbers from 1, not those of tables inside it."""
    bodies = [table, *(part for part in table if part.tag in ("tbody", "thead"))]
    number = 0
    for body in bodies:
        for row in body:
            if row.tag == "tr":
                number += 1
                yield number, row
