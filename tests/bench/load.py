"""Loads a made-up graph into an engine and prints how long it took and how much memory this process used at most.

    PYTHONPATH=. .venv/bin/python tests/bench/load.py NODES EDGES [STORE] [--bare]

STORE is `embedded` in a temporary folder (the default) or a server's address, its password in RECOURSE_STORE_PASSWORD.
The server's graph is EMPTIED first. `--bare` loads the server by a plain loop over the driver, to compare with.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from graph.settings import Settings
from graph.store.open import open_store
from graph.store.port import Batch, Edges, Nodes

PIECE = 10_000
LAST = date(9999, 12, 31)


def node_rows(count: int, at: int) -> list[dict[str, Any]]:
    """Return one piece of nodes."""
    return [
        {"id": f"n{i}", "name": f"Name {i}", "search": f"name {i}", "kind": "state", "region": f"r{i % 30}"}
        for i in range(at, min(count, at + PIECE))
    ]


def edge_rows(rng: random.Random, nodes: int, count: int, at: int) -> list[dict[str, Any]]:
    """Return one piece of edges, with the four days that every edge has."""
    rows = []
    for i in range(at, min(count, at + PIECE)):
        since = date(1950 + i % 70, 1 + i % 12, 1)
        ends = {"start": f"n{rng.randrange(nodes)}", "end": f"n{rng.randrange(nodes)}"}
        days = {"since_lo": since, "since_hi": since, "until_lo": LAST, "until_hi": LAST}
        rows.append({"id": f"e{i}", **ends, **days, "source": "made-up"})
    return rows


def batches(nodes: int, edges: int) -> Iterator[Batch]:
    """Yield the graph piece by piece; none of it is kept here."""
    rng = random.Random(1)
    for at in range(0, nodes, PIECE):
        yield Nodes("State", node_rows(nodes, at))
    for at in range(0, edges, PIECE):
        yield Edges("SUCCEEDS", "State", "State", edge_rows(rng, nodes, edges, at))


def bare(settings: Settings, nodes: int, edges: int) -> None:
    """Load the same rows by the plainest loop over the driver."""
    from neo4j import GraphDatabase

    rng = random.Random(1)
    auth = (settings.store_user, settings.store_password) if settings.store_password else None
    with GraphDatabase.driver(settings.store, auth=auth) as driver, driver.session() as session:
        for at in range(0, nodes, PIECE):
            session.run(
                "UNWIND $rows AS row MERGE (n:State {id: row.id}) SET n += row", rows=node_rows(nodes, at)
            ).consume()
        for at in range(0, edges, PIECE):
            rows = [
                {"a": row.pop("start"), "b": row.pop("end"), "id": row["id"], "p": row}
                for row in edge_rows(rng, nodes, edges, at)
            ]
            session.run(
                "UNWIND $rows AS row MATCH (a:State {id: row.a}) MATCH (b:State {id: row.b}) "
                "MERGE (a)-[r:SUCCEEDS {id: row.id}]->(b) SET r += row.p",
                rows=rows,
            ).consume()


def main() -> None:
    """Load, and print one line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("nodes", type=int)
    parser.add_argument("edges", type=int)
    parser.add_argument("store", nargs="?", default="embedded")
    parser.add_argument("--bare", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        password = os.environ.get("RECOURSE_STORE_PASSWORD", "")
        settings = Settings(home=Path(folder), store=args.store, store_password=password)
        with open_store(settings) as store:
            store.clear()
            store.migrate()
            start, worked = time.perf_counter(), time.process_time()
            if args.bare:
                bare(settings, args.nodes, args.edges)
            else:
                store.load(batches(args.nodes, args.edges))
            loaded = time.perf_counter() - start
            store.commit()
            committed = time.perf_counter() - start
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            worked = time.process_time() - worked  # says more than the clock where others use the machine too
            print(f"{args.store} {store.counts()} load {loaded:.1f} s, with commit {committed:.1f} s", end=", ")
            print(f"of this processor {worked:.1f} s, peak {peak} MB")


if __name__ == "__main__":
    main()
