"""Headers of query files: what they say must be what the text does, and what one engine lacks is refused."""

import re
from datetime import date
from pathlib import Path

import pytest

from graph.cypher import AVOID, QUERIES, find_query, migrations, read_folder, read_query, statements
from graph.errors import InputError, ReferenceFault, UnknownId
from graph.store.shape import LABELS, RELATIONS

FORUMS = """\
// Forums whose procedure a state had accepted on a day,
// oldest acceptance first.
// param   state: str   ISO 3166-1 alpha-3
// param   day: date    ISO 8601
// returns forum: str, name: str, since: date   one row per body, at most 40
// order   since, forum
// engines bolt, embedded
// example {"state": "MEX", "day": "2021-03-04"}
MATCH (:State {id: $state})-[a:ACCEPTS]->(f:Forum)
WHERE a.since_lo <= $day AND f.name <> 'a $spare // that is text'  // and $this is a comment
RETURN f.id AS forum, f.name AS name, a.since_lo AS since
ORDER BY since, forum
"""


def plain(body: str) -> str:
    """Return a file with the shortest header."""
    return f"// Says something.\n// returns a: int\n{body}\n"


def test_a_header_is_read() -> None:
    query = read_query("law/accepted_forums", FORUMS)
    assert query.about == "Forums whose procedure a state had accepted on a day, oldest acceptance first."
    assert [(p.name, p.kind, p.about) for p in query.params] == [
        ("state", "str", "ISO 3166-1 alpha-3"),
        ("day", "date", "ISO 8601"),
    ]
    assert [c.name for c in query.returns] == ["forum", "name", "since"]
    assert query.returns[-1].about == "one row per body, at most 40"
    assert query.order == ("since", "forum")
    assert query.example == {"state": "MEX", "day": date(2021, 3, 4)}
    assert str(query) == "law/accepted_forums"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("// param   day: date    ISO 8601\n", "", "$day has no `param` line"),
        ("{id: $state}", "{id: 'MEX'}", "declares state, which the text does not use"),
        ("day: date ", "day: moment ", "cannot read 'day: moment'"),
        ("// order   since", "// order   until", "`order` names 'until'"),
        ("bolt, embedded", "bolt, kuzu", "no engine 'kuzu'"),
        ('"2021-03-04"}', '"2021-03-04"', "not JSON"),
        ("// returns forum: str, name: str, since: date   one row per body, at most 40\n// order   since, forum\n", "",
         "no `returns` line"),
        ("RETURN f.id", "SET f.seen = 1 RETURN f.id", "only reads"),
        ("ORDER BY since, forum", "ORDER BY since; RETURN 1", "one statement"),
    ],
)  # fmt: skip
def test_a_header_that_disagrees_with_the_text_is_a_fault(old: str, new: str, said: str) -> None:
    assert old in FORUMS
    with pytest.raises(ReferenceFault) as fault:
        read_query("law/accepted_forums", FORUMS.replace(old, new))
    assert said in str(fault.value)
    assert fault.value.field == "queries/law/accepted_forums.cypher"


AVOIDED = (
    "/* why */ RETURN 1 AS a",
    "MATCH (a)-[:T]->{1,4}(b) RETURN 1 AS a",
    "MATCH ((a)-[:T]->(b)){1,4} RETURN 1 AS a",
    "MATCH (a)-->+(b) RETURN 1 AS a",
    "MATCH p = SHORTEST 1 (a)-[:T]-(b) RETURN 1 AS a",
    "MATCH p = ALL SHORTEST (a)-[:T]-(b) RETURN 1 AS a",
    "RETURN COLLECT { MATCH (n) RETURN n } AS a",
    "MATCH (n) RETURN [x IN collect(n.name) | x] AS a",
    "MATCH (n) RETURN percentileCont(n.x, 0.5) AS a",
    "CALL { MATCH (n) RETURN n } IN TRANSACTIONS OF 10 ROWS RETURN 1 AS a",
    "MERGE (a:X)-[:T]-(b) RETURN 1 AS a",
    "CREATE (n $map) RETURN 1 AS a",
    "RETURN {end: 1} AS a",
    "MATCH (n) RETURN n.end AS a",
    "RETURN apoc.text.join(['a'], '') AS a",
    "CALL gds.pageRank.stream('g') YIELD score RETURN score AS a",
    "RETURN duration.between(date(), date()) AS a",
    "MATCH (n) RETURN id(n) AS a",
    "MATCH (n) RETURN keys(n) AS a",
    "MATCH (n) RETURN properties(n) AS a",
    "MATCH (n) RETURN n {.*} AS a",
    "RETURN 1 / 0 AS a",
    "CALL db.index.fulltext.queryNodes('state_search', 'mex*') YIELD node RETURN 1 AS a",
)


@pytest.mark.parametrize("body", AVOIDED)
def test_what_one_engine_lacks_is_refused_with_the_line(body: str) -> None:
    with pytest.raises(ReferenceFault) as fault:
        read_query("t/avoided", plain(body))
    assert "not on both engines" in str(fault.value)
    assert fault.value.line == 3


def test_every_rule_of_the_list_refuses_something() -> None:
    said = []
    for body in AVOIDED:
        with pytest.raises(ReferenceFault) as fault:
            read_query("t/avoided", plain(body))
        said.append(fault.value.message)
    unused = [rule.reason for rule in AVOID if not any(rule.reason in message for message in said)]
    assert unused == []


@pytest.mark.parametrize(
    "body",
    [
        "MATCH (a)-[:T*1..4]->(b) RETURN count(*) AS a",
        "MATCH p = shortestPath((a)-[:T*..6]-(b)) RETURN length(p) AS a",
        "MATCH (n) WHERE n.id = 'SET' AND n.kind CONTAINS 'keys(n) /' RETURN elementId(n) AS a",
        "MATCH (n) RETURN n {.id, .name} AS a",
        "MATCH (n:State {id: 'x'}) RETURN (1 + 2) / 0.5 AS a",
        "MATCH (n) WHERE EXISTS { MATCH (n)-->() } RETURN COUNT { (n)--() } AS a",
        "MATCH (n) RETURN n.`end` AS a",
    ],
)
def test_what_both_have_is_let_through(body: str) -> None:
    assert read_query("t/good", plain(body)).returns[0].name == "a"


@pytest.mark.parametrize(
    ("kind", "value", "bound"),
    [
        ("str", "a", "a"),
        ("int", 2**63 - 1, 2**63 - 1),
        ("float", 2, 2.0),
        ("bool", False, False),
        ("date", "2021-02-28", date(2021, 2, 28)),
        ("date", date(2021, 2, 28), date(2021, 2, 28)),
        ("date?", None, None),
        ("list[str]", ("a", "b"), ["a", "b"]),
        ("list[date]", ["2021-02-28"], [date(2021, 2, 28)]),
        ("list[int?]?", [1, None], [1, None]),
        ("list[str]", [], []),
    ],
)
def test_a_value_is_bound_in_its_type(kind: str, value: object, bound: object) -> None:
    query = read_query("t/t", f"// T.\n// param x: {kind}\n// returns a: int\nRETURN $x AS a")
    assert query.bind({"x": value}) == {"x": bound}
    assert type(query.bind({"x": value})["x"]) is type(bound)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("str", 1),
        ("str", None),
        ("int", True),
        ("int", 1.0),
        ("int", 2**63),
        ("float", "1"),
        ("float", float("nan")),
        ("float", float("inf")),
        ("bool", 1),
        ("date", "2021-02-30"),
        ("date", "2021-2-3"),
        ("date", "20210203"),
        ("list[str]", "abc"),
        ("list[str]", ["a", None]),
        ("list[int]", ["1"]),
        ("list[str]", None),
    ],
)
def test_a_value_of_another_type_is_refused_by_name(kind: str, value: object) -> None:
    query = read_query("t/t", f"// T.\n// param x: {kind}\n// returns a: int\nRETURN $x AS a")
    with pytest.raises(InputError) as fault:
        query.bind({"x": value})
    assert fault.value.field == "x"
    assert ";" in fault.value.message  # what is wrong; what to do


def test_an_unknown_parameter_names_the_nearest() -> None:
    with pytest.raises(UnknownId) as fault:
        read_query("law/accepted_forums", FORUMS).bind({"stat": "MEX", "day": "2021-03-04"})
    assert fault.value.nearest == "state"


def test_a_folder_is_read_by_path(tmp_path: Path) -> None:
    (tmp_path / "law").mkdir()
    (tmp_path / "schema").mkdir()
    (tmp_path / "law" / "accepted_forums.cypher").write_text(FORUMS, "utf-8")
    (tmp_path / "schema" / "0002_b.cypher").write_text("// B.\nCREATE INDEX b;", "utf-8")
    (tmp_path / "schema" / "0001_a.cypher").write_text(
        "// A; not a statement.\nCREATE INDEX a;\n// c;\nCREATE INDEX d", "utf-8"
    )
    (tmp_path / "notes.txt").write_text("no query", "utf-8")
    queries, schema = read_folder(tmp_path)
    assert list(queries) == ["law/accepted_forums"]
    assert [query.name for query in schema] == ["schema/0001_a", "schema/0002_b"]
    assert [s.splitlines()[-1] for s in statements(schema[0])] == ["CREATE INDEX a", "CREATE INDEX d"]


def test_the_shipped_files_are_read_and_an_unknown_name_is_told() -> None:
    assert all(QUERIES[name].name == name for name in QUERIES)
    assert len(QUERIES) == len(list(QUERIES))
    with pytest.raises(UnknownId):
        find_query("law/no_such_query")


def test_every_label_and_relation_has_its_constraint() -> None:
    made = " ".join(" ".join(statement.split()) for query in migrations() for statement in statements(query))
    assert [label for label in LABELS if f"(n:{label}) REQUIRE n.id IS UNIQUE" not in made] == []
    assert [name for name in RELATIONS if f"()-[r:{name}]-() REQUIRE r.id IS UNIQUE" not in made] == []


def test_the_shape_is_what_the_page_says() -> None:
    page = (Path(__file__).parents[2] / "docs" / "graph.md").read_text("utf-8")
    nodes, edges = page.split("## Edges")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in nodes.splitlines() if line.startswith("| `")]
    said = {row[0].strip("`"): set(_names(row[2])) for row in rows}
    assert {label: set(names) - {"id", "name", "search", "digest"} for label, names in LABELS.items()} == said
    assert [name for name in RELATIONS if f"`{name}`" not in edges] == []


def _names(cell: str) -> list[str]:
    """Return the properties that a cell names, without the values in brackets and the explanation before a colon."""
    return re.findall(r"`([a-z_0-9]+)`", re.sub(r"\([^)]*\)", "", cell.rpartition(": ")[2]))
