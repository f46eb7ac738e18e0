"""A node with ten thousand links, on an empty graph of its own: pages are cheap, walking misses nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from graph.settings import Settings
from graph.store.open import open_store
from graph.store.port import Edges, GraphStore, Nodes
from graph.store.rows import edge, node
from tests.api.client import TODAY, Client

MANY = 10_000
SECONDS = 1.0  # a page takes some 30 ms; this fails only where all links are read for each row


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory, shipped_home: Path) -> Iterator[tuple[Client, GraphStore]]:
    """The application over a graph with one provision that ten thousand rights hang on."""
    path = tmp_path_factory.mktemp("large")
    with open_store(Settings(home=path)) as store:
        store.migrate()
        store.write(Nodes("Provision", [node("Provision", "x/1", "X, article 1", instrument="x", article="1")]))
        for start in range(0, MANY, 2000):
            keys = [f"r{n:05}" for n in range(start, start + 2000)]
            store.write(Nodes("Right", [node("Right", key, key) for key in keys]))
            store.write(Edges("GUARANTEES", "Provision", "Right", [edge("GUARANTEES", "x/1", key)
                                                                   for key in keys]))  # fmt: skip
        yield Client(create_app(Settings(home=shipped_home), store, today=lambda: TODAY)), store


PAGE = """query($a: String) { entity(kind: PROVISION, key: "x/1") { links(first: 100, after: $a) { totalCount
  pageInfo { endCursor hasNextPage } edges { other { key } node { type since } } } } }"""


def test_pages_are_fast_and_whole(grown: tuple[Client, GraphStore]) -> None:
    client, _ = grown
    seen: set[str] = set()
    after = None
    slowest = 0.0
    while True:
        began = time.perf_counter()
        links: dict[str, Any] = client.data(PAGE, a=after)["entity"]["links"]
        slowest = max(slowest, time.perf_counter() - began)
        seen |= {edge["other"]["key"] for edge in links["edges"]}
        after = links["pageInfo"]["endCursor"]
        if not links["pageInfo"]["hasNextPage"]:
            break
    assert len(seen) == links["totalCount"] == MANY
    assert slowest < SECONDS


def test_rows_that_come_shift_nothing(grown: tuple[Client, GraphStore]) -> None:
    client, store = grown
    first = client.data(PAGE)["entity"]["links"]
    second = client.data(PAGE, a=first["pageInfo"]["endCursor"])["entity"]["links"]["edges"]
    keys = [f"a{n}" for n in range(5)]
    store.write(Nodes("Right", [node("Right", key, key) for key in keys]))
    store.write(Edges("GUARANTEES", "Provision", "Right", [edge("GUARANTEES", "x/1", key)
                                                           for key in keys]))  # fmt: skip
    again = client.data(PAGE, a=first["pageInfo"]["endCursor"])["entity"]["links"]["edges"]
    new = [row for row in again if row["other"]["key"] in keys]
    kept = [row for row in again if row["other"]["key"] not in keys]
    assert kept == second[: len(kept)] and len(kept) == len(second) - len(new)
