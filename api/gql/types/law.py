"""The law: states, instruments, forums, and who is bound by what."""

from __future__ import annotations

from typing import Annotated

import strawberry

from api.gql import law, read
from api.gql.enums import Binding, Confidence, DateOrder, Duty, RuleKind, StatusKind
from api.gql.fields import PAGE, column, each, many
from api.gql.scalars import ISO3, PartialDate
from api.gql.types.base import Connection, Entity, Node, Source


@strawberry.input
class StatusFilter:
    """Which periods of treaty status."""

    state: list[ISO3] | None = strawberry.UNSET
    kind: StatusKind | None = strawberry.UNSET
    instrument: list[str] | None = strawberry.UNSET
    forum: list[str] | None = strawberry.UNSET


@strawberry.type
class State(Entity):
    """A state as a legal person, or a territory."""

    territory: bool = each(lambda row: row.get("kind") == "territory")
    since: PartialDate | None
    until: PartialDate | None
    status: Connection[Status] = many(
        read.bonds_page("out", None, "status"), filter=StatusFilter | None, order=DateOrder | None, **PAGE
    )
    obligations: Connection[Obligation] = many(read.duties_page, order=DateOrder | None, **PAGE)


@strawberry.type
class Instrument(Entity):
    """A treaty, protocol, declaration, statute, resolution or clause."""

    kind: str
    adopted: PartialDate | None
    in_force: PartialDate | None
    entry_into_force_clause: str | None = column("entry_clause")
    withdrawal_clause: str | None
    provisions: Connection[Provision] = many(
        read.neighbour_page("provisions", ["PART_OF"], "in", ["Provision"]), **PAGE
    )
    parties: Connection[Status] = many(read.bonds_page("in", ["State"], "parties"), **PAGE)


@strawberry.type
class Provision(Entity):
    """An article or paragraph."""

    instrument: Instrument = many(read.reference("Instrument", "instrument"))
    article: str
    rights: list[Right] = many(read.neighbours(["GUARANTEES"], "out", ["Right"]))


@strawberry.type
class Right(Entity):
    """A right as cases name it."""

    definition: str | None
    qualification: str | None


@strawberry.type
class Tactic(Entity):
    """A way of reprisal, with the rights that it engages."""

    group: str
    definition: str | None
    rights: list[Right] = many(read.neighbours(["ENGAGES"], "out", ["Right"]))


@strawberry.type
class Organisation(Entity):
    """An organisation of states."""


@strawberry.type
class Body(Entity):
    """Who sits. A body may run several forums."""


@strawberry.type
class Citation:
    """An authority: its text, and its provision where that is in the graph."""

    text: str
    entity: Entity | None


@strawberry.type
class ForumRule:
    """One rule of a forum, in the words of its rule file."""

    rule: RuleKind
    says: str
    authority: list[Citation] = many(law.citations)


@strawberry.type
class Term:
    """A piece of the reference's prose."""

    topic: str
    text: str


@strawberry.type
class UrgentMeasures:
    """What can be asked for at once."""

    name: str
    basis: str | None
    binding: str | None
    detail: str | None


@strawberry.type
class Submission:
    """Where to file."""

    office: str | None
    page: str | None


@strawberry.type
class Forum(Entity):
    """A procedure before a body. One whose rules are not encoded has a name and no more."""

    kind: str | None
    binding: Binding | None
    region: str | None
    operating: str = many(law.from_file(law.operating))
    body: Body | None = many(read.first_neighbour(["RUNS"], "in", ["Body"]))
    instruments: list[Instrument] = many(read.neighbours(["APPLIES"], "out", ["Instrument"]))
    rules: list[ForumRule] = many(law.from_file(law.rules))
    terms: list[Term] = many(law.from_file(law.terms), topics=list[str] | None)
    urgent_measures: UrgentMeasures | None = many(law.from_file(law.urgent))
    remedies: list[str] = many(law.from_file(law.remedies))
    how_to_submit: Submission = many(law.from_file(law.submission))
    confidence: Confidence | None
    accepted_by: Connection[Status] = many(read.bonds_page("in", ["State"], "acceptedBy"), **PAGE)


@strawberry.type
class Support(Entity):
    """An emergency or support service; never a forum."""

    terms: list[Term] = many(law.support_terms, topics=list[str] | None)
    how_to_submit: Submission


StatusOf = Annotated[Instrument | Forum | Organisation, strawberry.union("StatusOf")]


@strawberry.type
class Status(Node):
    """A period in which a state was bound, or had accepted all that a forum's procedure needs."""

    key: str = each(read.status_key)
    state: State = many(read.status_state)
    kind: StatusKind = each(read.status_kind)
    of: StatusOf = many(read.status_of)
    since: PartialDate | None
    until: PartialDate | None
    basis: str | None = column("kind")
    source: Source | None = many(read.reference("Source", "source"))
    confidence: Confidence | None


@strawberry.type
class Obligation(Node):
    """What an instrument asks of a state while it is bound. `reserved`: it made a reservation to the article."""

    duty: Duty
    about: str | None
    state: State = many(read.ends("start"))
    provision: Provision = many(read.ends("end"))
    body: Body | None = many(read.reference("Body", "body"))
    due: PartialDate | None
    since: PartialDate | None
    until: PartialDate | None
    reserved: bool = each(lambda row: bool(row["reserved"]))
    authority: str | None
    confidence: Confidence | None
    source: Source | None = many(read.reference("Source", "source"))
