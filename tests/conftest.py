"""Shared fixtures: expected outputs, an empty data folder, and the command line called in this process.

Policy: the smallest data that shows the point; a test that needs the shipped law asks for `shipped_home`.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from api.cli.app import main
from graph.cypher import Query
from graph.settings import Settings
from graph.store.open import open_store
from graph.store.port import Gone, GraphStore
from graph.store.shape import LABELS
from tests.neo4j.server import Missing, Server, jars

GOLDEN = Path(__file__).parent / "data" / "golden"
ROOT = Path(__file__).parent.parent

hypothesis_settings.register_profile("same", derandomize=True, deadline=None)
hypothesis_settings.load_profile("same")


@dataclass(frozen=True)
class Result:
    """What one call of the command line gave."""

    status: int
    out: str
    err: str


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --golden, which rewrites the expected outputs."""
    parser.addoption("--golden", action="store_true", help="rewrite tests/data/golden")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with an expected output by name; with --golden write it instead."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"{name} has no expected output; run `make golden` and read the diff"
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return the path of a data folder that does not exist yet."""
    return tmp_path / "home"


@pytest.fixture
def settings(home: Path) -> Settings:
    """Return settings for that folder."""
    return Settings(home=home, quiet=True)


@pytest.fixture(scope="session")
def neo4j_jars() -> None:
    """Have a Neo4j that can be started, or leave out the tests that need one; where CI says so they fail instead."""
    try:
        jars()
    except Missing as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(str(missing))
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory, neo4j_jars: None) -> Iterator[Server]:
    """Return a running Neo4j, started once."""
    server = Server(tmp_path_factory.mktemp("neo4j"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(params=["embedded", "bolt"])
def store_settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Return settings for each engine in turn."""
    settings = Settings(home=tmp_path / "home", quiet=True)
    if request.param == "embedded":
        return settings
    server: Server = request.getfixturevalue("neo4j_server")
    return settings.but(store=server.address, store_password=server.password)


@pytest.fixture
def store(store_settings: Settings) -> Iterator[GraphStore]:
    """Return an empty graph with its schema, once on each engine."""
    with open_store(store_settings) as store:
        empty(store)
        yield store


def empty(store: GraphStore) -> None:
    """Take out what a test left; the schema stays, because a server is slow to make it."""
    counts = store.counts()
    for label in (name for name in counts if name in LABELS):
        keys = store.read(Query(f"all/{label}", f"MATCH (n:{label}) RETURN n.id AS id"), {})
        store.write(Gone([row["id"] for row in keys], label=label))
    store.migrate()


@pytest.fixture(scope="session")
def shipped_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with the shipped data, made once; tests only read it."""
    path = tmp_path_factory.mktemp("shipped") / "home"
    assert run("--home", str(path), "--quiet", "init").status == 0
    return path


def run(*args: str) -> Result:
    """Call the command line in this process."""
    out, err = BytesIO(), BytesIO()
    with redirect_stdout(TextIOWrapper(out, "utf-8")) as text, redirect_stderr(TextIOWrapper(err, "utf-8")) as notes:
        status = main(args)
        text.flush()
        notes.flush()
        return Result(status, out.getvalue().decode(), err.getvalue().decode())


@pytest.fixture(name="run")
def run_fixture() -> Callable[..., Result]:
    """Return `run`, for tests that call commands."""
    return run


@pytest.fixture
def environ(home: Path) -> dict[str, str]:
    """Return the environment for a process of our own that uses the test's data folder."""
    return {**os.environ, "RECOURSE_HOME": str(home), "PYTHONPATH": str(ROOT)}
