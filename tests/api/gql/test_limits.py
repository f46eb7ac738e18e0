"""Limits, codes and statuses: what is refused is refused before anything runs."""

from __future__ import annotations

from typing import Any

import pytest

from api.gql.limits import ALIASES, COST, DEPTH, TOKENS
from tests.api.client import Client

CASE = {"acts": [{"from": "2020", "tactic": "assassination-abroad", "where": "GBR", "respondents": [{"state": "RUS"}]}]}


REFUSED: list[tuple[str, str, dict[str, Any], int]] = [
    ("GRAPHQL_PARSE_FAILED", "{ state(", {}, 400),
    ("GRAPHQL_VALIDATION_FAILED", "{ nothing }", {}, 400),
    ("GRAPHQL_VALIDATION_FAILED", '{ state(code: "turkey") { key } }', {}, 400),
    ("GRAPHQL_VALIDATION_FAILED", "mutation { saveCase { id } }", {}, 400),
    ("BAD_INPUT", "query($c: ISO3!) { state(code: $c) { key } }", {"c": "turkey"}, 400),
    ("BAD_INPUT", "query($c: ISO3!) { state(code: $c) { key } }", {}, 400),
    ("BAD_INPUT", "{ states(first: 101) { totalCount } }", {}, 400),
    ("BAD_INPUT", "{ states(first: -1) { totalCount } }", {}, 400),
    ("BAD_INPUT", "{ states(first: 1, last: 1) { totalCount } }", {}, 400),
    ("BAD_INPUT", "query($i: [ID!]!) { nodes(ids: $i) { id } }", {"i": ["x"] * 101}, 400),
    ("BAD_INPUT", "query($c: [CaseInput!]!) { batch(cases: $c) { __typename } }", {"c": [CASE] * 51}, 400),
    ("BAD_REQUEST", "query A { viewer { name } } query B { viewer { name } }", {}, 400),
    ("TOKEN_LIMIT", "{ viewer {" + " name" * TOKENS + " } }", {}, 400),
    ("ALIAS_LIMIT", "{ " + " ".join(f"a{n}: viewer {{ name }}" for n in range(ALIASES + 1)) + " }", {}, 400),
    (
        "COST_LIMIT",
        "{ states(first: 100) { edges { node { links(first: 100) { edges { other { key } node { to { key } } } }"
        " } } } }",
        {},
        400,
    ),
]


@pytest.mark.parametrize(("code", "text", "variables", "status"), REFUSED)
def test_what_is_refused_has_no_data(
    client: Client, code: str, text: str, variables: dict[str, Any], status: int
) -> None:
    answer = client.query(text, **variables)
    assert (answer.status, answer.codes[0]) == (status, code)
    assert "data" not in answer.json and answer.reads == 0
    for error in answer.json["errors"]:
        assert error["message"] and "Traceback" not in error["message"]
    older = client.post("/graphql", {"query": text, "variables": variables}, accept="application/json")
    assert older.headers["content-type"].startswith("application/json")
    assert older.status == (400 if code == "BAD_REQUEST" else 200) and older.json == answer.json


def links_deep(levels: int) -> str:
    """A document of exactly so many levels, by links of links."""
    names = ["links", "edges", "other"]
    body = "key" if levels % 3 == 2 else "totalCount" if levels % 3 == 0 else "cursor"
    for n in range(levels - 3, -1, -1):
        body = f"{names[n % 3]} {{ {body} }}"
    return body


@pytest.mark.parametrize("through", [False, True], ids=["plain", "fragment"])
def test_depth_is_counted_through_fragments(client: Client, through: bool) -> None:
    for levels, codes in ((DEPTH, []), (DEPTH + 1, ["DEPTH_LIMIT"])):
        body = links_deep(levels).replace("links {", "links(first: 1) {")
        if through:
            text = f'{{ state(code: "TUR") {{ ...F }} }} fragment F on Entity {{ {body} }}'
        else:
            text = f'{{ state(code: "TUR") {{ {body} }} }}'
        answer = client.query(text)
        assert answer.codes == codes, (levels, answer.json)
    assert answer.json["errors"][0]["extensions"] == {"code": "DEPTH_LIMIT", "requested": DEPTH + 1, "limit": DEPTH}


def test_aliases_and_cost_are_counted_through_fragments(client: Client) -> None:
    spread = (
        "query { viewer { ...A ...A } } fragment A on Viewer { " + " ".join(f"a{n}: name" for n in range(16)) + " }"
    )
    assert client.query(spread).codes == ["ALIAS_LIMIT"]
    chain = "".join(
        f"fragment F{n} on Entity {{ links(first: 100) {{ edges {{ other {{ ...F{n + 1} }} }} }} }} " for n in range(2)
    )
    text = f'{{ state(code: "TUR") {{ ...F0 }} }} {chain} fragment F2 on Entity {{ sources {{ totalCount }} }}'
    answer = client.query(text)
    assert answer.codes == ["COST_LIMIT"]
    cost = answer.json["extensions"]["cost"]
    assert (
        cost["requested"] > cost["limit"] == COST
        and answer.json["errors"][0]["extensions"]["requested"] == cost["requested"]
    )


def test_a_short_document_cannot_make_a_long_count(client: Client) -> None:
    doubling = "".join(f"fragment F{n} on Viewer {{ ...F{n + 1} ...F{n + 1} }} " for n in range(150))
    text = f"{{ viewer {{ ...F0 }} }} {doubling} fragment F150 on Viewer {{ a: name }}"
    assert client.query(text).codes == ["ALIAS_LIMIT"]
    circle = "{ viewer { ...A } } fragment A on Viewer { ...B } fragment B on Viewer { ...A }"
    assert client.query(circle).codes[0] == "GRAPHQL_VALIDATION_FAILED"
    assert client.query("{ a(x: " + "[" * 950 + "]" * 950 + ") }").codes[0] in (
        "DEPTH_LIMIT",
        "GRAPHQL_PARSE_FAILED",
        "GRAPHQL_VALIDATION_FAILED",
    )


def test_the_cost_is_told_and_comes_from_the_document(client: Client) -> None:
    def cost(text: str, **variables: Any) -> int:
        found: int = client.query(text, **variables).json["extensions"]["cost"]["requested"]
        return found

    text = "query($n: Int) { states(first: $n) { edges { node { key sources { totalCount } } } } }"
    assert cost(text, n=10) == 1 + 1 + 10 * (1 + 1)  # states, edges, ten nodes, their sources
    assert cost(text) == 1 + 1 + 20 * 2
    assert (
        cost('{ applicableForums(case: {acts: [{from: "2020", rights: ["torture"]}]}) { forums { verdict } } }') == 101
    )
    case = '{acts: [{from: "2020", rights: ["torture"]}]}'
    one = (
        f'{{ applicableForums(case: {case}) {{ forums(forum: ["ecthr", "icj-contentious"]) {{ forum {{ key }} }} }} }}'
    )
    assert cost(one) == 100 + 2 + 2
    assert cost("{ __schema { types { name fields { name } } } }") == 0


def test_skip_and_include_are_honoured(client: Client) -> None:
    text = "query($a: Boolean!) { viewer { name @include(if: $a) role @skip(if: $a) ... @include(if: $a) { groups } } }"
    assert client.data(text, a=True) == {"viewer": {"name": "local", "groups": []}}
    assert client.data(text, a=False) == {"viewer": {"role": "STEWARD"}}


def test_fields_of_one_name_are_merged_in_the_order_of_the_document(client: Client) -> None:
    text = (
        '{ state(code: "TUR") { label ...A key } } fragment A on Entity { key __typename ... on State { territory } }'
    )
    assert list(client.data(text)["state"]) == ["label", "key", "__typename", "territory"]


def test_introspection_is_whole(client: Client) -> None:
    from graphql import build_client_schema, get_introspection_query, lexicographic_sort_schema, print_schema

    from api.gql.schema import schema

    told = build_client_schema(client.data(get_introspection_query()))
    assert "applicableForums" in print_schema(lexicographic_sort_schema(told))
    assert set(told.type_map) == set(schema().type_map)
