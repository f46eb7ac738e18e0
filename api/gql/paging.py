"""Pages: keyset cursors, so that rows that come or go elsewhere shift nothing.

A list is a `Page`: what a field was asked for, shared by all its parents. Its edges are one read for all of them, its
count another, and neither happens unless it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from api.gql.fields import Args, Row
from api.gql.ids import decode_cursor, digest_of, encode_cursor
from api.gql.limits import page_size
from api.gql.plan import FIELDS

if TYPE_CHECKING:
    from api.context import Context

Parent = tuple[Any, ...]  # what tells the parents of a field apart; () at the root
PAGING: Final = frozenset({"first", "after", "last", "before"})


class Window(NamedTuple):
    """Which rows of a list: so many behind one cursor and before another, or the last ones."""

    most: int
    after: tuple[Any, str] | None
    before: tuple[Any, str] | None
    backwards: bool

    def params(self, low: Any, high: Any) -> dict[str, Any]:
        """The window as parameters of a query; `low` and `high` are sort values before and behind all others."""
        after, before = self.after or (low, ""), self.before or (high, "")
        return {"after": after[0], "after_key": after[1], "before": before[0], "before_key": before[1],
                "most": self.most}  # fmt: skip


class Rows(Protocol):
    """A list as it is read. A row has `sort` and `tie`, by which it was ordered."""

    def fetch(self, context: Context, window: Window) -> Mapping[Parent, list[Row]]:
        """The rows in a window, for each parent, in order; backwards, from the end."""

    def count(self, context: Context) -> Mapping[Parent, int]:
        """How many rows there are in all, for each parent."""


@dataclass(eq=False, slots=True)
class Page:
    """One connection field and its arguments, for all its parents."""

    rows: Rows
    window: Window
    digest: str
    size: int
    pages: Mapping[Parent, list[Row]] | None = None
    counts: Mapping[Parent, int] | None = None
    shown: dict[Parent, tuple[list[Row], bool]] = field(default_factory=dict)

    def of(self, parent: Parent, context: Context) -> tuple[list[Row], bool]:
        """A parent's rows in order, and whether there are more in the direction of the walk."""
        if self.pages is None:
            self.pages = self.rows.fetch(context, self.window)
        if parent not in self.shown:
            found = self.pages.get(parent, [])
            more = len(found) > self.size
            found = found[: self.size]
            self.shown[parent] = (found[::-1] if self.window.backwards else found), more
        return self.shown[parent]

    def total(self, parent: Parent, context: Context) -> int:
        """How many rows walking would give."""
        if self.counts is None:
            self.counts = self.rows.count(context)
        return self.counts.get(parent, 0)


def page(field_name: str, rows: Rows, args: Args, *clocks: Any) -> Page:
    """The page that a field was asked for.

    Raises: Fault, BAD_INPUT, for a size or a cursor that cannot be.
    """
    size = page_size(args, field_name)
    rest = {key: value for key, value in args.items() if key not in PAGING and not key.startswith("fields ")}
    digest = digest_of(field_name, rest, clocks)
    after = decode_cursor(args["after"], digest, "after") if args.get("after") is not None else None
    before = decode_cursor(args["before"], digest, "before") if args.get("before") is not None else None
    return Page(rows, Window(size + 1, after, before, args.get("last") is not None), digest, size)


def connections(shared: Page, parents: Sequence[Parent]) -> list[Row]:
    """The connection of each parent."""
    return [{"page": shared, "parent": parent} for parent in parents]


def edges(rows: list[Any], context: Context, args: Args) -> list[Any]:
    """The edges of connections; a cursor is made where it is asked for."""
    found = []
    cursors = "cursor" in args[FIELDS]
    for row in rows:
        shared: Page = row["page"]
        shown = shared.of(row["parent"], context)[0]
        made: list[dict[str, Any]] = [{"node": one, "other": one.get("other")} for one in shown]
        if cursors:
            for edge, one in zip(made, shown, strict=True):
                edge["cursor"] = encode_cursor(shared.digest, one["sort"], one["tie"])
        found.append(made)
    return found


def page_info(rows: list[Any], context: Context, _: Args) -> list[Any]:
    """Where a page begins and ends, and what lies beyond."""
    found = []
    for row in rows:
        shared: Page = row["page"]
        shown, more = shared.of(row["parent"], context)
        ends = [encode_cursor(shared.digest, one["sort"], one["tie"]) for one in (*shown[:1], *shown[-1:])]
        back = shared.window.backwards
        found.append({
            "start_cursor": ends[0] if ends else None,
            "end_cursor": ends[1] if ends else None,
            "has_next_page": more if not back else shared.window.before is not None,
            "has_previous_page": more if back else shared.window.after is not None,
        })  # fmt: skip
    return found


def total_count(rows: list[Any], context: Context, _: Args) -> list[Any]:
    """How many rows walking would give."""
    return [row["page"].total(row["parent"], context) for row in rows]


@dataclass(slots=True)
class Listed:
    """A short list that is read whole: `read` gives the rows of each parent in order."""

    read: Callable[[Context], Mapping[Parent, list[Row]]]
    known: Mapping[Parent, list[Row]] | None = None

    def _all(self, context: Context) -> Mapping[Parent, list[Row]]:
        if self.known is None:
            self.known = self.read(context)
        return self.known

    def fetch(self, context: Context, window: Window) -> Mapping[Parent, list[Row]]:
        """The rows in a window."""
        return {parent: _cut(rows, window) for parent, rows in self._all(context).items()}

    def count(self, context: Context) -> Mapping[Parent, int]:
        """How many rows there are in all."""
        return {parent: len(rows) for parent, rows in self._all(context).items()}


def _cut(rows: list[Row], window: Window) -> list[Row]:
    kept = [row for row in rows if (window.after is None or (row["sort"], row["tie"]) > window.after)
            and (window.before is None or (row["sort"], row["tie"]) < window.before)]  # fmt: skip
    return (kept[::-1] if window.backwards else kept)[: window.most]
