"""The graph through GraphQL: nodes, links, pages, clocks, and how often the store is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from api.gql.ids import Clock, decode_id, encode_id
from tests.api.client import Client

HOPS = """query($n: Int!) { states(first: $n) { edges { node { key
  links(first: 3) { totalCount edges { other { __typename key label ... on Forum { body { label } } } node { type
    since source { label } } } }
  sources(first: 5) { edges { node { label } } }
  status(first: 2) { edges { node { of { ... on Entity { label } } source { publisher } } } } } } } }"""
WALK = """query($after: String, $first: Int) { states(first: $first, after: $after) {
  totalCount pageInfo { endCursor hasNextPage } edges { cursor node { key } } } }"""


def test_a_page_of_a_hundred_makes_as_many_reads_as_one_of_ten(client: Client) -> None:
    ten, hundred = (client.query(HOPS, n=n) for n in (10, 100))
    assert "errors" not in ten.json and "errors" not in hundred.json
    assert [len(one.json["data"]["states"]["edges"]) for one in (ten, hundred)] == [10, 100]
    assert ten.reads == hundred.reads <= 12


def test_an_id_gives_its_node_again_with_its_clocks(client: Client) -> None:
    asked = """{ state(code: "TUR", asOf: "1995-01-01") { id links(first: 3, order: DATE) { edges { node { id type }
      other { id key } } } status(first: 2) { edges { node { id key } } } obligations(first: 1) { edges { node { id
      duty } } } } }"""
    state = client.data(asked)["state"]
    assert decode_id(state["id"]).clock == Clock("1995-01-01", None)
    nodes = [edge[end] for edge in state["links"]["edges"] for end in ("node", "other")]
    nodes += [edge["node"] for part in ("status", "obligations") for edge in state[part]["edges"]]
    again = client.data("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=[state["id"], *[n["id"] for n in nodes]])
    assert [one["id"] for one in again["nodes"]] == [state["id"], *[n["id"] for n in nodes]]


def test_the_day_binds_all_below(client: Client) -> None:
    total = "{ links(filter: {type: [PARTY_TO]}) { totalCount } }"
    text = f'{{ then: state(code: "TUR", asOf: "1960-01-01") {total} ever: state(code: "TUR") {total} }}'
    found = client.data(text)
    assert 0 < found["then"]["links"]["totalCount"] < found["ever"]["links"]["totalCount"]
    nothing = client.data(f'{{ state(code: "TUR", knownOn: "1990-01-01") {total} }}')
    assert nothing["state"]["links"]["totalCount"] <= found["ever"]["links"]["totalCount"]


def test_a_state_that_was_no_more_is_not_listed(client: Client) -> None:
    keys = {}
    for day in ("1985-01-01", "2020-01-01"):
        text = """query($d: Date, $a: String) { states(asOf: $d, first: 100, after: $a) {
          pageInfo { endCursor } edges { node { key } } } }"""
        keys[day], after = set[str](), None
        while True:
            found = client.data(text, d=day, a=after)["states"]
            if not found["edges"]:
                break
            keys[day] |= {edge["node"]["key"] for edge in found["edges"]}
            after = found["pageInfo"]["endCursor"]
    assert "SUN" in keys["1985-01-01"] - keys["2020-01-01"]


@pytest.mark.parametrize("field", ["states", "forums", "rights", "tactics", "instruments"])
def test_walking_gives_as_many_as_the_count_forth_and_back(client: Client, field: str) -> None:
    one = "{ totalCount pageInfo { startCursor endCursor hasNextPage hasPreviousPage } edges { node { key } } }"
    forth: list[str] = []
    after = None
    while True:
        page = client.data(f"query($a: String) {{ p: {field}(first: 37, after: $a) {one} }}", a=after)["p"]
        forth += [edge["node"]["key"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    back: list[str] = []
    before = None
    while True:
        page = client.data(f"query($b: String) {{ p: {field}(last: 41, before: $b) {one} }}", b=before)["p"]
        back = [edge["node"]["key"] for edge in page["edges"]] + back
        before = page["pageInfo"]["startCursor"]
        if not page["pageInfo"]["hasPreviousPage"]:
            break
    assert forth == back == sorted(set(forth)) and len(forth) == page["totalCount"] > 0


@pytest.mark.parametrize("order", ["DATE", "DATE_DESC", "REPORTED_BY_DESC"])
def test_links_are_walked_in_order_without_gaps(client: Client, order: str) -> None:
    text = f"""query($a: String) {{ state(code: "FRA") {{ links(first: 60, after: $a, order: {order}) {{ totalCount
      pageInfo {{ endCursor hasNextPage }} edges {{ node {{ id since }} }} }} }} }}"""
    found: list[dict[str, Any]] = []
    after = None
    while True:
        page = client.data(text, a=after)["state"]["links"]
        found += [edge["node"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len({one["id"] for one in found}) == len(found) == page["totalCount"]
    days = [one["since"] for one in found if one["since"]]
    if order != "REPORTED_BY_DESC":
        firsts = [day[:10] for day in days if len(day) >= 10]
        assert firsts == sorted(firsts, reverse=order == "DATE_DESC")
        assert all(one["since"] is None for one in found[len(days) :])


def test_a_cursor_of_another_list_is_refused(client: Client) -> None:
    cursor = client.data(WALK, first=3)["states"]["pageInfo"]["endCursor"]
    text = 'query($a: String) { states(after: $a, filter: {partyTo: ["cat"]}) { totalCount edges { cursor } } }'
    assert client.query(text, a=cursor).codes == ["BAD_INPUT"]
    assert client.query("query($a: String) { forums(after: $a) { edges { cursor } } }", a="zzz").codes == ["BAD_INPUT"]


@pytest.mark.parametrize(
    ("text", "expect"),
    [
        ('{ p: states(filter: {accepts: ["un-cat-individual"]}, first: 100) { edges { node { key } } } }', "ARG"),
        ('{ p: states(filter: {partyTo: ["cat"], memberOf: ["coe"]}, first: 100) { edges { node { key } } } }', "FRA"),
        ('{ p: forums(filter: {binding: [BINDING], region: ["africa"]}) { edges { node { key } } } }', "eacj"),
        ('{ p: forums(filter: {acceptedBy: ["ARG"], right: ["torture"]}, first: 100) { edges { node { key } } } }',
         "un-cat-individual"),
        ('{ p: provisions(filter: {instrument: ["iccpr"], right: ["liberty"]}) { edges { node { key } } } }',
         "iccpr/9"),
        ('{ p: instruments(filter: {party: ["TUR"]}, first: 100) { edges { node { key } } } }', "cat"),
        ('{ p: tactics(filter: {right: ["torture"]}) { edges { node { key } } } }', "abduction-rendition"),
    ],
)  # fmt: skip
def test_filters(client: Client, text: str, expect: str) -> None:
    keys = [edge["node"]["key"] for edge in client.data(text)["p"]["edges"]]
    assert expect in keys


def test_an_empty_list_matches_nothing(client: Client) -> None:
    found = client.data('{ a: states(filter: {partyTo: []}) { totalCount } '
                        'b: status(filter: {forum: []}) { totalCount } '
                        'c: state(code: "TUR") { links(filter: {type: []}) { totalCount } } }')  # fmt: skip
    assert (found["a"]["totalCount"], found["b"]["totalCount"], found["c"]["links"]["totalCount"]) == (0, 0, 0)


def test_what_is_not_there_is_one_text(client: Client) -> None:
    gone = encode_id("State", Clock(), "XQX")
    answer = client.query('query($a: ID!) { a: node(id: $a) { id } b: state(code: "XQX") { key } '
                          'c: nodes(ids: ["rubbish"]) { id } d: forum(key: "no") { key } }', a=gone)  # fmt: skip
    assert answer.status == 200 and answer.codes == ["NOT_FOUND"] * 4
    assert answer.json["data"] == {"a": None, "b": None, "c": [None], "d": None}
    assert {tuple(error["path"]) for error in answer.json["errors"]} == {("a",), ("b",), ("c", 0), ("d",)}
    assert len({error["message"] for error in answer.json["errors"]}) == 1


def test_search_groups_by_kind_and_finds_words(client: Client) -> None:
    groups = client.data('{ search(text: "Tortu") { kind hits(first: 2) { totalCount edges { node { matched } } } } }')
    assert {"RIGHT", "INSTRUMENT"} <= {group["kind"] for group in groups["search"]}
    assert all("tortu" in edge["node"]["matched"].lower() for g in groups["search"] for edge in g["hits"]["edges"])
    assert client.query('{ search(text: " -- ") { kind } }').codes == ["BAD_INPUT"]


def test_paths_are_ways_along_links(client: Client) -> None:
    ids = client.data('{ a: state(code: "TUR") { id } b: forum(key: "ecthr") { id } }')
    text = """query($a: ID!, $b: ID!) { paths(from: $a, to: $b) {
      hops { reason to { key } link { type from { key } to { key } } } } }"""
    found = client.data(text, a=ids["a"]["id"], b=ids["b"]["id"])["paths"]
    assert found and found[0]["hops"][-1]["to"]["key"] == "ecthr"
    assert "Türkiye has accepted" in found[0]["hops"][0]["reason"]


def test_status_is_what_the_command_line_prints(client: Client, run: Any, shipped_home: Path) -> None:
    import csv
    import io

    out = run("--home", str(shipped_home), "status", "--forum", "un-cat-individual", "--format", "csv").out
    rows = {(row["state"], row["since"], row["until"], row["confidence"]) for row in csv.DictReader(io.StringIO(out))}
    text = """query($a: String) { status(filter: {forum: ["un-cat-individual"]}, first: 100, after: $a) {
      pageInfo { endCursor hasNextPage } edges { node { state { key } since until confidence } } } }"""
    told = set()
    after = None
    while True:
        page = client.data(text, a=after)["status"]
        for edge in page["edges"]:
            node = edge["node"]
            told.add((node["state"]["key"], node["since"] or "", node["until"] or "", node["confidence"].lower()))
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert told == rows
