"""Where a treaty does or does not reach a territory, compiled by hand."""

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
from ingest.sources.treaty_tables import source_id
from ingest.statement import Statement

COLUMNS = ("state", "territory", "instrument", "extends", "since", "source", "confidence", "note")


def parse(snapshot: Snapshot, report: Report) -> Iterator[Statement]:
    """Yield a row of the territory itself where a treaty reaches it, and a limit of the state where it does not."""
    for file in snapshot.files:
        if csv.columns(file.content) != COLUMNS:
            raise SourceRefused("is not a table of territories", field="file", value=file.name)
        if not file.content.endswith(b"\n"):
            raise SourceRefused("is cut short (its last line does not end)", field="file", value=file.name)
        for row in csv.read_rows(file.content, file.name):
            report.read += 1
            if row["instrument"] == "all":
                report.add("not-a-record", "info", row.where, "a remark on every treaty of the territory")
                report.loaded += 1
                continue
            before = report.rejected
            yield from _statements(row, report)
            report.loaded += before == report.rejected


def _statements(row: Row, report: Report) -> Iterator[Statement]:
    thing, state = load_catalogue().id(row["instrument"]), load_states().code(row["state"])
    codes = settings("territorial")["territories"].get(row["territory"])
    if thing is None or state is None or codes is None or (row["since"] and not dates.is_partial(row["since"])):
        report.reject("unknown-instrument" if thing is None else "unknown-state", row.where, "not in the catalogue")
        return
    more = {
        "source": source_id(row["source"]), "confidence": row["confidence"], "record": row.where,
        "seen": settings("territorial")["seen"], "note": row["note"],
    }  # fmt: skip
    member = thing in load_catalogue().organisations
    if row["extends"] == "no":
        yield Statement(
            state=state, relation="RESERVES", object=thing, kind="territorial-exclusion", since=row["since"],
            excludes="territory", detail=f"outside={'|'.join(codes)}", **more,
        )  # fmt: skip
    elif not member:
        for code in codes:
            yield Statement(
                state=code, relation="PARTY_TO", object=thing, kind="extension", since=row["since"],
                detail=f"of={state}", **more,
            )  # fmt: skip


SOURCE = make("territorial", parse)
