"""How a batch becomes the same change on every engine: look what is there, write what differs.

An adapter hands in two callables, one that reads and one that writes a statement; both run in one transaction where the
engine has them. A batch that was written before finds nothing to change, and what a write changed is counted exactly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final, Protocol

from graph.errors import BatchRefused
from graph.model.values import check_row, same
from graph.store.port import Batch, Edges, Gone, Nodes, Record, WriteCounts
from graph.store.shape import LABELS, RELATIONS

CHUNK: Final = 10_000  # rows that `load` writes at once: what bounds the memory of the client
_PROPERTY: Final = re.compile(r"[a-z][a-z0-9_]*$")
_VIRTUAL: Final = frozenset({"title", "type"})  # the embedded engine gives every node these
_ENDS: Final = frozenset({"start", "end"})


class Read(Protocol):
    """Runs a statement that reads."""

    def __call__(self, text: str, params: Mapping[str, Any]) -> list[Record]: ...


class Write(Protocol):
    """Runs a statement that writes; gives how many nodes and edges it deleted."""

    def __call__(self, text: str, params: Mapping[str, Any]) -> tuple[int, int]: ...


@dataclass(frozen=True, slots=True)
class _Edge:
    start: str
    end: str
    held: dict[str, Any]


def apply(batch: Batch, read: Read, write: Write) -> WriteCounts:
    """Write one batch.

    Raises: BatchRefused before anything is written.
    """
    if isinstance(batch, Nodes):
        return _write_nodes(batch, read, write)
    if isinstance(batch, Edges):
        return _write_edges(batch, read, write)
    return _delete(batch, write)


def load(
    write: Callable[[Batch], WriteCounts], batches: Iterable[Batch], progress: Callable[[int], None] | None
) -> WriteCounts:
    """Write batches in pieces of at most CHUNK rows, taking the next only when the last is written."""
    total, done = WriteCounts(), 0
    for batch in batches:
        for piece in _pieces(batch):
            total = add(total, write(piece))
            done += len(piece.ids if isinstance(piece, Gone) else piece.rows)
            if progress:
                progress(done)
    return total


def add(left: WriteCounts, right: WriteCounts) -> WriteCounts:
    """Return the sum of two counts."""
    return WriteCounts(**{f.name: getattr(left, f.name) + getattr(right, f.name) for f in fields(WriteCounts)})


def size(batch: Batch) -> int:
    """Return how many rows or ids a batch holds."""
    return len(batch.ids if isinstance(batch, Gone) else batch.rows)


def _pieces(batch: Batch) -> Iterator[Batch]:
    for at in range(0, size(batch), CHUNK):
        if isinstance(batch, Gone):
            yield replace(batch, ids=batch.ids[at : at + CHUNK])
        else:
            yield replace(batch, rows=batch.rows[at : at + CHUNK])


def _label(name: str) -> str:
    if name not in LABELS:
        raise BatchRefused(
            "the graph has no such label; add it to docs/graph.md, graph/store/shape.py and queries/schema/",
            field="label",
            value=name,
        )
    return name


def _relation(name: str) -> str:
    if name not in RELATIONS:
        raise BatchRefused(
            "the graph has no such type of edge; add it to docs/graph.md, graph/store/shape.py and queries/schema/",
            field="relation",
            value=name,
        )
    return name


def _write_nodes(batch: Nodes, read: Read, write: Write) -> WriteCounts:
    label = _label(batch.label)
    wanted: dict[str, dict[str, Any]] = {}
    names: set[str] = set()
    for row in batch.rows:
        held = check_row(label, row)
        names.update(held)
        wanted[held["id"]] = held
    _check_names(label, names)
    if not wanted:
        return WriteCounts()
    found = read(f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN n AS held", {"ids": list(wanted)})
    there = {row["held"]["id"]: row["held"] for row in found}
    fresh = [{"id": key, "p": held} for key, held in wanted.items() if key not in there]
    changed, edited = _differences(there, wanted)
    if fresh:
        # The embedded engine makes up a name for a node that has none, unless it is told that there is none; and takes
        # a property that was not declared only from a `SET`.
        told, other = names & set(LABELS[label]) | {"name"}, names - set(LABELS[label])
        rest = "".join(f" SET n.`{name}` = row.p.`{name}`" for name in sorted(other))
        write(f"UNWIND $rows AS row CREATE (n:{label} {{{_literal(told)}}}){rest}", {"rows": fresh})
    if changed:
        write(f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) SET n += row.p", {"rows": changed})
    created = sum(len(row["p"]) - 1 for row in fresh)  # the id apart
    return WriteCounts(nodes_created=len(fresh), properties_set=created + edited)


def _differences(
    there: Mapping[str, Mapping[str, Any]], wanted: Mapping[str, Mapping[str, Any]]
) -> tuple[list[dict[str, Any]], int]:
    """Return the rows that change what is there, and how many properties they change. A null takes one out."""
    rows, edited = [], 0
    for key, old in there.items():
        new = wanted[key]
        diff = {name: value for name, value in new.items() if name not in old or not same(old[name], value)}
        diff.update({name: None for name in old if name not in new and old[name] is not None})
        if diff:
            rows.append({"id": key, "p": diff})
            edited += len(diff)
    return rows, edited


def _write_edges(batch: Edges, read: Read, write: Write) -> WriteCounts:
    relation, start, end = _relation(batch.relation), _label(batch.start), _label(batch.end)
    wanted, names = _wanted_edges(batch)
    if not wanted:
        return WriteCounts()
    for side, label in (("start", start), ("end", end)):
        _check_ends(read, batch, side, label, wanted)
    found = read(
        f"UNWIND $ids AS id MATCH (a)-[r:{relation} {{id: id}}]->(b) "
        "RETURN id AS id, a.id AS a, b.id AS b, labels(a)[0] AS la, labels(b)[0] AS lb, r AS held",
        {"ids": list(wanted)},
    )
    there, moved = {}, []
    for row in found:
        edge = wanted[row["id"]]
        if (row["a"], row["b"], row["la"], row["lb"]) == (edge.start, edge.end, start, end):
            there[row["id"]] = row["held"]
        else:
            moved.append(row["id"])
    if moved:
        write(f"UNWIND $ids AS id MATCH ()-[r:{relation} {{id: id}}]->() DELETE r", {"ids": moved})
    fresh = [{"id": key, "a": e.start, "b": e.end, "p": e.held} for key, e in wanted.items() if key not in there]
    changed, edited = _differences(there, {key: edge.held for key, edge in wanted.items()})
    if fresh:
        write(
            f"UNWIND $rows AS row MATCH (a:{start} {{id: row.a}}) MATCH (b:{end} {{id: row.b}}) "
            f"CREATE (a)-[:{relation} {{{_literal(names)}}}]->(b)",
            {"rows": fresh},
        )
    if changed:
        text = f"UNWIND $rows AS row MATCH ()-[r:{relation} {{id: row.id}}]->() SET r += row.p"
        write(text, {"rows": changed})
    created = sum(len(row["p"]) - 1 for row in fresh)
    return WriteCounts(edges_created=len(fresh), edges_deleted=len(moved), properties_set=created + edited)


def _wanted_edges(batch: Edges) -> tuple[dict[str, _Edge], set[str]]:
    """Return the edges by id, and the names of all their properties."""
    wanted: dict[str, _Edge] = {}
    names: set[str] = set()
    for row in batch.rows:
        held = check_row(batch.relation, row)
        ends = held.pop("start", None), held.pop("end", None)
        for side, key in zip(("start", "end"), ends, strict=True):
            if not isinstance(key, str):
                raise BatchRefused(
                    "an edge needs the id of a node here; give it one",
                    field=f"{batch.relation}.{side}",
                    value=held["id"],
                )
        names.update(held)
        wanted[held["id"]] = _Edge(ends[0], ends[1], held)
    _check_names(batch.relation, names)
    return wanted, names


def _check_ends(read: Read, batch: Edges, side: str, label: str, wanted: Mapping[str, _Edge]) -> None:
    """Refuse the batch if a node that one of its edges names is not there."""
    ids = list({getattr(edge, side) for edge in wanted.values()})
    if read(f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN count(n) AS n", {"ids": ids})[0]["n"] == len(ids):
        return
    found = read(f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN n.id AS id", {"ids": ids})
    missing = min(set(ids) - {row["id"] for row in found})
    edge = min(key for key, edge in wanted.items() if getattr(edge, side) == missing)
    raise BatchRefused(
        f"no {label} has the id {missing}; write the nodes before their edges",
        field=f"{batch.relation}.{side}",
        value=edge,
    )


def _delete(batch: Gone, write: Write) -> WriteCounts:
    if bool(batch.label) == bool(batch.relation):
        raise BatchRefused("name either a label or a type of edge, not both", field="gone", value=batch.label)
    if not all(isinstance(key, str) for key in batch.ids):
        raise BatchRefused("ids are texts; correct them", field="gone.ids")
    if not batch.ids:
        return WriteCounts()
    if batch.label:
        text = f"UNWIND $ids AS id MATCH (n:{_label(batch.label)} {{id: id}}) DETACH DELETE n"
    else:
        text = f"UNWIND $ids AS id MATCH ()-[r:{_relation(batch.relation)} {{id: id}}]->() DELETE r"
    nodes, edges = write(text, {"ids": list(dict.fromkeys(batch.ids))})
    return WriteCounts(nodes_deleted=nodes, edges_deleted=edges)


def _check_names(where: str, names: Iterable[str]) -> None:
    for name in sorted(names):
        if not _PROPERTY.match(name) or name in _VIRTUAL:
            raise BatchRefused(
                "a property is named in lower case, and neither `title` nor `type`; write `name` or `kind`",
                field=where,
                value=name,
            )


def _literal(names: Iterable[str]) -> str:
    """Return the inside of a map that takes these properties from a row: the engines store it closer than a `SET`."""
    return ", ".join(f"`{name}`: row.p.`{name}`" for name in sorted(names))


def count_text(names: Sequence[str], *, edges: bool) -> str:
    """Return one statement that counts nodes by label, or edges by type, from what the engine keeps counted."""
    pattern = "()-[x:{0}]->()" if edges else "(x:{0})"
    parts = (f"MATCH {pattern.format(name)} RETURN '{name}' AS name, count(x) AS n" for name in names)
    return " UNION ALL ".join(parts)
