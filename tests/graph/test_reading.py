"""Facts from strangers: every field with every wrong value gives exactly one error that names field, value, way out."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.casefile import read_bytes
from graph.errors import CaseError
from graph.model import case as c
from graph.model.dates import FOREVER, parse_date
from graph.model.reading import MAX_ITEMS, MAX_TEXT, Plain, Vocabulary, read_case

START = parse_date("1991-12-25").lo
VOCABULARY = Vocabulary(
    states={"NOR": (0, FOREVER), "TUR": (0, FOREVER), "MDA": (0, FOREVER), "RUS": (START, FOREVER),
            "SUN": (0, parse_date("1991-12-26").lo), "SSD": (parse_date("2011-07-09").lo, FOREVER)},
    territories=frozenset(("HKG",)),
    rights=frozenset(("torture", "liberty", "fair-trial")),
    tactics={"rendition": ("torture", "liberty")},
    forums=frozenset(("ecthr", "un-cat-individual")),
)  # fmt: skip
FULL: dict[str, Any] = {
    "id": "a case",
    "title": "a title",
    "as_of": "2021-07-02",
    "filed": "2021-07-02",
    "known_on": "2021-07-02",
    "acts": [{
        "id": "a1", "from": "2018-09-06", "to": "2018-09-07", "continuing": False, "planned": False, "known": "2018-10",
        "tactic": "rendition", "rights": ["torture"], "grounds": ["religion"], "where": "MDA", "destination": "TUR",
        "respondents": [{"state": "MDA", "link": "on-territory", "perpetrator": "state-agent"}, "TUR"],
        "link": "physical-custody", "perpetrator": "state-agent", "perpetrator_nationality": ["TUR"],
        "headquarters": ["TUR"], "systematic": True,
    }],
    "victim": {
        "kind": "person", "count": 1, "nationality": ["TUR"], "residence": "MDA", "born": "1980",
        "condition": "detained", "status": ["woman"], "cooperated_with": ["un"], "consents": True, "anonymous": False,
    },
    "filer": {"kind": "ngo", "observer_status": ["achpr"], "mandate": True, "residence": "NOR", "state": "NOR"},
    "remedies": [{
        "state": "MDA", "exhausted": "yes", "suspensive": False, "raised": ["torture"], "final_decision": "2020-05-01",
        "notified": "2020-05-02",
    }],
    "proceedings": [{
        "forum": "ecthr", "status": "decided", "filed": "2019-01", "decided": "2020-02-03", "examined": "merits",
        "same": {"person": True, "facts": True, "rights": False},
    }],
    "dates": {"arrival": "2018-09-01"},
    "project": {"bank": "world-bank", "country": "MDA", "closed": "2020"},
    "company": {"home": "NOR", "listed": True, "sector": "mining", "employees": 10},
    "platform": {"name": "a platform", "decision": "2020-01-01", "appealed": False},
    "notice": {"kind": "red", "requested_by": "TUR", "known": "2019"},
    "urgent": False,
}  # fmt: skip

TEXT, DATE, BOOL, WORD, LIST, CODE, ID, NUMBER, MAP = (
    "text",
    "date",
    "bool",
    "word",
    "list",
    "code",
    "id",
    "number",
    "map",
)
KINDS = {
    TEXT: ("id", "title", "acts.0.id", "project.bank", "company.sector", "platform.name", "notice.kind",
           "acts.0.grounds.0", "victim.cooperated_with.0"),
    DATE: ("as_of", "filed", "known_on", "acts.0.from", "acts.0.to", "acts.0.known", "victim.born",
           "remedies.0.final_decision", "remedies.0.notified", "proceedings.0.filed", "proceedings.0.decided",
           "dates.arrival", "platform.decision", "notice.known"),
    BOOL: ("acts.0.continuing", "acts.0.planned", "acts.0.systematic", "victim.consents", "victim.anonymous",
           "filer.mandate", "remedies.0.suspensive", "proceedings.0.same.person", "proceedings.0.same.facts",
           "proceedings.0.same.rights", "platform.appealed", "urgent"),
    WORD: ("acts.0.link", "acts.0.perpetrator", "acts.0.respondents.0.link", "acts.0.respondents.0.perpetrator",
           "victim.kind", "victim.condition", "victim.status.0", "filer.kind", "filer.observer_status.0",
           "remedies.0.exhausted", "proceedings.0.status", "proceedings.0.examined"),
    LIST: ("acts", "acts.0.rights", "acts.0.grounds", "acts.0.respondents", "acts.0.perpetrator_nationality",
           "acts.0.headquarters", "victim.nationality", "victim.status", "victim.cooperated_with",
           "filer.observer_status", "remedies", "remedies.0.raised", "proceedings"),
    CODE: ("acts.0.where", "acts.0.destination", "acts.0.respondents.0.state", "acts.0.respondents.1",
           "acts.0.perpetrator_nationality.0", "acts.0.headquarters.0", "victim.nationality.0", "victim.residence",
           "filer.residence", "filer.state", "remedies.0.state", "project.country", "company.home",
           "notice.requested_by"),
    ID: ("acts.0.tactic", "acts.0.rights.0", "remedies.0.raised.0", "proceedings.0.forum"),
    NUMBER: ("victim.count", "company.employees"),
    MAP: ("acts.0", "victim", "filer", "remedies.0", "proceedings.0", "dates", "project", "company", "platform",
          "notice"),
}  # fmt: skip
MIXED = ("acts.0.respondents.0", "proceedings.0.same", "project.closed", "company.listed", "filer")  # of two types
NOTHING: list[Any] = [[], {}]
NUMBERS: list[Any] = [-1, 3.5, 10**30, float("nan"), float("inf")]
WRONG: dict[str, list[Any]] = {
    TEXT: [*NUMBERS, *NOTHING, 5, True, "x" * (MAX_TEXT + 1), b"bytes", date(2020, 1, 1)],
    DATE: [*NUMBERS, *NOTHING, 5, True, "", "soon", "2020-13", "2020-02-30", "2019-2-3", "20190203", "2020-01-01T00:00",
           "٢٠٢٠", "0000", "2021-01-01/2020-01-01", "/", "2020/", "2020-01-01/x/y", "2020\n", date(2020, 1, 1)],
    BOOL: [*NUMBERS, *NOTHING, 0, 1, "", "yes", "no", "true", "false", Plain("yes"), Plain("True"), "unknown"],
    WORD: [*NUMBERS, *NOTHING, 5, True, False, "", "State-Agent", "nonsense", "yes ", "x" * 5000],
    LIST: [*NUMBERS, {}, {"a": "b"}, 5, True, "", "torture", "NOR"],
    CODE: [*NUMBERS, *NOTHING, 5, True, False, "", "NO", "nor", "Norway", "ZZZ", "N\u00d8R", "\ud800"],
    ID: [*NUMBERS, *NOTHING, 5, True, "", "tortur", "Torture", "ECTHR", "\ud800", "a" * 5000],
    NUMBER: [*NUMBERS[:2], *NUMBERS[3:], *NOTHING, True, False, "", "3", "three", Plain("3.5"), Plain("-1"),
             Plain("٣")],
    MAP: [*NUMBERS, [], [{}], 5, True, "", "a word", {"nonsense": 1}, {5: 1}, {None: 1}, {(): 1}],
}  # fmt: skip
CASES = [
    pytest.param(path, value, id=f"{path}={str(value)[:20]!r}-{n}")
    for kind, paths in KINDS.items()
    for path in paths
    for n, value in enumerate(WRONG[kind])
    if not (path == "filer" and isinstance(value, str))  # a word is the kind
]


def put(path: str, value: Any) -> dict[str, Any]:
    """The full case with one value changed."""
    raw = deepcopy(FULL)
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    node: Any = raw
    for step in way:
        node = node[step]
    node[last] = value
    return raw


def field(path: str) -> str:
    """The path as an error writes it."""
    return "".join(f"[{step}]" if step.isdigit() else f".{step}" for step in path.split(".")).removeprefix(".")


def fault(raw: Any) -> CaseError:
    """The one error of a case."""
    with pytest.raises(CaseError) as caught:
        read_case(raw, VOCABULARY)
    error = caught.value
    assert "\n" not in str(error)
    assert len(str(error)) < 600
    assert set(orjson.loads(orjson.dumps(error.as_dict()))) == {"code", "field", "value", "message", "nearest", "line"}
    return error


def test_the_full_case_is_read() -> None:
    case = read_case(FULL, VOCABULARY)
    assert case.acts[0].respondents[1].state == "TUR"
    assert case.proceedings and case.proceedings[0].same == (True, True, False)


def mappings(node: Any, path: str = "") -> set[str]:
    """The path of every mapping under a node."""
    items = list(node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ())
    below = {found for step, value in items for found in mappings(value, f"{path}.{step}".lstrip("."))}
    return below | {path} if isinstance(node, dict) else below


def leaves(node: Any, path: str = "") -> set[str]:
    """Every field of the full case."""
    found = {path} if path else set()
    steps = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return found.union(*(leaves(value, f"{path}.{step}".removeprefix(".")) for step, value in steps))


def test_the_list_of_fields_is_complete() -> None:
    listed = {path for paths in KINDS.values() for path in paths} | set(MIXED)
    assert leaves(FULL) == listed
    assert set(FULL) == {
        "id", "title", "as_of", "filed", "known_on", "acts", "victim", "filer", "remedies", "proceedings", "dates",
        "project", "company", "platform", "notice", "urgent",
    }  # fmt: skip


@pytest.mark.parametrize(("path", "value"), CASES)
def test_a_wrong_value_is_one_error_that_names_its_field(path: str, value: Any) -> None:
    error = fault(put(path, value))
    named = field(path)
    stem = named.removesuffix(".state").removesuffix(".kind")
    assert error.field.startswith(stem), error
    assert len(error.message) > 15


@pytest.mark.parametrize("path", MIXED)
@pytest.mark.parametrize("value", [5, 2.5, "", "nonsense", [5], ["nonsense"], {"nonsense": True}, float("nan")])
def test_a_wrong_value_of_a_field_of_two_types(path: str, value: Any) -> None:
    assert fault(put(path, value)).field.startswith(field(path))


@pytest.mark.parametrize("raw", [None, 5, "text", [], [FULL], True, 2.5, (), {5: 6}, {"acts": None}, {}])
def test_what_is_no_case_is_one_error(raw: Any) -> None:
    fault(raw)


@pytest.mark.parametrize("path", sorted(mappings(FULL) - {"dates"}))  # days have names of the user's own
def test_an_unknown_field_is_named_with_the_nearest(path: str) -> None:
    raw = deepcopy(FULL)
    node: Any = raw
    for step in filter(None, path.split(".")):
        node = node[int(step) if step.isdigit() else step]
    first = next(iter(node))
    node[f"{first}x"] = node.pop(first)
    error = fault(raw)
    assert error.nearest == first
    assert f"did you mean {first}?" in error.message
    assert error.field.endswith(f"{first}x")


@pytest.mark.parametrize(
    ("path", "value", "nearest"),
    [
        ("acts.0.rights.0", "tortur", "torture"),
        ("acts.0.tactic", "renditon", "rendition"),
        ("acts.0.where", "NRO", "NOR"),
        ("acts.0.respondents.1", "TUK", "TUR"),
        ("acts.0.link", "on-teritory", "on-territory"),
        ("acts.0.perpetrator", "state", "state-agent"),
        ("remedies.0.exhausted", "unavailible", "unavailable"),
        ("remedies.0.raised.0", "libertty", "liberty"),
        ("proceedings.0.forum", "ecthrr", "ecthr"),
        ("proceedings.0.examined", "merit", "merits"),
        ("victim.status.0", "journalists", "journalist"),
        ("victim.condition", "dissapeared", "disappeared"),
        ("filer.kind", "victims", "victim"),
    ],
)
def test_an_unknown_id_is_offered_the_nearest(path: str, value: str, nearest: str) -> None:
    error = fault(put(path, value))
    assert (error.value, error.nearest) == (value, nearest)
    assert f"did you mean {nearest}?" in error.message


@pytest.mark.parametrize(
    ("path", "value", "named", "says"),
    [
        ("acts.0.to", "2018-09-05", "acts[0].to", "before from"),
        ("acts.0.from", "2021-07-03", "acts[0]", "before from|after"),
        ("acts.0.from", "2019-02-29", "acts[0].from", "not a date"),
        ("acts.0.to", "2021-07-03", "acts[0].to", "planned"),
        ("acts.0.to", "2022", "acts[0].to", "planned"),
        ("acts.0.known", "2018-09-05", "acts[0].known", "before"),
        ("filed", "2021-07-03", "filed", "after as_of"),
        ("filed", "2021", "filed", "single day"),
        ("as_of", "2021-07", "as_of", "single day"),
        ("remedies.0.notified", "2020-04-30", "remedies[0].notified", "before the decision"),
        ("remedies.0.final_decision", "2021-07-03", "remedies[0]", "after|before"),
        ("remedies.0.notified", "2021-07-03", "remedies[0].notified", "after"),
        ("proceedings.0.decided", "2018-12-31", "proceedings[0].decided", "before the filing"),
        ("proceedings.0.filed", "2021-07-03", "proceedings[0]", "before"),
        ("victim.born", "2021-07-03", "victim.born", "after"),
        ("dates.arrival", "2018-02-30", "dates.arrival", "not a date"),
    ],
)
def test_an_impossible_date_is_named(path: str, value: str, named: str, says: str) -> None:
    error = fault(put(path, value))
    assert error.field.startswith(named)
    assert any(part in error.message for part in says.split("|")), error


def test_only_a_planned_act_may_lie_ahead() -> None:
    raw = put("acts.0", {"from": "2021-08-01", "rights": ["torture"]})
    assert "planned: true" in fault(raw).message
    raw["acts"][0]["planned"] = True
    assert read_case(raw, VOCABULARY).acts[0].planned


@pytest.mark.parametrize(
    ("state", "day", "right"),
    [("SUN", "1992-01-01", False), ("SUN", "1990-01-01", True), ("SSD", "2010", False), ("SSD", "2012", True)],
)
def test_a_state_must_have_existed_on_the_day(state: str, day: str, right: bool) -> None:
    raw = put("acts.0", {"from": day, "rights": ["torture"], "respondents": [state]})
    if right:
        assert read_case(raw, VOCABULARY).acts[0].respondents[0].state == state
    else:
        error = fault(raw)
        assert (error.field, error.value) == ("acts[0].respondents[0]", state)
        assert "was not a state on" in error.message


def yaml_case(lines: str) -> Any:
    """A case as YAML, from its lines."""
    head = "as_of: 2021-07-02\nacts:\n- from: 2018-09-06\n  rights: [torture]\n  respondents: [MDA]\n"
    return read_bytes((head + lines).encode())


def test_words_of_yaml_stay_words() -> None:
    case = read_case(yaml_case("remedies:\n- state: MDA\n  exhausted: yes\nurgent: true\n"), VOCABULARY)
    assert case.remedies and case.remedies[0].exhausted == "yes"
    assert case.urgent is True
    case = read_case(yaml_case("remedies: [{state: MDA, exhausted: no}]\nvictim: {count: 12}\n"), VOCABULARY)
    assert case.remedies and case.remedies[0].exhausted == "no"
    assert case.victim.count == 12


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        ("  where: NO\n", "acts[0].where"),
        ("  where: no\n", "acts[0].where"),
        ("  continuing: yes\n", "acts[0].continuing"),
        ("  continuing: 'true'\n", "acts[0].continuing"),
        ("victim: {consents: on}\n", "victim.consents"),
        ("remedies: [{state: MDA, exhausted: true}]\n", "remedies[0].exhausted"),
        ("remedies: [{state: NO, exhausted: yes}]\n", "remedies[0].state"),
        ("victim: {count: 1_000}\n", "victim.count"),
        ("victim: {count: 0x10}\n", "victim.count"),
        ("filed: 2021-7-2\n", "filed"),
        ("urgent: y\n", "urgent"),
    ],
)
def test_what_yaml_1_1_would_have_guessed_is_an_error(lines: str, named: str) -> None:
    assert fault(yaml_case(lines)).field == named


def test_a_truth_value_where_a_word_belongs_says_so() -> None:
    error = fault(put("remedies.0.exhausted", True))
    assert "truth value" in error.message
    assert "yes" in error.message


def test_what_stands_twice_is_named() -> None:
    assert fault(put("acts", [FULL["acts"][0], FULL["acts"][0]])).field == "acts[1].id"
    assert fault(put("acts.0.respondents", ["TUR", "TUR"])).field == "acts[0].respondents[1]"
    assert fault(put("remedies", [{"state": "TUR"}, {"state": "TUR"}])).field == "remedies[1].state"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("acts", [{"from": "2019", "rights": ["torture"]}] * (MAX_ITEMS + 1)),
        ("acts.0.rights", ["torture"] * (MAX_ITEMS + 1)),
        ("victim.cooperated_with", ["un"] * (MAX_ITEMS + 1)),
        ("dates", {f"d{n}": "2019" for n in range(MAX_ITEMS + 1)}),
        ("proceedings", [{"forum": "ecthr"}] * (MAX_ITEMS + 1)),
    ],
)
def test_a_list_without_end_is_one_error(path: str, value: Any) -> None:
    assert str(MAX_ITEMS) in fault(put(path, value)).message


STEPS = sorted({step for path in leaves(FULL) for step in path.split(".")})
WILD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.sampled_from(
        ["NOR", "TUR", "torture", "2019", "2019-05", "2020-02-30", "yes", "no", "ecthr", "victim", "state", c.LINKS[0]]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(STEPS), inner, max_size=5),
    max_leaves=12,
)  # fmt: skip


@given(path=st.sampled_from(sorted(leaves(FULL))), value=WILD)
def test_any_value_anywhere_is_read_or_one_error(path: str, value: Any) -> None:
    raw = put(path, value)
    try:
        read_case(raw, VOCABULARY)
    except CaseError:
        fault(raw)
