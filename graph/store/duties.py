"""`OWES`: what each instrument asks of a state that is bound by it, dated by what binds the state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from graph.errors import ReferenceFault
from graph.law import Law, Period
from graph.model.dates import FIRST, FOREVER, DateRange, add_months, show
from graph.periods import merged
from graph.store.bonds import Known
from graph.store.catalogue import Catalogue
from graph.store.port import Batch, Edges
from graph.store.rows import Row, edge, known, span

DUTIES: Final = ("guarantee", "criminalise", "investigate", "extradite-or-try", "cooperate", "report")
TIME: Final = re.compile(r"(\d+) (months?|years?)")


class Duties:
    """The duties of the files in graph/reference/obligations/, put to every state that is bound."""

    def __init__(self, law: Law, catalogue: Catalogue, statements: Mapping[str, Known]) -> None:
        self.law, self.catalogue, self.statements = law, catalogue, statements

    def edges(self) -> Iterator[Batch]:
        """Yield the duties, an instrument at a time."""
        for instrument, file in self.catalogue.obligations.items():
            rows = [
                row for number, duty in enumerate(file["duties"]) for row in self._owed(instrument, file, duty, number)
            ]
            if rows:
                yield Edges("OWES", "State", "Provision", rows)

    def _owed(self, instrument: str, file: Mapping[str, Any], duty: Mapping[str, Any], number: int) -> Iterator[Row]:
        if duty["duty"] not in DUTIES:
            raise ReferenceFault(f"{duty['duty']!r} is no duty", field=f"obligations/{instrument}.yaml")
        article = f"{instrument}/{duty['article']}"
        first, every = months(duty.get("first")), months(duty.get("every"))
        for state in self.law.status:
            for nth, period in enumerate(merged(self.law.periods(state, duty.get("by") or instrument))):
                said = self.law.statements[period.statement]
                ours = self.statements.get(period.statement)
                reservation = self._reserved(state, article, period)
                yield edge(
                    "OWES", state, article, duty["duty"], str(number), str(nth),
                    **span(DateRange(period.since_lo, period.since_hi), DateRange(period.until_lo, period.until_hi)),
                    **known(ours.row.recorded if ours else "", ours.closed if ours else ""),
                    duty=duty["duty"], about=duty["about"], body=duty.get("body"), authority=article,
                    file=f"obligations/{instrument}.yaml", statement=period.statement, source=said["source"],
                    confidence=_weaker(period.confidence, duty.get("confidence") or file["confidence"]),
                    first_months=first, every_months=every, due=_due(period, first),
                    reserved=reservation is not None, reservation=reservation,
                )  # fmt: skip

    def _reserved(self, state: str, article: str, period: Period) -> str | None:
        """The statement by which the state reserved this article, or one that it is part of or that is part of it."""
        for one in self.law.reservations.get(state, ()):
            named = [*one.detail.get("rights", "").split("|"), one.detail.get("provision", "")]
            overlaps = one.since_lo < period.until_hi and one.until_hi > period.since_lo
            if one.instrument == article.partition("/")[0] and overlaps and any(_same(article, n) for n in named if n):
                return one.statement
        return None


def months(text: str | None) -> int | None:
    """Read `2 years` or `6 months` as months.

    Raises: ReferenceFault when it has another form.
    """
    if not text:
        return None
    found = TIME.fullmatch(text)
    if found is None:
        raise ReferenceFault(f"{text!r} is no time; write `2 years` or `6 months`", field="obligations")
    return int(found[1]) * (12 if found[2].startswith("year") else 1)


def _same(a: str, b: str) -> bool:
    return a == b or a.startswith(f"{b}(") or b.startswith(f"{a}(")


def _due(period: Period, first: int | None) -> str | None:
    """The last day for the first report by the treaty's own text; nothing when the beginning is not known."""
    if first is None or period.since_lo <= FIRST or period.since_hi >= FOREVER:
        return None
    due = DateRange(add_months(period.since_lo, first), add_months(period.since_hi, first))
    return show(due) if due.lo < period.until_hi else None


def _weaker(a: str, b: str) -> str:
    order = ("high", "medium", "low", "contested")
    return max(a, b, key=order.index)
