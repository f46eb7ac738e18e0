"""The vectors of the reference, as whole cases: tests/data/vectors.yaml says what each of its keys means.

`unavailable`: the rule in point is not met. `conditional`: nothing fails; where the remark calls it amber the rule in
point is unknown, otherwise it must not fail and the row may be available. A last day is the row's `deadline`.
"""

from pathlib import Path
from typing import Any

import pytest

from graph.reference.load import read_yaml

FILE = Path(__file__).parents[1] / "data" / "vectors.yaml"
SAME_STATUS = ("ratione-personae", "ratione-materiae", "ratione-temporis")  # what is not bound fails all three


def vectors(key: str = "remark") -> pytest.MarkDecorator:
    """A test for each vector whose `expect` has this key."""
    chosen = [one for one in read_yaml(FILE) if key in one["expect"]]
    return pytest.mark.parametrize("vector", [pytest.param(one, id=f"{one['forum']}: {one['case']}") for one in chosen])


def row_of(answer: dict[str, Any], vector: dict[str, Any]) -> dict[str, Any]:
    """The one row of the vector's forum."""
    rows: list[dict[str, Any]] = [row for row in answer["forums"] if row["forum"] == vector["forum"]]
    assert len(rows) == 1
    return rows[0]


@vectors()
def test_verdict_and_rule_in_point(vector: dict[str, Any], ask: Any) -> None:
    want = vector["expect"]
    row = row_of(ask(vector["facts"], forums=[vector["forum"]]), vector)
    told = {rule["rule"]: (rule["outcome"], rule["reason"]) for rule in row["rules"]}
    outcome = told[want["rule"]][0]
    failing = {name for name, (found, _) in told.items() if found == "not-met"}
    if want.get("verdict") == "unavailable":
        beside = SAME_STATUS if want["rule"] in SAME_STATUS else ()
        assert row["verdict"] == "unavailable", told
        assert failing <= {want["rule"], *beside}, told
    else:
        assert row["verdict"] in ("conditional", "available"), told
        assert not failing, told
    if "outcome" in want:
        assert outcome == want["outcome"], told
    if "last_day" in want:
        assert row["deadline"] == want["last_day"], told


@vectors("last_day")
def test_the_last_day_is_the_last(vector: dict[str, Any], ask: Any) -> None:
    """Filed on it a case is in time, by the limit that the vector names."""
    want = vector["expect"]
    filed = {**vector["facts"], "as_of": want["last_day"], "filed": want["last_day"]}
    row = row_of(ask(filed, forums=[vector["forum"]]), vector)
    rule = next(rule for rule in row["rules"] if rule["rule"] == want["rule"])
    assert rule["outcome"] == "met", rule["reason"]
    assert rule["message"]["args"]["limit"] == want["regime"]


@vectors("reaches")
def test_part_of_the_act(vector: dict[str, Any], ask: Any) -> None:
    row = row_of(ask(vector["facts"], forums=[vector["forum"]]), vector)
    reached = [{"from": part["from"], "to": part["to"]} for part in row["reaches"]]
    assert reached == [vector["expect"]["reaches"]]


@vectors("offers")
def test_other_doors_stay_open(vector: dict[str, Any], ask: Any) -> None:
    offers = vector["expect"]["offers"]
    rows = ask(vector["facts"], forums=offers)["forums"]
    assert sorted(row["forum"] for row in rows if row["verdict"] != "unavailable") == sorted(offers)


@vectors("instruments")
def test_only_these_instruments_are_applied(vector: dict[str, Any], ask: Any) -> None:
    row = row_of(ask(vector["facts"], forums=[vector["forum"]]), vector)
    assert {provision.partition("/")[0] for provision in row["rights"]} == set(vector["expect"]["instruments"])


def test_every_vector_of_the_reference_is_here(shared: Path) -> None:
    """Forum, case and expectation are those of the reference, in its order."""
    theirs = read_yaml(shared / "reference" / "test_vectors.yaml")["test_vectors"]
    keys = ("verdict", "last_day", "regime", "remark")
    ours = [
        {**one, "expect": {key: one["expect"][key] for key in keys if key in one["expect"]}}
        for one in ({key: raw[key] for key in ("forum", "case", "expect")} for raw in read_yaml(FILE))
    ]
    assert ours == theirs


def test_what_decides_is_fixed_where_the_reference_fixes_it() -> None:
    for one in read_yaml(FILE):
        want = one["expect"]
        if want.get("verdict") == "unavailable":
            assert want["outcome"] == "not-met", one["case"]
        elif "amber" in want["remark"] and "reaches" not in want:
            assert want["outcome"] == "unknown", one["case"]
