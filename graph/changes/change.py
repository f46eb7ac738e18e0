"""One change to a case or to the law, and what a forum says after it.

A change is never applied in place: it returns another case, or a copy of the law with one status row more or less.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from graph.jurisdiction.engine import Compiler, Finding, Program, best, named_in, put
from graph.jurisdiction.scope import Scope
from graph.law import Law, Period
from graph.model.case import Act, Case, Remedy
from graph.model.dates import FOREVER, DateRange

FACT, STEP, LAW = "fact", "step", "law"
KINDS = (STEP, FACT, LAW)


@dataclass(frozen=True)
class Change:
    """One hypothetical change. Two changes of one `slot` exclude each other; `group` are told as one sentence."""

    kind: str
    mid: str
    args: Mapping[str, Any] = field(hash=False)
    slot: tuple[str, ...]
    case: Callable[[Case], Case] | None = field(default=None, repr=False, compare=False)
    law: Callable[[Law], Law] | None = field(default=None, repr=False, compare=False)
    rule: str = field(default="", compare=False)  # the rule it was thought of for

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells this change from every other."""
        return (self.mid, repr(sorted(self.args.items(), key=lambda item: item[0])), "/".join(self.slot))


class Trial:
    """One forum and respondent of one case, to be asked again under changes."""

    def __init__(self, case: Case, law: Law, forum: str, state: str | None) -> None:
        self.case, self.law, self.forum, self.state = case, law, forum, state
        self.programs: dict[tuple[tuple[str, str, str], ...], tuple[Law, Program]] = {}
        self.asked = 0

    def ask(self, changes: Iterable[Change] = ()) -> Finding:
        """Return what the forum finds on its best act after these changes."""
        self.asked += 1
        case = self.case
        legal = []
        for change in changes:
            if change.case is not None:
                case = change.case(case)
            if change.law is not None:
                legal.append(change)
        law, program = self.program(legal)
        return stand(case, law, program, self.state)

    def program(self, legal: list[Change]) -> tuple[Law, Program]:
        key = tuple(sorted(change.key for change in legal))
        if key not in self.programs:
            law = self.law
            for change in legal:
                assert change.law is not None
                law = change.law(law)
            self.programs[key] = (law, Compiler(law).program(law.forums[self.forum]))
        return self.programs[key]


def stand(case: Case, law: Law, program: Program, state: str | None) -> Finding:
    """Put one forum to one respondent of a case, as `Finder.find` does for all of them."""
    scope = Scope(case, law)
    scope.take_respondent(state)
    found = []
    for act in case.acts:
        named = named_in(act, state) if state else (act.respondents[0] if len(act.respondents) == 1 else None)
        if state and named is None:
            continue
        scope.take_act(act, named)
        if state is None and scope.link is None and any(r.state == act.where for r in act.respondents):
            scope.link = "on-territory"
        found.append(put(program, scope, act))
    return best(found)


def with_act(act_id: str, **parts: Any) -> Callable[[Case], Case]:
    """Return a change of one act."""

    def change(case: Case) -> Case:
        return replace(case, acts=tuple(replace(a, **parts) if a.id == act_id else a for a in case.acts))

    return change


def with_link(act_id: str, state: str | None, link: str) -> Callable[[Case], Case]:
    """Return a change of how the respondent's power reached the victim."""

    def one(act: Act) -> Act:
        named = tuple(replace(r, link=link) if r.state == state else r for r in act.respondents)
        return replace(act, respondents=named, link=act.link if state else link)

    def change(case: Case) -> Case:
        return replace(case, acts=tuple(one(a) if a.id == act_id else a for a in case.acts))

    return change


def with_perpetrator(act_id: str, state: str | None, value: str) -> Callable[[Case], Case]:
    """Return a change of who did it."""

    def one(act: Act) -> Act:
        named = tuple(replace(r, perpetrator=value) if r.state == state else r for r in act.respondents)
        return replace(act, respondents=named, perpetrator=act.perpetrator if state else value)

    def change(case: Case) -> Case:
        return replace(case, acts=tuple(one(a) if a.id == act_id else a for a in case.acts))

    return change


def with_part(part: str, **values: Any) -> Callable[[Case], Case]:
    """Return a change of the victim or the filer."""

    def change(case: Case) -> Case:
        return replace(case, **{part: replace(getattr(case, part), **values)})

    return change


def with_section(part: str, key: str, value: Any) -> Callable[[Case], Case]:
    """Return a change of the project, the company, the platform or the notice."""

    def change(case: Case) -> Case:
        section: Any = {**(getattr(case, part) or {}), key: value}
        return replace(case, **{part: section})

    return change


def with_remedy(state: str | None, **values: Any) -> Callable[[Case], Case]:
    """Return a change of the remedies of one state; an entry is made where there is none."""

    def change(case: Case) -> Case:
        known = case.remedies or ()
        if any(remedy.state == state for remedy in known):
            return replace(case, remedies=tuple(replace(r, **values) if r.state == state else r for r in known))
        return replace(case, remedies=(*known, Remedy(str(state), **values)))

    return change


def on_day(day: int) -> Callable[[Case], Case]:
    """Return a move of the filing, or of the question where nothing was filed, to another day."""
    when = DateRange(day, day)

    def change(case: Case) -> Case:
        return replace(case, filed=when) if case.filed else replace(case, as_of=when)

    return change


def bound_from(state: str, thing: str, day: int) -> Callable[[Law], Law]:
    """Return a copy of the law in which a state is bound from a day on."""
    period = Period(day, day, FOREVER, FOREVER, "high", "hypothetical")

    def change(law: Law) -> Law:
        things = dict(law.status.get(state, {}))
        kept = [p for p in things.get(thing, ()) if p.until_hi <= day]
        things[thing] = (*kept, period)
        denied = {**law.denied, state: {k: v for k, v in law.denied.get(state, {}).items() if k != thing}}
        return replace(law, status={**law.status, state: things}, denied=denied)

    return change


def without_reservation(state: str, statement: str) -> Callable[[Law], Law]:
    """Return a copy of the law in which a state has withdrawn one reservation."""

    def change(law: Law) -> Law:
        kept = tuple(r for r in law.reservations.get(state, ()) if r.statement != statement)
        return replace(law, reservations={**law.reservations, state: kept})

    return change
