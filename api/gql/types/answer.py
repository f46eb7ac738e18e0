"""The answer to a case, field by field as case.md has it; ids are nodes."""

from __future__ import annotations

from typing import Annotated

import strawberry

from api.gql import answer, law, read
from api.gql.enums import Because, Outcome, RespondentKind, RuleKind, Verdict
from api.gql.fields import column, many
from api.gql.scalars import Date, PartialDate
from api.gql.types.law import Citation, Forum, Provision, Right, State, Status, Support, UrgentMeasures


@strawberry.type
class DatasetDay:
    """The day on which a source was last seen."""

    dataset: str
    day: Date


@strawberry.type
class Law:
    """The compiled law that was used."""

    hash: str
    known_on: Date | None
    data_as_of: list[DatasetDay]


@strawberry.type
class OnlyIf:
    """A forum whose subject is not in the facts, and what to ask."""

    forum: Forum = many(read.reference("Forum", "of"))
    question: str


@strawberry.type
class Pair:
    """An entry of a mapping, its value as text."""

    key: str
    value: str


@strawberry.type
class Message:
    """The id and the arguments of a sentence."""

    key: str
    args: list[Pair]


@strawberry.type
class Reach:
    """Which part of the facts a forum can look at."""

    act: str
    from_: PartialDate | None = column("from", name="from")
    to: PartialDate | None
    rights: list[Right] = many(answer.nodes_of("Right", "rights"))


@strawberry.type
class RuleResult:
    """One rule put to the case: what was found, on what evidence."""

    rule: RuleKind
    outcome: Outcome
    because: Because | None
    message: Message
    reason: str
    authority: list[Citation] = many(law.citations)
    facts: list[Status]


@strawberry.type
class ForumRow:
    """One forum and one respondent."""

    forum: Forum = many(read.reference("Forum", "of"))
    respondent: State | None = many(read.reference("State", "respondent"))
    respondent_kind: RespondentKind
    venue: State | None = many(read.reference("State", "venue"))
    verdict: Verdict
    reaches: list[Reach]
    rules: list[RuleResult]
    conditions: list[str]
    deadline: Date | None
    deadline_rule: str | None
    urgent_measures: UrgentMeasures | None
    rights: list[Provision] = many(answer.nodes_of("Provision", "rights"))
    warnings: list[str]


@strawberry.type
class Foreclosure:
    """A door that a step closes."""

    forum: Forum = many(read.reference("Forum", "of"))
    reason: str
    authority: list[Citation] = many(law.citations)


@strawberry.type
class Step:
    """A step of a plan."""

    row: ForumRow
    by: Date | None
    gains: str
    forecloses: list[Foreclosure]


@strawberry.type
class Plan:
    """Forums that can be used together, in order."""

    steps: list[Step]


@strawberry.type
class Answer:
    """Every body that can hear the case, and for each closed door the rule that closes it."""

    case: str | None = many(answer.plain("case"))
    as_of: Date = many(answer.plain("as_of"))
    filed: Date | None = many(answer.plain("filed"))
    law: Law = many(answer.law)
    version: str = many(answer.plain("version"))
    lang: str = many(answer.plain("lang"))
    assumed: list[str] = many(answer.plain("assumed"))
    support: list[Support] = many(answer.support)
    only_if: list[OnlyIf] = many(answer.only_if)
    plans: list[Plan] = many(answer.none)
    forums: list[ForumRow] = many(answer.forum_rows, size=50, verdict=list[Verdict] | None, forum=list[str] | None)


@strawberry.type
class CaseError:
    """Why a case of a batch has no answer."""

    case: str | None
    field: str
    value: str | None
    message: str
    nearest: list[str]


BatchItem = Annotated[Answer | CaseError, strawberry.union("BatchItem")]
