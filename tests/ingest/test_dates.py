"""Partial dates and clauses of entry into force."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clean import dates

DAYS = st.dates(min_value=date(1946, 1, 1), max_value=date(2090, 12, 31))
RULES = st.sampled_from(
    ["deposit", "months+3", "days+30", "first-of-month-after-3-months", "first-of-month-after-60-days", "months+12"]
)


@pytest.mark.parametrize(
    ("rule", "deposited", "general", "expected"),
    [
        ("months+3", "2009-06-30", "1976-03-23", "2009-09-30"),
        ("months+3", "1973-10-16", "1976-03-23", "1976-03-23"),
        ("months+3", "2020-11-30", "", "2021-02-28"),
        ("months+3", "2019-11-30", "", "2020-02-29"),
        ("days+30", "2000-09-07", "1987-06-26", "2000-10-07"),
        ("first-of-month-after-60-days", "2003-02-10", "2002-07-01", "2003-05-01"),
        ("first-of-month-after-60-days", "2010-03-23", "2002-07-01", "2010-06-01"),
        ("first-of-month-after-60-days", "2011-08-30", "2002-07-01", "2011-11-01"),
        ("first-of-month-after-3-months", "2012-03-14", "2014-08-01", "2014-08-01"),
        ("first-of-month-after-0-months", "1998-09-08", "1985-03-01", "1998-10-01"),
        ("days+90", "2025-06", "2021-04-22", "2025-08-30/2025-09-28"),
        ("months+12", "2024", "2021-06-25", "2025"),
        ("not-in-force", "2012-04-13", "", ""),
        ("months+3", "", "", ""),
    ],
)
def test_a_clause_gives_the_day_it_binds(rule: str, deposited: str, general: str, expected: str) -> None:
    assert dates.effective(rule, deposited, general) == expected


@given(day=DAYS, rule=RULES)
def test_a_treaty_never_binds_before_the_deposit_nor_before_itself(day: date, rule: str) -> None:
    general = (day + timedelta(days=100)).isoformat()
    assert dates.effective(rule, day.isoformat()) >= day.isoformat()
    assert dates.effective(rule, day.isoformat(), general) >= general


@given(day=DAYS, rule=RULES)
def test_a_shorter_date_gives_a_span_that_holds_the_day(day: date, rule: str) -> None:
    exact = dates.effective(rule, day.isoformat())
    assert dates.agree(dates.effective(rule, day.isoformat()[:7]), exact)
    assert dates.agree(dates.effective(rule, day.isoformat()[:4]), exact)


@pytest.mark.parametrize("text", ["2019", "2019-05", "2019-05-17", "2022-09-16/2022-09-17"])
def test_the_forms_of_a_partial_date(text: str) -> None:
    assert dates.is_partial(text)


@pytest.mark.parametrize("text", ["", "2019-13", "2019-02-30", "17 May 2019", "2019/2020/2021", "19"])
def test_what_is_no_partial_date(text: str) -> None:
    assert not dates.is_partial(text)


def test_written_dates() -> None:
    assert dates.written("[30 Sep\t 1992 a]") == "1992-09-30"
    assert dates.written("31 Feb 1992") is None
    assert dates.all_written("on 26 May 1998, with effect from 26 August 1998") == ["1998-05-26", "1998-08-26"]
