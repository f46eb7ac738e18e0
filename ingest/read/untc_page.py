"""A status page of the UN Treaty Collection, read into participants, texts and notes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml.html import HtmlElement

from graph.errors import SourceRefused
from ingest.clean.dates import written
from ingest.clean.names import squeeze
from ingest.read import html

ACTIONS: Mapping[str, str] = {
    "a": "accession",
    "A": "acceptance",
    "AA": "approval",
    "c": "formal-confirmation",
    "d": "succession",
    "s": "definitive-signature",
    "P": "participation",
    "": "ratification",
}
SECTIONS = ("dgDec", "dgDecUnderArticle", "dgNotifications")


@dataclass(frozen=True, slots=True)
class Participant:
    """One row of the table of participants. Dates are ISO; `bracketed` rows have left."""

    row: int
    name: str
    notes: tuple[str, ...]
    signed: str
    acted: str
    action: str
    bracketed: bool
    unread: str  # what a cell holds that is no date


@dataclass(frozen=True, slots=True)
class Text:
    """What a page prints of one participant in one section."""

    section: str
    name: str
    text: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page: `chapter` as in `IV-5`, `as_at` its own date, `parties` the number it prints."""

    chapter: str
    as_at: str
    parties: int
    participants: tuple[Participant, ...]
    texts: tuple[Text, ...]
    notes: Mapping[str, str]


def looks_like(content: bytes) -> bool:
    """Whether the bytes are some HTML."""
    head = content[:2000].lstrip().lower()
    return b"<html" in head or b"<!doctype" in head


def read_page(name: str, content: bytes) -> Page:
    """Read one page. Raises SourceRefused if it is no status page or is cut short."""
    tree = html.parse(content)
    grid = html.by_id(tree, "_tblgrid") if tree is not None else None
    status = html.by_id(tree, "_rptStatus_ctl00_tcText") if tree is not None else None
    if tree is None or grid is None or status is None:
        raise _refused(name, "is not a status page of the UN Treaty Collection (no table of participants)")
    if b"</html>" not in content[-4000:].lower():
        raise _refused(name, "is cut short (the page does not end)")
    printed = re.search(r"Parties\s*:\s*(\d+)", html.text(status))
    chapter = re.search(rb"mtdsg_no=([IVX]+-\d+(?:-[a-z])?)", content)
    at = html.by_id(tree, "_div3")
    day = re.search(r"(\d{2})-(\d{2})-(\d{4})", html.text(at)) if at is not None else None
    if printed is None or chapter is None or day is None:
        raise _refused(name, "prints no number of parties, chapter or date of status")
    return Page(
        chapter=chapter[1].decode(),
        as_at=f"{day[3]}-{day[2]}-{day[1]}",
        parties=int(printed[1]),
        participants=tuple(_participants(grid)),
        texts=tuple(text for section in SECTIONS for text in _texts(tree, section)),
        notes=_notes(tree),
    )


def _refused(name: str, reason: str) -> SourceRefused:
    return SourceRefused(f"{reason}; save the page again from treaties.un.org", field="file", value=name)


def _participants(grid: HtmlElement) -> list[Participant]:
    found = []
    for number, row in html.rows(grid):
        parts = html.cells(row)
        if number == 1 or len(parts) < 2:
            continue
        name, notes = html.split_notes(parts[0])
        signed_cell = html.text(parts[1]) if len(parts) > 2 else ""
        acted_cell = html.split_notes(parts[-1])[0]
        acted = written(acted_cell) or ""
        suffix = re.sub(r"[\[\]]", "", re.sub(r"\d{1,2}\s+[A-Za-z]+\s+\d{4}", "", acted_cell)).strip()
        signed = written(signed_cell) or ""
        unread = "" if (acted or not acted_cell) and suffix in ACTIONS else acted_cell
        if signed_cell and not signed:
            unread = unread or signed_cell
        action = ACTIONS.get(suffix, "") if acted else ""
        found.append(Participant(number, name, notes, signed, acted, action, acted_cell.startswith("["), unread))
    return found


def _texts(tree: HtmlElement, section: str) -> list[Text]:
    table = html.by_id(tree, f"_{section}")
    found: list[Text] = []
    for _, row in html.rows(table) if table is not None else ():
        divs = {str(one.get("id", "")).rsplit("_", 1)[-1]: one for one in row.iter("div")}
        who, what = divs.get("divParticipant"), divs.get("divText", divs.get("divNotificationText"))
        if who is None or what is None:
            continue
        name, notes = html.split_notes(who)
        body, more = html.split_notes(what)
        found.append(Text(section, name, squeeze(body.removeprefix(name)), notes + more))
    return found


def _notes(tree: HtmlElement) -> dict[str, str]:
    table = html.by_id(tree, "_dgNotesAll")
    notes: dict[str, str] = {}
    for _, row in html.rows(table) if table is not None else ():
        body = html.text(row)
        found = re.match(r"(\d+)\s*(.*)", body)
        if found:
            notes[found[1]] = found[2]
    return notes
