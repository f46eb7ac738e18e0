"""The cases that lawyers can read: tests/cases/<forum>.yaml, constructed facts and what must come of them."""

from pathlib import Path
from typing import Any

import pytest

from graph.finder import Finder
from graph.reference.load import read_yaml

FOLDER = Path(__file__).parents[1] / "cases"
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for case in read_yaml(path)
]


@pytest.mark.parametrize("case", CASES)
def test_verdict_and_reasons(case: dict[str, Any], ask: Any) -> None:
    want = case["expect"]
    facts = case["facts"]
    if "as_of" not in facts and "filed" not in facts:
        facts = {**facts, "as_of": "2026-11-24"}
    rows = ask(facts, forums=[want["forum"]])["forums"]
    row = next(row for row in rows if row["respondent"] in (want.get("respondent"), None))
    failing = [rule["rule"] for rule in row["rules"] if rule["outcome"] == "not-met"]
    unknown = [rule["rule"] for rule in row["rules"] if rule["outcome"] == "unknown"]
    told = {rule["rule"]: rule["reason"] for rule in row["rules"] if rule["outcome"] in ("not-met", "unknown")}
    assert row["verdict"] == want["verdict"], told
    assert sorted(failing) == sorted(want.get("failing") or []), told
    if "unknown" in want:
        assert sorted(unknown) == sorted(want["unknown"]), told


def test_each_case_is_labelled_constructed_and_has_an_authority() -> None:
    for path in sorted(FOLDER.glob("*.yaml")):
        for case in read_yaml(path):
            assert case.get("constructed") is True, f"{path.name}: {case['name']}"
            assert case.get("authority"), f"{path.name}: {case['name']}"


def test_each_forum_has_cases(finder: Finder) -> None:
    named = {path.stem for path in FOLDER.glob("*.yaml")}
    assert named == {program.id for program in finder.programs}
