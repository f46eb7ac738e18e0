"""Which changes are worth trying: for each rule that fails or is unknown, what would satisfy its own tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from graph.changes.change import (
    FACT,
    LAW,
    STEP,
    Change,
    Trial,
    bound_from,
    on_day,
    with_act,
    with_link,
    with_part,
    with_perpetrator,
    with_remedy,
    with_section,
    without_reservation,
)  # fmt: skip
from graph.jurisdiction.bound import WHO
from graph.jurisdiction.engine import Finding
from graph.jurisdiction.facts import PATHS
from graph.jurisdiction.result import NOT_MET, UNKNOWN, Result
from graph.jurisdiction.scope import Scope
from graph.model import case as c
from graph.model.case import Case
from graph.model.dates import FOREVER, DateRange, iso, parse_date

TRIED_BY_FILER: Final = frozenset(
    "filer.kind filer.mandate filer.observer_status victim.consents victim.anonymous remedies.exhausted".split()
)
CHOICES: Final[Mapping[str, tuple[Any, ...]]] = {
    "filer.kind": c.FILERS, "victim.kind": c.VICTIM_KINDS, "victim.condition": c.CONDITIONS,
    "victim.status": c.VICTIM_STATUSES, "acts.link": c.LINKS, "acts.perpetrator": c.PERPETRATORS,
    "victim.anonymous": (True, False), "victim.consents": (True, False), "acts.planned": (True, False),
    "acts.continuing": (True, False), "acts.systematic": (True, False), "urgent": (True, False),
    "remedies.suspensive": (True, False), "filer.mandate": (True, False),
}  # fmt: skip
MANY: Final = frozenset(
    "acts.grounds acts.perpetrator_nationality acts.headquarters victim.nationality victim.status "
    "victim.cooperated_with filer.observer_status".split()
)
MOST_STATES: Final = 40  # states tried as the value of one fact


class Candidates:
    """The changes to try for one forum and respondent."""

    def __init__(self, trial: Trial, finding: Finding) -> None:
        self.trial, self.finding, self.act = trial, finding, finding.act
        self.case, self.law, self.state = trial.case, trial.law, trial.state
        self.scope = Scope(self.case, self.law)
        self.scope.take_respondent(self.state)
        named = next((r for r in self.act.respondents if r.state == self.state), None)
        self.scope.take_act(self.act, named)

    def all(self) -> list[Change]:
        """Return every candidate once, in the order of the rules."""
        rows = {row["rule"]: row for row in self.law.forums[self.trial.forum]["rules"]}
        _, program = self.trial.program([])
        found: dict[tuple[str, str, str], Change] = {}
        for rule, result in zip(program.rules, self.finding.results, strict=True):
            if result.outcome not in (NOT_MET, UNKNOWN):
                continue
            for name, params in tests(rows[rule.kind]):
                for change in self._of_test(name, params, result):
                    found.setdefault(change.key, replace(change, rule=rule.kind))
        return list(found.values())

    def _of_test(self, name: str, params: Any, result: Result) -> Iterator[Change]:
        match name:
            case "fact":
                yield from self._of_fact(params)
            case "bound":
                yield from self._of_bound(params)
            case "engages":
                yield from self._of_engages(result)
            case "linked":
                for link in self.law.data["doctrines"][params["doctrine"]].get("met") or ():
                    yield from self.fact("acts.link", link)
                yield from self._reservations()
            case "exhausted":
                yield from self._of_exhausted(params)
            case "within":
                yield from self._of_within(result)
            case "clear":
                yield from self._of_clear()
            case "exists":
                yield from self._of_exists()

    def fact(self, path: str, value: Any) -> Iterator[Change]:
        """Yield the change that gives one fact one value, where such a change can be made."""
        if PATHS[path][0](self.scope) == value:
            return
        if path == "acts.link" and value == "on-territory" and self.act.where not in (None, self.state):
            return
        change = self._set(path, value)
        if change is not None:
            kind = STEP if path in TRIED_BY_FILER else FACT
            shown = str(value).lower() if isinstance(value, bool) else str(value)
            yield Change(kind, "change-fact", {"path": path, "values": [shown]}, (path, self.act.id), case=change)

    def _set(self, path: str, value: Any) -> Callable[[Case], Case] | None:
        part, _, key = path.partition(".")
        act = self.act
        if path in MANY:
            value = (*(PATHS[path][0](self.scope) or ()), value)
        if path == "acts.rights":
            return with_act(act.id, rights=(*act.rights, value))
        if path == "acts.link":
            return with_link(act.id, self.state, value)
        if path == "acts.perpetrator":
            return with_perpetrator(act.id, self.state, value)
        if path in ("acts.from", "acts.to", "respondent"):
            return None
        if path == "victim.age":
            day = date.fromordinal(act.start.lo)
            born = date(day.year - int(value) - 1, day.month, 1).toordinal()
            return with_part("victim", born=DateRange(born, born))
        if path == "urgent":
            return lambda case: replace(case, urgent=value)
        if part == "acts":
            return with_act(act.id, **{key: value})
        if part in ("victim", "filer"):
            return with_part(part, **{key: value})
        if part == "remedies":
            return with_remedy(self.state, **{key: value}) if self.state else None
        return with_section(part, key, value)

    def _of_fact(self, params: Mapping[str, Any]) -> Iterator[Change]:
        ((path, wanted),) = params.items()
        if isinstance(wanted, Mapping) and "except" in wanted:
            for value in CHOICES.get(path, ()):
                if value not in wanted["except"]:
                    yield from self.fact(path, value)
            return
        if isinstance(wanted, Mapping):
            number = wanted.get("min", wanted.get("max"))
            if isinstance(number, int) and not isinstance(number, bool):
                yield from self.fact(path, number)
            return
        for value in wanted:
            if str(value).startswith("$"):
                other = PATHS[str(value)[1:]][0](self.scope)
                if isinstance(other, str):
                    yield from self.fact(path, other)
                continue
            yield from self.fact(path, value)

    def _of_bound(self, params: Mapping[str, Any]) -> Iterator[Change]:
        who = params.get("who", "respondent")
        on = params.get("on", "filing")
        for path in [who] if isinstance(who, str) else who:
            states = self.state if path == "respondent" else WHO[path](self.scope)
            if states is None and path != "respondent":
                yield from self._states_bound(path, params["by"])
            for state in (states,) if isinstance(states, str) else states or ():
                for thing in params["by"]:
                    yield from self._binding(state, thing)
                    if state == self.state and path == "respondent":
                        yield from self._days(state, thing, on, params.get("continuing", "extends"))
        yield from self._reservations()

    def _states_bound(self, path: str, by: list[str]) -> Iterator[Change]:
        day = self.case.day.lo
        bound = [
            state
            for state in sorted(self.law.status)
            if all(any(p.since_hi <= day < p.until_lo for p in self.law.periods(state, thing)) for thing in by)
        ]
        for state in bound[:MOST_STATES]:
            yield from self.fact(path, state)

    def _binding(self, state: str, thing: str) -> Iterator[Change]:
        """A ratification or an acceptance, from the day of the filing or, if that is too late, from that of the act."""
        periods = self.law.periods(state, thing)
        for day in sorted({self.case.day.lo, self.act.start.lo}, reverse=True):
            if any(p.firm and p.since_hi <= day < p.until_lo for p in periods):
                continue
            left = [p for p in periods if p.until_hi <= day]
            args = {"state": state, "instrument": thing, "since": iso(day)}
            mid = "change-bound-still" if left else "change-bound"
            yield Change(LAW, mid, args, ("law", state, thing), law=bound_from(state, thing, day))

    def _days(self, state: str, thing: str, on: str, continuing: str) -> Iterator[Change]:
        """Another day of filing, or of the act as far as its dates leave it open."""
        act, day = self.act, self.case.day
        for p in self.law.periods(state, thing):
            if on != "act":
                if day.lo < p.since_hi < FOREVER:
                    yield self._move(p.since_hi, "change-file-from")
                if p.until_lo <= day.hi and p.until_lo - 1 >= act.end.hi:
                    yield self._move(p.until_lo - 1, "change-file-by")
                continue
            first, last = max(act.start.lo, p.since_hi), min(act.end.hi, p.until_lo - 1)
            if first <= last and not act.start.exact:
                args = {"from": iso(first), "last": iso(last)}
                exact = with_act(act.id, start=DateRange(first, first), end=DateRange(last, last))
                yield Change(FACT, "change-act-between", args, ("acts.from", act.id), case=exact)
            if act.end.hi < p.since_hi <= day.lo and not act.continuing and continuing == "extends":
                yield from self.fact("acts.continuing", True)

    def _move(self, day: int, mid: str) -> Change:
        return Change(STEP, mid, {"date": iso(day)}, ("day",), case=on_day(day))

    def _reservations(self) -> Iterator[Change]:
        if self.state is None:
            return
        file = self.law.forums[self.trial.forum]
        leaning = set(flat([*(file.get("opens_with") or ()), *(file.get("applies") or ())]))
        for r in self.law.reservations.get(self.state, ()):
            if r.instrument in leaning or self.trial.forum in r.detail.get("forums", "").split("|"):
                args = {"state": self.state, "instrument": r.instrument, "reservation": r.excludes}
                yield Change(
                    LAW, "change-reservation", args, ("law", self.state, r.statement),
                    law=without_reservation(self.state, r.statement),
                )  # fmt: skip

    def _of_engages(self, result: Result) -> Iterator[Change]:
        named = list(result.args.get("instruments") or ())
        if result.asks and "instrument" in result.asks[1]:
            named.append(result.asks[1]["instrument"])
        if self.state:
            for thing in dict.fromkeys(named):
                yield from self._binding(self.state, thing)
        yield from self._reservations()
        for right in sorted(self.law.data["provisions"]):
            if right not in self.act.rights:
                yield from self.fact("acts.rights", right)

    def _of_exhausted(self, params: Any) -> Iterator[Change]:
        exceptions = params.get("exceptions") or () if isinstance(params, Mapping) else ()
        for value in ("yes", *exceptions):
            yield from self.fact("remedies.exhausted", value)
        remedy = self.scope.remedy
        if remedy and remedy.raised is not None:
            args = {"rights": list(self.act.rights), "state": self.state}
            raised = (*remedy.raised, *self.act.rights)
            change = with_remedy(self.state, raised=raised)
            yield Change(STEP, "change-raised", args, ("remedies.raised",), case=change)

    def _of_within(self, result: Result) -> Iterator[Change]:
        last = str(result.args.get("last") or "")
        if last and result.outcome == NOT_MET:
            day = date.fromisoformat(last).toordinal()
            if self.act.end.hi <= day < self.case.day.lo:
                yield self._move(day, "change-file-by")
        for one in (result, *result.also):
            if one.asks and "path" in one.asks[1]:
                yield from self._dates(str(one.asks[1]["path"]))
        if self.scope.remedy and self.scope.remedy.exhausted == "yes" and result.outcome == NOT_MET:
            yield from self._dates("remedies.notified")

    def _dates(self, path: str) -> Iterator[Change]:
        """The earliest day that a date can have for the filing to be in time, found by halving."""
        part, _, key = path.partition(".")
        if part not in ("remedies", "acts", "dates") or (part == "remedies" and not self.state):
            return
        if path == "remedies.exhausted":
            for value in ("yes", "unavailable"):
                yield from self.fact(path, value)
            return
        low, high = self.act.start.lo, self.case.day.lo
        if low > high or not self._in_time(part, key, high):
            return
        while low < high:
            middle = (low + high) // 2
            if self._in_time(part, key, middle):
                high = middle
            else:
                low = middle + 1
        yield self._dated(part, key, high)

    def _in_time(self, part: str, key: str, day: int) -> bool:
        after = self.trial.ask([self._dated(part, key, day)])
        program = self.trial.program([])[1]
        return all(
            result.outcome not in (NOT_MET, UNKNOWN)
            for rule, result in zip(program.rules, after.results, strict=True)
            if rule.kind == "time-limit"
        )

    def _dated(self, part: str, key: str, day: int) -> Change:
        when = DateRange(day, day)
        change: Callable[[Case], Case]
        if part == "dates":
            change = with_section("dates", key, when)
        elif part == "acts":
            change = with_act(self.act.id, **{"end" if key == "to" else key: when})
        else:
            values = {"final_decision": when, "notified": when} if key == "notified" else {key: when}
            change = with_remedy(self.state, **values)
        args = {"path": f"{part}.{key}", "since": iso(day)}
        return Change(FACT, "change-date", args, (f"{part}.{key}",), case=change)

    def _of_clear(self) -> Iterator[Change]:
        known = self.case.proceedings
        if known is None:
            yield Change(
                FACT, "change-no-proceedings", {}, ("proceedings",), case=lambda case: replace(case, proceedings=())
            )
            return
        for n, proceeding in enumerate(known):
            args = {"other": proceeding.forum}
            slot = ("proceedings", str(n))
            if proceeding.status == "pending":
                withdrawn = replace(proceeding, status="withdrawn")
                yield Change(STEP, "change-withdraw", args, slot, case=_proceedings(known, n, withdrawn))
            if proceeding.examined is None and proceeding.status != "pending":
                formal = replace(proceeding, status="decided", examined="procedure-only")
                yield Change(FACT, "change-procedure-only", args, slot, case=_proceedings(known, n, formal))
            if None in proceeding.same:
                other = replace(proceeding, same=(False, False, False))
                yield Change(FACT, "change-other-matter", args, slot, case=_proceedings(known, n, other))
            yield Change(FACT, "change-drop", args, slot, case=_proceedings(known, n, None))
        yield from self._reservations()

    def _of_exists(self) -> Iterator[Change]:
        operates = self.law.forums[self.trial.forum].get("operates") or {}

        if operates.get("since"):
            since = parse_date(operates["since"]).hi
            if self.case.day.lo < since:
                yield self._move(since, "change-file-from")
        if operates.get("until"):
            last = parse_date(operates["until"]).lo - 1
            if self.act.end.hi <= last < self.case.day.lo:
                yield self._move(last, "change-file-by")


def _proceedings(known: tuple[c.Proceeding, ...], at: int, instead: c.Proceeding | None) -> Callable[[Case], Case]:
    kept = tuple(p if n != at else instead for n, p in enumerate(known))
    left = tuple(p for p in kept if p is not None)
    return lambda case: replace(case, proceedings=left)


def tests(node: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield each single test below a condition, guards included: (name, parameters)."""
    for name, params in node.items():
        if name in ("all", "any"):
            for row in params:
                yield from tests(row)
        elif name == "when":
            yield from tests(params)
        elif name in ("fact", "bound", "engages", "linked", "exhausted", "within", "clear", "exists"):
            yield name, params


def flat(items: Any) -> Iterator[str]:
    """Yield the texts of lists in lists."""
    for item in items:
        if isinstance(item, str):
            yield item
        else:
            yield from flat(item)
