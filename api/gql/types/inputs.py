"""The facts of a case as input, and the filters of lists. Field names are those of a case file, in camel case."""

from __future__ import annotations

import strawberry
from strawberry import UNSET

from api.gql.enums import (
    ActLink,
    Binding,
    Examined,
    Exhausted,
    FilerKind,
    Perpetrator,
    ProceedingStatus,
    VictimCondition,
    VictimKind,
    VictimStatus,
)
from api.gql.scalars import ISO3, Date, PartialDate


@strawberry.input
class RespondentInput:
    """A state to which an act is attributed."""

    state: ISO3
    link: ActLink | None = UNSET
    perpetrator: Perpetrator | None = UNSET


@strawberry.input
class ActInput:
    """One thing that was done."""

    id: str | None = UNSET
    from_: PartialDate = strawberry.field(name="from")
    to: PartialDate | None = UNSET
    continuing: bool | None = UNSET
    planned: bool | None = UNSET
    known: PartialDate | None = UNSET
    tactic: str | None = UNSET
    rights: list[str] | None = UNSET
    grounds: list[str] | None = UNSET
    where: ISO3 | None = UNSET
    destination: ISO3 | None = UNSET
    respondents: list[RespondentInput] | None = UNSET
    link: ActLink | None = UNSET
    perpetrator: Perpetrator | None = UNSET
    perpetrator_nationality: list[ISO3] | None = UNSET
    headquarters: list[ISO3] | None = UNSET
    systematic: bool | None = UNSET


@strawberry.input
class VictimInput:
    """Who was harmed."""

    kind: VictimKind | None = UNSET
    count: int | None = UNSET
    nationality: list[ISO3] | None = UNSET
    residence: ISO3 | None = UNSET
    born: PartialDate | None = UNSET
    condition: VictimCondition | None = UNSET
    status: list[VictimStatus] | None = UNSET
    cooperated_with: list[str] | None = UNSET
    consents: bool | None = UNSET
    anonymous: bool | None = UNSET


@strawberry.input
class FilerInput:
    """Who files."""

    kind: FilerKind | None = UNSET
    observer_status: list[str] | None = UNSET
    mandate: bool | None = UNSET
    residence: ISO3 | None = UNSET
    state: ISO3 | None = UNSET


@strawberry.input
class RemedyInput:
    """What became of the domestic remedies of one respondent."""

    state: ISO3
    exhausted: Exhausted | None = UNSET
    suspensive: bool | None = UNSET
    raised: list[str] | None = UNSET
    final_decision: PartialDate | None = UNSET
    notified: PartialDate | None = UNSET


@strawberry.input
class ProceedingInput:
    """The same matter before another forum. `same` is for the whole, or each part is told apart."""

    forum: str
    status: ProceedingStatus | None = UNSET
    filed: PartialDate | None = UNSET
    decided: PartialDate | None = UNSET
    examined: Examined | None = UNSET
    same: bool | None = UNSET
    same_person: bool | None = UNSET
    same_facts: bool | None = UNSET
    same_rights: bool | None = UNSET


@strawberry.input
class DayInput:
    """A day that single forums count from."""

    key: str
    value: PartialDate


@strawberry.input
class PairInput:
    """An entry of a mapping, its value as text; a key of a list stands once for each item."""

    key: str
    value: str


@strawberry.input
class CaseInput:
    """The facts of a case. `null` is not given, `[]` is none."""

    id: str | None = UNSET
    title: str | None = UNSET
    as_of: Date | None = UNSET
    filed: Date | None = UNSET
    acts: list[ActInput]
    victim: VictimInput | None = UNSET
    filer: FilerInput | None = UNSET
    remedies: list[RemedyInput] | None = UNSET
    proceedings: list[ProceedingInput] | None = UNSET
    dates: list[DayInput] | None = UNSET
    project: list[PairInput] | None = UNSET
    company: list[PairInput] | None = UNSET
    platform: list[PairInput] | None = UNSET
    notice: list[PairInput] | None = UNSET
    urgent: bool | None = UNSET


@strawberry.input
class StateFilter:
    """Which states."""

    member_of: list[str] | None = UNSET
    party_to: list[str] | None = UNSET
    accepts: list[str] | None = UNSET


@strawberry.input
class InstrumentFilter:
    """Which instruments."""

    right: list[str] | None = UNSET
    party: list[ISO3] | None = UNSET


@strawberry.input
class ProvisionFilter:
    """Which provisions."""

    instrument: list[str] | None = UNSET
    right: list[str] | None = UNSET


@strawberry.input
class TacticFilter:
    """Which tactics."""

    group: list[str] | None = UNSET
    right: list[str] | None = UNSET


@strawberry.input
class ForumFilter:
    """Which forums."""

    kind: list[str] | None = UNSET
    binding: list[Binding] | None = UNSET
    region: list[str] | None = UNSET
    accepted_by: list[ISO3] | None = UNSET
    right: list[str] | None = UNSET
