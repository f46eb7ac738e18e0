"""The values that go into the graph and its queries: their types, and the check of each."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

from graph.errors import BatchRefused, InputError, shorten

INT_MIN, INT_MAX = -(2**63), 2**63 - 1  # what both engines can hold
_NO: Final = object()
_KIND: Final = re.compile(r"(?:list\[(?P<item>\w+)(?P<item_none>\??)\]|(?P<plain>\w+))(?P<none>\??)$")


def _text(value: object) -> object:
    return value if isinstance(value, str) else _NO


def _whole(value: object) -> object:
    fits = isinstance(value, int) and not isinstance(value, bool) and INT_MIN <= value <= INT_MAX
    return value if fits else _NO


def _real(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return _NO
    return float(value)


def _truth(value: object) -> object:
    return value if isinstance(value, bool) else _NO


def _day(value: object) -> object:
    """Take a date, or its ISO text: the command line and JSON have no other way to say one."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return _NO
    return _NO


_READ: Final[Mapping[str, tuple[Callable[[object], object], str]]] = {
    "str": (_text, "a text"),
    "int": (_whole, "a whole number of at most 64 bits"),
    "float": (_real, "a finite number"),
    "bool": (_truth, "true or false"),
    "date": (_day, "a day as YYYY-MM-DD"),
    "map": (lambda value: value if isinstance(value, Mapping) else _NO, "a mapping"),
}


def known_kind(kind: str) -> bool:
    """Whether a header may declare this type."""
    match = _KIND.match(kind)
    return match is not None and (match["item"] or match["plain"]) in _READ


def bind_value(field: str, kind: str, value: object) -> Any:
    """Return a parameter in its declared type.

    Raises: InputError naming the parameter, the value and the type wanted.
    """
    match = _KIND.match(kind)
    assert match is not None, kind
    if value is None:
        if match["none"]:
            return None
        raise InputError(f"this parameter is needed; give {_READ[match['plain']][1]}" if match["plain"] else
                         "this parameter is needed; give a list", field=field)  # fmt: skip
    if match["plain"]:
        return _bind_one(field, match["plain"], value)
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, list | tuple):
        raise InputError(f'{shorten(value)} is not a list; write ["…"]', field=field, value=value)
    allow = bool(match["item_none"])
    return [None if item is None and allow else _bind_one(field, match["item"], item) for item in value]


def _bind_one(field: str, kind: str, value: object) -> object:
    read, wanted = _READ[kind]
    bound = read(value)
    if bound is _NO:
        raise InputError(f"{shorten(value)!r} is not {wanted}; correct it", field=field, value=value)
    return bound


def check_row(where: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties of a row that have a value, if both engines can hold each of them.

    Raises: BatchRefused naming the row's id and the property. Values are not repeated: they may be names.
    """
    key = row.get("id")
    if not isinstance(key, str) or not key:
        raise BatchRefused("a row needs `id`, a text that is not empty; give it one", field=f"{where}.id")
    held: dict[str, Any] = {}
    for name, value in row.items():
        kind = type(value)
        if value is None:
            continue
        if kind in _PLAIN or (kind is str and value.isascii()) or _storable(value):
            held[name] = value
        elif kind is list or kind is tuple:
            if len({type(item) for item in value}) > 1 or not all(map(_storable, value)):
                raise _refused(where, key, name, "a list holds values of one type, none of them null")
            held[name] = list(value)
        else:
            raise _refused(where, key, name, f"{kind.__name__} is not a type of the graph, or out of range")
    return held


_PLAIN: Final = frozenset({date, bool})  # of these every value can be stored


def _storable(value: object) -> bool:
    if type(value) is str:
        return not any("\ud800" <= c <= "\udfff" for c in value)
    if type(value) is int:
        return INT_MIN <= value <= INT_MAX
    if type(value) is float:
        return math.isfinite(value)
    return type(value) in _PLAIN


def _refused(where: str, key: str, name: str, reason: str) -> BatchRefused:
    return BatchRefused(
        f"{reason}; give a text, a number, a truth value, a date or a list of these", field=f"{where}.{name}", value=key
    )


def same(left: object, right: object) -> bool:
    """Whether two stored values are the same in value and in type: 1 is neither 1.0 nor true."""
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    return type(left) is type(right) and left == right
