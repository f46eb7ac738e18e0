"""What the fields of `Query` over the graph read: one node, lists with filters, treaty status, search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from api.context import Context
from api.errors import bad_input, not_found
from api.gql.enums import Kind, NameOrder
from api.gql.fields import Args, Many, Row
from api.gql.ids import Clock
from api.gql.paging import Listed, Page, Parent, Window, connections, page
from api.gql.read import HIGH, LOW, bare_row, clock_of, clocks, links_of, node_row, order_of, texts
from graph.store.words import words

ROOT: Final[Parent] = ()
PER_KIND: Final = {"first": 5}  # hits of a kind, when no page is named
LONGEST: Final = 200  # characters of what is searched
# What a filter of a list follows: its field, the relations, the labels that are named.
RELATED: Final[Mapping[str, Mapping[str, tuple[Sequence[str], Sequence[str]]]]] = {
    "State": {
        "memberOf": (("MEMBER_OF",), ("Organisation",)),
        "partyTo": (("PARTY_TO", "ACCEPTS"), ("Instrument",)),
        "accepts": (("ACCEPTS",), ("Forum",)),
    },
    "Instrument": {"party": (("PARTY_TO", "ACCEPTS"), ("State",))},
    "Provision": {"right": (("GUARANTEES",), ("Right",))},
    "Tactic": {"right": (("ENGAGES",), ("Right",))},
    "Forum": {"acceptedBy": (("ACCEPTS",), ("State",))},
}
HAVING: Final = {"kind": "kinds", "binding": "binding", "region": "region", "group": "group",
                 "instrument": "instrument"}  # fmt: skip


def one(label: str, argument: str) -> Many:
    """A field that gives the node of a key."""

    def read(rows: list[Any], context: Context, args: Args) -> list[Any]:
        return [_one(context, clock_of(args), label, args[argument])]

    return read


def entity(rows: list[Any], context: Context, args: Args) -> list[Any]:
    """`entity`."""
    return [_one(context, clock_of(args), str(args["kind"]), args["key"])]


def _one(context: Context, clock: Clock, label: str, key: str) -> Any:
    context.load([(clock, label, key)])
    row = context.node(clock, label, key)
    return not_found() if row is None else node_row(label, row["node"], clock)


@dataclass(slots=True)
class Entities:
    """The nodes of one label that a filter lets through."""

    label: str
    wanted: Mapping[str, Any]
    by: str
    clock: Clock
    ids: list[str] | None = None
    sifted: bool = False

    def _params(self, context: Context) -> dict[str, Any]:
        if not self.sifted:
            self.ids, self.sifted = _sift(context, self.label, self.wanted, self.clock), True
        alive = self.clock.as_of if self.label in ("State", "Organisation", "Forum") else None
        return {"kind": self.label, "ids": self.ids, "alive": alive}

    def fetch(self, context: Context, window: Window) -> Mapping[Parent, list[Row]]:
        """The rows in a window."""
        params = {**self._params(context), **window.params("", None), "by": self.by}
        rows = context.read("api/entities_back" if window.backwards else "api/entities", params)
        found: list[Row] = [
            {**node_row(self.label, row["node"], self.clock), "sort": row["sort"], "tie": row["tie"]} for row in rows
        ]
        return {ROOT: found}

    def count(self, context: Context) -> Mapping[Parent, int]:
        """How many there are."""
        return {ROOT: context.read("api/entities_count", self._params(context))[0]["total"]}


def _sift(context: Context, label: str, wanted: Mapping[str, Any], clock: Clock) -> list[str] | None:
    """The ids that each field of a filter lets through; None without one."""
    passed: set[str] | None = None
    having = {HAVING[name]: texts(values) for name, values in wanted.items()
              if name in HAVING and name not in RELATED.get(label, {}) and values is not None}  # fmt: skip
    if having:
        params = {name: having.get(name) for name in HAVING.values()}
        passed = {row["key"] for row in context.read("api/having", {**params, "kind": label})}
    for name, (types, kinds) in RELATED.get(label, {}).items():
        if wanted.get(name) is not None:
            passed = _reached(context, label, types, kinds, wanted[name], clock, passed)
    if label in ("Forum", "Instrument") and wanted.get("right") is not None:  # over the provisions that guarantee it
        ends = sorted(_reached(context, "Provision", ("GUARANTEES",), ("Right",), wanted["right"], clock, None))
        instruments = sorted(_reached(context, "Instrument", ("PART_OF",), ("Provision",), ends, clock, None))
        if label == "Instrument":
            return [one for one in instruments if passed is None or one in passed]
        kinds = ("Provision", "Instrument")
        passed = _reached(context, label, ("APPLIES",), kinds, [*ends, *instruments], clock, passed)
    return None if passed is None else sorted(passed)


def _reached(
    context: Context,
    far: str,
    types: Sequence[str],
    kinds: Sequence[str],
    ids: Sequence[str],
    clock: Clock,
    passed: set[str] | None,
) -> set[str]:
    params = {"far": far, "types": list(types), "kinds": list(kinds), "ids": list(ids), **clocks(clock)}
    found = {row["key"] for row in context.read("api/reached", params)}
    return found if passed is None else found & passed


def listed(label: str, name: str) -> Many:
    """A connection of the nodes of one label."""

    def read(rows: list[Any], context: Context, args: Args) -> list[Any]:
        return _entities(label, name, args)

    return read


def entities(rows: list[Any], context: Context, args: Args) -> list[Any]:
    """`entities`."""
    return _entities(str(args["kind"]), "entities", args)


def _entities(label: str, name: str, args: Args) -> list[Any]:
    clock = clock_of(args)
    order = str(args.get("order") or NameOrder.KEY)
    shared = page(name, Entities(label, args.get("filter") or {}, order, clock), args, *clock)
    return connections(shared, [ROOT])


@dataclass(slots=True)
class AllStatus:
    """Periods of treaty status of any state."""

    wanted: Mapping[str, Any]
    order: str
    clock: Clock

    def _params(self) -> dict[str, Any]:
        wanted = self.wanted
        things, forums = texts(wanted.get("instrument")), texts(wanted.get("forum"))
        kind = None if wanted.get("kind") is None else str(wanted["kind"])
        return {"states": texts(wanted.get("state")), "kind": kind, "things": things, "forums": forums,
                **clocks(self.clock)}  # fmt: skip

    def fetch(self, context: Context, window: Window) -> Mapping[Parent, list[Row]]:
        """The rows in a window."""
        params = {**self._params(), **window.params(LOW, HIGH), "order": self.order}
        keys = context.read("api/status_back" if window.backwards else "api/status", params)
        near: dict[Parent, Row] = {("State", one["near"]): bare_row("State", one["near"], self.clock) for one in keys}
        found = links_of(keys, near, self.clock, context, "Status")
        return {ROOT: [row for _, row in found]}

    def count(self, context: Context) -> Mapping[Parent, int]:
        """How many there are."""
        return {ROOT: context.read("api/status_count", self._params())[0]["total"]}


def all_status(rows: list[Any], context: Context, args: Args) -> list[Any]:
    """`status`."""
    clock = clock_of(args)
    return connections(page("status", AllStatus(args.get("filter") or {}, order_of(args), clock), args, *clock), [ROOT])


def search(rows: list[Any], context: Context, args: Args) -> list[Any]:
    """`search`: hits by kind, the kind with the best hit first."""
    text = words(args["text"])
    if not text or len(text) > LONGEST:
        raise bad_input(
            f"holds no word, or more than {LONGEST} characters; write the beginning of a name", field="text"
        )
    clock = clock_of(args)
    kinds = texts(args.get("kinds"))
    found = context.read("api/search", {"text": text, "kinds": [str(k) for k in Kind] if kinds is None else kinds})
    groups: dict[str, list[Row]] = {}
    for row in found:
        node = node_row(row["label_of"], row["node"], clock)
        groups.setdefault(row["label_of"], []).append(
            {"entity": node, "matched": _matched(row, text), "sort": row["rank"], "tie": row["key"]}
        )
    order = {label: (hits[0]["sort"], list(Kind).index(Kind(label))) for label, hits in groups.items()}
    return [[{"kind": label, "hits": groups[label], "text": text, "clock": clock}
             for label in sorted(groups, key=lambda label: order[label])]]  # fmt: skip


def _matched(row: Mapping[str, Any], text: str) -> str:
    """The name or the other name that matched: from the word on that begins so."""
    name = str(row["node"]["name"])
    if f" {words(name)}".find(f" {text}") >= 0 or row["key"].lower().startswith(text):
        return name
    at = f" {row['search']}".find(f" {text}")
    return name if at < 0 else str(row["search"])[at : at + LONGEST]


def hits(rows: list[Any], context: Context, args: Args) -> list[Any]:
    """`SearchGroup.hits`, five a page."""
    given = args if args.get("first") is not None or args.get("last") is not None else {**args, **PER_KIND}
    found: list[Any] = []
    for row in rows:
        listed = Listed(partial(_whole, row["hits"]))
        shared: Page = page("hits", listed, given, row["kind"], row["text"], *row["clock"])
        found += connections(shared, [ROOT])
    return found


def _whole(rows: list[Row], _: Context) -> Mapping[Parent, list[Row]]:
    return {ROOT: rows}
