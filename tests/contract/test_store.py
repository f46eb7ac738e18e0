"""What every engine must do: each test runs once on the embedded one and once on a real Neo4j."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from graph.cypher import Query, migrations, read_query
from graph.errors import BatchRefused, InputError, QueryRejected, StoreTimeout
from graph.settings import Settings
from graph.store.open import open_store
from graph.store.port import Batch, Edges, Gone, GraphStore, Nodes, WriteCounts

MEX = {"id": "MEX", "name": "Mexico", "kind": "state", "search": "mexico estados unidos mexicanos"}
FRA = {"id": "FRA", "name": "France", "kind": "state", "search": "france"}
COURT = {"id": "court", "name": "A court", "strength": 3}
ACCEPTS = {"id": "s1", "start": "MEX", "end": "court", "since_lo": date(1981, 3, 24), "until_hi": date(9999, 12, 31)}


def query(body: str, *params: str) -> Query:
    """Return a query with the shortest header."""
    head = "".join(f"// param {param}\n" for param in params)
    return read_query("t/t", f"// T.\n{head}// returns a: map\n{body}\n")


ALL_STATES = query("MATCH (n:State) RETURN n ORDER BY n.id")
ALL_EDGES = query("MATCH (a)-[r]->(b) RETURN type(r) AS kind, a.id AS start, b.id AS end_, r AS r ORDER BY r.id")


def fill(store: GraphStore) -> None:
    """Write two states, a forum and an edge."""
    store.write(Nodes("State", [MEX, FRA]))
    store.write(Nodes("Forum", [COURT]))
    store.write(Edges("ACCEPTS", "State", "Forum", [ACCEPTS]))


def test_what_is_written_is_read(store: GraphStore) -> None:
    fill(store)
    assert store.read(ALL_STATES, {}) == [{"n": FRA}, {"n": MEX}]
    held = {key: value for key, value in ACCEPTS.items() if key not in ("start", "end")}
    assert store.read(ALL_EDGES, {}) == [{"kind": "ACCEPTS", "start": "MEX", "end_": "court", "r": held}]
    assert store.counts() == {"State": 2, "Forum": 1, "ACCEPTS": 1}


def test_a_batch_written_twice_changes_nothing(store: GraphStore) -> None:
    assert store.write(Nodes("State", [MEX])) == WriteCounts(nodes_created=1, properties_set=3)
    assert store.write(Nodes("State", [MEX])) == WriteCounts()
    store.write(Nodes("Forum", [COURT]))
    assert store.write(Edges("ACCEPTS", "State", "Forum", [ACCEPTS])) == WriteCounts(edges_created=1, properties_set=2)
    assert store.write(Edges("ACCEPTS", "State", "Forum", [ACCEPTS])) == WriteCounts()


def test_a_row_is_the_whole_of_its_node(store: GraphStore) -> None:
    store.write(Nodes("State", [MEX]))
    changed = {"id": "MEX", "name": "México", "search": None, "region": "LAC"}
    assert store.write(Nodes("State", [changed])) == WriteCounts(properties_set=4)  # new, changed, and two gone
    assert store.read(ALL_STATES, {}) == [{"n": {"id": "MEX", "name": "México", "region": "LAC"}}]


def test_a_row_is_the_whole_of_its_edge(store: GraphStore) -> None:
    fill(store)
    changed = {"id": "s1", "start": "MEX", "end": "court", "since_lo": date(1999, 1, 1), "kind": "declaration"}
    assert store.write(Edges("ACCEPTS", "State", "Forum", [changed])) == WriteCounts(properties_set=3)
    [row] = store.read(ALL_EDGES, {})
    assert row["r"] == {"id": "s1", "since_lo": date(1999, 1, 1), "kind": "declaration"}


def test_an_edge_with_other_ends_is_moved(store: GraphStore) -> None:
    fill(store)
    moved = {**ACCEPTS, "start": "FRA"}
    counts = store.write(Edges("ACCEPTS", "State", "Forum", [moved]))
    assert (counts.edges_created, counts.edges_deleted) == (1, 1)
    assert [row["start"] for row in store.read(ALL_EDGES, {})] == ["FRA"]


def test_an_edge_to_another_label_with_the_same_id_is_moved(store: GraphStore) -> None:
    fill(store)
    store.write(Nodes("Instrument", [{"id": "court"}]))
    store.write(Edges("ACCEPTS", "State", "Instrument", [ACCEPTS]))
    rows = store.read(query("MATCH ()-[r:ACCEPTS]->(b) RETURN labels(b) AS a"), {})
    assert rows == [{"a": ["Instrument"]}]


def test_edges_of_one_type_between_the_same_nodes_are_kept_apart(store: GraphStore) -> None:
    fill(store)
    store.write(Edges("ACCEPTS", "State", "Forum", [{**ACCEPTS, "id": "s2"}]))
    assert [row["r"]["id"] for row in store.read(ALL_EDGES, {})] == ["s1", "s2"]


def test_an_edge_may_leave_and_enter_one_node(store: GraphStore) -> None:
    store.write(Nodes("State", [MEX]))
    store.write(Edges("SUCCEEDS", "State", "State", [{"id": "x", "start": "MEX", "end": "MEX"}]))
    assert store.counts() == {"State": 1, "SUCCEEDS": 1}


def test_of_two_rows_with_one_id_the_later_counts(store: GraphStore) -> None:
    assert store.write(Nodes("State", [MEX, {**MEX, "name": "Later"}])).nodes_created == 1
    assert [row["n"]["name"] for row in store.read(ALL_STATES, {})] == ["Later"]


@pytest.mark.parametrize(("start", "end", "said"), [("XXX", "court", "State"), ("MEX", "xxx", "Forum")])
def test_an_edge_without_an_end_is_refused_and_nothing_is_written(
    store: GraphStore, start: str, end: str, said: str
) -> None:
    fill(store)
    rows: list[dict[str, Any]] = [{**ACCEPTS, "kind": "changed"}, {"id": "s9", "start": "FRA", "end": "court"}]
    before = store.read(ALL_EDGES, {})
    with pytest.raises(BatchRefused) as fault:
        store.write(Edges("ACCEPTS", "State", "Forum", [*rows, {"id": "s8", "start": start, "end": end}]))
    assert f"no {said} has the id" in fault.value.message
    assert fault.value.value == "s8"
    assert store.read(ALL_EDGES, {}) == before


@pytest.mark.parametrize(
    ("batch", "field"),
    [
        (Nodes("State", [{"name": "x"}]), "State.id"),
        (Nodes("State", [{"id": ""}]), "State.id"),
        (Nodes("State", [{"id": 7}]), "State.id"),
        (Nodes("Planet", [MEX]), "label"),
        (Nodes("State", [{"id": "a", "title": "x"}]), "State"),
        (Nodes("State", [{"id": "a", "na me": "x"}]), "State"),
        (Nodes("State", [{"id": "a", "n": 2**63}]), "State.n"),
        (Nodes("State", [{"id": "a", "n": float("nan")}]), "State.n"),
        (Nodes("State", [{"id": "a", "n": {"b": 1}}]), "State.n"),
        (Nodes("State", [{"id": "a", "n": ["b", 1]}]), "State.n"),
        (Nodes("State", [{"id": "a", "n": ["b", None]}]), "State.n"),
        (Nodes("State", [{"id": "a", "n": [["b"]]}]), "State.n"),
        (Nodes("State", [{"id": "a", "n": "\ud800"}]), "State.n"),
        (Nodes("State", [{"id": "a", "n": b"x"}]), "State.n"),
        (Edges("ACCEPTS", "State", "Forum", [{"id": "a", "start": "MEX"}]), "ACCEPTS.end"),
        (Edges("LOVES", "State", "Forum", [ACCEPTS]), "relation"),
        (Gone(["a"]), "gone"),
        (Gone(["a"], label="State", relation="ACCEPTS"), "gone"),
        (Gone([7], label="State"), "gone.ids"),  # type: ignore[list-item]  # what is tested
    ],
)
def test_a_bad_batch_is_refused_whole_by_name(store: GraphStore, batch: Batch, field: str) -> None:
    good = batch if isinstance(batch, Gone) else type(batch)(**{**_parts(batch), "rows": [*_good(batch), *batch.rows]})
    with pytest.raises(BatchRefused) as fault:
        store.write(good)
    assert fault.value.field == field
    assert store.counts() == {}


def _parts(batch: Nodes | Edges) -> dict[str, Any]:
    return {name: getattr(batch, name) for name in type(batch).__slots__}


def _good(batch: Nodes | Edges) -> list[dict[str, Any]]:
    return [{"id": "good"}] if isinstance(batch, Nodes) else []


def test_an_empty_batch_is_no_error(store: GraphStore) -> None:
    for batch in (Nodes("State", []), Edges("ACCEPTS", "State", "Forum", []), Gone([], label="State")):
        assert store.write(batch) == WriteCounts()


def test_a_node_goes_with_its_edges_and_a_second_time_nothing(store: GraphStore) -> None:
    fill(store)
    assert store.write(Gone(["MEX", "none"], label="State")) == WriteCounts(nodes_deleted=1, edges_deleted=1)
    assert store.write(Gone(["MEX"], label="State")) == WriteCounts()
    assert store.counts() == {"State": 1, "Forum": 1}


def test_an_edge_goes_and_its_nodes_stay(store: GraphStore) -> None:
    fill(store)
    assert store.write(Gone(["s1", "none"], relation="ACCEPTS")) == WriteCounts(edges_deleted=1)
    assert store.counts() == {"State": 2, "Forum": 1}


VALUES: dict[str, Any] = {
    "unicode": "Ḥuqūq al-insān حقوق الإنسان 人权 𝔘𐍈 👩‍👧",
    "bidi": "a\u202eb\u2066c\u2069\u200f",
    "accents": "e\u0301 is not é",
    "control": "tab\tline\nnul\x00end",
    "quotes": "'\"`\\ $x // {y}",
    "empty": "",
    "blank": "  two  ",
    "big": 2**63 - 1,
    "small": -(2**63),
    "odd": 2**53 + 1,
    "zero": 0,
    "real": 0.1,
    "whole_real": 3.0,
    "tiny": 5e-324,
    "huge": 1.7976931348623157e308,
    "yes": True,
    "no": False,
    "first": date(1, 1, 1),
    "last": date(9999, 12, 31),
    "leap": date(2024, 2, 29),
    "old": date(1582, 10, 10),
    "words": ["b", "a", "b"],
    "numbers": [2**53 + 1, -1],
    "reals": [1.0, 2.5],
    "truths": [True, False],
    "days": [date(1948, 12, 10), date(1, 1, 1)],
    "none_in_it": [],
    "like_a_day": "1948-12-10",
    "like_a_number": "1",
    "long": "x" * 100_000,
}


@pytest.mark.parametrize("name", VALUES)
def test_a_value_comes_back_in_value_and_type(store: GraphStore, name: str) -> None:
    value = VALUES[name]
    store.write(Nodes("State", [{"id": "a", "v": value}, {"id": "b"}]))
    store.write(Edges("SUCCEEDS", "State", "State", [{"id": "e", "start": "a", "end": "b", "v": value}]))
    text = query("MATCH (n:State {id: 'a'})-[r:SUCCEEDS]->(b) RETURN n.v AS a, r.v AS b, [n.v] AS c, b.v AS d")
    [row] = store.read(text, {})
    assert (row["a"], row["b"], row["c"], row["d"]) == (value, value, [value], None)
    assert type(row["a"]) is type(value)
    if isinstance(value, list):
        assert [type(item) for item in row["a"]] == [type(item) for item in value]
    assert store.write(Nodes("State", [{"id": "a", "v": value}])) == WriteCounts()


@pytest.mark.parametrize(
    ("kind", "value"),
    [(type(v).__name__, v) for v in VALUES.values() if not isinstance(v, list)]
    + [("list[str]", ["a"]), ("list[date]", [date(2020, 1, 1)]), ("list[int]", []), ("str?", None)],
)
def test_a_parameter_comes_back_as_it_went(store: GraphStore, kind: str, value: object) -> None:
    assert store.read(query("RETURN $x AS a", f"x: {kind}"), {"x": value}) == [{"a": value}]


def test_a_property_may_change_its_type(store: GraphStore) -> None:
    for value in (1, 1.0, True, "1", [1], date(2020, 1, 1), 1):
        assert store.write(Nodes("State", [{"id": "a", "v": value}])).properties_set == 1
        [row] = store.read(query("MATCH (n:State) RETURN n.v AS a"), {})
        assert row["a"] == value
        assert type(row["a"]) is type(value)


def test_what_has_no_value_is_null(store: GraphStore) -> None:
    store.write(Nodes("State", [{"id": "a"}, {"id": "b", "name": "B"}]))
    text = query("MATCH (n:State) RETURN n.id AS a, n.name AS b, n.name IS NULL AS c, n.region AS d ORDER BY a")
    assert store.read(text, {}) == [
        {"a": "a", "b": None, "c": True, "d": None},
        {"a": "b", "b": "B", "c": False, "d": None},
    ]


def test_no_name_is_made_up_for_nodes_that_have_none(store: GraphStore) -> None:
    store.write(Nodes("State", [{"id": "a", "kind": "state"}]))
    assert store.read(query("MATCH (n:State) RETURN n.name AS a, n AS b"), {}) == [
        {"a": None, "b": {"id": "a", "kind": "state"}}
    ]


def test_a_property_or_label_that_nothing_has_is_no_row_and_no_error(store: GraphStore) -> None:
    store.write(Nodes("State", [MEX]))
    assert store.read(query("MATCH (n:State {region: 'x'}) RETURN n.id AS a"), {}) == []
    assert store.read(query("MATCH (n:Tactic {group: 'x'})-[:ENGAGES]->(r:Right) RETURN r.id AS a"), {}) == []


def test_a_path_a_map_and_a_list_are_plain(store: GraphStore) -> None:
    fill(store)
    text = query("MATCH p = (:State)-[:ACCEPTS]->(:Forum) RETURN p AS a, {type: 1, title: 'x'} AS b, nodes(p) AS c")
    [row] = store.read(text, {})
    assert set(row["a"]) == {"nodes", "relationships"}
    assert [node["id"] for node in row["a"]["nodes"]] == ["MEX", "court"]
    assert row["b"] == {"type": 1, "title": "x"}
    assert row["c"] == [MEX, COURT]


def test_dates_are_compared_and_reckoned_with(store: GraphStore) -> None:
    fill(store)
    text = query(
        "MATCH ()-[r:ACCEPTS]->() WHERE r.since_lo <= $day AND r.until_hi > $day "
        "RETURN r.since_lo.year AS a, r.since_lo + duration('P1M') AS b",
        "day: date",
    )
    assert store.read(text, {"day": "1981-03-24"}) == [{"a": 1981, "b": date(1981, 4, 24)}]
    assert store.read(text, {"day": "1981-03-23"}) == []


def test_whole_words_are_found_and_a_change_is_seen(store: GraphStore) -> None:
    fill(store)
    text = query("CALL db.index.fulltext.queryNodes('state_search', $q) YIELD node RETURN node.id AS a", "q: str")
    assert store.read(text, {"q": "unidos"}) == [{"a": "MEX"}]
    store.write(Nodes("State", [{**MEX, "search": "altered"}]))
    assert store.read(text, {"q": "unidos"}) == []
    assert store.read(text, {"q": "altered"}) == [{"a": "MEX"}]


def test_words_are_found_among_many_and_again_after_a_change_of_many(
    store: GraphStore, store_settings: Settings
) -> None:
    """The embedded engine leaves more than 1,000 changes out of its index unless it is told."""
    text = query("CALL db.index.fulltext.queryNodes('state_search', $q) YIELD node RETURN count(node) AS a", "q: str")
    for word in ("first", "second"):
        store.write(Nodes("State", [{"id": f"n{i}", "search": f"{word} {i}"} for i in range(3000)]))
        assert store.read(text, {"q": word}) == [{"a": 3000}]
    assert store.read(text, {"q": "first"}) == [{"a": 0}]
    store.write(Nodes("State", [{"id": f"n{i}", "search": f"third {i}"} for i in range(2000)]))
    store.commit()
    with open_store(store_settings) as again:
        assert again.read(text, {"q": "third"}) == [{"a": 2000}]


@pytest.mark.parametrize("body", ["MATCH (n:State RETURN n AS a", "RETURN nothing(1) AS a", "RETURN x AS a"])
def test_a_query_that_an_engine_will_not_run_is_named(store: GraphStore, body: str) -> None:
    with pytest.raises(QueryRejected) as fault:
        store.read(query(body), {})
    assert fault.value.field == "t/t"
    assert fault.value.engine == store.engine
    assert "\n" not in str(fault.value)
    assert fault.value.exit_code == 2


def test_a_read_cannot_write(store: GraphStore) -> None:
    text = Query("t/t", "CREATE (n:State {id: 'x'}) RETURN n.id AS a")  # past the check of headers
    with pytest.raises(QueryRejected):
        store.read(text, {})
    assert store.counts() == {}


def test_a_query_for_the_other_engine_is_refused(store: GraphStore) -> None:
    other = "bolt" if store.engine == "embedded" else "embedded"
    with pytest.raises(QueryRejected):
        store.read(Query("t/t", "RETURN 1 AS a", engines=(other,)), {})


def test_a_wrong_parameter_is_the_callers_fault(store: GraphStore) -> None:
    with pytest.raises(InputError) as fault:
        store.read(query("RETURN $day AS a", "day: date"), {"day": "soon"})
    assert fault.value.field == "day"


def test_a_read_that_takes_too_long_is_stopped(store: GraphStore) -> None:
    slow = query("UNWIND range(1, 4000) AS x UNWIND range(1, 4000) AS y WITH x * y AS z ORDER BY z RETURN max(z) AS a")
    with pytest.raises(StoreTimeout) as fault:
        store.read(slow, {}, timeout=0.3)
    assert fault.value.field == "t/t"
    assert store.read(query("RETURN 1 AS a"), {}) == [{"a": 1}]  # and the store goes on


def test_a_schema_file_is_applied_once(store: GraphStore) -> None:
    assert store.migrate() == []
    store.clear()
    assert store.counts() == {}
    names = [file.name.rpartition("/")[2] for file in migrations()]
    assert names[:3] == ["0001_constraints", "0002_indexes", "0003_search"]
    assert store.migrate() == names
    assert store.migrate() == []


def test_the_schema_of_a_later_version_is_not_touched(store: GraphStore, store_settings: Settings) -> None:
    store._write("MERGE (m:Migration {id: '9999_later'})", {})  # type: ignore[attr-defined]  # no verb of the port
    try:
        with pytest.raises(Exception, match="later version"):
            store.migrate()
    finally:
        store._write("MATCH (m:Migration {id: '9999_later'}) DELETE m", {})  # type: ignore[attr-defined]


def test_a_load_in_pieces_tells_how_far_it_is(store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.store.writing.CHUNK", 7)
    told: list[int] = []
    nodes = [{"id": f"n{i}"} for i in range(20)]
    edges = [{"id": f"e{i}", "start": f"n{i}", "end": f"n{i - 1}"} for i in range(1, 20)]
    batches: list[Batch] = [
        Nodes("State", nodes),
        Edges("SUCCEEDS", "State", "State", edges),
        Gone(["n0"], label="State"),
    ]
    counts = store.load(iter(batches), told.append)
    assert counts == WriteCounts(nodes_created=20, nodes_deleted=1, edges_created=19, edges_deleted=1)
    assert told == [7, 14, 20, 27, 34, 39, 40]
    assert store.counts() == {"State": 19, "SUCCEEDS": 18}


def test_a_load_takes_a_batch_only_when_the_last_is_written(store: GraphStore) -> None:
    def batches() -> Iterator[Batch]:
        for i in range(3):
            assert store.counts().get("State", 0) == i
            yield Nodes("State", [{"id": f"n{i}"}])

    assert store.load(batches()).nodes_created == 3


def test_every_reader_sees_what_was_written(store: GraphStore) -> None:
    """A thread that starts reading after a write has returned sees it, in any order of threads."""
    seen: list[tuple[int, int]] = []

    def look(written: int) -> None:
        seen.append((written, store.counts().get("State", 0)))

    for i in range(10):
        store.write(Nodes("State", [{"id": f"n{i}"}]))
        threads = [threading.Thread(target=look, args=(i + 1,)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [pair for pair in seen if pair[0] != pair[1]] == []
    assert len(seen) == 30


def test_threads_read_while_one_writes(store: GraphStore) -> None:
    """A reader sees a batch whole or not at all."""
    stop, wrong = threading.Event(), []

    def look() -> None:
        while not stop.is_set():
            count = store.counts().get("State", 0)
            if count % 50:
                wrong.append(count)

    readers = [threading.Thread(target=look) for _ in range(3)]
    for reader in readers:
        reader.start()
    for i in range(6):
        store.write(Nodes("State", [{"id": f"n{i}-{j}"} for j in range(50)]))
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert store.counts() == {"State": 300}


def test_what_was_committed_is_there_when_opened_again(store: GraphStore, store_settings: Settings) -> None:
    fill(store)
    store.commit()
    with open_store(store_settings) as again:
        assert again.read(ALL_STATES, {}) == [{"n": FRA}, {"n": MEX}]
        assert again.counts() == store.counts()
        assert again.migrate() == []
