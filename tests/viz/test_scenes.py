"""Scenes: which nodes and lines come out of an answer, of a neighbourhood, of the rows of a query."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from api.pictures import of_case, of_id, of_query
from graph.casefile import read_file
from graph.cypher import find_query
from graph.errors import InputError, UnknownId
from graph.finder import Finder
from graph.model.reading import read_case
from graph.settings import Settings
from graph.store.open import open_store
from viz.scene import Scene
from viz.scenes import answer, neighbourhood, records

ROOT = Path(__file__).parents[2]
MOLDOVA = ROOT / "docs" / "cases" / "moldova.yaml"


def listed(scene: Scene) -> str:
    """Return a scene as lines of text."""
    lines = [f"{node.kind} {node.key}: {node.name}" for node in scene.nodes]
    lines += [f"{edge.start} -{edge.relation}-> {edge.end} {edge.about[:60]}".rstrip() for edge in scene.edges]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="session")
def store(shipped_home: Path) -> Any:
    """The graph of the shipped data."""
    opened = open_store(Settings(home=shipped_home, quiet=True))
    yield opened
    opened.close()


def test_the_answer_to_a_case(finder: Finder, golden: Callable[[str, str], None]) -> None:
    case = read_case(read_file(MOLDOVA), finder.law.vocabulary())
    golden("scenes/moldova.txt", listed(of_case(finder, case, "en")))


def test_an_answer_draws_nothing_of_the_facts_but_acts_and_states(finder: Finder) -> None:
    raw = {
        "as_of": "2018-09-20", "title": "Somebody by name",
        "acts": [{"from": "2018-09-06", "rights": ["liberty"], "where": "MDA"}],
        "victim": {"residence": "FRA"},
    }  # fmt: skip
    scene = of_case(finder, read_case(raw, finder.law.vocabulary(), None), "en")
    drawn = orjson.dumps([[node.name, node.about, node.key] for node in scene.nodes if node.kind != "Forum"]).decode()
    assert "Somebody" not in drawn and "FRA" not in drawn


def test_rows_of_an_answer_without_a_state_leave_the_case() -> None:
    row = {
        "forum": "icc", "respondent": None, "verdict": "conditional", "deadline": None, "conditions": ["Show it."],
        "rules": [],
    }  # fmt: skip
    made = answer.draw(
        {"case": None, "as_of": "2026-11-24", "forums": [row], "about": {}, "statements": {}},
        [{"id": "a1", "tactic": None, "from": "2018", "respondents": ["TUR"]}],
        {"states": {"TUR": "Türkiye"}, "tactics": {}},
    )
    assert [(edge.start, edge.end, edge.about) for edge in made.edges][-1] == ("case", "forum:icc", "Show it.")


def test_a_neighbourhood_keeps_direction_dates_and_sources() -> None:
    rows = [
        {"relation": "ACCEPTS", "outgoing": False, "other_label": "State", "other": "TUR", "other_name": "Türkiye",
         "since": "1987-01-28", "until": None, "source": "untc", "confidence": "high", "authority": None},
        {"relation": "APPLIES", "outgoing": True, "other_label": "Instrument", "other": "echr", "other_name": "ECHR"},
    ]  # fmt: skip
    made = neighbourhood.draw({"label": "Forum", "id": "ecthr", "name": "Court"}, rows, "2026-11-24")
    assert [(e.start, e.end, e.about) for e in made.edges] == [
        ("State:TUR", "Forum:ecthr", "1987-01-28 – …; untc; high"),
        ("Forum:ecthr", "Instrument:echr", ""),
    ]
    assert made.sources == ("untc",)


def test_rows_of_any_query() -> None:
    rows = [
        {"forum": "ecthr", "name": "ignored", "since": "1987", "source": "untc"},
        {"forum": "un-cat"},
    ]
    made = records.draw("law/accepted_forums", rows, {"state": "TUR"}, "2026-11-24", {"TUR": "Türkiye"})
    assert [(node.id, node.name) for node in made.nodes] == [
        ("State:TUR", "Türkiye"), ("Forum:ecthr", "ecthr"), ("Forum:un-cat", "un-cat"),
    ]  # fmt: skip
    assert [edge.about for edge in made.edges] == ["since 1987", ""]
    with pytest.raises(InputError, match="hold no id to draw"):
        records.draw("law/counts", [{"count": 3}], {}, "2026-11-24", {})
    assert records.draw("law/none", [], {}, "2026-11-24", {}).nodes == ()


def test_what_stands_round_a_thing_of_the_graph(store: Any, finder: Finder) -> None:
    from datetime import date

    on = date(2026, 11, 24)
    whole = of_id(store, "tur", on)
    assert whole.nodes[0].key == "TUR" and {"PARTY_TO", "ACCEPTS", "MEMBER_OF"} <= {e.relation for e in whole.edges}
    assert {edge.relation for edge in of_id(store, "TUR", on, ["ACCEPTS"]).edges} == {"ACCEPTS"}
    assert of_id(store, "Türkiye", on).nodes[0].key == "TUR"
    with pytest.raises(UnknownId, match="did you mean T"):
        of_id(store, "türk", on)


def test_every_query_with_an_example_is_drawn_or_says_why_not(store: Any) -> None:
    from datetime import date

    from graph.cypher import QUERIES

    drawn = 0
    for name in QUERIES:
        query = find_query(name)
        assert query.example is not None
        try:
            made = of_query(store, query, query.bind(query.example), {}, date(2026, 11, 24))
        except InputError as error:
            assert error.code == "no-picture"
            continue
        drawn += bool(made.nodes)
    assert drawn >= 8


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("TUR", "-o", "x.png"), "end the name in .html, .graphml, .gexf, .csv"),
        (("nothing-like-it", "-o", "x.csv"), "is neither a file nor a query nor the id of anything"),
        (("law/who_accepts", "-o", "x.csv"), "this parameter is needed"),
    ],
)
def test_a_wrong_call_says_what_to_do(
    run: Any, shipped_home: Path, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    out = [str(tmp_path / word) if word.startswith("x.") else word for word in words]
    result = run("--home", str(shipped_home), "snapshot", *out)
    assert result.status == 2 and told in result.err and not list(tmp_path.iterdir())


def test_the_command_writes_for_its_owner_alone(run: Any, shipped_home: Path, tmp_path: Path) -> None:
    path = tmp_path / "case.html"
    result = run("--home", str(shipped_home), "snapshot", str(MOLDOVA), "-o", str(path))
    assert result.status == 0 and "send it only to those who may know" in result.err
    assert path.stat().st_mode & 0o077 == 0 and path.read_bytes().startswith(b"<!doctype html>")
