"""What the tests of connectors share: a sink in memory, the samples, and the shared data if it is there."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from ingest.statement import Statement

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "tests" / "data" / "sources"


class MemorySink:
    """A ledger for tests: a list for what is current, a list for what was closed."""

    def __init__(self) -> None:
        self.rows: list[Statement] = []
        self.closed: list[Statement] = []

    def existing(self, source: str) -> Iterable[Statement]:
        """Return every current row: one source at a time is loaded in a test."""
        return list(self.rows)

    def append(self, statements: Sequence[Statement]) -> None:
        """Add rows."""
        self.rows += statements

    def close(self, statements: Sequence[Statement]) -> None:
        """Move rows to the closed ones."""
        self.closed += statements
        self.rows = [row for row in self.rows if row not in statements]


@pytest.fixture
def sink() -> MemorySink:
    """Return an empty sink."""
    return MemorySink()


@pytest.fixture
def samples() -> Path:
    """Return the folder of small made-up files."""
    return SAMPLES


@pytest.fixture(scope="session")
def treaties() -> Path:
    """Return the shared treaty data beside the project, or skip."""
    folder = ROOT.parent / "shared" / "data" / "treaties"
    if not folder.is_dir():
        pytest.skip("the shared data is not beside the project")
    return folder
