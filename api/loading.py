"""A user's file into the ledger: read by a connector, compared with what is there, written as one load."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from api.statements import to_row, to_statement
from graph.ledger import Counts, Ledger, Load, SnapshotRow, StatementRow
from ingest.findings import Report
from ingest.run import Progress, run_source
from ingest.snapshot import take
from ingest.source import Source
from ingest.statement import Statement

NOT_TAKEN_BACK = "9999"  # a day seen that no file is as new as


@dataclass
class Plan:
    """The sink of one load: it gathers what is to be added and closed, and writes both in one transaction."""

    ledger: Ledger
    added: list[StatementRow] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    def existing(self, source: str) -> Iterable[Statement]:
        """Return what is known, dated so that this source takes back only what it said itself.

        It said what bears its name in the shipped tables, and what its own earlier loads brought.
        """
        loads = {load.id for load in self.ledger.loads() if load.source == source}
        for row in self.ledger.current():
            own = row.source == source or row.load in loads
            yield to_statement(row if own else replace(row, seen=NOT_TAKEN_BACK))

    def append(self, statements: Sequence[Statement]) -> None:
        """Keep the statements for the load."""
        self.added += [to_row(one) for one in statements]

    def close(self, statements: Sequence[Statement]) -> None:
        """Keep the ids of statements that the source no longer makes."""
        self.gone += [to_row(one).id for one in statements]

    def write(self, load: Load) -> Counts:
        """Write the load whole."""
        return self.ledger.append(self.added, load, closing=self.gone)


def read(
    source: Source, paths: Sequence[Path], ledger: Ledger, published: str, progress: Progress
) -> tuple[Plan, Report]:
    """Read the files and work out what their load adds, leaves and closes; nothing is written.

    Raises: SourceRefused when a file is of the wrong kind; OSError when one cannot be read.
    """
    plan = Plan(ledger)
    report = run_source(source, paths, plan, published=published, progress=progress)
    return plan, report


def load_of(source: Source, paths: Sequence[Path], report: Report, recorded: str) -> Load:
    """Return the load as the ledger remembers it: the files' hashes, the counts, the findings."""
    snapshot = take(paths)
    files = tuple(
        SnapshotRow(
            sha256=one.sha256,
            size=len(one.content),
            source=source.name,
            file=one.name,
            publisher=source.publisher,
            url=source.url,
            published=report.published,
        )
        for one in snapshot.files
    )
    return Load(
        source=source.name,
        recorded=recorded,
        snapshot=snapshot.sha256,
        snapshots=files,
        published=report.published,
        records_read=report.read,
        records_rejected=report.rejected,
        findings=json.dumps(report.as_dict()["findings"], ensure_ascii=False),
    )
