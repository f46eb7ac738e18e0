"""Rows and batches as objects of other libraries: nothing is lost, nothing is invented, and what is absent is said."""

from __future__ import annotations

import sys
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from graph.cypher import Column, Query
from graph.errors import InputError, ServiceMissing
from graph.interop import as_igraph, as_networkx, as_pandas, as_polars, as_py2neo, joined
from graph.store.port import Edges, Nodes
from tests.neo4j.server import Server

QUERY = Query(
    "law/made_up",
    "",
    returns=(
        Column("forum", "str"), Column("since", "date?"), Column("states", "list[str]"), Column("rank", "int?"),
        Column("sure", "bool?"), Column("share", "float?"),
    ),
)  # fmt: skip
ROWS: list[dict[str, Any]] = [
    {"forum": "ecthr", "since": date(1, 1, 1), "states": ["MDA", "TUR"], "rank": 1, "sure": True, "share": 0.5},
    {"forum": "un-cat", "since": None, "states": [], "rank": None, "sure": None, "share": None},
]
BATCHES: list[Nodes | Edges] = [
    Nodes("State", [{"id": "TUR", "name": "Türkiye"}, {"id": "one", "name": "a state"}]),
    Nodes("Forum", [{"id": "one", "name": "a forum with the id of a state"}]),
    Edges(
        "ACCEPTS",
        "State",
        "Forum",
        [
            {"id": "a1", "start": "TUR", "end": "one", "since_lo": date(1987, 1, 28)},
            {"id": "a2", "start": "TUR", "end": "one", "since_lo": date(9999, 12, 31)},
        ],
    ),
]


def test_pandas_keeps_what_is_missing_and_dates_of_any_year() -> None:
    pytest.importorskip("pandas")
    frame = as_pandas(ROWS, QUERY)
    assert list(frame.columns) == [column.name for column in QUERY.returns]
    assert frame["since"][0] == date(1, 1, 1) and frame["since"][1] is None
    assert str(frame["rank"].dtype) == "Int64" and frame["rank"].isna().tolist() == [False, True]
    assert frame["states"][0] == ["MDA", "TUR"]


def test_polars_takes_its_types_from_the_query() -> None:
    pl = pytest.importorskip("polars")
    frame = as_polars(ROWS, QUERY)
    assert frame.schema == {
        "forum": pl.String, "since": pl.Date, "states": pl.List(pl.String), "rank": pl.Int64, "sure": pl.Boolean,
        "share": pl.Float64,
    }  # fmt: skip
    assert frame.rows(named=True) == ROWS


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_no_rows_give_the_columns_all_the_same(library: str) -> None:
    pytest.importorskip(library)
    frame = (as_pandas if library == "pandas" else as_polars)([], QUERY)
    assert list(frame.columns) == [column.name for column in QUERY.returns] and len(frame) == 0


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_without_a_query_the_rows_give_the_columns(library: str) -> None:
    pytest.importorskip(library)
    assert list((as_pandas if library == "pandas" else as_polars)(ROWS).columns) == list(ROWS[0])


def test_networkx_tells_labels_apart_and_keeps_parallel_edges() -> None:
    graph = as_networkx(BATCHES)
    assert set(graph) == {("State", "TUR"), ("State", "one"), ("Forum", "one")}
    assert graph.nodes["State", "TUR"] == {"id": "TUR", "name": "Türkiye", "label": "State"}
    assert graph.number_of_edges(("State", "TUR"), ("Forum", "one")) == 2
    edge = graph.edges[("State", "TUR"), ("Forum", "one"), "ACCEPTS:a1"]
    assert edge == {"since_lo": date(1987, 1, 28), "relation": "ACCEPTS"}


def test_igraph_has_the_same_nodes_and_edges() -> None:
    pytest.importorskip("igraph")
    graph = as_igraph(BATCHES)
    assert graph.vs["name"] == ["State:TUR", "State:one", "Forum:one"] and graph.is_directed()
    assert graph.vs["title"] == ["Türkiye", "a state", "a forum with the id of a state"]
    assert [edge.tuple for edge in graph.es] == [(0, 2), (0, 2)]
    assert graph.es["since_lo"] == ["1987-01-28", "9999-12-31"] and graph.es["relation"] == ["ACCEPTS"] * 2


def test_an_end_without_a_node_is_there_without_attributes() -> None:
    edges = [BATCHES[2]]
    assert as_networkx(edges).nodes["Forum", "one"] == {"label": "Forum", "id": "one"}
    pytest.importorskip("igraph")
    assert as_igraph(edges).vcount() == 2


def test_a_batch_handed_over_twice_changes_nothing() -> None:
    assert as_networkx([*BATCHES, *BATCHES]).number_of_edges() == 2


def test_rows_of_a_query_become_a_graph() -> None:
    rows: list[dict[str, Any]] = [
        {"state": "MEX", "forum": "iacthr", "forum_name": "Court", "since": "1998"},
        {"state": "MEX", "forum": "ilo-cfa", "forum_name": "Committee", "since": None},
    ]
    graph = as_networkx(joined(rows, ("State", "state"), ("Forum", "forum"), "ACCEPTS"))
    assert graph.nodes["Forum", "iacthr"]["name"] == "Court"
    assert [told["since"] for *_, told in graph.edges(data=True)] == ["1998", None]
    with pytest.raises(InputError, match="row 1 has no id in the column body"):
        joined(rows, ("State", "state"), ("Body", "body"), "ACCEPTS")


@pytest.mark.parametrize(
    ("library", "extra"),
    [
        ("networkx", "interop"),
        ("igraph", "interop"),
        ("pandas", "interop"),
        ("polars", "interop"),
        ("py2neo", "py2neo"),
    ],
)
def test_a_missing_library_names_the_extra(monkeypatch: pytest.MonkeyPatch, library: str, extra: str) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    give: dict[str, Any] = {
        "networkx": as_networkx, "igraph": as_igraph, "pandas": as_pandas, "polars": as_polars, "py2neo": as_py2neo,
    }  # fmt: skip
    with pytest.raises(ServiceMissing, match=rf"recourse-graph\[{extra}\]"):
        give[library]([])


def test_py2neo_gets_a_subgraph_that_it_can_merge() -> None:
    pytest.importorskip("py2neo")
    made = as_py2neo(BATCHES)
    assert {(tuple(node.labels), node["id"]) for node in made.nodes} == {
        (("State",), "TUR"), (("State",), "one"), (("Forum",), "one"),
    }  # fmt: skip
    assert {(type(line).__name__, line["id"]) for line in made.relationships} == {("ACCEPTS", "a1"), ("ACCEPTS", "a2")}
    with pytest.raises(InputError, match="no node State TUR"):
        as_py2neo([BATCHES[2]])


def test_py2neo_writes_it_to_a_server_once(neo4j_server: Server) -> None:
    py2neo = pytest.importorskip("py2neo")
    label = f"Interop{uuid4().hex[:8]}"
    batches: list[Nodes | Edges] = [
        Nodes(label, [{"id": "a", "on": date(2021, 7, 2)}, {"id": "b", "on": None}]),
        Edges("NEXT", label, label, [{"id": "e", "start": "a", "end": "b", "since": "2021"}]),
    ]
    graph = py2neo.Graph(neo4j_server.address, auth=("neo4j", neo4j_server.password))
    try:
        for _ in range(2):
            graph.merge(as_py2neo(batches))
        assert graph.run(f"MATCH (n:{label}) RETURN n.id AS id, n.on AS day ORDER BY id").data() == [
            {"id": "a", "day": date(2021, 7, 2)},
            {"id": "b", "day": None},
        ]
        assert graph.run(f"MATCH (:{label})-[e:NEXT]->(:{label}) RETURN collect(e.since)").evaluate() == ["2021"]
    finally:
        graph.run(f"MATCH (n:{label}) DETACH DELETE n")
        graph.service.connector.close()
