"""How the types declare their fields, and what the executor finds in a declaration.

A field is one of three things: a value of the row (`column`, or no declaration at all), a function of one row (`each`),
or a function of all rows of a level at once (`many`), which is what may read the store: one read for a level, however
many rows it has.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, NoReturn

import strawberry
from strawberry.schema_directive import Location

if TYPE_CHECKING:
    from api.context import Context

Row = Mapping[str, Any]
Args = Mapping[str, Any]
Each = Callable[[Any], Any]
Many = Callable[[list[Any], "Context", Args], list[Any]]
REQUIRED: Final = inspect.Parameter.empty


@strawberry.schema_directive(locations=[Location.FIELD_DEFINITION], name="cost")
class Cost:
    """What a field weighs; absent: an object 1, a leaf 0."""

    weight: int


@strawberry.schema_directive(locations=[Location.FIELD_DEFINITION], name="listSize")
class ListSize:
    """How many items a list is taken to have; absent: 5."""

    assumed_size: int


def column(key: str, *, name: str | None = None) -> Any:
    """A field whose value stands in the row under another key."""
    return strawberry.field(metadata={"column": key}, name=name)


def each(function: Each) -> Any:
    """A field worked out from its row alone."""
    return strawberry.field(metadata={"each": function})


def many(
    function: Many, *, weight: int | None = None, size: int | None = None, name: str | None = None, **arguments: Any
) -> Any:
    """A field worked out for all rows of its level at once.

    Args: an argument is its type, or a pair of its type and its default; a type alone that allows null is optional.
    """
    directives: list[object] = []
    if weight is not None:
        directives.append(Cost(weight=weight))
    if size is not None:
        directives.append(ListSize(assumed_size=size))
    return strawberry.field(
        resolver=_resolver(arguments), metadata={"many": function}, directives=directives, name=name
    )


def _resolver(arguments: Mapping[str, Any]) -> Callable[..., Any]:
    """What Strawberry reads the arguments from. Rows are not objects of its classes, so it must not run them."""

    def resolve(*_: Any, **__: Any) -> NoReturn:
        raise TypeError("this schema is executed by api.gql.execute, level by level, and not by Strawberry")

    parameters = [inspect.Parameter("root", inspect.Parameter.POSITIONAL_OR_KEYWORD)]
    for name, given in arguments.items():
        kind, default = given if isinstance(given, tuple) else (given, _absent(given))
        parameters.append(inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=kind, default=default))
    resolve.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # inspect reads it
    return resolve


def _absent(kind: Any) -> Any:
    return strawberry.UNSET if type(None) in getattr(kind, "__args__", ()) else REQUIRED


PAGE: Final[dict[str, Any]] = {
    "first": int | None,
    "after": str | None,
    "last": int | None,
    "before": str | None,
}
