"""The form of the pages: what was entered becomes a case, what is wrong is told at its field, and nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest

from api.questions import Questions
from api.rest import form
from graph.errors import CaseError, InputError
from viz.web.pages.find import First

GOOD = First(
    begun="2018-09-06", tactic="abduction-rendition", where="Republic of Moldova", respondents=["mda", "Türkiye", ""],
    urgent="yes",
)  # fmt: skip


def sent(pairs: Mapping[str, Any]) -> form.Fields:
    """Return what a browser would send."""
    return form.fields(urlencode(pairs, doseq=True).encode())


def first(values: First, questions: Questions) -> tuple[dict[str, Any], dict[str, str]]:
    """Put the first facts into an empty case."""
    return form.first_facts(values, {"acts": [{}]}, questions)


def test_the_first_facts_become_a_case(questions: Questions) -> None:
    raw, errors = first(GOOD, questions)
    assert errors == {}
    act = {"from": "2018-09-06", "tactic": "abduction-rendition", "where": "MDA", "respondents": ["MDA", "TUR"]}
    assert raw == {"acts": [act], "urgent": True}
    assert form.first_of(raw) == replace(GOOD, rights=[], where="MDA", respondents=["MDA", "TUR"])


@pytest.mark.parametrize(
    ("change", "field", "told"),
    [
        ({"begun": ""}, "from", "A case needs this"),
        ({"begun": "last week"}, "from", "YYYY"),
        ({"to": "2017-01-01"}, "to", "before"),
        ({"tactic": ""}, "what", "A case needs this"),
        ({"tactic": "abducton"}, "what", "did you mean"),
        ({"tactic": "", "rights": ["libety"]}, "what", "did you mean liberty"),
        ({"where": "Turky"}, "where", "did you mean TUR"),
        ({"respondents": ["MDA", "XXQ"]}, "respondent-2", "not the code of a state"),
        ({"as_of": "soon"}, "as_of", "YYYY"),
        ({"begun": "2031-01-01"}, "from", "planned"),
    ],
)
def test_a_mistake_is_told_at_its_field(questions: Questions, change: dict[str, Any], field: str, told: str) -> None:
    _, errors = first(replace(GOOD, **change), questions)
    assert list(errors) == [field] and told in errors[field]


def test_every_mistake_is_told_at_once(questions: Questions) -> None:
    _, errors = first(
        replace(GOOD, to="never", tactic="abducton", where="Turky", respondents=["Moldavia?"], as_of="soon"), questions
    )
    assert set(errors) == {"to", "what", "where", "respondent-1", "as_of"}


def test_what_else_a_case_holds_stays_when_the_first_facts_change(questions: Questions) -> None:
    raw: dict[str, Any] = {
        "title": "two  blanks",
        "acts": [{"from": "2018", "rights": ["liberty"], "perpetrator": "state-agent",
                  "respondents": [{"state": "TUR", "link": "physical-custody"}]},
                 {"from": "2019", "rights": ["torture"]}],
        "victim": {"kind": "group"},
    }  # fmt: skip
    filled, errors = form.first_facts(GOOD, raw, questions)
    assert errors == {} and filled["victim"] == {"kind": "group"} and filled["title"] == "two  blanks"
    assert filled["acts"][1] == raw["acts"][1]
    assert filled["acts"][0]["perpetrator"] == "state-agent" and "rights" not in filled["acts"][0]
    assert filled["acts"][0]["respondents"] == ["MDA", {"state": "TUR", "link": "physical-custody"}]


def test_a_case_is_carried_from_page_to_page_to_the_letter() -> None:
    raw = {"title": "two  blanks, \u202e and \u0000", "acts": [{"from": "2018", "rights": ["liberty"]}]}
    skipped = {("filer.kind", None), ("acts.link", "TUR")}
    again, left = form.carried(sent(_folded(form.hidden(raw, skipped))))
    assert again == raw and left == skipped


def _folded(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


@pytest.mark.parametrize("case", ["[]", '{"acts": []}', '{"acts": [1]}', "{", "x: y"])
def test_a_damaged_case_is_an_error_and_not_a_fault(case: str) -> None:
    with pytest.raises(CaseError):
        form.carried(sent({"case": case}))


def test_a_body_that_is_no_form_is_refused() -> None:
    with pytest.raises(InputError, match="go back"):
        form.fields(b"\xff\xfe=1")
    with pytest.raises(InputError, match="go back"):
        form.fields(b"&".join(b"a=1" for _ in range(form.FIELDS + 1)))


def test_links_are_asked_first_then_what_most_bodies_wait_for(questions: Questions) -> None:
    raw, _ = first(GOOD, questions)
    links = form.asked(questions, raw, set())
    assert [one.key for one in links] == ["acts.link:TUR"] and not links[0].several
    skipped: set[tuple[str, str | None]] = {("acts.link", "TUR")}
    wanted = form.asked(questions, raw, skipped)
    assert len(wanted) == form.BATCH
    assert [one.key for one in wanted] == [form.key_of(*q.key) for q in questions.wanted(raw, skipped)[: form.BATCH]]
    assert all("Bodies that wait for this:" in one.why for one in wanted)


def test_answers_are_kept_and_what_is_left_open_is_not_asked_again(questions: Questions) -> None:
    raw, _ = first(GOOD, questions)
    skipped: set[Any] = set()
    form_sent = sent({
        "shown": ["acts.link:TUR", "filer.kind", "victim.nationality", "victim.born"],
        "acts.link:TUR": "physical-custody", "victim.nationality": "Türkiye, fra", "victim.born": "",
    })  # fmt: skip
    raw, errors = form.answered(questions, form_sent, raw, skipped)
    assert errors == {} and raw["victim"] == {"nationality": ["TUR", "FRA"]}
    assert raw["acts"][0]["respondents"] == ["MDA", {"state": "TUR", "link": "physical-custody"}]
    assert {"filer.kind", "victim.born"} <= {path for path, _ in skipped}
    assert not {one.key for one in form.asked(questions, raw, skipped)} & {"filer.kind", "victim.born", "acts.link:TUR"}


def test_a_wrong_answer_costs_no_right_one(questions: Questions) -> None:
    raw, _ = first(GOOD, questions)
    skipped: set[Any] = set()
    raw, errors = form.answered(
        questions,
        sent({"shown": ["filer.kind", "victim.born", "proceedings"], "filer.kind": "lawyer",
              "victim.born": "long ago", "proceedings": "ecth:pending"}),
        raw, skipped,
    )  # fmt: skip
    assert raw["filer"] == {"kind": "lawyer"} and "victim" not in raw and "proceedings" not in raw
    assert set(errors) == {"victim.born", "proceedings"} and "did you mean ecthr" in errors["proceedings"]
    assert not {("victim.born", None), ("proceedings", None)} & skipped


def test_answers_beside_the_list_are_taken_where_the_list_is_open(questions: Questions) -> None:
    raw, _ = first(GOOD, questions)
    raw, errors = form.answered(
        questions, sent({"shown": ["acts.grounds"], "acts.grounds": ["sex", "opinion, religion"]}), raw, set()
    )
    assert errors == {} and raw["acts"][0]["grounds"] == ["sex", "opinion", "religion"]


def test_the_questions_end(questions: Questions) -> None:
    """Left open throughout, the form runs out of questions, and each was asked once."""
    raw, _ = first(GOOD, questions)
    skipped: set[Any] = set()
    seen: list[str] = []
    while batch := form.asked(questions, raw, skipped):
        seen += [one.key for one in batch]
        raw, errors = form.answered(questions, sent({"shown": [one.key for one in batch]}), raw, skipped)
        assert errors == {}
    assert len(seen) == len(set(seen)) and len(seen) > 10


def test_the_facts_are_told_in_words(questions: Questions) -> None:
    raw, _ = first(GOOD, questions)
    raw |= {"victim": {"consents": False, "nationality": ["TUR"]}, "proceedings": []}
    told = dict(form.known(raw, questions.words))
    assert told["The day of the act"] == "6 September 2018" and told["Where the victim was"] == "Republic of Moldova"
    assert told["Whether the victim consents to the filing"] == "No" and told["The victim's nationality"] == "Türkiye"
    assert told["Other international procedures"] == "none"
