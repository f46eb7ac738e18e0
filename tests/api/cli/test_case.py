"""`recourse case new`: asks for what is missing, says why, and writes what `recourse forums` reads."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.interview import Interview
from graph.casefile import read_bytes, read_file
from graph.finder import Finder
from graph.model.dates import parse_date
from graph.model.reading import read_case
from graph.render import Catalogue

MOLDOVA = Path(__file__).parents[3] / "docs" / "cases" / "moldova.yaml"
FIRST = ["2018-09-06", "", "abduction-rendition", "mda", "MDA, TUR", "physical-custody", "yes"]
Call = Callable[..., Any]


@pytest.fixture
def call(run: Any, law_home: str, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Call `case new` with these lines on stdin."""

    def answer(lines: list[str], *words: str) -> Any:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return run("--home", law_home, "--as-of", "2018-10-01", "case", "new", *words)

    return answer


def test_the_first_answers_make_a_case(call: Call, tmp_path: Path, run: Any, law_home: str) -> None:
    result = call(FIRST)
    assert result.status == 0
    raw = read_bytes(result.out.encode())
    assert raw["acts"] == [
        {"from": "2018-09-06", "tactic": "abduction-rendition", "where": "MDA",
         "respondents": ["MDA", {"state": "TUR", "link": "physical-custody"}]}
    ]  # fmt: skip
    assert raw["urgent"] == "true" and "as_of" not in raw
    path = tmp_path / "case.yaml"
    path.write_text(result.out, encoding="utf-8")
    answer = json.loads(run("--home", law_home, "forums", str(path), "--format", "json", "--as-of", "2018-10-01").out)
    assert {row["respondent"] for row in answer["forums"]} >= {"MDA", "TUR"}


def test_every_question_says_why(call: Call) -> None:
    asked = call(FIRST).err
    for why in ("Which treaties bound the state", "harm that cannot be undone", "Waiting for this:"):
        assert why in asked
    assert max(map(len, asked.splitlines())) <= 80


def test_a_wrong_answer_is_explained_and_asked_again(call: Call) -> None:
    result = call(["2018-09-06", "", "abduction-rendition", "MDX", "MDA", "MDA", "no"])
    asked = " ".join(result.err.split())
    assert "'MDX' is not the code of a state" in asked and "did you mean" in asked
    assert read_bytes(result.out.encode())["acts"][0]["where"] == "MDA"


def test_a_dot_ends_and_a_question_mark_shows_what_can_be_said(call: Call) -> None:
    result = call([*FIRST[:2], "?", *FIRST[2:4], "TUR", "?", "remote", "."])
    assert result.status == 0 and "interpol-abuse" in result.err and "What was not asked" not in result.out
    assert "urgent" not in read_bytes(result.out.encode())


@pytest.mark.parametrize("lines", [[], ["2018-09-06"], ["."]])
def test_without_an_act_there_is_no_case(call: Call, tmp_path: Path, lines: list[str]) -> None:
    path = tmp_path / "new.yaml"
    result = call(lines, "-o", str(path))
    assert (result.status, result.out) == (2, "") and "acts" in result.err
    assert not path.exists()


def test_an_existing_case_is_completed_and_nothing_is_asked_twice(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "full.yaml"
    result = call(["", "", "", ""], str(MOLDOVA), "-o", str(path))
    assert result.status == 0 and path.stat().st_mode & 0o077 == 0
    assert "Which states did it" not in result.err and "harm that cannot be undone" not in result.err
    assert read_file(path) == read_file(MOLDOVA)


def test_a_file_that_is_there_is_kept(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("precious", encoding="utf-8")
    result = call(FIRST, "-o", str(path))
    assert result.status == 2 and path.read_text(encoding="utf-8") == "precious"


def test_it_asks_first_for_what_most_bodies_wait_for_and_then_stops(finder: Finder, words: Catalogue) -> None:
    """Answered throughout, the interview ends by itself, and no open row waits for a fact that was not refused."""
    answers = {
        "acts.link": "physical-custody", "urgent": "yes", "filer.kind": "lawyer", "victim.condition": "detained",
        "victim.kind": "person", "victim.consents": "yes", "victim.nationality": "TUR", "victim.status": "journalist",
        "acts.perpetrator": "state-agent", "acts.grounds": "opinion", "remedies.exhausted": "unavailable",
        "proceedings": "none", "filer.residence": "TUR", "victim.cooperated_with": "ecthr", "victim.born": "1980",
    }  # fmt: skip
    asked: list[str] = []
    waiting: list[int] = []

    class Noted(Interview):
        def _told(self, question: Any) -> tuple[str, str]:
            asked.append(f"{question.path} {question.state}")
            waiting.append(len(question.forums))
            return question.path, ""

    first = iter(FIRST[:5])
    today = parse_date("2018-10-01")
    interview = Noted(
        finder, words, today, lambda text: next(first) if " " in text else answers.get(text, ""), lambda _: None
    )
    raw = interview.run()
    assert len(asked) == len(set(asked)) and set(answers) & {path.partition(" ")[0] for path in asked}
    assert waiting[2] == max(waiting)
    read_case(raw, finder.law.vocabulary(), today)
    assert interview._most_wanted() is None
