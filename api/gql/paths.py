"""The shortest ways between two nodes, hop by hop with the link and a sentence that says why it is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, cast

from api.context import Context, day
from api.errors import bad_input, not_found
from api.gql.by_id import LABELS, links_by_id
from api.gql.fields import Args, Row
from api.gql.ids import decode_id
from api.gql.read import clock_of, node_row, texts
from graph.cypher import Query
from graph.store.paths import MOST, At, ways
from graph.store.port import GraphStore, Params, Record

MOST_PATHS: Final = 10
SAID: Final = {
    "SIGNED": "signed", "PARTY_TO": "is bound by", "ACCEPTS": "has accepted", "RESERVES": "made a reservation to",
    "SUCCEEDS": "succeeds", "MEMBER_OF": "is a member of", "PART_OF": "is part of", "GUARANTEES": "guarantees",
    "ESTABLISHES": "establishes", "SUPERVISES": "supervises", "RUNS": "runs", "APPLIES": "applies",
    "CLOSES": "can close", "ENGAGES": "engages", "OWES": "owes what is asked in", "OPTS_OUT": "opted out of",
    "NOT_PARTY": "is not a party to", "SUSPENDED": "was suspended from", "NEEDS": "needs",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Counted:
    """The store as a search for ways sees it: its reads are those of the request."""

    context: Context

    def read(self, query: Query, params: Params, *, timeout: float | None = None) -> list[Record]:
        return self.context.read(query.name, params)


def paths(rows: list[Any], context: Context, args: Args) -> list[Any]:
    """`paths`: the shortest ones, in the order of their links' ids."""
    hops, first, clock = args["maxHops"], args["first"], clock_of(args)
    if hops is None or not 1 <= hops <= MOST:
        raise bad_input(f"a path has from 1 to {MOST} hops", field="maxHops", value=hops)
    if first is None or not 1 <= first <= MOST_PATHS:
        raise bad_input(f"from 1 to {MOST_PATHS} paths are looked for", field="first", value=first)
    start, end = (_end(args[name], name) for name in ("from", "to"))
    context.load((clock, *one) for one in (start, end))
    if any(context.node(clock, *one) is None for one in (start, end)):
        raise not_found()
    types = texts(args.get("types"))
    if types is not None and not types:
        return [[]]
    store = cast(GraphStore, _Counted(context))
    found = ways(store, start, end, day=day(clock.as_of), known=day(clock.known_on), types=types or (), most=hops,
                 first=first)  # fmt: skip
    context.load((clock, hop["to_label"], hop["to"]) for way in found for hop in way)
    links = links_by_id([(clock, *_edge(hop)) for way in found for hop in way], context)
    shown = []
    for way in found:
        steps = []
        for hop in way:
            link, node = links[clock, *_edge(hop)], context.node(clock, hop["to_label"], hop["to"])
            assert node is not None
            steps.append({"link": link, "to": node_row(hop["to_label"], node["node"], clock), "reason": _reason(link)})
        shown.append({"hops": steps})
    return [shown]


def _end(text: str, name: str) -> At:
    ref = decode_id(text)
    if ref.kind not in LABELS or len(ref.parts) != 1:
        raise bad_input("is not the id of a node; a path leads from an entity to an entity", field=name)
    return ref.kind, ref.parts[0]


def _edge(hop: Record) -> tuple[str, str, str]:
    """What finds the link of a hop."""
    near = (hop["at_label"], hop["at"]) if hop["forward"] else (hop["to_label"], hop["to"])
    return *near, f"{hop['relation']}:{hop['id']}"


def _reason(link: Row) -> str:
    """One sentence: who stands in what relation to whom, when, and who says so."""
    parts = [f"{link['start']['label']} {SAID[link['type']]} {link['end']['label']}"]
    if link["since"]:
        parts.append(f"from {link['since']}")
    if link["until"]:
        parts.append(f"until {link['until']}")
    says = link["source"] or link["authority"]
    return " ".join(parts) + (f" ({says})" if says else "")
