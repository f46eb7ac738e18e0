"""The root of the schema."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry

from api.gql import answer, by_id, paths, roots, viewer
from api.gql.enums import DateOrder, Kind, LinkType, NameOrder, Role, Visibility
from api.gql.fields import PAGE, many
from api.gql.scalars import ISO3, Date
from api.gql.types.answer import Answer, BatchItem
from api.gql.types.base import Connection, Entity, Link, Node
from api.gql.types.inputs import (
    CaseInput,
    ForumFilter,
    InstrumentFilter,
    ProvisionFilter,
    StateFilter,
    TacticFilter,
)
from api.gql.types.law import Forum, Instrument, Provision, Right, State, Status, StatusFilter, Tactic

WHEN: dict[str, Any] = {"as_of": Date | None, "known_on": Date | None}
LIST: dict[str, Any] = {**PAGE, **WHEN}


@strawberry.type
class Hit:
    """What a search found: the name or other name that matched."""

    entity: Entity
    matched: str


@strawberry.type
class SearchGroup:
    """The hits of one kind."""

    kind: Kind
    hits: Connection[Hit] = many(roots.hits, **PAGE)


@strawberry.type
class Hop:
    """A step of a path and why it is one."""

    link: Link
    to: Entity
    reason: str


@strawberry.type
class Path:
    """A way from one node to another."""

    hops: list[Hop]


@strawberry.type
class Viewer:
    """Who asks."""

    name: str
    role: Role
    clearance: Visibility
    groups: list[str]
    cost_limit: int


@strawberry.type
class Query:
    """Every field that reads the graph takes two days: the world as it was, and as it was known."""

    node: Node | None = many(by_id.by_id, id=strawberry.ID)
    nodes: list[Node | None] = many(by_id.by_ids, ids=list[strawberry.ID])
    entity: Entity | None = many(roots.entity, kind=Kind, key=str, **WHEN)
    entities: Connection[Entity] = many(roots.entities, kind=Kind, **LIST)
    search: list[SearchGroup] = many(roots.search, weight=10, text=str, kinds=list[Kind] | None, **WHEN)
    paths: list[Path] = many(
        paths.paths,
        weight=100,
        from_=Annotated[strawberry.ID, strawberry.argument(name="from")],
        to=strawberry.ID,
        types=list[LinkType] | None,
        max_hops=(int | None, 4),
        first=(int | None, 3),
        **WHEN,
    )
    state: State | None = many(roots.one("State", "code"), code=ISO3, **WHEN)
    instrument: Instrument | None = many(roots.one("Instrument", "key"), key=str, **WHEN)
    forum: Forum | None = many(roots.one("Forum", "key"), key=str, **WHEN)
    states: Connection[State] = many(
        roots.listed("State", "states"), filter=StateFilter | None, order=NameOrder | None, **LIST
    )
    instruments: Connection[Instrument] = many(
        roots.listed("Instrument", "instruments"), filter=InstrumentFilter | None, order=NameOrder | None, **LIST
    )
    provisions: Connection[Provision] = many(
        roots.listed("Provision", "provisions"), filter=ProvisionFilter | None, **LIST
    )
    rights: Connection[Right] = many(roots.listed("Right", "rights"), **LIST)
    tactics: Connection[Tactic] = many(roots.listed("Tactic", "tactics"), filter=TacticFilter | None, **LIST)
    forums: Connection[Forum] = many(
        roots.listed("Forum", "forums"), filter=ForumFilter | None, order=NameOrder | None, **LIST
    )
    status: Connection[Status] = many(roots.all_status, filter=StatusFilter | None, order=DateOrder | None, **LIST)
    applicable_forums: Answer = many(
        answer.applicable, weight=100, case=CaseInput, known_on=Date | None, lang=(str, "en")
    )
    batch: list[BatchItem] = many(
        answer.batch, weight=100, cases=list[CaseInput], known_on=Date | None, lang=(str, "en")
    )
    viewer: Viewer = many(viewer.viewer)
