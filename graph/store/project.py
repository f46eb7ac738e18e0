"""The ledger, the compiled law and the reference files, projected into batches of nodes and edges.

Pure and in one order: the same ledger and the same files give the same batches on every machine. docs/graph.md is the
contract; an edge comes from a statement with its source, or from a file with the article that it names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graph.law import Law
from graph.ledger import LoadRow, SourceRow, StatementRow
from graph.ledger.rows import COLUMNS
from graph.store.bonds import Bonds, Known, weighed
from graph.store.catalogue import Catalogue
from graph.store.duties import Duties
from graph.store.port import Batch, Edges, Nodes
from graph.store.rows import Row, edge, known, node

SIZE = 2000  # rows in a batch


@dataclass(frozen=True)
class World:
    """All that the graph is made from."""

    law: Law
    history: Mapping[str, tuple[StatementRow, str]]  # each statement and the day on which its source took it back
    sources: Sequence[SourceRow] = ()
    loads: Sequence[LoadRow] = ()
    statements: Mapping[str, Known] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "statements", {**weighed(self.history, self.law), **self._joined()})

    def _joined(self) -> dict[str, Known]:
        """What the law took from several sources at once, so that the ledger has no such row of its own."""
        found = {}
        for key, said in self.law.statements.items():
            if key not in self.history:
                names = ("since", "until", "kind", "confidence", "seen", "note")
                columns = {name: str(said.get(name) or "") for name in names}
                row = StatementRow(
                    id=key, subject=said["subject"], relation=said["relation"], object=said["object"],
                    source=said["source"], recorded=self.law.data["known_on"] or "", **columns,
                )  # fmt: skip
                found[key] = Known(row)
        return found


def world(law: Law, history: Iterable[tuple[StatementRow, str]], sources: Iterable[SourceRow],
          loads: Iterable[LoadRow]) -> World:  # fmt: skip
    """Gather what the graph is made from."""
    return World(law, {row.id: (row, closed) for row, closed in history}, list(sources), list(loads))


def project(given: World) -> Iterator[Batch]:
    """Yield every node, then every edge, in batches of at most SIZE rows of one kind."""
    catalogue = Catalogue(given.law)
    parts = (
        catalogue.nodes(),
        _evidence(given),
        catalogue.edges(),
        Bonds(given.law, catalogue, given.statements).edges(),
        Duties(given.law, catalogue, given.statements).edges(),
        _traces(given),
    )
    for batches in parts:
        for batch in batches:
            yield from _cut(batch)


def _cut(batch: Batch) -> Iterator[Batch]:
    """Cut a batch to size, its rows in the order of their ids."""
    if isinstance(batch, Nodes | Edges):
        rows = sorted(batch.rows, key=lambda row: str(row["id"]))
        for at in range(0, len(rows), SIZE):
            piece = rows[at : at + SIZE]
            if isinstance(batch, Nodes):
                yield Nodes(batch.label, piece)
            else:
                yield Edges(batch.relation, batch.start, batch.end, piece)


def _evidence(given: World) -> Iterator[Batch]:
    """Sources, data sets, and each statement of the ledger."""
    newest: dict[str, str] = {}
    standing: Counter[str] = Counter()
    as_of: dict[str, str] = {}
    dataset = {load.id: load.source for load in given.loads}
    for one in given.statements.values():
        newest[one.row.source] = max(newest.get(one.row.source, ""), one.row.seen)
        name = dataset.get(one.row.load, "")
        standing[name] += not one.closed
        as_of[name] = max(as_of.get(name, ""), one.row.seen)
    described = {source.id: source for source in given.sources}
    yield Nodes("Source", [_source(key, described.get(key), newest.get(key)) for key in sorted({*described, *newest})])
    names = sorted({load.source for load in given.loads})
    yield Nodes(
        "Dataset", [node("Dataset", name, name, as_of=as_of.get(name), statements=standing[name]) for name in names]
    )
    yield Nodes("Statement", [_statement(one, dataset, given) for one in given.statements.values()])


def _source(key: str, described: SourceRow | None, newest: str | None) -> Row:
    if described is None:
        return node("Source", key, key, date=newest)
    return node(
        "Source", key, described.title or key, described.publisher,
        publisher=described.publisher, url=described.url, licence=described.licence, date=newest,
    )  # fmt: skip


def _statement(one: Known, dataset: Mapping[str, str], given: World) -> Row:
    row, names = one.row, given.law.data["names"]
    subject = names["states"].get(row.subject, row.subject)
    thing = names["instruments"].get(row.object, row.object)
    columns = [name for name in COLUMNS if name not in ("id", "value", "load")]
    return node(
        "Statement", row.id, f"{subject}: {row.relation.lower().replace('_', ' ')}, {thing}",
        dataset=dataset.get(row.load), overruled=one.overruled, **known(row.recorded, one.closed),
        **{name: getattr(row, name) for name in columns},
    )  # fmt: skip


def _traces(given: World) -> Iterator[Batch]:
    """From each statement to its source and to the data set that it came in."""
    dataset = {load.id: load.source for load in given.loads}
    stated, loaded = [], []
    for key, one in given.statements.items():
        said = {**known(one.row.recorded, one.closed), "statement": key, "source": one.row.source}
        stated.append(edge("STATED_BY", key, one.row.source, **said))
        if one.row.load in dataset:
            loaded.append(edge("LOADED_IN", key, dataset[one.row.load], **said))
    yield Edges("STATED_BY", "Statement", "Source", stated)
    yield Edges("LOADED_IN", "Statement", "Dataset", loaded)


def digests(given: World) -> dict[str, dict[str, str]]:
    """Return for each label and relation the digest of each id: what the graph should hold."""
    found: dict[str, dict[str, str]] = {}
    for batch in project(given):
        if isinstance(batch, Nodes | Edges):
            kind = batch.label if isinstance(batch, Nodes) else batch.relation
            found.setdefault(kind, {}).update((str(row["id"]), str(row["digest"])) for row in batch.rows)
    return found
