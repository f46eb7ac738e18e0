"""The shipped data as a world to project, and graphs built from it, once for each engine that is there."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph import law as compiled
from graph.compile import compile_law
from graph.ledger import Ledger, Load, StatementRow
from graph.settings import Settings
from graph.store.open import open_store
from graph.store.port import GraphStore
from graph.store.project import World, world
from graph.store.rebuild import rebuild
from tests.neo4j.server import Server


def silent(kind: str, fresh: int, rows: int) -> None:
    """Progress that nobody watches."""


@pytest.fixture(scope="session")
def shipped(shipped_home: Path) -> World:
    """What the graph of the shipped data is made from."""
    settings = Settings(home=shipped_home, quiet=True)
    with Ledger.open(settings) as ledger:
        return world(compiled.load(shipped_home), ledger.history(), ledger.sources(), ledger.loads())


@pytest.fixture(scope="module", params=["embedded", "bolt"])
def graph_store(request: pytest.FixtureRequest, shipped_home: Path, shipped: World) -> Iterator[GraphStore]:
    """The graph of the shipped data on each engine; tests only read it.

    The server is one for all tests, so a module that asks for this one asks for no other store.
    """
    settings = Settings(home=shipped_home, quiet=True)
    if request.param == "bolt":
        server: Server = request.getfixturevalue("neo4j_server")
        settings = settings.but(store=server.address, store_password=server.password)
    with open_store(settings) as store:
        rebuild(store, shipped, silent)
        yield store


@pytest.fixture
def small(settings: Settings) -> Iterator[Callable[..., World]]:
    """Return a function that loads rows as one load of a day and gives the world of the ledger since then."""
    with Ledger.open(settings, create=True) as ledger:

        def after(day: str, *rows: StatementRow) -> World:
            ledger.replace(rows, Load(source="untc", recorded=f"{day}T12:00:00Z"))
            law = compile_law(row.mapping() for row in ledger.current())
            return world(law, ledger.history(), ledger.sources(), ledger.loads())

        yield after
