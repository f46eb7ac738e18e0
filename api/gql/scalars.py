"""The scalars of the schema. Dates are texts with the precision that they came with; nothing is completed to a day."""

import re
from datetime import date
from typing import Any, Final, NewType

import strawberry
from graphql import GraphQLError

from graph.errors import shorten
from graph.model.dates import parse_date

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_CODE: Final = re.compile(r"[A-Z]{3}", re.ASCII)


def _day(value: Any) -> str:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            pass
    raise GraphQLError(f"{shorten(value)!r} is not a day; write YYYY-MM-DD, a day that exists")


def _partial(value: Any) -> str:
    try:
        parse_date(value)
    except (ValueError, TypeError):
        raise GraphQLError(
            f"{shorten(value)!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD, a day that exists"
        ) from None
    return str(value)


def _code(value: Any) -> str:
    if isinstance(value, str) and _CODE.fullmatch(value):
        return value
    raise GraphQLError(f"{shorten(value)!r} is not a state code; write three capital letters, as NOR")


Date = NewType("Date", str)
PartialDate = NewType("PartialDate", str)
DateTime = NewType("DateTime", str)
ISO3 = NewType("ISO3", str)

SCALARS: Final[dict[object, Any]] = {
    Date: strawberry.scalar(name="Date", description="A day: 2021-03-04.", parse_value=_day),
    PartialDate: strawberry.scalar(
        name="PartialDate",
        description="A year, a month or a day: a range, never completed to a day.",
        parse_value=_partial,
    ),
    ISO3: strawberry.scalar(
        name="ISO3", description="The alpha-3 code of a state, XKX and historical codes included.", parse_value=_code
    ),
}
