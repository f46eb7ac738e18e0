"""What the fields of the graph read: for all rows of a level at once, one named query for each clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from api.context import Context, day
from api.gql.enums import DateOrder, StatusKind
from api.gql.fields import Args, Many, Row
from api.gql.ids import Clock, encode_id
from api.gql.paging import Listed, Page, Parent, Window, connections, page
from api.gql.plan import FIELDS
from graph.store.port import Record

LOW: Final = -(10**9)  # before every day as a number YYYYMMDD
HIGH: Final = 10**9  # and behind it
LIGHT: Final = frozenset({"id", "key", "label", "__typename"})  # what the end of a link tells without a read of its own
BARE: Final = frozenset({"id", "key", "__typename"})  # what a reference tells without a read
BONDS: Final = ("PARTY_TO", "ACCEPTS", "MEMBER_OF")
STANDING: Final = date(9999, 12, 30)  # known by then: all that no source has taken back


def node_row(label: str, props: Mapping[str, Any], clock: Clock) -> Row:
    """A node of the graph as a row."""
    return {**props, "__typename": label, "key": props["id"], "label": props["name"], "clock": clock}


def light_row(label: str, key: str, name: str, clock: Clock) -> Row:
    """A node of which only the key and the name were read; `ends` reads the rest where it is asked for."""
    return {"__typename": label, "key": key, "label": name, "clock": clock, "light": True}


def bare_row(label: str, key: str, clock: Clock) -> Row:
    """A node of which only the key is known."""
    return {**light_row(label, key, key, clock), "bare": True}


def link_row(near: Row, row: Record, clock: Clock) -> Record:
    """A link as a row: the node it was found at, the other end, and what the edge says."""
    other = light_row(row["other_label"], row["other"], row["other_name"], clock)
    start, end = (near, other) if row["forth"] else (other, near)
    row |= {"__typename": "Link", "type": row["relation"], "start": start, "end": end, "other": other, "clock": clock}
    return row


def node_id(row: Row) -> str:
    """The opaque id of an entity, a link or what is told of a link."""
    kind = row["__typename"]
    if "start" in row:
        start = row["start"]
        return encode_id(kind, row["clock"], start["__typename"], start["key"], row["type"], row["id"])
    return encode_id(kind, row["clock"], row["key"])


def clock_of(args: Args) -> Clock:
    """The clocks of a root field."""
    return Clock(args.get("as_of") or args.get("asOf"), args.get("known_on") or args.get("knownOn"))


def clocks(clock: Clock) -> dict[str, Any]:
    """The clocks as parameters of a query."""
    return {"day": day(clock.as_of), "known": day(clock.known_on) or STANDING}


def by_clock(rows: Iterable[Row]) -> dict[Clock, dict[Parent, Row]]:
    """The rows under the clock they were read by, each node once."""
    found: dict[Clock, dict[Parent, Row]] = {}
    for row in rows:
        found.setdefault(row["clock"], {})[row["__typename"], row["key"]] = row
    return found


def parent_of(row: Row) -> Parent:
    """What tells the nodes of a level apart."""
    return row["clock"], row["__typename"], row["key"]


def refs(rows: Mapping[Parent, Row]) -> dict[str, Any]:
    """Nodes as parameters of a query."""
    return {"ids": list(dict.fromkeys(key for _, key in rows)), "kinds": sorted({kind for kind, _ in rows})}


def nodes(context: Context, wanted: Sequence[tuple[Clock, str, str] | None], fields: frozenset[str]) -> list[Any]:
    """The nodes of these references; without a read when only their keys are asked for."""
    if fields <= BARE:
        return [one and {"__typename": one[1], "key": one[2], "label": one[2], "clock": one[0]} for one in wanted]
    found = context.many(wanted)
    return [row and node_row(row["label_of"], row["node"], row["clock"]) for row in found]


# Links


@dataclass(slots=True)
class Links:
    """The links of some nodes."""

    parents: Sequence[Row]
    types: Sequence[str] | None = None
    direction: str = "both"
    far: Sequence[str] | None = None
    far_ids: Sequence[str] | None = None
    order: str = "date-desc"
    kind: str = "Link"  # the type that its rows are shown as

    def _params(self, clock: Clock, rows: Mapping[Parent, Row]) -> dict[str, Any]:
        return {**refs(rows), **clocks(clock), "types": self.types, "direction": self.direction, "far": self.far,
                "far_ids": self.far_ids}  # fmt: skip

    def fetch(self, context: Context, window: Window) -> Mapping[Parent, list[Row]]:
        """The rows in a window, for each node."""
        found: dict[Parent, list[Row]] = {}
        for clock, near in by_clock(self.parents).items():
            params = {**self._params(clock, near), **window.params(LOW, HIGH), "order": self.order}
            keys = context.read("api/links_back" if window.backwards else "api/links", params)
            for at, row in links_of(keys, near, clock, context, self.kind):
                found.setdefault((clock, *at), []).append(row)
        return found

    def count(self, context: Context) -> Mapping[Parent, int]:
        """How many there are, for each node."""
        found: dict[Parent, int] = {}
        for clock, near in by_clock(self.parents).items():
            for row in context.read("api/links_count", self._params(clock, near)):
                found[clock, row["near_label"], row["near"]] = row["total"]
        return found


def links_of(
    keys: Sequence[Record], near: Mapping[Parent, Row], clock: Clock, context: Context, kind: str = "Link"
) -> Iterator[tuple[Parent, Row]]:
    """What the links of a page say, in the order of its keys, as rows of a type: one read more."""
    keys = [one for one in keys if (one["near_label"], one["near"]) in near]
    if not keys:
        return
    at = {(one["near_label"], one["near"]): None for one in keys}
    params = {"ids": list(dict.fromkeys(key for _, key in at)), "kinds": sorted({label for label, _ in at}),
              "wanted": list(dict.fromkeys(one["tie"] for one in keys)), **clocks(clock)}  # fmt: skip
    said = {(row["near_label"], row["near"], row["tie"]): row for row in context.read("api/links_by_id", params)}
    for one in keys:
        place = one["near_label"], one["near"]
        row = said.get((*place, one["tie"]))
        if row is not None:  # else it went between the two reads
            link = link_row(near[place], row, clock)
            link["sort"], link["tie"], link["__typename"] = one["sort"], one["tie"], kind
            yield place, link


def ends(key: str) -> Many:
    """A field that holds an end of a link, read whole where more than its name is asked for."""

    def read(rows: list[Any], context: Context, args: Args) -> list[Any]:
        return whole([row[key] for row in rows], context, args[FIELDS])

    return read


def whole(found: Sequence[Row | None], context: Context, fields: frozenset[str]) -> list[Any]:
    """These nodes, with all that is asked of them."""
    if fields <= BARE or (fields <= LIGHT and not any(row is not None and "bare" in row for row in found)):
        return list(found)
    context.load(parent_of(row) for row in found if row is not None and "light" in row)
    return [row if row is None or "light" not in row else full_row(row, context) for row in found]


def full_row(row: Row, context: Context) -> Row | None:
    """The loaded node of a row that holds its name alone."""
    node = context.node(*parent_of(row))
    return None if node is None else node_row(row["__typename"], node["node"], row["clock"])


def link_page(rows: list[Any], context: Context, args: Args) -> list[Any]:
    """`links` of entities."""
    wanted = args.get("filter") or {}
    source = Links(rows, types=texts(wanted.get("type")), direction=str(wanted.get("direction") or "both"),
                   far=texts(wanted.get("kind")), order=order_of(args))  # fmt: skip
    return _connected("links", source, rows, args)


def bonds_page(direction: str, far: Sequence[str] | None, name: str) -> Many:
    """A field whose rows are periods of treaty status."""

    def read(rows: list[Any], context: Context, args: Args) -> list[Any]:
        wanted = args.get("filter") or {}
        labels, ids = far, None
        if wanted.get("kind"):
            labels = ["Forum"] if wanted["kind"] == StatusKind.ACCEPTS else ["Instrument", "Organisation"]
        if wanted.get("instrument") is not None:
            labels, ids = _meet(labels, ["Instrument", "Organisation"]), list(wanted["instrument"])
        if wanted.get("forum") is not None:
            labels = _meet(labels, ["Forum"])
            ids = [one for one in wanted["forum"] if ids is None or one in ids]
        if wanted.get("state") is not None and direction == "out":
            rows_of = [row for row in rows if row["key"] in wanted["state"]]
        else:
            rows_of = rows
        source = Links(rows_of, list(BONDS), direction, labels, ids, order_of(args), "Status")
        return _connected(name, source, rows, args)

    return read


def _meet(a: Sequence[str] | None, b: Sequence[str]) -> list[str]:
    return [label for label in b if a is None or label in a]


def duties_page(rows: list[Any], context: Context, args: Args) -> list[Any]:
    """`obligations` of states."""
    return _connected("obligations", Links(rows, ["OWES"], "out", order=order_of(args), kind="Obligation"), rows, args)


def _connected(name: str, source: Any, rows: list[Any], args: Args) -> list[Any]:
    shared: dict[Clock, Page] = {}
    one: Page | None = None
    found = []
    for row in rows:  # pages of one field differ by their clock in the digest alone; they share one read
        clock = row["clock"]
        if clock not in shared:
            shared[clock] = page(name, source, args, *clock)
            if one is None:
                one = shared[clock]
            elif shared[clock].window == one.window:
                shared[clock].rows = one.rows
        found += connections(shared[clock], [parent_of(row)])
    return found


def texts(values: Iterable[Any] | None) -> list[str] | None:
    """Members of enums as the words of the graph."""
    return None if values is None else [str(value) for value in values]


def order_of(args: Args) -> str:
    """The order that was asked for."""
    return str(args.get("order") or DateOrder.DATE_DESC)


# Neighbours that are read whole


def neighbours(types: Sequence[str], direction: str, far: Sequence[str]) -> Many:
    """A field that lists all nodes at the other end of some relations, by key."""

    def read(rows: list[Any], context: Context, args: Args) -> list[Any]:
        found = _neighbours(rows, context, types, direction, far)
        here = iter(whole([one for row in rows for one in found.get(parent_of(row), ())], context, args[FIELDS]))
        return [[next(here) for _ in found.get(parent_of(row), ())] for row in rows]

    return read


def first_neighbour(types: Sequence[str], direction: str, far: Sequence[str]) -> Many:
    """A field that holds one such node, or null."""

    def read(rows: list[Any], context: Context, args: Args) -> list[Any]:
        found = _neighbours(rows, context, types, direction, far)
        return whole([next(iter(found.get(parent_of(row), [])), None) for row in rows], context, args[FIELDS])

    return read


def _neighbours(
    rows: Sequence[Row], context: Context, types: Sequence[str], direction: str, far: Sequence[str]
) -> Mapping[Parent, list[Row]]:
    source = Links(rows, list(types), direction, list(far), None, "date")
    found = source.fetch(context, Window(HIGH, None, None, False))
    ends = {at: {link["other"]["key"]: link["other"] for link in links} for at, links in found.items()}
    return {at: [{**end[key], "sort": key, "tie": key} for key in sorted(end)] for at, end in ends.items()}


def neighbour_page(name: str, types: Sequence[str], direction: str, far: Sequence[str]) -> Many:
    """A connection of all nodes at the other end of some relations, by key."""

    def read(rows: list[Any], context: Context, args: Args) -> list[Any]:
        every = partial(_whole_neighbours, rows, types=types, direction=direction, far=far)
        return _connected(name, Listed(every), rows, args)

    return read


def _whole_neighbours(
    rows: Sequence[Row], context: Context, types: Sequence[str], direction: str, far: Sequence[str]
) -> Mapping[Parent, list[Row]]:
    found = _neighbours(rows, context, types, direction, far)
    context.load(parent_of(one) for some in found.values() for one in some)
    full = {at: [(one, full_row(one, context)) for one in some] for at, some in found.items()}
    return {at: [{**row, "sort": one["sort"], "tie": one["tie"]} for one, row in some if row is not None]
            for at, some in full.items()}  # fmt: skip


def source_page(rows: list[Any], context: Context, args: Args) -> list[Any]:
    """`sources` of entities: those that its links rest on."""

    def every(context: Context) -> Mapping[Parent, list[Row]]:
        found: dict[Parent, list[Row]] = {}
        for clock, near in by_clock(rows).items():
            for row in context.read("api/sources", {**refs(near), **clocks(clock)}):
                one = {**node_row("Source", row["node"], clock), "sort": row["key"], "tie": row["key"]}
                found.setdefault((clock, row["near_label"], row["near"]), []).append(one)
        return found

    return _connected("sources", Listed(every), rows, args)


def reference(label: str, key: str) -> Many:
    """A field whose row holds the key of another node."""

    def read(rows: list[Any], context: Context, args: Args) -> list[Any]:
        wanted = [(row["clock"], label, str(row[key])) if row.get(key) else None for row in rows]
        return nodes(context, wanted, args[FIELDS])

    return read


# Status


def statement_row(key: str, said: Mapping[str, Any], clock: Clock) -> Row:
    """A statement of treaty status, as an answer cites it."""
    return {"__typename": "Status", "key": key, "clock": clock, "said": said, "since": said["since"],
            "until": said["until"], "kind": said["kind"], "source": said["source"],
            "confidence": said["confidence"]}  # fmt: skip


def status_key(row: Row) -> str:
    """The key of a period of status: its own, or that of the statement it rests on."""
    return str(row["key"] if "said" in row else row["id"])


def status_kind(row: Row) -> str:
    """Whether it is about a forum or about what binds."""
    other = None if "said" in row else row["end"]["__typename"]
    return StatusKind.ACCEPTS if other == "Forum" else StatusKind.PARTY


def status_state(rows: list[Any], context: Context, args: Args) -> list[Any]:
    """The state that a period of status is of."""
    wanted = [(row["clock"], "State", row["said"]["subject"]) if "said" in row else None for row in rows]
    told = iter(whole([row["start"] for row in rows if "said" not in row], context, args[FIELDS]))
    cited = nodes(context, wanted, args[FIELDS])
    return [one if "said" in row else next(told) for row, one in zip(rows, cited, strict=True)]


def status_of(rows: list[Any], context: Context, args: Args) -> list[Any]:
    """What a period of status is about."""
    wanted = [(row["clock"], _label(row["said"]), row["said"]["object"]) if "said" in row else None for row in rows]
    told = iter(whole([row["end"] for row in rows if "said" not in row], context, args[FIELDS]))
    cited = nodes(context, wanted, args[FIELDS])
    return [one if "said" in row else next(told) for row, one in zip(rows, cited, strict=True)]


def _label(said: Mapping[str, Any]) -> str:
    return "Organisation" if said["relation"] in ("MEMBER_OF", "SUSPENDED") else "Instrument"
