"""What an opaque id stands for: a node, a link, or what is told of a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from api.context import Context
from api.errors import Fault, not_found
from api.gql.enums import Kind
from api.gql.fields import Args, Row
from api.gql.ids import Clock, Ref, decode_id
from api.gql.paging import Parent
from api.gql.plan import FIELDS
from api.gql.read import links_of, node_row, statement_row
from graph.store.port import Record


def by_id(rows: list[Any], context: Context, args: Args) -> list[Any]:
    """`node`."""
    return [_by_ids([args["id"]], context, args[FIELDS])[0]]


def by_ids(rows: list[Any], context: Context, args: Args) -> list[Any]:
    """`nodes`, in the order of the ids."""
    return [_by_ids(args["ids"], context, args[FIELDS])]


def _by_ids(ids: Sequence[str], context: Context, fields: frozenset[str]) -> list[Any]:
    wanted: list[Ref | Fault] = []
    for text in ids:
        try:
            wanted.append(decode_id(text))
        except Fault as fault:
            wanted.append(fault)
    found = [ref for ref in wanted if isinstance(ref, Ref)]
    context.load((ref.clock, ref.kind, ref.parts[0]) for ref in found if ref.kind in LABELS and len(ref.parts) == 1)
    links = links_by_id([(ref.clock, *_edge(ref)) for ref in found if _is_edge(ref)], context)
    return [_found(ref, context, links) for ref in wanted]


EDGES: Final = ("Link", "Status", "Obligation")  # what an edge is shown as
LABELS: Final = frozenset(str(kind) for kind in Kind)
EdgeKey = tuple[Clock, str, str, str]  # the clock, label and key of the node that it leaves, relation:id


def _is_edge(ref: Ref) -> bool:
    return ref.kind in EDGES and len(ref.parts) == 4


def _edge(ref: Ref) -> tuple[str, str, str]:
    label, start, relation, key = ref.parts
    return label, start, f"{relation}:{key}"


def links_by_id(wanted: Sequence[EdgeKey], context: Context) -> dict[EdgeKey, Row]:
    """Links by what finds them: one read of the nodes that they leave and one of the links, for each clock."""
    found: dict[EdgeKey, Row] = {}
    context.load((clock, label, key) for clock, label, key, _ in wanted if label in LABELS)
    for clock in dict.fromkeys(one[0] for one in wanted):
        near: dict[Parent, Row] = {}
        keys: list[Record] = []
        for _, label, key, tie in (one for one in wanted if one[0] == clock):
            node = context.node(clock, label, key)
            if node is not None:
                near[label, key] = node_row(label, node["node"], clock)
                keys.append({"near_label": label, "near": key, "sort": 0, "tie": tie})
        for at, row in links_of(keys, near, clock, context):
            if row["start"] is near[at]:
                found[clock, str(at[0]), str(at[1]), row["tie"]] = row
    return found


def _found(ref: Ref | Fault, context: Context, links: Mapping[EdgeKey, Row]) -> Any:
    if isinstance(ref, Fault):
        return ref
    if ref.kind in LABELS and len(ref.parts) == 1:
        row = context.node(ref.clock, ref.kind, ref.parts[0])
        return not_found() if row is None else node_row(ref.kind, row["node"], ref.clock)
    if _is_edge(ref):
        link = links.get((ref.clock, *_edge(ref)))
        return not_found() if link is None else {**link, "__typename": ref.kind}
    if ref.kind == "Status" and len(ref.parts) == 1:
        said = context.laws.on(ref.clock.known_on).law.statements.get(ref.parts[0])
        return not_found() if said is None else statement_row(ref.parts[0], said, ref.clock)
    return not_found()
