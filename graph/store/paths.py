"""Ways between two nodes of the law, as of a day and as known on a day, with what each hop rests on.

The engines do not answer this alike: the embedded one tests the days after it has chosen the shortest way, and stops at
256 of them without a word. So the search is here: ring by ring from both ends, one read for each label in a ring.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Final

from graph.cypher import find_query
from graph.store.port import GraphStore, Record

MOST: Final = 6  # hops
At = tuple[str, str]  # label and id


class _Side:
    """What was reached from one end: for each node the hops that lead to it by a shortest way."""

    def __init__(self, origin: At) -> None:
        self.ring: set[At] = {origin}
        self.into: dict[At, list[Record]] = {origin: []}
        self.depth = 0

    def grow(self, hops: Iterable[Record]) -> None:
        """Take the hops that leave the ring; what they reach for the first time is the next one."""
        fresh: dict[At, list[Record]] = {}
        for hop in hops:
            if _end(hop) not in self.into:
                fresh.setdefault(_end(hop), []).append(hop)
        self.into.update(fresh)
        self.ring = set(fresh)
        self.depth += 1

    def hops_to(self, met: set[At]) -> Iterator[Record]:
        """Yield every hop of the shortest ways from the origin to these nodes, once."""
        seen, left = set(met), list(met)
        while left:
            for hop in self.into[left.pop()]:
                yield hop
                if _start(hop) not in seen:
                    seen.add(_start(hop))
                    left.append(_start(hop))


def _start(hop: Record) -> At:
    return hop["at_label"], hop["at"]


def _end(hop: Record) -> At:
    return hop["to_label"], hop["to"]


def ways(
    store: GraphStore,
    start: At,
    end: At,
    *,
    day: date | None = None,
    known: date | None = None,
    types: Iterable[str] = (),
    most: int = MOST,
    first: int = 3,
) -> list[list[Record]]:
    """Return the shortest ways, in the order of their edges' ids, each as rows of `law/hops`; none is an empty list.

    Args: types are the only relations to go over, all of the law when none is given; most is a number of hops.
    """
    if start == end:
        return []
    query, wanted = find_query("law/hops"), set(types)

    def step(ring: set[At]) -> Iterator[Record]:
        for label in sorted({label for label, _ in ring}):
            ids = sorted(key for other, key in ring if other == label)
            for hop in store.read(query, {"label": label, "ids": ids, "day": day, "known": known}):
                if not wanted or hop["relation"] in wanted:
                    yield hop

    fore, back = _Side(start), _Side(end)
    while fore.ring and back.ring and fore.depth + back.depth < most:
        side = fore if len(fore.ring) <= len(back.ring) else back
        side.grow(step(side.ring))
        met = fore.ring & back.ring
        if met:
            out: dict[At, list[Record]] = {}
            for hop in (*fore.hops_to(met), *map(_turned, back.hops_to(met))):
                out.setdefault(_start(hop), []).append(hop)
            for hops in out.values():
                hops.sort(key=lambda hop: str(hop["id"]))
            return list(islice(_walk(start, end, out), first))
    return []


def _walk(at: At, end: At, out: dict[At, list[Record]]) -> Iterator[list[Record]]:
    """Yield the ways in the order of their edges' ids; every hop leads nearer to the end."""
    if at == end:
        yield []
    for hop in out.get(at, ()) if at != end else ():
        for rest in _walk(_end(hop), end, out):
            yield [hop, *rest]


def _turned(hop: Record) -> Record:
    """The same hop, gone in the other direction."""
    swapped = {"at": "to", "to": "at", "at_label": "to_label", "to_label": "at_label", "at_name": "to_name"}
    turned = {name: hop[swapped.get(name, name)] for name in hop}
    return turned | {"to_name": hop["at_name"], "forward": not hop["forward"]}
