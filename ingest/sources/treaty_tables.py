"""Tables compiled by hand from pages and knowledge, and tables transcribed from pages.

The first have the columns `state_iso3, instrument, action, date, effective, until, confidence, source, note`;
the others are described, column by column, in `treaty_tables.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from graph.errors import SourceRefused
from ingest.clean import dates
from ingest.clean.catalogue import load_catalogue
from ingest.clean.states import load_states
from ingest.findings import Report
from ingest.read import csv
from ingest.read.csv import Row
from ingest.snapshot import File, Snapshot
from ingest.source import make, settings
from ingest.sources.untc import bound_from
from ingest.statement import Statement

COLUMNS = ("state_iso3", "instrument", "action", "date", "effective", "until", "confidence", "source", "note")
_JOIN = ("ratification", "accession", "succession", "join", "rejoin")
_LEAVE = ("withdrawal", "leave")
CONFIDENCE = ("high", "medium", "low")


def parse(snapshot: Snapshot, report: Report) -> Iterator[Statement]:
    """Yield the statements of each table. Raises SourceRefused for a table of another kind."""
    for file in snapshot.files:
        yield from _table(file, report)


def _table(file: File, report: Report) -> Iterator[Statement]:
    header = csv.columns(file.content)
    layout = settings("treaty_tables")["layouts"].get(",".join(header))
    if header != COLUMNS and layout is None:
        raise SourceRefused(
            "has none of the known headers; treaty_tables.yaml lists them", field="file", value=file.name
        )
    if not file.content.endswith(b"\n"):
        raise SourceRefused("is cut short (its last line does not end)", field="file", value=file.name)
    for row in csv.read_rows(file.content, file.name):
        if layout is None:
            yield from _checked(row, report)
        else:
            for part in layout["rows"]:
                cells = {column: _cell(row, part.get(column, "")) for column in COLUMNS}
                if cells["date"] or cells["effective"] or part.get("dateless"):
                    yield from _checked(Row(row.file, row.line, cells), report)


def _cell(row: Row, recipe: str) -> str:
    """A cell of the standard layout: `$column` is that column's text, anything else stands for itself."""
    return re.sub(r"\$(\w+)", lambda match: row[match[1]], recipe)


def _checked(row: Row, report: Report) -> Iterator[Statement]:
    """One record: its statements, or the finding that says why there is none."""
    if not row["state_iso3"] or is_forum(load_catalogue().id(row["instrument"])):
        report.add(
            "not-a-record",
            "info",
            row.where,
            f"{row['instrument']}: a rule of the treaty or a note on the table",
        )
        return
    report.read += 1
    thing = load_catalogue().id(row["instrument"])
    state = load_states().code(row["state_iso3"])
    bad = next((one for one in ("date", "effective", "until") if row[one] and not dates.is_partial(row[one])), None)
    if thing is None or state is None or bad or row["confidence"] not in CONFIDENCE:
        code = "unknown-instrument" if thing is None else "unknown-state" if state is None else "bad-date"
        report.reject(
            code,
            row.where,
            f"{row['instrument']}: instrument, state, {bad or 'date'} or confidence not known",
        )
        return
    found = list(_statements(row, state, thing, report))
    if not found:
        report.reject("unknown-action", row.where, f"{row['instrument']}: {row['action']} is not read")
        return
    report.loaded += 1
    yield from found


def _statements(row: Row, state: str, thing: str, report: Report) -> Iterator[Statement]:
    catalogue = load_catalogue()
    member = thing in catalogue.organisations
    action = row["action"]
    base = Statement(
        state=state, relation="", object=thing, kind=action, deposited=row["date"], until=row["until"],
        confidence=row["confidence"], source=source_id(row["source"]), seen=_seen(row), record=row.where,
        note=row["note"],
    )  # fmt: skip
    own = _own_readings(row, thing, state)
    if own is not None:
        for line in own:
            yield _from_reading(base, row, line)
    elif action in _JOIN:
        kind = "join" if action == "rejoin" else action
        if catalogue.rule(thing) == "not-in-force":
            note = f"deposited {row['date'] or 'on a day not known'}; not in force for any state"
            yield replace(base, relation="PARTY_TO", kind=kind, deposited="", note=note)
        else:
            since = _since(row, state, thing, report)
            yield replace(base, relation="MEMBER_OF" if member else "PARTY_TO", kind=kind, since=since)
    elif action in _LEAVE:
        relation = "MEMBER_OF" if member else "PARTY_TO"
        if row["until"] and row["effective"]:  # a spell outside between two spells inside
            yield replace(base, relation=relation, kind="denunciation-ends", until=row["effective"])
            yield replace(base, relation=relation, kind="join", deposited=row["until"], since=row["until"], until="")
        else:
            yield replace(base, relation=relation, kind="denunciation-ends", until=row["effective"] or row["until"])
    elif action == "suspension":
        yield replace(base, relation="SUSPENDED", since=row["effective"] or row["date"])
    elif action == "none":
        yield replace(base, relation="NOT_PARTY", kind="none", until="")
    elif action == "signature":
        yield replace(base, relation="SIGNED")
    elif action == "declaration":
        relation = settings("treaty_tables")["declarations"].get(thing)
        if relation:
            kind = "reservation" if relation == "OPTS_OUT" else "declaration"
            since = row["effective"] or (catalogue.effective(thing, row["date"]) if relation != "OPTS_OUT" else "")
            yield replace(base, relation=relation, kind=kind, since=since or _unknown_day(row, thing))


def _since(row: Row, state: str, thing: str, report: Report) -> str:
    """The first day in force: as the clause gives it, else as printed, else the span it must lie in."""
    catalogue, states = load_catalogue(), load_states()
    action = "succession" if row["action"] == "succession" else row["action"]
    computed, _ = bound_from(catalogue, states, thing, state, action, row["date"]) if row["date"] else ("", "")
    printed = row["effective"]
    spans = settings("treaty_tables")["printed_spans"]
    if printed and f"{thing} {printed}" in spans:
        return str(spans[f"{thing} {printed}"])
    if computed and printed and not dates.agree(computed, printed):
        report.add(
            "date-mismatch",
            "warning",
            row.where,
            f"{row['instrument']} {state}: printed {printed}, clause {computed}",
        )
    if printed:
        return dates.latest(printed, catalogue.general(thing)) if "/" not in printed else printed
    return computed or _unknown_day(row, thing)


def _unknown_day(row: Row, thing: str) -> str:
    """The span of an unknown day: from the instrument's own beginning, or the deposit, to the day seen."""
    start = dates.latest(load_catalogue().general(thing), row["date"]) or str(
        settings("treaty_tables")["founded"].get(thing, "")
    )
    by = re.search(r"\bparty by (\d{4}(?:-\d{2}){0,2})\b", row["note"])
    end = by[1] if by else str(settings("treaty_tables")["member_by"].get(thing, "")) or _seen(row)
    if not start or dates.first_day(start) > dates.last_day(end):
        return ""
    return dates.span(dates.first_day(start), dates.last_day(end))


def _own_readings(row: Row, thing: str, state: str) -> list[dict[str, Any]] | None:
    """The readings of a row's text, from the YAML file; None if its action is read by its name."""
    groups = [
        {**group, **(group["states"][state] or {})}
        for group in settings("treaty_tables")["readings"]
        if group["object"] == thing and state in group["states"] and row["action"] in group["actions"]
    ]
    return groups or None


def _from_reading(base: Statement, row: Row, line: Mapping[str, Any]) -> Statement:
    since = line.get("since", row["effective"] or row["date"])
    detail = str(line.get("detail", "")).replace("$since", since)
    return replace(
        base,
        relation=line["relation"],
        object=line.get("as", base.object),
        kind=line["kind"],
        since=since,
        until=line.get("until", base.until),
        excludes=line.get("excludes", ""),
        detail=detail,
        confidence=line.get("confidence", base.confidence),
        note=line.get("note", base.note),
    )


def is_forum(thing: str | None) -> bool:
    """Whether an alias names a forum or nothing: it has no status of its own."""
    catalogue = load_catalogue()
    return thing is not None and thing not in catalogue.instruments and thing not in catalogue.organisations


@cache
def source_id(text: str) -> str:
    """The id of a source from the words of a table: a page by its site, everything else by its line in the YAML."""
    for start, name in settings("treaty_tables")["sources"].items():
        if text.startswith(start):
            return str(name)
    site = re.search(r"https?://(?:www\.)?([^/ ]+)", text)
    if site:
        return "page-" + re.sub(r"[^a-z0-9]+", "-", site[1].lower()).strip("-")
    return "general-knowledge"


def _seen(row: Row) -> str:
    """The day the table's source was seen: the one its text prints in brackets, else the day of compilation."""
    found = re.search(r"\((?:status about )?(July 2014|\d{4}-\d{2}-\d{2})\)", row["source"])
    if found:
        return "2014-07" if found[1] == "July 2014" else found[1]
    return str(settings("treaty_tables")["seen"])


SOURCE = make("treaty_tables", parse)
