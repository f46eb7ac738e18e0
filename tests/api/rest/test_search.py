"""The search: by any name, whatever the accents and capitals; in the graph, or in the names of the law."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.questions import Questions
from api.search import Names, fold, in_graph
from graph.settings import Settings
from graph.store.open import open_store


@pytest.fixture(scope="module")
def names(questions: Questions) -> Names:
    """Every name of the shipped law."""
    return Names(questions.finder.law)


@pytest.fixture(scope="module")
def store(shipped_home: Path) -> Iterator[Any]:
    """The graph of the shipped data."""
    with open_store(Settings(home=shipped_home, quiet=True)) as opened:
        yield opened


@pytest.mark.parametrize("text", ["Türkiye", "TURKIYE", "turkiye", "tur", "  Turkiye "])
def test_a_state_is_found_whatever_the_accents(names: Names, store: Any, text: str) -> None:
    for found in (names.find(text), in_graph(store, text, names)):
        assert "TUR" in {hit.id for one in found if one.kind == "State" for hit in one.hits}


def test_another_name_says_that_it_matched(names: Names) -> None:
    hit = next(hit for one in names.find("Turkey") for hit in one.hits if hit.id == "TUR")
    assert (hit.name, hit.matched) == ("Türkiye", "Turkey")


@pytest.mark.parametrize(
    ("text", "kind", "key"),
    [("ecthr", "Forum", "ecthr"), ("torture", "Right", "torture"), ("rendition", "Tactic", "abduction-rendition"),
     ("against torture", "Instrument", "cat")],
)  # fmt: skip
def test_each_kind_is_found(names: Names, store: Any, text: str, kind: str, key: str) -> None:
    for found in (names.find(text), in_graph(store, text, names)):
        assert key in {hit.id for one in found if one.kind == kind for hit in one.hits}


def test_the_best_group_comes_first_and_a_cut_is_told(names: Names) -> None:
    assert names.find("france")[0].kind == "State"
    cut = next(one for one in names.find("convention", most=3) if one.kind == "Instrument")
    assert len(cut.hits) == 3 and cut.more
    assert not any(one.more for one in names.find("interpol-ccf-deletion"))


def test_nothing_is_found_for_nothing(names: Names, store: Any) -> None:
    assert names.find("qqqq") == [] and names.find("") == [] and names.find("''") == []
    assert in_graph(store, "qqqq", names) == []
    assert fold("Ça-va? ÉTÉ ") == "ca va ete"
