"""The forms of an answer for people: they fit, they escape, they name nobody."""

import csv
import io
import re
from copy import deepcopy
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import icalendar
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.answers import as_csv, as_html, as_ics, as_markdown, as_table, view
from api.answers.sheet import COLUMNS, safe
from api.answers.text import columns, cut, fold
from graph.finder import Finder
from graph.law import Law
from graph.model.reading import read_case
from graph.render import Catalogue

MOLDOVA = Path(__file__).parents[3] / "docs" / "cases" / "moldova.yaml"
NASTY = "<script>alert(1)</script> =1+1 | [a](http://x.example) \x1b[31m 人権擁護者 " + "x" * 90
ISO3 = st.sampled_from(["TUR", "MDA", "RUS", "MEX", "KEN", "TZA", "USA", "CHN", "HUN", "AUS", "VEN", "COL"])


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    """Cases of many kinds, some of whose texts would break a careless table."""
    states = draw(st.lists(ISO3, min_size=1, max_size=3, unique=True))
    year = draw(st.integers(1985, 2024))
    act: dict[str, Any] = {
        "id": draw(st.sampled_from(["a1", "人" * 70, "=HYPERLINK(1)", "\x1b[2J"])),
        "from": f"{year}-0{draw(st.integers(1, 9))}-15",
        "rights": draw(
            st.lists(st.sampled_from(["life", "torture", "liberty", "expression"]), min_size=1, unique=True)
        ),
        "respondents": states,
        "continuing": draw(st.booleans()),
    }
    if draw(st.booleans()):
        act["where"] = draw(ISO3)
    if draw(st.booleans()):
        act["grounds"] = [draw(st.sampled_from(["sex", NASTY[:200]]))]
    case: dict[str, Any] = {"id": draw(st.sampled_from(["c", NASTY, "字" * 90])), "as_of": "2025-01-31", "acts": [act]}
    if draw(st.booleans()):
        case["remedies"] = [
            {"state": s, "exhausted": draw(st.sampled_from(["yes", "no", "ineffective"]))} for s in states
        ]
    if draw(st.booleans()):
        case["victim"] = {"kind": "person", "consents": True, "condition": "detained"}
        case["filer"] = draw(st.sampled_from(["victim", "lawyer", "ngo"]))
    return case


class Outside(HTMLParser):
    """Collects what a page would load or run, and the text that it shows."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.found += [name for name, _ in attrs if name in ("src", "href", "srcset", "action") or name[:2] == "on"]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@given(case=cases())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("everything", [False, True])
def test_a_table_fits_80_columns_whatever_the_case(
    ask: Any, words: Catalogue, everything: bool, case: dict[str, Any]
) -> None:
    lines = as_table(ask(case), words, everything=everything)
    assert max(map(columns, lines)) <= 80
    assert all(line.isprintable() for line in lines)


@given(case=cases())
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_page_loads_nothing_and_runs_nothing(ask: Any, words: Catalogue, case: dict[str, Any]) -> None:
    page = Outside()
    page.feed(as_html(ask(case), words))
    assert page.found == []
    assert not page.tags & {"script", "link", "img", "iframe", "object", "form", "a"}


def test_a_page_shows_the_id_as_text(moldova: dict[str, Any], words: Catalogue) -> None:
    answer = {**moldova, "case": NASTY}
    page = Outside()
    page.feed(as_html(answer, words))
    assert "<script>alert(1)</script>" in "".join(page.text)
    assert "url(" not in as_html(answer, words) and "@import" not in as_html(answer, words)


def test_markdown_keeps_what_others_wrote_as_text(moldova: dict[str, Any], words: Catalogue) -> None:
    text = as_markdown({**moldova, "case": NASTY}, words)
    assert not re.search(r"(?<!\\)<", text)
    assert "\\<script\\>" in text and "\\[a\\](" in text


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "|x", "%x"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert safe(cell)[0] == "'"


@given(case=cases())
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_csv_has_a_row_for_each_row_and_no_formula(ask: Any, case: dict[str, Any]) -> None:
    answer = ask(case)
    rows = list(csv.reader(io.StringIO(as_csv(answer))))
    assert tuple(rows[0]) == COLUMNS
    assert [(r[2], r[4], r[6]) for r in rows[1:]] == [
        (row["forum"], row["respondent"] or "", row["verdict"]) for row in answer["forums"]
    ]
    assert not any(cell[:1] in "=+-@\t\r" for row in rows for cell in row if cell)


def events(body: bytes) -> list[Any]:
    """Return the events of a calendar."""
    return list(icalendar.Calendar.from_ical(body).walk("VEVENT"))


def test_the_calendar_holds_each_open_deadline(moldova: dict[str, Any], words: Catalogue) -> None:
    body = as_ics(moldova, words)
    due = [row for row in moldova["forums"] if row["deadline"] and row["verdict"] != "unavailable"]
    found = events(body)
    assert [event["DTSTART"].dt for event in found] == [date.fromisoformat(row["deadline"]) for row in due]
    assert date(2019, 3, 6) in {event["DTSTART"].dt for event in found}
    assert all(event["DTSTAMP"].dt.date() == date(2018, 9, 20) for event in found)
    assert as_ics(moldova, words) == body


def test_a_moved_deadline_is_the_same_event(moldova: dict[str, Any], words: Catalogue) -> None:
    later = deepcopy(moldova)
    later["as_of"] = "2018-10-01"
    for row in later["forums"]:
        row["deadline"] = row["deadline"] and "2019-04-01"
    assert [e["UID"] for e in events(as_ics(later, words))] == [e["UID"] for e in events(as_ics(moldova, words))]


def test_the_calendar_says_nothing_of_people_or_facts(moldova: dict[str, Any], words: Catalogue) -> None:
    text = as_ics(moldova, words).decode()
    assert "teachers from" not in text.lower() and "detained" not in text and "DESCRIPTION" not in text


def test_the_moldova_case_is_decisive(moldova: dict[str, Any], words: Catalogue) -> None:
    doors = view.doors(moldova, words.say("ask-body", {}), everything=False)
    assert 5 <= len(doors) <= 15
    text = "\n".join(as_table(moldova, words, everything=False))
    assert "last day 6 March 2019" in text and "--all" in text and "moldova-teachers-2018" in text
    assert text.index("Interim measures (Rule 39)") < text.index("Open (✓)")


def test_all_names_every_closed_door_on_one_line(moldova: dict[str, Any], words: Catalogue) -> None:
    lines = as_table(moldova, words, everything=True)
    shut = {row["forum"] for row in moldova["forums"] if row["verdict"] == "unavailable"}
    shown = {line.split()[1].rstrip(":") for line in lines if line.startswith("✗ ")}
    assert shown == shut


@given(text=st.text(max_size=300), width=st.integers(20, 90))
def test_folding_keeps_to_the_width_and_loses_no_letter(text: str, width: int) -> None:
    lines = list(fold(text, first="- ", width=width))
    assert max(map(columns, lines)) <= width
    kept = "".join("".join(lines).split()).removeprefix("-")
    assert kept == "".join("".join(c if c.isprintable() else " " for c in text).split())
    assert columns(cut(text, width)) <= width


@pytest.mark.parametrize("form", ["table", "md", "html", "csv", "ics"])
def test_each_form_is_printed(run: Any, law_home: str, form: str, capfdbinary: Any) -> None:
    result = run("--home", law_home, "forums", str(MOLDOVA), "--format", form)
    assert (result.status, result.err) == (0, "")


def test_each_state_has_the_reason_that_closes_the_door_against_it(law: Law) -> None:
    """Neither China nor the United States joined the First Optional Protocol: the same headings, two sentences."""
    act = {"from": "2022-12-05", "rights": ["liberty"], "where": "CHN", "respondents": ["CHN", "USA"]}
    case = read_case({"as_of": "2023-06-01", "acts": [act]}, law.vocabulary())
    answer = Finder(law).find(case, forums=["un-hrcttee-individual"])
    doors = {tuple(door.respondents): dict(door.rules)["ratione-personae"] for door in view.closed(answer)}
    assert set(doors) == {("CHN",), ("USA",)}
    assert "China" in doors["CHN",] and "United States" in doors["USA",]
