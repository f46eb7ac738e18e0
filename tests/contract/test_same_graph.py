"""Random small graphs: both engines hold what a plain model in Python holds, count the same and refuse the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.cypher import Query, read_query
from graph.errors import RecourseError
from graph.settings import Settings
from graph.store.open import open_store
from graph.store.port import Batch, Edges, Gone, GraphStore, Nodes, WriteCounts
from tests.conftest import empty
from tests.neo4j.server import Server

LABELS = ("State", "Forum")
RELATIONS = ("ACCEPTS", "SUCCEEDS")
IDS = st.sampled_from(["a", "b", "c", "ä", "a\u202eb", "'"])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
SCALARS = st.one_of(
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    TEXTS,
)
LISTS = st.one_of(*(st.lists(kind, max_size=3) for kind in (st.booleans(), st.integers(-9, 9), st.dates(), TEXTS)))
VALUES = st.one_of(st.none(), SCALARS, LISTS)
PROPS = st.dictionaries(st.sampled_from(["name", "kind", "since_lo", "end"]), VALUES, max_size=3)


def _row(**parts: Any) -> dict[str, Any]:
    props = parts.pop("props")
    return {**{name: value for name, value in props.items() if name not in parts}, **parts}


NODE_ROWS = st.lists(st.builds(_row, id=IDS, props=PROPS), max_size=4)
EDGE_ROWS = st.lists(st.builds(_row, id=IDS, start=IDS, end=IDS, props=PROPS), max_size=3)
LABEL, RELATION = st.sampled_from(LABELS), st.sampled_from(RELATIONS)
BATCHES = st.one_of(
    st.builds(Nodes, LABEL, NODE_ROWS),
    st.builds(Nodes, LABEL, NODE_ROWS),
    st.builds(Edges, RELATION, LABEL, LABEL, EDGE_ROWS),
    st.builds(Edges, RELATION, LABEL, LABEL, EDGE_ROWS),
    st.builds(lambda ids, label: Gone(ids, label=label), st.lists(IDS, max_size=2), LABEL),
    st.builds(lambda ids, relation: Gone(ids, relation=relation), st.lists(IDS, max_size=2), RELATION),
)


@dataclass
class Model:
    """What a graph holds after some batches, by the plainest means."""

    nodes: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    edges: dict[tuple[str, str], tuple[tuple[str, str], tuple[str, str], dict[str, Any]]] = field(default_factory=dict)

    def write(self, batch: Batch) -> bool:
        """Take one batch; False if an edge lacks an end."""
        if isinstance(batch, Nodes):
            for row in batch.rows:
                self.nodes[batch.label, row["id"]] = _held(row)
        elif isinstance(batch, Edges):
            last = {row["id"]: row for row in batch.rows}
            ends = {key: ((batch.start, row["start"]), (batch.end, row["end"])) for key, row in last.items()}
            if any(end not in self.nodes for pair in ends.values() for end in pair):
                return False
            for key, row in last.items():
                props = {name: value for name, value in row.items() if name not in ("start", "end")}
                self.edges[batch.relation, key] = (*ends[key], _held(props))
        elif batch.label:
            gone = {(batch.label, key) for key in batch.ids}
            self.nodes = {key: held for key, held in self.nodes.items() if key not in gone}
            self.edges = {key: edge for key, edge in self.edges.items() if not gone & {edge[0], edge[1]}}
        else:
            dropped = {(batch.relation, key) for key in batch.ids}
            self.edges = {key: edge for key, edge in self.edges.items() if key not in dropped}
        return True


def _held(row: dict[str, Any] | Any) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


NODES: dict[str, Query] = {
    label: read_query("t/nodes", f"// T.\n// returns n: map\nMATCH (n:{label}) RETURN n AS n") for label in LABELS
}
EDGES: dict[str, Query] = {
    relation: read_query(
        "t/edges",
        f"// T.\n// returns r: map\nMATCH (a)-[r:{relation}]->(b) "
        "RETURN labels(a)[0] AS la, a.id AS a, labels(b)[0] AS lb, b.id AS b, r AS r",
    )
    for relation in RELATIONS
}


def contents(store: GraphStore) -> Model:
    """Return what a store holds."""
    model = Model()
    for label, query in NODES.items():
        for row in store.read(query, {}):
            assert (label, row["n"]["id"]) not in model.nodes
            model.nodes[label, row["n"]["id"]] = row["n"]
    for relation, query in EDGES.items():
        for row in store.read(query, {}):
            assert (relation, row["r"]["id"]) not in model.edges
            model.edges[relation, row["r"]["id"]] = ((row["la"], row["a"]), (row["lb"], row["b"]), row["r"])
    return model


def typed(value: Any) -> Any:
    """Return a value with its types, so that 1, 1.0 and true differ."""
    if isinstance(value, dict):
        return {name: typed(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [typed(item) for item in value]
    return (type(value).__name__, value)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, neo4j_server: Server) -> Iterator[tuple[GraphStore, GraphStore]]:
    """Return a store on each engine."""
    here = Settings(home=tmp_path_factory.mktemp("both"))
    there = here.but(store=neo4j_server.address, store_password=neo4j_server.password)
    with open_store(here) as embedded, open_store(there) as bolt:
        yield embedded, bolt


def outcome(store: GraphStore, batch: Batch) -> WriteCounts | tuple[str, dict[str, object]]:
    """Return what a write did, or its error in the documented form."""
    try:
        return store.write(batch)
    except RecourseError as fault:
        return type(fault).__name__, fault.as_dict()


@pytest.mark.slow
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=st.lists(BATCHES, min_size=1, max_size=6))
def test_both_engines_hold_what_the_model_holds(both: tuple[GraphStore, GraphStore], batches: list[Batch]) -> None:
    for store in both:
        empty(store)
    model = Model()
    for batch in batches:
        fits = model.write(batch)
        embedded, bolt = (outcome(store, batch) for store in both)
        assert embedded == bolt
        assert isinstance(embedded, WriteCounts) == fits
        for store in both:
            held = contents(store)
            assert typed(held.nodes) == typed(model.nodes), store.engine
            assert typed(held.edges) == typed(model.edges), store.engine
            again = outcome(store, batch)
            assert again == (WriteCounts() if fits else embedded)


def chain(store: GraphStore, length: int) -> None:
    """Write a ring with a chord, so that paths of several lengths exist."""
    empty(store)
    nodes = [{"id": f"n{i:02}", "name": f"N{i}", "since": date(2000, 1, 1 + i)} for i in range(length)]
    store.write(Nodes("State", nodes))
    rows = [{"id": f"e{i}", "start": f"n{i:02}", "end": f"n{(i + 1) % length:02}", "n": i} for i in range(length)]
    store.write(Edges("SUCCEEDS", "State", "State", [*rows, {"id": "x", "start": "n00", "end": f"n{length // 2:02}"}]))


DIALECT = (
    "MATCH (a:State {id: 'n00'})-[:SUCCEEDS*1..4]->(b) RETURN b.id AS a, count(*) AS b ORDER BY a",
    "MATCH p = shortestPath((a:State {id: 'n00'})-[:SUCCEEDS*..8]-(b:State {id: 'n05'})) RETURN length(p) AS a",
    "MATCH p = allShortestPaths((a:State {id: 'n00'})-[:SUCCEEDS*..8]-(b:State {id: 'n02'})) "
    "RETURN [n IN nodes(p) | n.id] AS a ORDER BY a",
    "MATCH (a:State) WHERE a.id =~ 'n0[1-3]' OR a.name STARTS WITH 'N5' RETURN a.id AS a ORDER BY a",
    "MATCH (a:State) WHERE NOT EXISTS { MATCH (a)-[r:SUCCEEDS]->() WHERE r.n IS NULL } RETURN count(a) AS a",
    "MATCH (a:State) RETURN a.id AS a, COUNT { (a)-[:SUCCEEDS]->() } AS b ORDER BY b DESC, a LIMIT 3",
    "MATCH (a:State)-[r:SUCCEEDS|ACCEPTS]->(b) WITH a, count(r) AS n ORDER BY n DESC, a.id SKIP 1 LIMIT 2 "
    "RETURN a.id AS a",
    "MATCH (a:State) OPTIONAL MATCH (a)-[r:ACCEPTS]->(f:Forum) RETURN a.id AS a, f.id AS b ORDER BY a LIMIT 2",
    "UNWIND [3, 1, 2] AS x CALL (x) { MATCH (a:State) WHERE a.since.day > x RETURN count(a) AS y } "
    "RETURN x AS a, y AS b ORDER BY a",
    "MATCH (a:State) WITH a.name AS name ORDER BY name WITH collect(name) AS names "
    "RETURN reduce(t = '', n IN names | t + n) AS a",
    "MATCH (a:State {id: 'n00'}) RETURN [(a)-[:SUCCEEDS]->(b) | b.id] IS NOT NULL AS a, a {.id, .name} AS b",
    "MATCH (a:State) RETURN CASE WHEN a.since > date('2000-01-03') THEN 'late' ELSE 'early' END AS a, count(*) AS b "
    "ORDER BY a",
    "MATCH (a:State {id: 'n01'}) RETURN a.since.year AS a, duration.inDays(a.since, date('2000-02-01')).days AS b",
    "MATCH (a:State) RETURN min(a.since) AS a, max(a.since) AS b, avg(size(a.name)) AS c, sum(size(a.name)) AS d",
    "MATCH (a:State) RETURN DISTINCT labels(a) AS a, coalesce(a.region, 'none') AS b",
    "UNWIND [null, 1, 'a'] AS x RETURN x AS a",
    "RETURN 7 / 2 AS a, -7 / 2 AS b, 7 % 3 AS c, 7 / 2.0 AS d, 2 ^ 3 AS e, toInteger('12') AS f, toString(1.0) AS g",
    "RETURN null = null AS a, null <> 1 AS b, 1 IN [1, null] AS c, 2 IN [1, null] AS d, not null AS e",
    "RETURN size('a👩b') AS a, toUpper('straße') AS b, split('a,b', ',') AS c, substring('abcd', 1, 2) AS d",
    "RETURN range(1, 5)[1..3] AS a, head([]) AS b, last([1, 2]) AS c, [1, 2] + [3] AS d",
    "UNWIND ['b', 'a', null, 'ä', 'B', 'Z'] AS x RETURN x AS a ORDER BY x",
    "UNWIND [2, 1.5, null, -1] AS x RETURN x AS a ORDER BY x DESC",
)


@pytest.mark.parametrize("body", DIALECT)
def test_the_common_dialect_gives_the_same_rows(both: tuple[GraphStore, GraphStore], body: str) -> None:
    text = read_query("t/dialect", f"// T.\n// returns a: map\n{body}")
    rows = []
    for store in both:
        if not store.counts().get("SUCCEEDS"):
            chain(store, 10)
        rows.append(store.read(text, {}))
    assert typed(rows[0]) == typed(rows[1])
    assert rows[0]
