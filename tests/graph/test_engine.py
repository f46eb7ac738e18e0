"""Single points of the engine over the shipped law: each fails when the line it is about is broken."""

from typing import Any

import pytest


def row(ask: Any, forum: str, state: str, act: dict[str, Any], **facts: Any) -> dict[str, Any]:
    """The row of one forum against one state; everything but the point is given and in order."""
    act = {"where": state, "respondents": [state], "perpetrator": "state-agent", **act}
    raw = {
        "as_of": "2021-06-01",
        "filed": "2021-06-01",
        "acts": [{name: value for name, value in act.items() if value is not None}],
        "remedies": [{"state": state, "exhausted": "ineffective"}],
        "victim": {"kind": "person", "consents": True, "nationality": [state], "status": [], "condition": "free"},
        "filer": "victim",
        "proceedings": [],
        **facts,
    }
    rows = ask(raw, forums=[forum])["forums"]
    assert [one["respondent"] for one in rows] == [state]
    return rows[0]  # type: ignore[no-any-return]  # plain JSON


def outcome(found: dict[str, Any], rule: str) -> tuple[str, str]:
    """What one rule found and the id of its message."""
    (one,) = [one for one in found["rules"] if one["rule"] == rule]
    return one["outcome"], one["message"]["id"]


def test_an_acceptance_for_acts_that_begin_later_leaves_out_what_only_goes_on(ask: Any) -> None:
    """El Salvador and the Inter-American Court: Serrano Cruz Sisters, preliminary objections, 2004."""
    act = {"from": "1982-06-02", "rights": ["enforced-disappearance"], "continuing": True}
    filed = {"as_of": "1999-02-16", "filed": "1999-02-16", "filer": "commission"}
    found = row(ask, "iacthr", "SLV", act, **filed)
    assert outcome(found, "ratione-temporis") == ("not-met", "reserved-acts-begun-before")


def test_an_acceptance_for_later_acts_reaches_what_goes_on(ask: Any) -> None:
    """Turkey and the European Convention: a continuing situation counts from the day it accepted petitions."""
    act = {"from": "1974-07-20", "rights": ["property"], "continuing": True}
    found = row(ask, "ecthr", "TUR", act, as_of="1990-03-01", filed="1990-03-01")
    assert outcome(found, "ratione-temporis")[0] == "met"
    assert found["reaches"][0]["from"] == "1987-01-28"


@pytest.mark.parametrize(
    ("same", "verdict"),
    [
        (True, "not-met"),
        (False, "met"),
        ({"person": True, "facts": True, "rights": False}, "met"),
        ({"person": True, "facts": True}, "unknown"),
    ],
)
def test_another_procedure_bars_only_the_same_matter(ask: Any, same: Any, verdict: str) -> None:
    act = {"from": "2019-05-05", "rights": ["expression"]}
    other = [{"forum": "ecthr", "status": "pending", "same": same}]
    assert outcome(row(ask, "un-hrcttee-individual", "NLD", act, proceedings=other), "duplication")[0] == verdict


def test_where_the_victim_was_gives_the_link_when_none_is_given(ask: Any) -> None:
    act = {"from": "2019-05-05", "rights": ["expression"]}
    assert outcome(row(ask, "un-hrcttee-individual", "NLD", act), "ratione-loci") == ("met", "linked")
    territory = row(ask, "un-hrcttee-individual", "NLD", {**act, "where": "ABW"})
    assert outcome(territory, "ratione-loci") == ("met", "linked")
    elsewhere = row(ask, "un-hrcttee-individual", "NLD", {**act, "where": "BRA"})
    assert outcome(elsewhere, "ratione-loci") == ("unknown", "link-unknown")


def test_an_instrument_that_stops_short_of_a_territory_is_closed_there_and_open_elsewhere(ask: Any) -> None:
    """Denmark and the children's communications protocol: not for Greenland and the Faroes."""
    act = {"from": "2020-05-05", "rights": ["child"], "link": "on-territory"}
    child = {"victim": {"kind": "person", "consents": True, "status": ["child"], "condition": "free"}}
    assert outcome(row(ask, "un-crc-individual", "DNK", act, **child), "ratione-loci")[0] == "met"
    greenland = row(ask, "un-crc-individual", "DNK", {**act, "where": "GRL"}, **child)
    assert outcome(greenland, "ratione-loci") == ("not-met", "territory-excluded")


def test_a_deadline_that_is_over_by_a_day(ask: Any) -> None:
    """Four months from a decision served on 31 October end on the last of February."""
    act = {"from": "2024-05-05", "rights": ["expression"]}
    remedies = [{"state": "NLD", "exhausted": "yes", "final_decision": "2025-10-31"}]
    for day, expected in (("2026-02-28", "in-time"), ("2026-03-01", "out-of-time")):
        found = row(ask, "ecthr", "NLD", act, as_of=day, filed=day, remedies=remedies)
        assert outcome(found, "time-limit")[1] == expected
        assert found["deadline"] == "2026-02-28"
