"""What the server would do for each query: no scan of everything where an index should serve."""

import pytest

from graph.cypher import QUERIES, Query
from graph.store.bolt import BoltStore
from graph.store.port import GraphStore

SCANS = ("AllNodesScan", "NodeByLabelScan", "RelationshipTypeScan", "AllRelationshipsScan")
LISTED = "it lists the nodes of a kind, in order, with whatever filter"
BEGINS = "any word of a name may begin so; both engines' full text knows whole words alone"
WHOLE = {
    "api/entities": LISTED,
    "api/entities_back": LISTED,
    "api/entities_count": LISTED,
    "api/having": LISTED,
    "api/search": BEGINS,
    "law/type_ahead": BEGINS,
}
"""Queries that are about all of a kind, so that a scan of that kind is what they ask for."""


@pytest.mark.parametrize("query", QUERIES.values(), ids=str)
def test_an_index_serves_where_it_should(graph_store: GraphStore, query: Query) -> None:
    if not isinstance(graph_store, BoltStore):
        return  # the embedded engine tells no plan
    assert query.example is not None
    operators = graph_store.plan(query, query.example)
    assert operators
    scans = [(name, about) for name, about in operators if name.endswith(SCANS)]
    if query.name in WHOLE:
        assert scans, f"{query.name} no longer scans: {WHOLE[query.name]}"
    else:
        assert scans == []
