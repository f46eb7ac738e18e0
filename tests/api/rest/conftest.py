"""The questions over the shipped law."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.questions import Questions
from graph import law as compiled
from graph.finder import Finder
from graph.model.dates import parse_date


@pytest.fixture(scope="session")
def questions(shipped_home: Path) -> Questions:
    """What can be asked about a case on 24 November 2026."""
    finder = Finder(compiled.load(shipped_home))
    return Questions(finder, finder.words("en"), parse_date("2026-11-24"))
