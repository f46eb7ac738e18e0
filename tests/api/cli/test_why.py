"""`recourse why`: one row as a tree, and the changes that are known to open a door."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from api.answers.text import columns
from graph.casefile import read_file
from graph.changes import Opening, openings
from graph.changes.change import Trial
from graph.law import Law
from graph.model.reading import read_case

MOLDOVA = Path(__file__).parents[3] / "docs" / "cases" / "moldova.yaml"
BASE: dict[str, Any] = {
    "id": "known", "as_of": "2020-06-01", "urgent": False, "filer": "victim", "proceedings": [],
    "acts": [{"id": "a1", "from": "2019-03-01", "to": "2019-03-02", "rights": ["torture"], "where": "MDA",
              "respondents": ["MDA"], "perpetrator": "state-agent"}],
    "victim": {"kind": "person", "nationality": ["MDA"], "condition": "free", "consents": True, "anonymous": False,
               "status": [], "cooperated_with": []},
    "remedies": [{"state": "MDA", "exhausted": "yes", "raised": ["torture"], "final_decision": "2020-05-01",
                  "notified": "2020-05-02"}],
}  # fmt: skip


def given(**changes: Any) -> dict[str, Any]:
    """Return the base case with some parts changed."""
    return {**deepcopy(BASE), **changes}


def found(law: Law, raw: Any, forum: str, state: str | None = "MDA") -> list[Opening]:
    """Return what opens a row."""
    return openings(read_case(raw, law.vocabulary()), law, forum, state)


def told(rows: list[Opening]) -> set[tuple[str, ...]]:
    """Return the openings as tuples of message ids."""
    return {tuple(sorted(change.mid for change in one.changes)) for one in rows}


def test_an_open_row_needs_no_change(law: Law) -> None:
    assert found(law, given(), "un-hrcttee-individual") == []


def test_a_pending_proceeding_can_be_withdrawn(law: Law) -> None:
    same = {"person": True, "facts": True, "rights": True}
    raw = given(proceedings=[{"forum": "ecthr", "status": "pending", "same": same}])
    assert ("change-withdraw",) in told(found(law, raw, "un-hrcttee-individual"))
    assert ("change-drop",) in told(found(law, raw, "un-hrcttee-individual"))


def test_a_ratification_from_the_day_of_the_act_opens(law: Law) -> None:
    rows = found(law, given(), "un-cescr-individual")
    laws = [change for one in rows for change in one.changes if change.kind == "law"]
    assert {change.args["instrument"] for change in laws} == set() or "op-icescr" in {
        change.args["instrument"] for change in laws
    }
    work = deepcopy(BASE)
    work["acts"][0]["rights"] = ["health"]
    work["remedies"][0]["raised"] = ["health"]
    (opening,) = found(law, work, "un-cescr-individual")
    (change,) = opening.changes
    assert (change.mid, change.args["instrument"], change.args["state"]) == ("change-bound", "op-icescr", "MDA")
    assert change.args["since"] == "2019-03-01"  # a ratification on the day of filing would come too late


def test_a_court_that_needs_three_acceptances_is_told_so(law: Law) -> None:
    rows = found(law, given(), "acthpr-direct")
    wanted = {"achpr", "achpr-court-protocol", "achpr-court-protocol-34-6"}
    assert rows and {change.args["instrument"] for change in rows[0].changes} == wanted


def test_a_late_filing_could_have_been_made_in_time(law: Law) -> None:
    raw = given(as_of="2021-06-01", filed="2021-06-01")
    rows = found(law, raw, "ecthr")
    moved = [change for one in rows for change in one.changes if change.mid == "change-file-by"]
    assert [change.args["date"] for change in moved] == ["2021-02-02"]  # six months, and the three of 2020
    later = [change for one in rows for change in one.changes if change.mid == "change-date"]
    assert [change.args["since"] for change in later] == ["2020-12-01"]


def test_a_remedy_still_open_is_a_step(law: Law) -> None:
    raw = given(remedies=[{"state": "MDA", "exhausted": "no"}])
    steps = [change for one in found(law, raw, "un-hrcttee-individual") for change in one.changes]
    assert [change.kind for change in steps] == ["step"]
    assert steps[0].args["path"] == "remedies.exhausted" and "yes" in steps[0].args["values"]


def test_a_missing_consent_is_asked_for(law: Law) -> None:
    raw = given(filer="lawyer")
    del raw["victim"]["consents"]
    changes = [change for one in found(law, raw, "un-hrcttee-individual") for change in one.changes]
    assert any(c.args.get("path") == "victim.consents" and c.args["values"] == ["true"] for c in changes)


@pytest.mark.parametrize("forum", ["ecthr", "un-cat-individual", "un-ced-urgent-action", "acthpr-direct", "coe-ecsr"])
@pytest.mark.parametrize("state", ["MDA", "TUR"])
def test_every_opening_opens_and_none_is_larger_than_it_must_be(law: Law, forum: str, state: str) -> None:
    case = read_case(read_file(MOLDOVA), law.vocabulary())
    trial = Trial(case, law, forum, state)
    before = trial.ask().verdict
    for opening in openings(case, law, forum, state):
        after = trial.ask(opening.changes).verdict
        assert after > 0 and after >= before
        for n in range(len(opening.changes)) if before == 0 else ():
            assert trial.ask(opening.changes[:n] + opening.changes[n + 1 :]).verdict == 0


def test_trying_changes_nothing(law: Law) -> None:
    case = read_case(read_file(MOLDOVA), law.vocabulary())
    periods = law.periods("TUR", "op-icescr")
    openings(case, law, "un-cescr-individual", "TUR")
    assert law.periods("TUR", "op-icescr") == periods == ()


def test_the_tree_fits_and_gives_reasons(run: Any, law_home: str) -> None:
    result = run("--home", law_home, "why", str(MOLDOVA), "--forum", "un-cescr-individual", "--respondent", "TUR")
    assert result.status == 0
    assert max(map(columns, result.out.splitlines())) <= 80
    for text in ("✗ against TUR", "Optional Protocol to ICESCR (2008), article 3(2)(b)", "What would open it"):
        assert text in result.out


def test_json_carries_rules_titles_and_openings(run: Any, law_home: str) -> None:
    result = run("--home", law_home, "why", str(MOLDOVA), "--forum", "ecthr", "--format", "json")
    why = json.loads(result.out)
    assert [row["respondent"] for row in why["rows"]] == ["MDA", "TUR"]
    assert why["authorities"]["echr/34"].endswith("article 34")
    assert {fact for row in why["rows"] for rule in row["rules"] for fact in rule["facts"]} == set(why["statements"])
    assert why["rows"][0]["openings"] == [] and why["rows"][1]["openings"]
    assert {"kind", "message", "text"} == set(why["rows"][1]["openings"][0]["changes"][0])


@pytest.mark.parametrize(
    ("extra", "near"),
    [(["--forum", "ecthrr"], "ecthr"), (["--forum", "ecthr", "--respondent", "TUA"], "TUR")],
)
def test_a_wrong_id_is_named_with_the_nearest(run: Any, law_home: str, extra: list[str], near: str) -> None:
    result = run("--home", law_home, "why", str(MOLDOVA), *extra)
    assert result.status == 2 and f"did you mean {near}?" in result.err
