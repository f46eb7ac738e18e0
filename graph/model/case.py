"""The facts of a case as the engine reads them; the public form is described in `docs/answers.md`.

A fact that was not given is `None`: unknown, never no. What absence is *declared* to mean (not continuing, not
planned, not systematic, not urgent …) is applied where the fact is read, so that an answer can say it leaned on it.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.model.dates import DateRange

LINKS = (
    "on-territory", "control-of-area", "physical-custody", "force-abroad", "remote", "interception-on-territory",
    "consular", "removal-to-risk", "failure-to-protect", "decision-at-home", "none",
)  # fmt: skip
PERPETRATORS = ("state-agent", "private", "company", "armed-group", "international-organisation", "unknown")
VICTIM_KINDS = ("person", "group", "organisation")
CONDITIONS = ("free", "detained", "incommunicado", "disappeared", "dead", "incapable")
VICTIM_STATUSES = (
    "child", "woman", "person-with-disability", "migrant-worker", "refugee", "asylum-seeker", "stateless",
    "indigenous", "minority", "journalist", "lawyer", "environmental-defender", "trade-unionist", "whistleblower",
    "parliamentarian",
)  # fmt: skip
FILERS = (
    "victim", "relative", "lawyer", "ngo", "ngo-with-observer-status", "trade-union", "commission", "state",
)  # fmt: skip
OBSERVER_STATUSES = ("achpr", "ecosoc", "coe")
EXHAUSTED = ("yes", "no", "unavailable", "ineffective", "unreasonably-prolonged", "dangerous", "unknown")
PROCEEDING_STATUSES = ("pending", "decided", "withdrawn")
EXAMINED = ("merits", "substance", "procedure-only")
SAME_PARTS = ("person", "facts", "rights")


@dataclass(frozen=True, slots=True)
class Respondent:
    """A state to which an act is attributed, with its own link and perpetrator where they were given."""

    state: str
    link: str | None = None
    perpetrator: str | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that was done: when, by whom, where the victim was, which rights it touches."""

    id: str
    start: DateRange  # the first day
    end: DateRange  # the last day; the first one for a single day
    single: bool  # no last day was given and it does not continue
    continuing: bool | None
    planned: bool | None
    known: DateRange | None
    tactic: str | None
    rights: tuple[str, ...]
    grounds: tuple[str, ...] | None
    where: str | None
    destination: str | None
    respondents: tuple[Respondent, ...]
    link: str | None
    perpetrator: str | None
    perpetrator_nationality: tuple[str, ...] | None
    headquarters: tuple[str, ...] | None
    systematic: bool | None


@dataclass(frozen=True, slots=True)
class Victim:
    """Who was harmed, as far as a body's rules ask."""

    kind: str | None = None
    count: int | None = None
    nationality: tuple[str, ...] | None = None
    residence: str | None = None
    born: DateRange | None = None
    condition: str | None = None
    status: tuple[str, ...] | None = None
    cooperated_with: tuple[str, ...] | None = None
    consents: bool | None = None
    anonymous: bool | None = None


@dataclass(frozen=True, slots=True)
class Filer:
    """Who files."""

    kind: str | None = None
    observer_status: tuple[str, ...] | None = None
    mandate: bool | None = None
    residence: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Remedy:
    """What became of the domestic remedies of one respondent."""

    state: str
    exhausted: str | None = None
    suspensive: bool | None = None
    raised: tuple[str, ...] | None = None
    final_decision: DateRange | None = None
    notified: DateRange | None = None


@dataclass(frozen=True, slots=True)
class Proceeding:
    """The same matter before another forum. `same` holds (person, facts, rights), each perhaps unknown."""

    forum: str
    status: str | None = None
    filed: DateRange | None = None
    decided: DateRange | None = None
    examined: str | None = None
    same: tuple[bool | None, bool | None, bool | None] = (None, None, None)


@dataclass(frozen=True, slots=True)
class Case:
    """All the facts of one case, checked."""

    id: str | None
    title: str | None
    as_of: DateRange
    filed: DateRange | None
    known_on: DateRange | None
    acts: tuple[Act, ...]
    victim: Victim
    filer: Filer
    remedies: tuple[Remedy, ...] | None
    proceedings: tuple[Proceeding, ...] | None
    dates: dict[str, DateRange]
    project: dict[str, object] | None
    company: dict[str, object] | None
    platform: dict[str, object] | None
    notice: dict[str, object] | None
    urgent: bool | None

    @property
    def day(self) -> DateRange:
        """The legal day: that of the filing when it is given, otherwise the day of the question."""
        return self.filed or self.as_of
