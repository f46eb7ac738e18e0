"""The schema, as Strawberry makes it from the types."""

from functools import lru_cache
from typing import Any

import strawberry
from graphql import GraphQLSchema
from strawberry.schema.config import StrawberryConfig

from api.gql.scalars import SCALARS
from api.gql.types.base import Dataset, Source
from api.gql.types.law import Body, Obligation, Organisation
from api.gql.types.query import Query


@lru_cache(maxsize=1)
def declared() -> Any:
    """Strawberry's schema."""
    config = StrawberryConfig(scalar_map=SCALARS)
    return strawberry.Schema(Query, types=[Dataset, Source, Body, Organisation, Obligation], config=config)


def schema() -> GraphQLSchema:
    """The schema that documents are checked against."""
    made: GraphQLSchema = declared()._schema
    return made


def printed() -> str:
    """The schema as text: api/schema.graphql."""
    return f"{declared().as_str()}\n"
