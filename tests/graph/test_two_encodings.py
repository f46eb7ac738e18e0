"""Twelve forums, written twice from the treaties: each difference in what comes of a case is settled in writing."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson
import pytest

from graph.jurisdiction.engine import RULES
from graph.model.reading import read_case
from graph.reference.load import read_yaml
from tests.encodings.generator import FORUMS, HERE, Difference, Pair, both, covers, made, settled

GENERATED = 3_000
LAW = Path(__file__).parents[2] / "docs" / "law"


@pytest.fixture
def pair() -> Pair:
    """Two laws over the same status tables: the shipped rules and the second ones."""
    return Pair(*both())


def open_points(pair: Pair, cases: Iterable[Any]) -> Counter[Difference]:
    """Return the differences that no settled entry covers, with how often each was met."""
    entries = settled()
    seen: dict[Difference, bool] = {}
    found: Counter[Difference] = Counter()
    for raw in cases:
        for one in pair.differences(read_case(raw, pair.vocabulary)):
            if one not in seen:
                seen[one] = any(covers(entry, one) for entry in entries)
            if not seen[one]:
                found[one] += 1
    return found


def test_there_are_twelve_with_nine_reasoned_rules_each() -> None:
    assert len(FORUMS) == 12
    for name in FORUMS:
        rules = read_yaml(HERE / f"{name}.yaml")["rules"]
        assert sorted(rule["rule"] for rule in rules) == sorted(RULES), name
        assert all(rule.get("authority") and rule.get("note") for rule in rules), name


@pytest.mark.slow
def test_generated_cases_part_only_where_it_was_settled(pair: Pair) -> None:
    assert open_points(pair, made(GENERATED)) == Counter()
    assert pair.rows > GENERATED * len(FORUMS)
    assert 0 < pair.changed < pair.rows // 2


def test_development_cases_part_only_where_it_was_settled(pair: Pair, shared: Path) -> None:
    batch = shared / "cases" / "batch.jsonl"
    if not batch.is_file():
        pytest.skip("the development cases are not beside this checkout (../shared/cases/batch.jsonl)")
    assert open_points(pair, map(orjson.loads, batch.read_bytes().splitlines())) == Counter()


def test_the_same_seed_makes_the_same_cases() -> None:
    assert list(made(20)) == list(made(20))
    assert list(made(20)) != list(made(20, start=1))


def test_what_nobody_settled_is_seen(pair: Pair) -> None:
    one = Difference("ecthr", "form", "met", "not-met", "fact-is", "fact-fails", "")
    assert not any(covers(entry, one) for entry in settled())


def test_each_settled_entry_says_who_is_right_and_why() -> None:
    entries = settled()
    assert len({entry["id"] for entry in entries}) == len(entries)
    for entry in entries:
        assert entry["right"] in ("first", "second", "either", "neither"), entry["id"]
        assert entry["reason"] and entry["authority"], entry["id"]
        assert set(entry["forums"]) <= set(FORUMS), entry["id"]


def test_each_forum_page_tells_of_the_two_encodings() -> None:
    lacking = [name for name in FORUMS if "## Two encodings" not in (LAW / f"{name}.md").read_text("utf-8")]
    assert lacking == []
