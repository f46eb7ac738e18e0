"""The web application over the shipped data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.app import create_app
from graph.settings import Settings
from graph.store.open import open_store
from graph.store.port import GraphStore
from tests.api.client import TODAY, Client


@pytest.fixture(scope="session")
def store(shipped_home: Path) -> Iterator[GraphStore]:
    """The graph of the shipped data."""
    with open_store(Settings(home=shipped_home)) as opened:
        yield opened


@pytest.fixture(scope="session")
def client(shipped_home: Path, store: GraphStore) -> Client:
    """The application over it."""
    return Client(create_app(Settings(home=shipped_home), store, today=lambda: TODAY))
