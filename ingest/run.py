"""One load: snapshot the files, read them, compare with what the sink holds, append what is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from graph.errors import SourceRefused
from ingest.findings import Report
from ingest.snapshot import take
from ingest.source import Source
from ingest.statement import Statement

Progress = Callable[[int, int], None]  # files done, files in all
NODES: Mapping[str, str] = {"MEMBER_OF": "Organisation"}


class Sink(Protocol):
    """Where statements go: the ledger, or a list in a test."""

    def existing(self, source: str) -> Iterable[Statement]:
        """The statements it holds of this source."""
        ...

    def append(self, statements: Sequence[Statement]) -> None:
        """Add statements, all or none."""
        ...


def run_source(
    source: Source,
    files: Sequence[Path],
    sink: Sink,
    *,
    dry_run: bool = False,
    published: str = "",
    progress: Progress = lambda done, whole: None,
) -> Report:
    """Load the files of one source and report on it.

    A record counts as unchanged when each of its statements was there before. Nothing is appended on a dry run.
    Raises: SourceRefused if a file is of another kind or breaks the source's expectations; OSError if unreadable.
    """
    if not files:
        raise SourceRefused("no file is given; name at least one", field="file")
    snapshot = take(files)
    report = Report(source.name, snapshot=snapshot.id, published=published, dry_run=dry_run)
    found: list[Statement] = []
    for done, part in enumerate(snapshot.parts()):
        progress(done, len(snapshot.files))
        found += source.parse(part, report)
    progress(len(snapshot.files), len(snapshot.files))
    if report.read < source.expect.records:
        raise SourceRefused(
            f"holds {report.read} records, at least {source.expect.records} are expected; is it whole",
            field="file",
            value=snapshot.files[0].name,
        )
    known = set(sink.existing(source.name))
    fresh = [one for one in dict.fromkeys(found) if one not in known]
    _count(report, found, fresh)
    if fresh and not dry_run:
        sink.append(fresh)
    return report


def _count(report: Report, found: Sequence[Statement], fresh: Sequence[Statement]) -> None:
    """Fill the report: what was added, what was there, nodes and edges by name."""
    report.added, report.same = len(fresh), len(set(found)) - len(fresh)
    new_records = {(one.object, one.record) for one in fresh}
    if not fresh:
        report.unchanged, report.loaded = report.loaded, 0
    else:
        every = {(one.object, one.record) for one in found}
        report.unchanged = min(report.loaded, len(every - new_records))
        report.loaded -= report.unchanged
    report.edges = dict(Counter(one.relation for one in fresh))
    report.nodes = dict(Counter(kind for kind, _ in set(_nodes(fresh))))


def _nodes(statements: Iterable[Statement]) -> Iterator[tuple[str, str]]:
    for one in statements:
        yield "State", one.state
        yield NODES.get(one.relation, "Instrument"), one.object
