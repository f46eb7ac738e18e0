"""Who is bound by what and when, as the rows of `recourse status`: periods joined, cut and merged.

A row carries the days of one period; a day that is not certain is a range. Where several periods meet, the row takes
basis and source from the statement that begins it, and the weakest confidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from graph.law import Law, Period
from graph.model.dates import FIRST, FOREVER, DateRange, show
from graph.periods import accepted, holds, merged

COLUMNS: Final = ("state", "kind", "id", "since", "until", "basis", "source", "confidence")

Row = dict[str, Any]


def status_rows(
    law: Law,
    *,
    states: Iterable[str] | None = None,
    things: Sequence[str] | None = None,
    forums: Sequence[str] | None = None,
    day: int | None = None,
) -> Iterator[Row]:
    """Yield one row for each period, by state, kind, id and first day.

    Args: things and forums limit the rows to those ids; when only one of them is given the other kind is left out.
        day keeps the periods that hold then; one that perhaps does has the confidence low, unless it is contested.
    """
    named_forums = forums if forums is not None else [] if things is not None else sorted(law.forums)
    for state in sorted(law.status if states is None else states):
        for forum in sorted(named_forums):
            yield from _rows(law, state, "accepts", forum, accepted(law, state, forum), day)
        named = things if things is not None else [] if forums is not None else law.status.get(state, {})
        for thing in sorted(named):
            yield from _rows(law, state, "party", thing, merged(law.periods(state, thing)), day)


def _rows(law: Law, state: str, kind: str, name: str, periods: Iterable[Period], day: int | None) -> Iterator[Row]:
    for p in periods:
        confidence = p.confidence
        if day is not None:
            sure = holds(p, day)
            if sure is False:
                continue
            if sure is None and confidence != "contested":
                confidence = "low"
        statement = law.statements.get(p.statement) or {}
        yield {
            "state": state,
            "kind": kind,
            "id": name,
            "since": shown(p.since_lo, p.since_hi),
            "until": shown(p.until_lo, p.until_hi),
            "basis": statement.get("kind"),
            "source": statement.get("source"),
            "confidence": confidence,
        }


def shown(low: int, high: int) -> str | None:
    """Return a day or a range as text; None when there is none."""
    if low >= FOREVER or high < FIRST:
        return None
    return show(DateRange(max(low, FIRST), high))
