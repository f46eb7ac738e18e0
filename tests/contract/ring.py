"""A graph that fault tests load: a ring with chords, every edge with a number, so that a lost or doubled one shows."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from graph.cypher import read_query
from graph.store.port import Batch, Edges, GraphStore, Nodes

EDGE_SUM = read_query(
    "t/sum", "// T.\n// returns a: int\nMATCH ()-[r:SUCCEEDS]->() RETURN sum(r.n) AS a, count(r) AS b"
)
NODES, EDGES = 3000, 9000


def words(i: int) -> str:
    """Return a text long enough that the embedded engine reads such a column from its file only when it is used."""
    return f"n {i} " + "word " * 40


def batches(stop: threading.Event | None = None) -> Iterator[Batch]:
    """Yield a ring with chords, in small batches; says when half of the edges are on their way."""
    for at in range(0, NODES, 300):
        yield Nodes("State", [{"id": f"n{i}", "search": words(i)} for i in range(at, at + 300)])
    for at in range(0, EDGES, 300):
        if stop is not None and at >= EDGES // 2:
            stop.set()
        rows = [
            {"id": f"e{i}", "start": f"n{i % NODES}", "end": f"n{i * 7 % NODES}", "n": i} for i in range(at, at + 300)
        ]
        yield Edges("SUCCEEDS", "State", "State", rows)


def assert_whole(store: GraphStore) -> None:
    """Every node and every edge is there once."""
    assert store.counts() == {"State": NODES, "SUCCEEDS": EDGES}
    assert store.read(EDGE_SUM, {}) == [{"a": EDGES * (EDGES - 1) // 2, "b": EDGES}]
