"""Opaque ids and cursors: base64url of canonical JSON.

An id carries what finds its node again and the two clocks under which it was read, so that a cache that goes by ids
never mixes two days. A cursor carries the sort value and the key of its row, and a digest of the list it belongs to.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from typing import Any, Final, NamedTuple

import orjson

from api.errors import Fault, bad_input, not_found
from graph.model.dates import parse_date

LONGEST: Final = 1_000  # characters of an id or a cursor


class Clock(NamedTuple):
    """The day that the world is looked at and the day by which it was known, ISO texts; None is without one."""

    as_of: str | None = None
    known_on: str | None = None


class Ref(NamedTuple):
    """What an id stands for: its type, the parts that find it, the clocks."""

    kind: str
    parts: tuple[str, ...]
    clock: Clock


@lru_cache(maxsize=65536)
def encode_id(kind: str, clock: Clock, *parts: str) -> str:
    """The opaque id of a node."""
    return _pack([kind, *clock, *parts])


def decode_id(text: str) -> Ref:
    """Read an id back.

    Raises: Fault, NOT_FOUND, when it is no id that this program made.
    """
    value = _unpack(text)
    if value is None or len(value) < 4 or not all(isinstance(part, str) for part in (value[0], *value[3:])):
        raise not_found()
    if not all(day is None or _is_day(day) for day in value[1:3]):
        raise not_found()
    return Ref(value[0], tuple(value[3:]), Clock(value[1], value[2]))


def encode_cursor(digest: str, sort: Any, key: str) -> str:
    """The cursor of a row."""
    return _pack([digest, sort, key])


def decode_cursor(text: str, digest: str, field: str) -> tuple[Any, str]:
    """The sort value and key of a cursor's row.

    Raises: Fault, BAD_INPUT, when the cursor belongs to another list.
    """
    value = _unpack(text)
    if value is None or len(value) != 3 or value[0] != digest or not isinstance(value[2], str):
        raise bad_input("is not a cursor of this list; start again without it, as filter, order or day differ",
                        field=field, value=text)  # fmt: skip
    if not isinstance(value[1], str | int) or isinstance(value[1], bool):
        raise bad_input("is not a cursor of this list", field=field, value=text)
    return value[1], value[2]


def digest_of(*parts: Any) -> str:
    """A short name of a list: its field, filter, order and clocks."""
    return hashlib.sha256(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)).hexdigest()[:12]


def _pack(value: list[Any]) -> str:
    return urlsafe_b64encode(orjson.dumps(value)).decode().rstrip("=")


def _unpack(text: str) -> list[Any] | None:
    if len(text) > LONGEST:
        return None
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        value = orjson.loads(raw)
    except ValueError:  # binascii.Error and JSONDecodeError are ValueErrors
        return None
    return value if isinstance(value, list) and _pack(value) == text else None


def _is_day(value: object) -> bool:
    if not isinstance(value, str) or len(value) != 10:
        return False
    try:
        return parse_date(value).exact
    except ValueError:
        return False


__all__ = ["Clock", "Fault", "Ref", "decode_cursor", "decode_id", "digest_of", "encode_cursor", "encode_id"]
