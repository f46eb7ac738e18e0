"""The paths of the case that a rule may ask about, and how each is read.

A reader gives the fact, or `None` when it is unknown. `ASSUMED` holds the declared exceptions: what absence means,
and the id of the assumption that the answer then prints.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from graph.jurisdiction.scope import ACT, CASE, RESPONDENT, Scope
from graph.model.dates import DateRange, age_on

Reader = Callable[[Scope], Any]
NOTHING: Final = "none"


def _age(s: Scope) -> DateRange | None:
    born = s.case.victim.born
    return DateRange(*age_on(born, s.act.start)) if born else None


def nationality(s: Scope) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
    """Whose nationals did it, and what was assumed: agents of a state are taken to be its nationals."""
    given = s.act.perpetrator_nationality
    if given is None and s.perpetrator == "state-agent" and s.act.respondents:
        return tuple(r.state for r in s.act.respondents), ("agents-own-nationals",)
    return given, ()


def _section(name: str, key: str) -> Reader:
    def read(s: Scope) -> Any:
        section = getattr(s.case, name)
        return section.get(key) if section is not None else None

    return read


PATHS: Final[Mapping[str, tuple[Reader, int]]] = {
    "acts.where": (lambda s: s.act.where, ACT),
    "acts.destination": (lambda s: s.act.destination, ACT),
    "acts.rights": (lambda s: s.act.rights, ACT),
    "acts.grounds": (lambda s: s.act.grounds, ACT),
    "acts.perpetrator": (lambda s: s.perpetrator, ACT),
    "acts.perpetrator_nationality": (lambda s: nationality(s)[0], ACT),
    "acts.headquarters": (lambda s: s.act.headquarters, ACT),
    "acts.systematic": (lambda s: s.act.systematic, ACT),
    "acts.continuing": (lambda s: s.act.continuing, ACT),
    "acts.planned": (lambda s: s.act.planned, ACT),
    "acts.link": (lambda s: s.link, ACT),
    "acts.tactic": (lambda s: s.act.tactic, ACT),
    "acts.from": (lambda s: s.act.start, ACT),
    "acts.to": (lambda s: s.end, ACT),
    "victim.kind": (lambda s: s.case.victim.kind, CASE),
    "victim.count": (lambda s: s.case.victim.count, CASE),
    "victim.nationality": (lambda s: s.case.victim.nationality, CASE),
    "victim.residence": (lambda s: s.case.victim.residence, CASE),
    "victim.age": (_age, ACT),
    "victim.condition": (lambda s: s.case.victim.condition, CASE),
    "victim.status": (lambda s: s.case.victim.status, CASE),
    "victim.cooperated_with": (lambda s: s.case.victim.cooperated_with, CASE),
    "victim.consents": (lambda s: s.case.victim.consents, CASE),
    "victim.anonymous": (lambda s: s.case.victim.anonymous, CASE),
    "filer.kind": (lambda s: s.case.filer.kind, CASE),
    "filer.observer_status": (lambda s: s.case.filer.observer_status, CASE),
    "filer.mandate": (lambda s: s.case.filer.mandate, CASE),
    "filer.residence": (
        lambda s: s.case.filer.residence or (s.case.victim.residence if s.case.filer.kind == "victim" else None),
        CASE,
    ),
    "filer.state": (lambda s: s.case.filer.state, CASE),
    "remedies.exhausted": (lambda s: s.remedy.exhausted if s.remedy else None, RESPONDENT),
    "remedies.suspensive": (lambda s: s.remedy.suspensive if s.remedy else None, RESPONDENT),
    "respondent": (lambda s: s.state, RESPONDENT),
    "urgent": (lambda s: s.case.urgent, CASE),
    **{f"project.{key}": (_section("project", key), CASE) for key in ("bank", "country", "closed")},
    **{f"company.{key}": (_section("company", key), CASE) for key in ("home", "listed", "sector", "employees")},
    **{f"platform.{key}": (_section("platform", key), CASE) for key in ("name", "appealed", "decision")},
    **{f"notice.{key}": (_section("notice", key), CASE) for key in ("kind", "requested_by", "known")},
}

ASSUMED: Final[Mapping[str, tuple[Any, str]]] = {
    "acts.continuing": (False, "not-continuing"),
    "acts.planned": (False, "not-planned"),
    "acts.systematic": (False, "not-systematic"),
    "urgent": (False, "not-urgent"),
    "victim.anonymous": (False, "not-anonymous"),
}
SECTIONS: Final = {"project": "no-project", "platform": "no-platform", "notice": "no-notice"}


def absent_section(path: str, s: Scope) -> str | None:
    """The assumption that a whole part of the case is absent (no project, no platform, no notice).

    A filer of another kind than `ngo-with-observer-status` is taken to have none.
    """
    if path == "filer.observer_status" and s.case.filer.kind not in (None, "ngo-with-observer-status"):
        return "no-observer-status"
    part = path.partition(".")[0]
    if part in SECTIONS and getattr(s.case, part) is None:
        return SECTIONS[part]
    return None
