"""`make bench`: GraphQL beside plain Strawberry resolvers and beside bare REST, on the same rows, in one run.

Each answers bytes with bytes in this process: a page of 100 states with ten links each. Strawberry's side is written as
its documentation shows it (classes, resolvers, DataLoaders), with its caches of parsed and checked documents. REST's
reads the same queries and writes their rows as they come. Counted are requests for a second of CPU, in turns.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

import orjson
import strawberry
from strawberry.dataloader import DataLoader
from strawberry.extensions import ParserCache, ValidationCache

from api.context import Context, Laws
from api.gql.documents import Documents
from api.gql.http import Endpoint, read_body
from api.gql.schema import schema
from graph import law
from graph.cypher import QUERIES
from graph.finder import Finder
from graph.settings import Settings
from graph.store.open import open_store
from graph.store.port import Edges, GraphStore, Nodes, Record
from graph.store.rows import edge, node
from tests.bench.run import recourse, told

QUERY: Final = """{ states(first: 100) { edges { node { key label links(first: 10) { totalCount edges {
  other { __typename key label } node { type since until } } } } } } }"""
BODY: Final = orjson.dumps({"query": QUERY})
CLOCKS: Final[dict[str, Any]] = {"day": None, "known": date(9999, 12, 30)}
STATES: Final[dict[str, Any]] = {"kind": "State", "ids": None, "by": "key", "alive": None, "after": "", "after_key": "",
                                 "before": None, "before_key": "", "most": 101}  # fmt: skip
NEAR: Final[dict[str, Any]] = {**CLOCKS, "kinds": ["State"], "types": None, "direction": "both", "far": None,
                               "far_ids": None}  # fmt: skip
WINDOW: Final[dict[str, Any]] = {"order": "date-desc", "after": -(10**9), "after_key": "", "before": 10**9,
                                 "before_key": "", "most": 11}  # fmt: skip
ROUNDS: Final = 9
SECONDS: Final = 0.5  # of CPU in each round
MANY: Final = 10_000
PAGE: Final = """query($a: String) { entity(kind: PROVISION, key: "x/1") { links(first: 100, after: $a) { totalCount
  pageInfo { endCursor } edges { other { key } node { type since } } } } }"""


def links_of(store: GraphStore, keys: list[str]) -> dict[str, list[Record]]:
    """The links of some states."""
    found: dict[str, list[Record]] = {}
    page = store.read(QUERIES["api/links"], {**NEAR, **WINDOW, "ids": keys})
    wanted = {"ids": keys, "kinds": ["State"], "wanted": list(dict.fromkeys(row["tie"] for row in page)), **CLOCKS}
    said = {(row["near"], row["tie"]): row for row in store.read(QUERIES["api/links_by_id"], wanted)}
    for row in page:
        found.setdefault(row["near"], []).append(said[row["near"], row["tie"]])
    return found


def totals_of(store: GraphStore, keys: list[str]) -> dict[str, int]:
    """How many links some states have."""
    return {row["near"]: row["total"] for row in store.read(QUERIES["api/links_count"], {**NEAR, "ids": keys})}


def rest(store: GraphStore) -> bytes:
    """The same rows as a REST endpoint would send them."""
    states = [row["node"] for row in store.read(QUERIES["api/entities"], STATES)][:100]
    keys = [one["id"] for one in states]
    links, totals = links_of(store, keys), totals_of(store, keys)
    return orjson.dumps([
        {"key": one["id"], "label": one["name"], "total": totals.get(one["id"], 0), "links": [
            {"type": row["relation"], "since": row["since"], "until": row["until"],
             "other": {"kind": row["other_label"], "key": row["other"], "label": row["other_name"]}}
            for row in links.get(one["id"], ())[:10]
        ]} for one in states
    ])  # fmt: skip


@strawberry.type
class Thing:
    """The far end of a link."""

    key: str
    label: str


@strawberry.type
class Bond:
    """A link."""

    type: str
    since: str | None
    until: str | None


@strawberry.type
class BondEdge:
    """A row of a page of links."""

    other: Thing
    node: Bond


@strawberry.type
class Bonds:
    """A page of links."""

    key: strawberry.Private[str]

    @strawberry.field
    async def total_count(self, info: strawberry.Info) -> int:
        """How many there are."""
        total: int = await info.context["totals"].load(self.key)
        return total

    @strawberry.field
    async def edges(self, info: strawberry.Info) -> list[BondEdge]:
        """The first ten."""
        rows = await info.context["links"].load(self.key)
        return [BondEdge(other=Thing(key=row["other"], label=row["other_name"]),
                         node=Bond(type=row["relation"], since=row["since"], until=row["until"]))
                for row in rows[:10]]  # fmt: skip


@strawberry.type
class Country:
    """A state."""

    key: str
    label: str

    @strawberry.field
    def links(self, first: int) -> Bonds:
        """Its links."""
        return Bonds(key=self.key)


@strawberry.type
class CountryEdge:
    """A row of a page of states."""

    node: Country


@strawberry.type
class Countries:
    """A page of states."""

    edges: list[CountryEdge]


@strawberry.type
class Query:
    """The root."""

    @strawberry.field
    def states(self, info: strawberry.Info, first: int) -> Countries:
        """The first hundred."""
        rows = info.context["store"].read(QUERIES["api/entities"], STATES)[:first]
        return Countries(edges=[CountryEdge(node=Country(key=row["node"]["id"], label=row["node"]["name"]))
                                for row in rows])  # fmt: skip


def plain_schema() -> strawberry.Schema:
    """A schema whose resolvers are Strawberry's own."""
    return strawberry.Schema(
        Query, extensions=[partial(ParserCache, maxsize=100), partial(ValidationCache, maxsize=100)]
    )


def plain(made: strawberry.Schema, store: GraphStore, loop: asyncio.AbstractEventLoop) -> bytes:
    """The same question put to it."""

    async def ask() -> bytes:
        async def links(keys: list[str]) -> list[list[Record]]:
            found = links_of(store, keys)
            return [found.get(key, []) for key in keys]

        async def totals(keys: list[str]) -> list[int]:
            found = totals_of(store, keys)
            return [found.get(key, 0) for key in keys]

        context = {"store": store, "links": DataLoader(load_fn=links), "totals": DataLoader(load_fn=totals)}
        given = orjson.loads(BODY)
        result = await made.execute(given["query"], context_value=context)
        assert result.errors is None, result.errors
        return orjson.dumps({"data": result.data})

    return loop.run_until_complete(ask())


def ours(endpoint: Endpoint) -> bytes:
    """The same question put to the endpoint."""
    return endpoint.answer(lambda: read_body(BODY, "application/json"), "").body


def rate(call: Callable[[], bytes]) -> float:
    """Requests for a second of CPU."""
    began, done = time.process_time(), 0
    while time.process_time() - began < SECONDS:
        call()
        done += 1
    return done / (time.process_time() - began)


def compare(store: GraphStore, laws: Laws) -> None:
    """Print the three rates and the two ratios."""
    endpoint = Endpoint(Documents(schema()), lambda: Context(store, QUERIES, laws, date(2026, 1, 1)))
    made, loop = plain_schema(), asyncio.new_event_loop()
    calls: dict[str, Callable[[], bytes]] = {
        "ours": partial(ours, endpoint),
        "strawberry": partial(plain, made, store, loop),
        "rest": partial(rest, store),
    }
    same(calls)
    rates: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(ROUNDS):
        for name, call in calls.items():
            rates[name].append(rate(call))
    median = {name: statistics.median(found) for name, found in rates.items()}
    told("GraphQL, 100 states and 1,000 links", median["ours"], "per CPU s")
    told("plain Strawberry resolvers", median["strawberry"], "per CPU s")
    told("bare REST", median["rest"], "per CPU s")
    by_turn = {
        name: statistics.median(a / b for a, b in zip(rates["ours"], rates[name], strict=True)) for name in rates
    }
    told("GraphQL beside plain Strawberry", by_turn["strawberry"], "times", "1.5")
    told("GraphQL beside bare REST", by_turn["rest"], "times", "0.5")
    loop.close()


def same(calls: dict[str, Callable[[], bytes]]) -> None:
    """Make sure that the three tell the same."""

    def shape(data: Any) -> list[Any]:
        return [[node["key"], node["label"], node["links"]["totalCount"],
                 [[e["other"]["key"], e["node"]["type"], e["node"]["since"]] for e in node["links"]["edges"]]]
                for node in (row["node"] for row in data["states"]["edges"])]  # fmt: skip

    bare = [[one["key"], one["label"], one["total"], [[r["other"]["key"], r["type"], r["since"]] for r in one["links"]]]
            for one in orjson.loads(calls["rest"]())]  # fmt: skip
    assert shape(orjson.loads(calls["ours"]())["data"]) == shape(orjson.loads(calls["strawberry"]())["data"]) == bare


def large(home: Path, laws: Laws) -> None:
    """Print what a page of a node with ten thousand links takes."""
    with open_store(Settings(home=home)) as store:
        store.migrate()
        store.write(Nodes("Provision", [node("Provision", "x/1", "X, article 1", instrument="x", article="1")]))
        for start in range(0, MANY, 2000):
            keys = [f"r{n:05}" for n in range(start, start + 2000)]
            store.write(Nodes("Right", [node("Right", key, key) for key in keys]))
            rows = [edge("GUARANTEES", "x/1", key) for key in keys]
            store.write(Edges("GUARANTEES", "Provision", "Right", rows))
        endpoint = Endpoint(Documents(schema()), lambda: Context(store, QUERIES, laws, date(2026, 1, 1)))
        times: list[float] = []
        after = None
        for _ in range(MANY // 100):
            body = orjson.dumps({"query": PAGE, "variables": {"a": after}})
            began = time.perf_counter()
            answer = orjson.loads(endpoint.answer(partial(read_body, body, "application/json"), "").body)
            times.append(1000 * (time.perf_counter() - began))
            after = answer["data"]["entity"]["links"]["pageInfo"]["endCursor"]
        told("a page of 100 of 10,000 links, median", statistics.median(times), "ms")
        told("the slowest page", max(times), "ms")


def main() -> int:
    """Make a data folder, compare, print."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        recourse(home, "init")
        finder = Finder(law.load(home))
        laws = Laws(lambda _: finder)
        with open_store(Settings(home=home)) as store:
            compare(store, laws)
        large(Path(folder) / "large", laws)
    return 0


if __name__ == "__main__":
    sys.exit(main())
