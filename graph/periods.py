"""Periods joined, cut and merged: the days on which a state had accepted all that a procedure needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from graph.law import Law, Period

WEAKER: Final = {"high": 0, "medium": 1, "low": 2, "contested": 3}


def alternatives(forum: Mapping[str, Any]) -> list[list[str]]:
    """Return what a forum's procedure needs: one of these lists, and of that list everything.

    `opens_with` of the forum's file is a list of which all are needed, or a list of such lists of which one is enough.
    """
    needs = forum.get("opens_with") or []
    return [list(one) for one in needs] if needs and not isinstance(needs[0], str) else [list(needs)] if needs else []


def accepted(law: Law, state: str, forum: str) -> list[Period]:
    """Return the days on which a state had accepted all that a forum's procedure needs."""
    found: list[Period] = []
    for every in alternatives(law.forums[forum]):
        common = list(law.periods(state, every[0]))
        for thing in every[1:]:
            common = [both for a in common for b in law.periods(state, thing) if (both := overlap(a, b))]
        found += common
    return merged(found)


def overlap(a: Period, b: Period) -> Period | None:
    """Return the days of both periods, or None when there is none for sure."""
    since = (max(a.since_lo, b.since_lo), max(a.since_hi, b.since_hi))
    until = (min(a.until_lo, b.until_lo), min(a.until_hi, b.until_hi))
    if since[0] >= until[1]:
        return None
    later = a if (a.since_lo, a.since_hi) > (b.since_lo, b.since_hi) else b  # on one day: the acceptance
    return Period(*since, *until, max(a.confidence, b.confidence, key=WEAKER.__getitem__), later.statement)


def merged(periods: Iterable[Period]) -> list[Period]:
    """Return periods that do not overlap: what is sure is joined first and cuts what is not."""
    given = list(periods)
    firm = _joined(p for p in given if p.firm)
    found = list(firm)
    for level in ("low", "contested"):
        for period in _joined(p for p in given if p.confidence == level):
            found += _without(period, firm)
    return sorted(found, key=lambda p: (p.since_lo, p.since_hi, p.until_lo))


def _joined(periods: Iterable[Period]) -> list[Period]:
    found: list[Period] = []
    for p in sorted(periods, key=lambda p: (p.since_lo, p.since_hi)):
        last = found[-1] if found else None
        if last is not None and _touches(last, p):
            until = max((last.until_lo, last.until_hi), (p.until_lo, p.until_hi))
            weakest = max(last.confidence, p.confidence, key=WEAKER.__getitem__)
            found[-1] = Period(last.since_lo, last.since_hi, *until, weakest, last.statement)
        else:
            found.append(p)
    return found


def _touches(a: Period, b: Period) -> bool:
    return b.since_hi <= a.until_lo or (b.since_lo, b.since_hi) == (a.until_lo, a.until_hi)


def _without(period: Period, firm: Iterable[Period]) -> list[Period]:
    pieces = [period]
    for f in firm:
        cut: list[Period] = []
        for p in pieces:
            if f.since_lo >= p.until_hi or f.until_hi <= p.since_lo:
                cut.append(p)
                continue
            if p.since_lo < f.since_lo:
                cut.append(p._replace(until_lo=f.since_lo, until_hi=f.since_hi))
            if f.until_hi < p.until_hi:
                cut.append(p._replace(since_lo=f.until_lo, since_hi=f.until_hi))
        pieces = cut
    return pieces


def holds(period: Period, day: int) -> bool | None:
    """Whether a period holds on a day; None when that turns on a day that is not certain."""
    if period.since_hi <= day < period.until_lo:
        return True
    return None if period.since_lo <= day < period.until_hi else False
