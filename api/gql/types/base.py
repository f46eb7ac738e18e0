"""What every type shares: nodes, entities, pages, links."""

from __future__ import annotations

from typing import Generic, TypeVar

import strawberry

from api.gql import paging, read
from api.gql.enums import Confidence, DateOrder, Direction, Kind, LinkType
from api.gql.fields import PAGE, column, each, many
from api.gql.scalars import Date, PartialDate

T = TypeVar("T")


@strawberry.type
class PageInfo:
    """Where a page begins and ends, and whether there is more."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@strawberry.type
class Edge(Generic[T]):
    """A row of a page."""

    cursor: str
    node: T


@strawberry.type
class Connection(Generic[T]):
    """A list in pages. `totalCount` is what walking would count."""

    edges: list[Edge[T]] = many(paging.edges)
    page_info: PageInfo = many(paging.page_info)
    total_count: int = many(paging.total_count)


@strawberry.interface
class Node:
    """What has an opaque id, which carries the clocks under which it was read."""

    id: strawberry.ID = each(read.node_id)


@strawberry.input
class LinkFilter:
    """Which links."""

    type: list[LinkType] | None = strawberry.UNSET
    direction: Direction | None = Direction.BOTH
    kind: list[Kind] | None = strawberry.UNSET


@strawberry.interface
class Entity(Node):
    """A labelled node of the graph. `key` is what files, REST and the command line use; `label` is fit to show."""

    key: str
    label: str
    sources: Connection[Source] = many(read.source_page, **PAGE)
    links: LinkConnection = many(read.link_page, filter=LinkFilter | None, order=DateOrder | None, **PAGE)


@strawberry.type
class Dataset(Entity):
    """A load of a publisher's file."""

    publisher: str | None
    licence: str | None
    seen: Date | None = column("as_of")
    statements: int | None


@strawberry.type
class Source(Entity):
    """A document or a table that statements rest on."""

    publisher: str | None
    url: str | None
    sha256: str | None
    date: PartialDate | None


@strawberry.type
class Link(Node):
    """An edge of the graph, from the day `since` to the first day out, `until`."""

    type: LinkType
    from_: Entity = many(read.ends("start"), name="from")
    to: Entity = many(read.ends("end"))
    since: PartialDate | None
    until: PartialDate | None
    reported_by: int = each(lambda row: int(bool(row["source"])))
    basis: str | None = column("kind")
    confidence: Confidence | None
    authority: str | None
    source: Source | None = many(read.reference("Source", "source"))


@strawberry.type
class LinkEdge:
    """A row of a page of links; `other` is the far end."""

    cursor: str
    node: Link
    other: Entity = many(read.ends("other"))


@strawberry.type
class LinkConnection:
    """Links in pages."""

    edges: list[LinkEdge] = many(paging.edges)
    page_info: PageInfo = many(paging.page_info)
    total_count: int = many(paging.total_count)
