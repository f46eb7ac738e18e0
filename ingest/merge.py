"""Statements of several sources about the same bond, merged into periods; what was not followed is a conflict.

The rule, in this order: a decision written down in `tables.yaml`; a depositary's page; the dump of one; a page of
the body itself or a depositary's page read by hand; a compiled row of high, medium, then low confidence. A source
that cannot be shipped is never among them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace

from ingest.clean import dates
from ingest.statement import Statement

BONDS = ("PARTY_TO", "ACCEPTS", "MEMBER_OF")
RULES = {
    0: "decision",
    1: "depositary page",
    2: "depositary dump of 2014",
    3: "page of the body or depositary, read by hand",
    4: "compiled, high",
    5: "compiled, medium",
    6: "compiled, low",
}
_FOREVER = "9999-12-31"


@dataclass(frozen=True, slots=True, order=True)
class Conflict:
    """Two sources that differ about one thing; `settled` is yes, no or contested."""

    state: str
    object: str
    what: str
    winner: str
    winner_source: str
    loser: str
    loser_source: str
    rule: str
    settled: str = "yes"


def rank(one: Statement) -> int:
    """How far down the list of better sources a statement stands."""
    if one.source == "untc" and ".csv" not in one.record:
        return 1
    if one.source == "untc-2015" and one.record.startswith(("4-", "5-", "18-", "27-")):
        return 2
    by_hand = one.source.startswith(("page-", "untc"))
    if by_hand and one.confidence == "high":
        return 3
    return {"high": 4, "medium": 5}.get(one.confidence, 6)


def merge(statements: Iterable[Statement]) -> tuple[list[Statement], list[Conflict]]:
    """The periods of every bond, and the conflicts met on the way."""
    bonds: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    others: list[Statement] = []
    for one in statements:
        if one.relation in BONDS:
            bonds[one.state, one.relation, one.object].append(one)
        else:
            others.append(one)
    kept: list[Statement] = []
    conflicts: list[Conflict] = []
    for _, rows in sorted(bonds.items()):
        starts = [one for one in rows if one.kind != "denunciation-ends"]
        ends = [one for one in rows if one.kind == "denunciation-ends"]
        periods = _periods(starts, ends, conflicts)
        kept += _ended(periods, ends, conflicts)
    kept += _others(others, kept, conflicts)
    return kept, sorted(set(conflicts))


def _bounds(one: Statement) -> tuple[str, str]:
    first = dates.first_day(one.since).isoformat() if one.since else "0001-01-01"
    return first, dates.last_day(one.until).isoformat() if one.until else _FOREVER


def _overlap(one: Statement, other: Statement) -> bool:
    (first, last), (begin, end) = _bounds(one), _bounds(other)
    return first < end and begin < last


def _periods(starts: list[Statement], ends: list[Statement], conflicts: list[Conflict]) -> list[Statement]:
    periods: list[Statement] = []
    for one in sorted(starts, key=lambda row: (rank(row), not row.since, row.since, row.deposited, row.record)):
        if not one.since and periods:  # a row that knows no day adds nothing to one that does
            continue
        same = [place for place, kept in enumerate(periods) if _overlap(kept, one)]
        same = [p for p in same if not _begins_after_leaving(periods[p], one, ends)]
        if not same:
            periods.append(one)
            continue
        place = min(same, key=lambda p: abs(_day(periods[p].since) - _day(one.since)))
        periods[place] = _joined(periods[place], one, conflicts)
    return sorted(periods, key=lambda row: row.since)


def _day(text: str) -> int:
    return dates.first_day(text).toordinal() if text else 1


def _begins_after_leaving(kept: Statement, one: Statement, ends: list[Statement]) -> bool:
    """Whether a row is a return: it begins once the kept period had ended, by its own end or by another row."""
    days = [kept.until, *(end.until for end in ends if end.confidence != "contested")]
    leaving = [day for day in days if day and _day(day) > _day(kept.since)]
    return bool(one.since) and any(_day(one.since) >= _day(day) for day in leaving)


def _joined(kept: Statement, one: Statement, conflicts: list[Conflict]) -> Statement:
    """A period with what a lower-ranked row adds: an end, or a closer day; a difference is a conflict."""
    for what in ("deposited", "since", "until"):
        mine, other = str(getattr(kept, what)), str(getattr(one, what))
        if mine and other and not dates.agree(mine, other):
            conflicts.append(_conflict(kept, one, what, mine, other))
        elif other and not mine and what != "deposited":
            kept = replace(kept, **{what: other, "note": kept.note or one.note})
        elif mine and other and what == "since" and _narrower(other, mine):
            note = "; ".join(part for part in (kept.note, f"day: {one.record}") if part)
            kept = replace(kept, since=other, deposited=one.deposited, confidence=_day_confidence(kept, one), note=note)
    return kept


def _narrower(one: str, other: str) -> bool:
    """Whether a partial date says more than another that holds it."""
    width = dates.last_day(one) - dates.first_day(one)
    return width < dates.last_day(other) - dates.first_day(other)


def _day_confidence(status: Statement, day: Statement) -> str:
    """How sure a period is whose status one row gives and whose day another: never low where the status is sure."""
    return "medium" if status.confidence == "high" and day.confidence == "low" else day.confidence


def _conflict(kept: Statement, one: Statement, what: str, mine: str, other: str) -> Conflict:
    return Conflict(
        kept.state, kept.object, what, mine, f"{kept.source}: {kept.record}", other, f"{one.source}: {one.record}",
        RULES[rank(kept)] if rank(kept) < rank(one) else "first of equal rank",
        "yes" if rank(kept) < rank(one) else "no",
    )  # fmt: skip


def _ended(periods: list[Statement], ends: list[Statement], conflicts: list[Conflict]) -> list[Statement]:
    for end in sorted(ends, key=lambda row: (rank(row), row.until, row.record)):
        if not end.until:
            continue
        day = dates.first_day(end.until)
        place = next((p for p in reversed(range(len(periods))) if _day(periods[p].since) < day.toordinal()), None)
        if place is None:
            conflicts.append(
                Conflict(
                    end.state,
                    end.object,
                    "period",
                    "",
                    "",
                    end.until,
                    f"{end.source}: {end.record}",
                    "an end without a beginning",
                    "no",
                )
            )
            continue
        period = periods[place]
        if not period.until:
            note = "; ".join(part for part in (period.note, f"ended: {end.record}") if part)
            confidence = end.confidence if end.confidence == "contested" else period.confidence
            if confidence == "contested":
                periods[place : place + 1] = [
                    replace(period, until=end.until),
                    replace(period, since=end.until, confidence="contested", note=end.note or note),
                ]
            else:
                periods[place] = replace(period, until=end.until, note=note)
        elif not dates.agree(period.until, end.until) and end.confidence != "contested":
            conflicts.append(_conflict(period, end, "until", period.until, end.until))
    return periods


def _others(others: list[Statement], kept: list[Statement], conflicts: list[Conflict]) -> list[Statement]:
    """Signatures, limits, opt-outs, suspensions and absences, each once."""
    bound = {(one.state, one.object) for one in kept}
    now = {(one.state, one.object) for one in kept if not one.until and one.confidence != "contested"}
    best: dict[tuple[str, ...], Statement] = {}
    for one in sorted(others, key=lambda row: (rank(row), row.since, row.record)):
        if one.relation == "REMARK" or (one.relation == "SIGNED" and (one.state, one.object) in bound):
            continue
        if one.relation == "NOT_PARTY" and (one.state, one.object) in now:
            other = next(row for row in kept if (row.state, row.object) == (one.state, one.object))
            conflicts.append(_conflict(other, one, "status", "bound", "not a party"))
            continue
        key: tuple[str, ...] = (one.state, one.relation, one.object, one.excludes)
        if one.relation == "SUSPENDED":
            key += (one.since[:4],)
        elif one.relation == "RESERVES":
            key += (one.detail.split(";")[0], one.since if one.source == "untc" else "")
        first = best.setdefault(key, one)
        if first is not one:
            best[key] = _same_limit(first, one, conflicts)
    return list(best.values())


def _same_limit(kept: Statement, one: Statement, conflicts: list[Conflict]) -> Statement:
    for what in ("since", "until"):
        mine, other = str(getattr(kept, what)), str(getattr(one, what))
        if mine and other and not dates.agree(mine, other) and what == "until":
            conflicts.append(_conflict(kept, one, what, mine, other))
        elif other and not mine and one.relation != "NOT_PARTY":
            kept = replace(kept, **{what: other})
    return kept


def clause_conflicts(computed: Mapping[Statement, str]) -> list[Conflict]:
    """Where the day in a table is not the one the treaty's clause gives from the day of the act."""
    return [
        Conflict(
            one.state,
            one.object,
            "since",
            one.since,
            f"{one.source}: {one.record}",
            day,
            "clause of entry into force",
            "printed day over a computed one",
            "yes",
        )
        for one, day in computed.items()
        if day and one.since and not dates.agree(one.since, day)
    ]


def conflict_rows(conflicts: Iterable[Conflict]) -> list[dict[str, str]]:
    """Conflicts as rows of a table."""
    return [asdict(one) for one in sorted(set(conflicts))]
