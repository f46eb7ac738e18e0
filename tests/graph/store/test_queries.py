"""Each query gives its golden rows on each engine, and the graph says what the law says."""

import json
import random
from collections import deque
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from graph.cypher import QUERIES, Query
from graph.periods import accepted, alternatives
from graph.store.paths import ways
from graph.store.port import Edges, GraphStore, Record, WriteCounts
from graph.store.project import World, project
from graph.store.rebuild import rebuild
from graph.store.rows import LAST_DAY
from graph.store.verify import verify
from graph.store.words import words

LAW = [query for name, query in sorted(QUERIES.items()) if name.startswith(("law/", "api/"))]
DAYS = (date(1950, 1, 1).toordinal(), date(2026, 11, 1).toordinal())
Golden = Callable[[str, str], None]


def plain(rows: list[Record]) -> str:
    """Rows as the golden files hold them: one JSON object a line."""
    return "".join(json.dumps(row, default=date.isoformat, ensure_ascii=False) + "\n" for row in rows)


def some_days(count: int, seed: int) -> list[date]:
    """Some days, the same ones each time."""
    dice = random.Random(seed)
    return [date.fromordinal(dice.randint(*DAYS)) for _ in range(count)]


def test_a_second_run_writes_nothing_and_the_graph_is_level(graph_store: GraphStore, shipped: World) -> None:
    assert rebuild(graph_store, shipped, lambda kind, fresh, looked: None) == WriteCounts()
    verdict = verify(graph_store, shipped)
    assert verdict.differences == []
    assert verdict.bonds > 10_000
    assert {kind.kind: kind.found for kind in verdict.kinds} == {
        name: count for name, count in graph_store.counts().items() if name != "Build"
    }


@pytest.mark.parametrize("query", LAW, ids=str)
def test_each_engine_gives_the_golden_rows(graph_store: GraphStore, query: Query, golden: Golden) -> None:
    assert query.example is not None
    rows = graph_store.read(query, query.example)
    assert rows
    assert list(rows[0]) == [column.name for column in query.returns]
    golden(f"queries/{query.name}.jsonl", plain(rows))


def test_the_law_and_the_graph_agree_on_every_bond_on_any_day(graph_store: GraphStore, shipped: World) -> None:
    law = shipped.law
    for day in some_days(12, seed=1):
        for state in law.status:
            held = {
                (thing, p.statement, p.confidence, p.since_hi <= day.toordinal() < p.until_lo)
                for thing, periods in law.status[state].items()
                for p in periods
                if p.since_lo <= day.toordinal() < p.until_hi
            }
            rows = graph_store.read(QUERIES["law/binds"], {"state": state, "day": day})
            assert {(r["thing"], r["statement"], r["confidence"], r["sure"]) for r in rows} == held, (state, day)


def test_the_law_and_the_graph_agree_on_every_forum_on_any_day(graph_store: GraphStore, shipped: World) -> None:
    law = shipped.law
    doors = {(s, f): accepted(law, s, f) for s in law.status for f in law.forums}
    for day in some_days(12, seed=2):
        for forum in law.forums:
            held = {
                (state, p.statement, p.confidence)
                for (state, name), periods in doors.items()
                for p in periods
                if name == forum and p.since_lo <= day.toordinal() < p.until_hi
            }
            rows = graph_store.read(QUERIES["law/who_accepts"], {"thing": forum, "day": day})
            assert {(r["state"], r["statement"], r["confidence"]) for r in rows} == held, (forum, day)
    state, day = "MEX", date(2021, 3, 4)
    one_way = {r["forum"] for r in graph_store.read(QUERIES["law/accepted_forums"], {"state": state, "day": day})}
    other_way = {f for f in law.forums if any(p.since_lo <= day.toordinal() < p.until_hi for p in doors[state, f])}
    assert one_way == other_way


def test_one_step_from_a_forum_is_what_counting_says(graph_store: GraphStore, shipped: World) -> None:
    law = shipped.law

    def may_hold(state: str, thing: str, on: int) -> bool:
        return any(p.since_lo <= on < p.until_hi for p in law.periods(state, thing))

    for day in some_days(3, seed=3):
        on, expected = day.toordinal(), set()
        for forum, file in law.forums.items():
            for state in law.status:
                if any(p.since_lo <= on < p.until_hi for p in accepted(law, state, forum)):
                    continue
                for every in alternatives(file):
                    lacking = [thing for thing in every if not may_hold(state, thing, on)]
                    if len(lacking) == 1 < len(every):
                        expected.add((forum, state, lacking[0]))
        found = {
            (forum, row["state"], row["thing"])
            for forum in law.forums
            for row in graph_store.read(QUERIES["law/would_open"], {"forum": forum, "day": day})
        }
        assert found == expected
        states = {
            (row["forum"], state, row["thing"])
            for state in list(law.status)[::7]
            for row in graph_store.read(QUERIES["law/steps"], {"state": state, "day": day})
        }
        assert states == {row for row in expected if row[1] in list(law.status)[::7]}


def test_pages_of_neighbours_give_each_edge_once(graph_store: GraphStore) -> None:
    query, at = QUERIES["law/neighbours"], {"label": "State", "id": "TUR"}
    whole = graph_store.read(query, {**at, "after": "", "first": 100_000})
    paged: list[Record] = []
    while True:
        page = graph_store.read(query, {**at, "after": paged[-1]["id"] if paged else "", "first": 97})
        paged += page
        if len(page) < 97:
            break
    assert paged == whole
    assert len({row["id"] for row in whole}) == len(whole) > 200
    counted = graph_store.read(QUERIES["law/degree"], at)
    assert sum(row["count"] for row in counted) == len(whole)


def test_neighbours_as_of_a_day_are_those_that_held(graph_store: GraphStore) -> None:
    query = QUERIES["law/neighbours"]
    at = {"label": "State", "id": "RUS", "after": "", "first": 100_000, "relation": "ACCEPTS"}
    before = {row["other"] for row in graph_store.read(query, {**at, "day": "2022-09-16"})}
    after = {row["other"] for row in graph_store.read(query, {**at, "day": "2022-09-17"})}  # out on the 16th or 17th
    assert before - after == {"ecthr", "ecthr-interstate", "ecthr-rule-39"}


def test_known_on_an_earlier_day_is_nothing(graph_store: GraphStore) -> None:
    query = QUERIES["law/accepted_forums"]
    assert graph_store.read(query, {"state": "MEX", "day": "2021-03-04", "known": "1999-01-01"}) == []
    assert graph_store.read(query, {"state": "MEX", "day": "2021-03-04", "known": "2026-12-31"})


@pytest.mark.parametrize(
    ("text", "label", "first"),
    [("Türkiye", None, ("State", "TUR")), ("turkiye", None, ("State", "TUR")),
     ("Cote d'Ivoire", "State", ("State", "CIV")),
     ("committee against torture", None, ("Body", "cat-committee")), ("TUR", "State", ("State", "TUR"))],
)  # fmt: skip
def test_search_finds_whole_words(
    graph_store: GraphStore, text: str, label: str | None, first: tuple[str, str]
) -> None:
    rows = graph_store.read(QUERIES["law/search"], {"text": words(text), "label": label, "first": 5})
    assert (rows[0]["label"], rows[0]["id"]) == first
    assert graph_store.read(QUERIES["law/search"], {"text": words(text)[:-1] + "q", "first": 5}) == []


def test_type_ahead_gives_a_few_of_each_kind(graph_store: GraphStore) -> None:
    rows = graph_store.read(QUERIES["law/type_ahead"], {"prefix": words("Tort"), "first": 3})
    kinds = [row["label"] for row in rows]
    assert kinds == sorted(kinds)
    assert all(kinds.count(kind) <= 3 for kind in kinds)
    assert {"Body", "Forum", "Instrument", "Right", "Tactic"} <= set(kinds)


def test_a_statement_leads_to_its_record(graph_store: GraphStore, shipped: World) -> None:
    for key in list(shipped.statements)[::500]:
        (row,) = graph_store.read(QUERIES["law/source_of"], {"statement": key})
        known = shipped.statements[key].row
        assert (row["source"], row["record"], row["snapshot"]) == (known.source, known.record, known.snapshot)


WALKED = (
    "PARTY_TO ACCEPTS MEMBER_OF SIGNED RESERVES SUCCEEDS PART_OF GUARANTEES ESTABLISHES SUPERVISES RUNS APPLIES NEEDS "
    "CLOSES ENGAGES"
).split()


@pytest.fixture(scope="session")
def links(shipped: World) -> list[tuple[tuple[str, str], tuple[str, str], dict[str, Any]]]:
    """The edges that a way may use, with both ends."""
    return [
        ((batch.start, row["start"]), (batch.end, row["end"]), dict(row))
        for batch in project(shipped)
        if isinstance(batch, Edges) and batch.relation in WALKED
        for row in batch.rows
        if row["closed_on"] == LAST_DAY
    ]


def shortest(links: list[Any], start: tuple[str, str], end: tuple[str, str], day: date | None) -> int | None:
    """The number of hops, by walking everything."""
    near: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for a, b, row in links:
        if day is None or row["since_lo"] <= day < row["until_hi"]:
            near.setdefault(a, []).append(b)
            near.setdefault(b, []).append(a)
    far, left = {start: 0}, deque([start])
    while left:
        at = left.popleft()
        for there in near.get(at, ()):
            if there not in far:
                far[there] = far[at] + 1
                left.append(there)
    return far.get(end)


def pairs(links: list[Any]) -> Iterator[tuple[tuple[str, str], tuple[str, str], date | None]]:
    """Some pairs of nodes, the same ones each time."""
    dice = random.Random(5)
    nodes = sorted({end for a, b, _ in links for end in (a, b) if end[0] != "Provision"})
    for number in range(25):
        day = date.fromordinal(dice.randint(*DAYS)) if number % 2 else None
        yield dice.choice(nodes), dice.choice(nodes), day


def test_ways_are_as_short_as_can_be_and_hold_together(graph_store: GraphStore, links: list[Any]) -> None:
    long = 0
    for start, end, day in pairs(links):
        if start == end:
            continue
        hops = shortest(links, start, end, day)
        found = ways(graph_store, start, end, day=day, first=2)
        assert [len(way) for way in found][:1] == ([hops] if hops is not None and hops <= 6 else []), (start, end, day)
        long += bool(found and len(found[0]) > 2)
        for way in found:
            assert (way[0]["at_label"], way[0]["at"]) == start
            assert (way[-1]["to_label"], way[-1]["to"]) == end
            assert all((a["to_label"], a["to"]) == (b["at_label"], b["at"]) for a, b in pairwise(way))
            assert all(hop["statement"] or hop["file"] for hop in way)
    assert long > 5
