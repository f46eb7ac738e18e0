"""The shipped law, compiled once a session from the tables in the checkout, and ways to ask it."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from graph.compile import compile_law
from graph.finder import Finder
from graph.law import Law
from graph.ledger import seed
from graph.model.reading import read_case

SHARED = Path(__file__).parents[3] / "shared"
Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def law() -> Law:
    """The law of the shipped tables and rules."""
    rows = [row.mapping() for table in seed.tables() for row in table.rows]
    return compile_law(rows)


@pytest.fixture(scope="session")
def finder(law: Law) -> Finder:
    """Its programs."""
    return Finder(law)


@pytest.fixture(scope="session")
def ask(finder: Finder) -> Ask:
    """Put raw facts to the finder; gives the answer as JSON would carry it."""
    vocabulary = finder.law.vocabulary()

    def put(raw: Any, forums: Iterable[str] = (), detail: str = "full") -> dict[str, Any]:
        return finder.find(read_case(raw, vocabulary), forums=forums, detail=detail)

    return put


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real source files beside the checkout; a test that needs it is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the real source files are not beside this checkout (../shared)")
    return SHARED
