"""All programs put to one scope at once, what was found kept by the facts that it depends on.

Most rules of most forums ask the same few facts. Rules that look at the same facts form a group; the values of these
facts are the key under which the findings of the whole group are kept. A batch of cases that differ in one date is
then answered by looking up all groups but those that look at dates. Nothing is kept that a rule does not determine.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Final

from graph.jurisdiction.engine import TESTS, Program, Test
from graph.jurisdiction.facts import PATHS, absent_section, nationality
from graph.jurisdiction.kept import Kept
from graph.jurisdiction.result import Result
from graph.jurisdiction.scope import Scope

KEPT: Final = 256  # keys of one group

Value = Callable[[Scope], Hashable]


def _act(s: Scope) -> Hashable:
    act = s.act
    return (act.id, act.start, s.end, act.continuing, act.planned, act.known, act.single)


def _who(s: Scope) -> Hashable:
    filer, victim = s.case.filer, s.case.victim
    return (
        s.act.where, nationality(s), victim.nationality, filer.residence, victim.residence, filer.state, filer.kind,
    )  # fmt: skip


def _remedy(s: Scope) -> Hashable:
    r = s.remedy
    return r and (r.exhausted, r.suspensive, r.raised, r.final_decision, r.notified)


def _limited(s: Scope, kinds: tuple[str, ...]) -> Hashable:
    """The legal day, where the respondent has a reservation of such a kind; elsewhere the day changes nothing."""
    rows = s.law.reservations.get(s.state or "", ())
    return s.day if any(r.excludes in kinds for r in rows) else None


def _dates(s: Scope) -> Hashable:
    case = s.case
    if not (case.dates or case.notice or case.platform or case.project):
        return case.proceedings
    parts = (case.notice, case.platform, case.project)
    return (
        tuple(sorted(case.dates.items())),
        case.proceedings,
        tuple(tuple(sorted((k, str(v)) for k, v in part.items())) if part else None for part in parts),
    )


VALUES: Final[Mapping[str, Value]] = {
    "act": _act,
    "day": lambda s: s.day,
    "filed": lambda s: s.filed,
    "link": lambda s: s.link,
    "state": lambda s: s.state,
    "who": _who,
    "remedy": _remedy,
    "proceedings": lambda s: s.case.proceedings,
    "dates": _dates,
    "territory": lambda s: _limited(s, ("territory",)),
    "elsewhere": lambda s: _limited(s, ("examined-elsewhere", "submitted-elsewhere")),
    "remedy.day": lambda s: s.day if s.remedy is not None and s.remedy.exhausted == "no" else None,
}
LOOKED_AT: Final[Mapping[str, tuple[str, ...]]] = {
    "exists": ("day",),
    "linked": ("state", "link", "acts.where", "territory"),
    "engages": ("state", "act", "day", "acts.rights"),
    "exhausted": ("state", "remedy", "filed", "remedy.day", "acts.rights"),
    "within": ("state", "act", "day", "remedy", "dates"),
    "clear": ("state", "elsewhere", "proceedings"),
    "judgement": (),
    "not_required": (),
}


def looks_at(row: Mapping[str, Any]) -> frozenset[str]:
    """The values that a condition of a rule file depends on."""
    found: set[str] = set()
    for name, params in row.items():
        if name == "when":
            found |= looks_at(params)
        elif name in ("all", "any"):
            for part in params:
                found |= looks_at(part)
        elif name == "fact":
            ((path, wanted),) = params.items()
            values = wanted.get("except", ()) if isinstance(wanted, Mapping) else wanted
            found.add(path)
            found.update(str(value)[1:] for value in values if str(value).startswith("$"))
        elif name == "bound":
            found |= {"state", "day"} | ({"act"} if params.get("on") == "act" else {"victim.kind"})
            if params.get("who", "respondent") != "respondent":
                found.add("who")
        elif name in TESTS:
            found.update(LOOKED_AT[name])
    return frozenset(found)


@dataclass(slots=True)
class Group:
    """Tests that look at the same values, and where their findings begin in the row of all findings."""

    key: Callable[[Sequence[Hashable]], Hashable]
    tests: list[Test] = field(default_factory=list)
    kept: Kept[list[Result]] = field(default_factory=lambda: Kept(KEPT))


class Panel:
    """Programs that are put to each scope together. Equal rules of several programs are put once."""

    def __init__(self, programs: Sequence[Program]) -> None:
        self.programs = tuple(programs)
        groups: dict[frozenset[str], Group] = {}
        names: dict[str, int] = {}
        where: dict[Test, tuple[Group, int]] = {}
        for program in programs:
            rows = {row["rule"]: row for row in program.file["rules"]}
            for rule in program.rules:
                if rule.run in where:
                    continue
                wanted = looks_at(rows[rule.kind])
                if wanted not in groups:
                    places = [names.setdefault(name, len(names)) for name in sorted(wanted)]
                    groups[wanted] = Group(itemgetter(*places) if places else _nothing)
                where[rule.run] = groups[wanted], len(groups[wanted].tests)
                groups[wanted].tests.append(rule.run)
        self.groups = list(groups.values())
        self.readers = [_reader(name) for name in names]
        first, begins = 0, {}
        for group in self.groups:
            begins[id(group)] = first
            first += len(group.tests)
        self.picks = [
            _picker([begins[id(where[rule.run][0])] + where[rule.run][1] for rule in program.rules])
            for program in programs
        ]

    def put(self, s: Scope) -> tuple[list[tuple[Result, ...]], bool]:
        """The result of every rule of every program, in their order, and whether these results are kept."""
        values = [read(s) for read in self.readers]
        flat: list[Result] = []
        kept = True
        for group in self.groups:
            key = group.key(values)
            found = group.kept.get(key)
            if found is None:
                found = [test(s) for test in group.tests]
                kept = group.kept.offer(key, found) and kept
            flat += found
        return [pick(flat) for pick in self.picks], kept


def _picker(places: Sequence[int]) -> Callable[[Sequence[Result]], tuple[Result, ...]]:
    if len(places) < 2:
        return lambda flat: tuple(flat[place] for place in places)
    return itemgetter(*places)


def _nothing(values: Sequence[Hashable]) -> Hashable:
    return None


def _reader(name: str) -> Value:
    if name in VALUES:
        return VALUES[name]
    read = PATHS[name][0]
    if name.partition(".")[0] in ("project", "platform", "notice") or name == "filer.observer_status":
        return lambda s: (read(s), absent_section(name, s))  # what absence means depends on more than the value
    return read
