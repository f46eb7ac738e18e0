"""Rows of the graph: nodes and edges as plain mappings, with every property of their kind and a digest over all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import blake2b
from typing import Any, Final

import orjson

from graph.errors import ReferenceFault
from graph.model.dates import ALWAYS, FIRST, FOREVER, NEVER, DateRange, parse_date, show
from graph.store.shape import LABELS, RELATIONS
from graph.store.words import search_text

Row = dict[str, Any]
FIRST_DAY: Final = date.min
LAST_DAY: Final = date.max


def node(label: str, key: str, name: str, *also: str | None, **properties: Any) -> Row:
    """Return a node: `also` are other names that it can be found by; what is empty is None.

    Raises: ReferenceFault when a property is not in the shape of the label.
    """
    given = {"id": key, "name": name, "search": search_text(name, *also, key), **properties}
    return _sealed(_complete(given, LABELS[label], label))


def edge(relation: str, start: str, end: str, *key: str, **properties: Any) -> Row:
    """Return an edge; its id is its type, its ends and what else tells it from others between them.

    So ids are in an order that a reader can follow: by type, then by the near end, then by the far one.
    """
    given = {"id": ":".join((relation.lower().replace("_", "-"), start, end, *key)), **ALL_TIME, **properties}
    row = _complete(given, RELATIONS[relation], relation)
    row["start"], row["end"] = start, end
    return _sealed(row)


def _complete(given: Mapping[str, Any], shape: Mapping[str, str], kind: str) -> Row:
    if not given.keys() <= shape.keys():
        strange = ", ".join(sorted(given.keys() - shape.keys()))
        raise ReferenceFault(f"has no property {strange}; see graph/store/shape.py", field=kind)
    return {name: None if (value := given.get(name)) == "" else value for name in shape}


def _sealed(row: Row) -> Row:
    """Put in the digest of all the rest."""
    del row["digest"]
    row["digest"] = digest(row)
    return row


def digest(value: object) -> str:
    """Return 16 hex digits that stand for a value of plain data."""
    return blake2b(orjson.dumps(value, option=orjson.OPT_SORT_KEYS), digest_size=8).hexdigest()


def span(since: DateRange, until: DateRange = NEVER) -> Row:
    """Return the six properties of the time in which an edge held."""
    return {
        "since": None if since.hi <= FIRST or since.lo >= FOREVER else show(DateRange(max(since.lo, FIRST), since.hi)),
        "until": None if until.lo >= FOREVER else show(until),
        "since_lo": _day(since.lo),
        "since_hi": _day(since.hi),
        "until_lo": _day(until.lo),
        "until_hi": _day(until.hi),
    }


def span_of(since: str | None, until: str | None = None) -> Row:
    """Return the same from two texts as they stand in a file; without a beginning it always held."""
    return span(parse_date(since) if since else ALWAYS, parse_date(until) if until else NEVER)


def _day(ordinal: int) -> date:
    return date.fromordinal(min(max(ordinal, FIRST), FOREVER))


def known(recorded: str, closed: str = "") -> Row:
    """Return when we learned it and when its source took it back."""
    return {
        "recorded_on": date.fromisoformat(recorded[:10]) if recorded else FIRST_DAY,
        "closed_on": date.fromisoformat(closed[:10]) if closed else LAST_DAY,
    }


ALL_TIME: Final = {**span(ALWAYS), **known("")}


def cite(authority: str | Iterable[str] | None) -> str | None:
    """Return the authorities of an edge as one text."""
    return authority if isinstance(authority, str) or authority is None else ", ".join(authority) or None
