"""From the ledger to the graph: writes what changed, takes out what is gone, and says what the graph is level with.

Each node and edge carries the digest of what it holds, so a rebuild that was cut off is finished by the next one and a
second one writes nothing. While it runs, the node `Build` says that the graph is not finished.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Final

from graph.cypher import Column, Query
from graph.store.port import Batch, Edges, Gone, GraphStore, Nodes, Record, WriteCounts
from graph.store.project import SIZE, World, project
from graph.store.shape import BUILD, LABELS, RELATIONS
from graph.store.writing import add
from graph.version import VERSION

COMMIT_ROWS: Final = 20_000  # written rows between two commits: what a killed run may have to write again
PAGE: Final = 20_000

Progress = Callable[[str, int, int], None]  # label or type, rows written, rows looked at


@dataclass(frozen=True)
class Level:
    """What a graph was built from; the texts are empty when it never was."""

    law: str = ""
    load: str = ""
    version: str = ""
    finished: bool = False


def level(store: GraphStore) -> Level:
    """Return what the graph says it was built from."""
    names = [name for name in LABELS[BUILD] if name != "id"]
    rows = page(store, BUILD, ["id", *names])
    return Level(**{name: rows[0][name] for name in names}) if rows else Level()


def wanted_level(given: World) -> Level:
    """Return what a graph built from this says."""
    return Level(given.law.hash, given.loads[-1].id if given.loads else "", VERSION, True)


def rebuild(store: GraphStore, given: World, progress: Progress, *, whole: bool = False) -> WriteCounts:
    """Make the graph level with the ledger, the law and the reference files; with `whole` from nothing.

    Raises: StoreError and its kinds. What was committed before a failure stays, and the next run goes on from there.
    """
    if whole:
        store.clear()
    store.migrate()
    _mark(store, replace(wanted_level(given), finished=False))
    total = WriteCounts()
    pending = 0
    held = {kind: digests(store, kind) for kind in (*LABELS, *RELATIONS) if kind != BUILD}
    for batch in project(given):
        kind, fresh = _changed(batch, held)
        counts = store.write(fresh) if rows_of(fresh) else WriteCounts()
        total, pending = add(total, counts), pending + len(rows_of(fresh))
        progress(kind, len(rows_of(fresh)), len(rows_of(batch)))
        if pending >= COMMIT_ROWS:
            store.commit()
            pending = 0
    for batch in _gone(held):
        total = add(total, store.write(batch))
    _mark(store, wanted_level(given))
    store.commit()
    return total


def _mark(store: GraphStore, now: Level) -> None:
    """Say what the graph is level with, or will be once it is finished; no part of what a rebuild counts."""
    store.write(Nodes(BUILD, [{"id": "graph", **{f.name: getattr(now, f.name) for f in fields(now)}}]))


def rows_of(batch: Batch) -> Sequence[object]:
    """Return the rows of a batch, or the ids that it takes out."""
    return batch.ids if isinstance(batch, Gone) else batch.rows


def _changed(batch: Batch, held: dict[str, dict[str, str]]) -> tuple[str, Batch]:
    """Return the part of a batch that the graph does not hold yet, and strike out what it may keep."""
    assert isinstance(batch, Nodes | Edges)
    kind = batch.label if isinstance(batch, Nodes) else batch.relation
    fresh = [row for row in batch.rows if held[kind].pop(row["id"], None) != row["digest"]]
    return kind, replace(batch, rows=fresh)


def _gone(held: dict[str, dict[str, str]]) -> Iterator[Gone]:
    """What is left over, edges before nodes."""
    for kind in (*RELATIONS, *(label for label in LABELS if label != BUILD)):
        ids = sorted(held[kind])
        for at in range(0, len(ids), SIZE):
            piece = ids[at : at + SIZE]
            yield Gone(piece, relation=kind) if kind in RELATIONS else Gone(piece, label=kind)


def digests(store: GraphStore, kind: str) -> dict[str, str]:
    """Return the digest of each node of a label, or each edge of a type, by id."""
    return {row["id"]: row["digest"] or "" for row in rows(store, kind, ["id", "digest"])}


def rows(store: GraphStore, kind: str, names: Sequence[str]) -> Iterator[Record]:
    """Yield the nodes of a label, or the edges of a type with `start` and `end`, by id, some properties of each."""
    after = ""
    while True:
        found = page(store, kind, names, after)
        yield from found
        if len(found) < PAGE:
            return
        after = found[-1]["id"]


def page(store: GraphStore, kind: str, names: Sequence[str], after: str = "") -> list[Record]:
    """Return the next PAGE of them after an id. The text is made from the shape: it holds no value."""
    if kind in RELATIONS:
        match, extra = f"MATCH (a)-[x:{kind}]->(b)", ", a.id AS start_id, b.id AS end_id"
    else:
        match, extra = f"MATCH (x:{kind})", ""
    returned = ", ".join(f"x.`{name}` AS `{name}`" for name in names)
    query = Query(
        name=f"rows/{kind}",
        text=f"{match} WHERE x.id > $after RETURN {returned}{extra} ORDER BY x.id LIMIT $first",
        about="The rows of a kind, a page at a time.",
        params=(Column("after", "str"), Column("first", "int")),
    )
    return store.read(query, {"after": after, "first": PAGE})
