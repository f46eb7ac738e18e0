"""One load: snapshot the files, read them, compare with what the sink holds, append what is new."""

from __future__ import annotations

import re
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
_ROW = re.compile(r"\b(row|line) \d+")
NODES: Mapping[str, str] = {"MEMBER_OF": "Organisation"}


class Sink(Protocol):
    """Where statements go: the ledger, or a list in a test."""

    def existing(self, source: str) -> Iterable[Statement]:
        """The statements it holds of this source."""
        ...

    def append(self, statements: Sequence[Statement]) -> None:
        """Add statements, all or none."""
        ...

    def close(self, statements: Sequence[Statement]) -> None:
        """Mark statements that the source no longer makes as no longer current; nothing is deleted."""
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
    held = {one.key: one for one in sink.existing(source.name)}
    fresh = list({one.key: one for one in found if one.key not in held}.values())
    gone = _gone(held.values(), found)
    _count(report, found, fresh, gone)
    if not dry_run:
        if gone:
            sink.close(gone)
        if fresh:
            sink.append(fresh)
    return report


def _gone(held: Iterable[Statement], found: Sequence[Statement]) -> list[Statement]:
    """What the source said before of the same instruments and says no more; an older edition takes nothing back."""
    keys = {one.key for one in found}
    newest = {(one.object, one.source): one.seen for one in found}
    return [one for one in held if one.key not in keys and one.seen <= newest.get((one.object, one.source), "")]


def _count(report: Report, found: Sequence[Statement], fresh: Sequence[Statement], gone: Sequence[Statement]) -> None:
    """Fill the report: what was added, closed and there before; records, nodes and edges."""
    report.added, report.closed = len(fresh), len(gone)
    report.same = len({one.key for one in found}) - len(fresh)
    rows = {(one.object, one.record) for one in fresh if _ROW.search(one.record)}
    changed = min(report.loaded, len(rows) or len(fresh))
    report.unchanged, report.loaded = report.loaded - changed, changed
    report.edges = dict(Counter(one.relation for one in fresh))
    report.nodes = dict(Counter(kind for kind, _ in set(_nodes(fresh))))


def _nodes(statements: Iterable[Statement]) -> Iterator[tuple[str, str]]:
    for one in statements:
        yield "State", one.state
        yield NODES.get(one.relation, "Instrument"), one.object
