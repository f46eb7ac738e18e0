"""The shipped law compiled once a session, a home that holds it, and the Moldova case answered."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph import law as compiled
from graph.casefile import read_file
from graph.compile import compile_law
from graph.finder import Finder
from graph.law import Law
from graph.ledger import seed
from graph.model.reading import read_case
from graph.render import Catalogue

MOLDOVA = Path(__file__).parents[3] / "docs" / "cases" / "moldova.yaml"
Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def law() -> Law:
    """The law of the shipped tables and rules."""
    return compile_law(row.mapping() for table in seed.tables() for row in table.rows)


@pytest.fixture(scope="session")
def law_home(law: Law, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A data folder with that law and no ledger: these commands need none."""
    home = tmp_path_factory.mktemp("law")
    compiled.save(law, home)
    return str(home)


@pytest.fixture(scope="session")
def finder(law: Law) -> Finder:
    """Its programs."""
    return Finder(law)


@pytest.fixture(scope="session")
def words(finder: Finder) -> Catalogue:
    """The English sentences."""
    return finder.words("en")


@pytest.fixture(scope="session")
def ask(finder: Finder) -> Ask:
    """Put raw facts to the finder; gives the answer as JSON carries it."""
    vocabulary = finder.law.vocabulary()

    def put(raw: Any) -> dict[str, Any]:
        return finder.find(read_case(raw, vocabulary))

    return put


@pytest.fixture(scope="session")
def moldova(ask: Ask) -> dict[str, Any]:
    """The answer to the case of the Turkish teachers."""
    return ask(read_file(MOLDOVA))
