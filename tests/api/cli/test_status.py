"""`status`, `state`, `instrument` and `forum`: periods joined and cut, ids checked, records with their neighbours."""

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.answers.text import columns
from api.standing import COLUMNS, status_rows
from graph.law import Law, Period
from graph.model.dates import FOREVER
from graph.periods import accepted, holds, merged, overlap

RANK = ("high", "medium", "low", "contested")


def period(since: int, until: int, confidence: str = "high") -> Period:
    """Return a period with exact days."""
    return Period(since, since, until, until, confidence, f"st-{since}")


PERIODS = st.builds(
    lambda since, width, length, more, confidence: Period(
        since, since + width, since + width + length, since + width + length + more, confidence, f"st-{since}"
    ),
    st.integers(1, 60), st.integers(0, 5), st.integers(1, 40), st.integers(0, 5), st.sampled_from(RANK),
)  # fmt: skip


def test_periods_that_touch_are_one() -> None:
    assert merged([period(5, 9), period(1, 5)]) == [Period(1, 1, 9, 9, "high", "st-1")]
    assert [p[:4] for p in merged([period(6, 9), period(1, 5)])] == [(1, 1, 5, 5), (6, 6, 9, 9)]


def test_what_is_sure_cuts_what_is_not() -> None:
    rows = merged([period(1, FOREVER, "low"), period(5, 9)])
    assert [(p.since_lo, p.until_lo, p.confidence) for p in rows] == [
        (1, 5, "low"), (5, 9, "high"), (9, FOREVER, "low"),
    ]  # fmt: skip


@given(st.lists(PERIODS, max_size=6), st.integers(1, 120))
def test_merging_keeps_each_sure_day(periods: list[Period], day: int) -> None:
    sure = any(p.firm and holds(p, day) for p in periods)
    after = [p for p in merged(periods) if p.firm and holds(p, day)]
    assert bool(after) == sure and len(after) <= 1


@given(PERIODS, PERIODS, st.integers(1, 120))
def test_an_overlap_holds_when_both_do(a: Period, b: Period, day: int) -> None:
    both = overlap(a, b)
    assert (both is not None and holds(both, day) is True) == (holds(a, day) is True and holds(b, day) is True)
    assert both is None or both.confidence == max(a.confidence, b.confidence, key=RANK.index)


def test_an_acceptance_holds_only_while_all_it_needs_holds(law: Law) -> None:
    """Day by day, on the real tables: `accepts` is the intersection of what the forum's file asks for."""
    needs = {"acthpr-direct": ["achpr", "achpr-court-protocol", "achpr-court-protocol-34-6"], "ecthr": ["echr"]}
    days = [date(year, 7, 1).toordinal() for year in range(1960, 2027)]
    for forum, things in needs.items():
        for state in law.status:
            for day in days:
                every = all(any(holds(p, day) is True for p in law.periods(state, thing)) for thing in things)
                assert any(holds(p, day) is True for p in accepted(law, state, forum)) == every


def rows_of(run: Any, home: str, *words: str) -> list[dict[str, Any]]:
    """Return the rows of one call."""
    result = run("--home", home, "status", *words, "--format", "jsonl")
    assert result.status == 0
    return [json.loads(line) for line in result.out.splitlines()]


def test_columns_are_those_of_the_contract(run: Any, law_home: str) -> None:
    result = run("--home", law_home, "status", "--state", "TUR", "--format", "csv")
    header, *rows = csv.reader(io.StringIO(result.out))
    assert tuple(header) == COLUMNS == ("state", "kind", "id", "since", "until", "basis", "source", "confidence")
    assert ["TUR", "party", "cat-art22", "1988-09-01", ""] in [row[:5] for row in rows]
    assert {row[1] for row in rows} == {"party", "accepts"}
    assert rows == sorted(rows, key=lambda row: row[:4])


def test_a_range_and_the_first_day_out(run: Any, law_home: str) -> None:
    (row,) = rows_of(run, law_home, "--state", "RUS", "--forum", "ecthr")
    assert (row["since"], row["until"]) == ("1998-05-05", "2022-09-16/2022-09-17")
    assert rows_of(run, law_home, "--state", "RUS", "--forum", "ecthr", "--on", "2022-09-17") == []
    (unsure,) = rows_of(run, law_home, "--state", "RUS", "--forum", "ecthr", "--on", "2022-09-16")
    assert unsure["confidence"] == "low"


def test_a_filter_on_one_kind_leaves_the_other_out(run: Any, law_home: str) -> None:
    assert {r["kind"] for r in rows_of(run, law_home, "--instrument", "cat-art22")} == {"party"}
    assert {r["kind"] for r in rows_of(run, law_home, "--forum", "un-cat-individual")} == {"accepts"}
    both = rows_of(run, law_home, "--state", "TUR", "--instrument", "cat-art22", "--forum", "un-cat-individual")
    assert [row["kind"] for row in both] == ["accepts", "party"]


def test_a_state_without_rows_gives_none(law: Law) -> None:
    assert list(status_rows(law, states=["XXX"])) == []


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (["status", "--state", "TRK"], None),
        (["status", "--state", "Turkye"], "TUR"),
        (["status", "--instrument", "cat-art222"], "cat-art22"),
        (["status", "--forum", "un-cat-individul"], "un-cat-individual"),
        (["state", "Moldava"], "MDA"),
        (["instrument", "iccpr-opp1"], "iccpr-op1"),
        (["forum", "ecthrr"], "ecthr"),
    ],
)
def test_an_unknown_id_names_the_nearest(run: Any, law_home: str, words: list[str], near: str | None) -> None:
    result = run("--home", law_home, *words)
    assert result.status == 2 and result.err.count("\n") == 1
    assert near is None or f"did you mean {near}?" in result.err


def test_a_wrong_day_is_an_error(run: Any, law_home: str) -> None:
    result = run("--home", law_home, "status", "--on", "2022-02-30", "--format", "json")
    assert (result.status, json.loads(result.out)["error"]["code"]) == (2, "date")


@pytest.mark.parametrize(
    "words",
    [
        ["status", "--state", "TUR"],
        ["state", "TUR", "--on", "2021-07-02"],
        ["state", "SRB"],
        ["instrument", "iccpr-op1"],
        ["instrument", "coe"],
        ["forum"],
        ["forum", "ecthr"],
    ],
)
def test_each_record_fits_80_columns(run: Any, law_home: str, words: list[str]) -> None:
    result = run("--home", law_home, *words)
    assert result.status == 0
    assert max(map(columns, result.out.splitlines())) <= 80
    assert "label-" not in result.out


def test_a_state_says_what_binds_it_and_what_changed(run: Any, law_home: str) -> None:
    one = json.loads(run("--home", law_home, "state", "TUR", "--on", "2021-07-02", "--format", "json").out)
    assert "iccpr-op1" in {row["id"] for row in one["bound_by"]}
    assert "un-crc-individual" in {row["id"] for row in one["forums"]}
    assert "coe" in {row["id"] for row in one["memberships"]}
    assert {"opic"} <= {change["id"] for change in one["changes"] if change["what"] == "began"}
    assert {"territory", "rights"} <= {r["excludes"] for r in one["reservations"]}
    assert "sr-torture" in " ".join(one["open_to_all"])
    later = json.loads(run("--home", law_home, "state", "TUR", "--on", "2023-07-02", "--format", "json").out)
    assert {row["id"] for row in one["bound_by"]} - {row["id"] for row in later["bound_by"]} == set()


def test_a_successor_names_its_predecessor(run: Any, law_home: str) -> None:
    one = json.loads(run("--home", law_home, "state", "SRB", "--format", "json").out)
    assert {row["state"] for row in one["succeeds"]} >= {"YUG"}


def test_an_instrument_names_its_parties_and_its_neighbours(run: Any, law_home: str) -> None:
    one = json.loads(run("--home", law_home, "instrument", "cat", "--on", "2020-01-01", "--format", "json").out)
    assert "TUR" in one["parties"] and "cat-art22" in one["acceptances"]
    assert "un-cat-individual" in one["needed_by"] and "un-cat-individual" in one["applied_by"]
    assert one["sources"] and one["status_sources"]


def test_a_forum_gives_each_rule_its_authority_by_title(run: Any, law_home: str) -> None:
    one = json.loads(run("--home", law_home, "forum", "un-cat-individual", "--format", "json").out)
    assert all(rule["authority"] for rule in one["rules"])
    assert {a for rule in one["rules"] for a in rule["authority"]} == set(one["authorities"])
    assert "TUR" in one["accepted_by"] and one["closed_by"] and one["sources"] and one["thinner"]
    listed = json.loads(run("--home", law_home, "forum", "--format", "json").out)
    assert {"id", "name", "kind", "produces"} <= set(listed[0])
    assert [row["id"] for row in listed] == sorted(row["id"] for row in listed)
