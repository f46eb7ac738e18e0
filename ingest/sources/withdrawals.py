"""Denunciations, withdrawals, suspensions, lapses and events that look like them, compiled by hand."""

from __future__ import annotations

from collections.abc import Iterator

from graph.errors import SourceRefused
from ingest.clean import dates
from ingest.clean.catalogue import load_catalogue
from ingest.clean.states import load_states
from ingest.findings import Report
from ingest.read import csv
from ingest.read.csv import Row
from ingest.snapshot import Snapshot
from ingest.source import make, settings
from ingest.sources.treaty_tables import is_forum, source_id
from ingest.statement import Statement

COLUMNS = ("state_iso3", "instrument", "event", "date_notified", "date_effective", "source", "confidence", "note")


def parse(snapshot: Snapshot, report: Report) -> Iterator[Statement]:
    """Yield one statement for each event; what it means stands in `withdrawals.yaml` under its name."""
    for file in snapshot.files:
        if csv.columns(file.content) != COLUMNS:
            raise SourceRefused("is not a table of withdrawals", field="file", value=file.name)
        if not file.content.endswith(b"\n"):
            raise SourceRefused("is cut short (its last line does not end)", field="file", value=file.name)
        for row in csv.read_rows(file.content, file.name):
            if not row["state_iso3"] or is_forum(load_catalogue().id(row["instrument"])):
                report.add(
                    "not-a-record", "info", row.where, f"{row['instrument']}: no state, or no instrument, is named"
                )
                continue
            report.read += 1
            statement = _statement(row, report)
            if statement is not None:
                report.loaded += 1
                yield statement


def _statement(row: Row, report: Report) -> Statement | None:
    catalogue = load_catalogue()
    thing, state = catalogue.id(row["instrument"]), load_states().code(row["state_iso3"])
    meaning = settings("withdrawals")["events"].get(row["event"])
    bad = next(
        (one for one in (row["date_notified"], row["date_effective"]) if one and not dates.is_partial(one)), None
    )
    if thing is None or state is None or meaning is None or bad:
        code = "unknown-state" if state is None else "unknown-action" if meaning is None else "bad-date"
        report.reject(code if thing is not None else "unknown-instrument", row.where, f"{row['event']} is not read")
        return None
    relation = meaning["relation"]
    if relation == "BOUND":
        kind = str(catalogue.instruments.get(thing, {}).get("kind", ""))
        relation = (
            "MEMBER_OF" if thing in catalogue.organisations else "ACCEPTS" if kind == "acceptance" else "PARTY_TO"
        )
    ends = meaning.get("ends", False)
    return Statement(
        state=state, relation=relation, object=thing, kind=meaning["kind"], deposited=row["date_notified"],
        since="" if ends else row["date_effective"], until=row["date_effective"] if ends else "",
        source=source_id(row["source"]), confidence=meaning.get("confidence", row["confidence"]),
        seen=settings("withdrawals")["seen"], record=row.where, note=row["note"],
    )  # fmt: skip


SOURCE = make("withdrawals", parse)
