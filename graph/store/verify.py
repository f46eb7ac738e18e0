"""Whether the graph is what the ledger, the law and the files make it: by counts, by content, and bond by bond."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from graph.law import Law, Period
from graph.model.dates import FIRST
from graph.periods import accepted
from graph.store.port import Edges, GraphStore, Nodes
from graph.store.project import World, project
from graph.store.rebuild import rows
from graph.store.rows import LAST_DAY, digest
from graph.store.shape import BUILD, LABELS, RELATIONS

BOND: Final = ("statement", "since_lo", "since_hi", "until_lo", "until_hi", "confidence")
Bond = tuple[Any, ...]  # state, thing, and the values of BOND


@dataclass(frozen=True)
class Kind:
    """One label or type: how many there are on each side, and the hash of what they hold."""

    kind: str
    wanted: int
    found: int
    wanted_hash: str
    found_hash: str


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it should be: `missing`, `extra` or `altered`, and what is altered."""

    kind: str
    id: str
    what: str
    detail: str = ""


@dataclass
class Verdict:
    """The whole comparison."""

    kinds: list[Kind] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    bonds: int = 0  # how many were compared with the law

    @property
    def ok(self) -> bool:
        """Whether there is no difference."""
        return not self.differences


def verify(store: GraphStore, given: World) -> Verdict:
    """Compare a graph with what it is made from; every difference is named.

    The bonds are compared with the law itself, past the projection: days, confidence and statement of each.
    """
    verdict = Verdict()
    wanted = _wanted(given)
    for kind in (*LABELS, *RELATIONS):
        if kind != BUILD:
            found = {row["id"]: row for row in _found(store, kind)}
            _compare(verdict, kind, wanted.get(kind, {}), found)
    _bonds(verdict, store, given.law)
    return verdict


def _wanted(given: World) -> dict[str, dict[str, dict[str, Any]]]:
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for batch in project(given):
        if isinstance(batch, Nodes):
            found.setdefault(batch.label, {}).update((row["id"], dict(row)) for row in batch.rows)
        elif isinstance(batch, Edges):
            found.setdefault(batch.relation, {}).update((row["id"], dict(row)) for row in batch.rows)
    return found


def _found(store: GraphStore, kind: str) -> Iterator[dict[str, Any]]:
    for row in rows(store, kind, list(RELATIONS.get(kind) or LABELS[kind])):
        if kind in RELATIONS:
            row["start"], row["end"] = row.pop("start_id"), row.pop("end_id")
        yield row


def _compare(verdict: Verdict, kind: str, wanted: Mapping[str, dict[str, Any]], found: Mapping[str, Any]) -> None:
    verdict.kinds.append(Kind(kind, len(wanted), len(found), _hash(wanted), _hash(found)))
    for key in sorted({*wanted, *found}):
        if key not in found:
            verdict.differences.append(Difference(kind, key, "missing"))
        elif key not in wanted:
            verdict.differences.append(Difference(kind, key, "extra"))
        elif wanted[key] != found[key]:
            names = sorted(n for n in {*wanted[key], *found[key]} if wanted[key].get(n) != found[key].get(n))
            verdict.differences.append(Difference(kind, key, "altered", ", ".join(names)))


def _hash(held: Mapping[str, Mapping[str, Any]]) -> str:
    return digest([{name: held[key][name] for name in sorted(held[key]) if name != "digest"} for key in sorted(held)])


def _bonds(verdict: Verdict, store: GraphStore, law: Law) -> None:
    """Compare each period of the law with the edge that stands for it."""
    in_law, in_graph = set(_bonds_of(law)), set()
    for relation in ("PARTY_TO", "ACCEPTS", "MEMBER_OF"):
        for row in rows(store, relation, ["id", *BOND, "closed_on"]):
            if row["closed_on"] == LAST_DAY and row["since_lo"] < LAST_DAY:
                in_graph.add((row["start_id"], row["end_id"], *(row[name] for name in BOND)))
    verdict.bonds = len(in_law)
    for what, bonds in (("not in the graph", in_law - in_graph), ("not in the law", in_graph - in_law)):
        for bond in sorted(bonds, key=str):
            days = " ".join(map(str, bond[3:7]))
            verdict.differences.append(Difference("bond", f"{bond[0]} {bond[1]}", what, f"{bond[2]}: {days} {bond[7]}"))


def _bonds_of(law: Law) -> Iterator[Bond]:
    for state, things in law.status.items():
        for thing, periods in things.items():
            for period in periods:
                yield _bond(state, thing, period)
        for forum in law.forums:
            for period in accepted(law, state, forum):
                yield _bond(state, forum, period)


def _bond(state: str, thing: str, p: Period) -> Bond:
    days = [date.fromordinal(max(day, FIRST)) for day in (p.since_lo, p.since_hi, p.until_lo, p.until_hi)]
    return (state, thing, p.statement, *days, p.confidence)
