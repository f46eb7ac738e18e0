"""Every stored document runs on the shipped data, without an error and with something in its answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from api.gql.documents import digest, stored_documents
from tests.api.client import Client

FOLDER = Path(__file__).parents[3] / "api" / "operations"
CLOSED = {"asOf": "2022-12-01", "filed": "2022-12-01", "acts": [
    {"from": "2022-10-01", "rights": ["liberty"], "where": "RUS", "respondents": [{"state": "RUS"}]}]}  # fmt: skip
TWO = [
    {"acts": [{"from": "2006-11-01", "tactic": "assassination-abroad", "where": "GBR",
               "respondents": [{"state": "RUS"}]}]},
    {"acts": [{"from": "2020", "tactic": "spywear"}]},
]  # fmt: skip
VARIABLES: dict[str, dict[str, Any]] = {
    "why_is_it_closed": {"case": CLOSED},
    "two_cases": {"cases": TWO},
    "type_ahead": {"text": "turk"},
    "what_it_owes": {"code": "TUR", "asOf": "2024-01-01"},
}


def leaves(value: Any) -> int:
    """How many values there are."""
    if isinstance(value, dict):
        return sum(map(leaves, value.values()))
    return sum(map(leaves, value)) if isinstance(value, list) else int(value is not None)


def variables(name: str, client: Client) -> dict[str, Any]:
    """The variables of a document; ids come from another one."""
    if name not in ("open_node", "how_are_they_linked"):
        return VARIABLES.get(name, {})
    groups = client.data("query($t: String!) { search(text: $t) { hits { edges { node { entity { id key } } } } } }",
                         t="tur")["search"]  # fmt: skip
    ids = {edge["node"]["entity"]["key"]: edge["node"]["entity"]["id"] for g in groups for edge in g["hits"]["edges"]}
    if name == "open_node":
        return {"id": ids["TUR"]}
    return {"from": ids["TUR"], "to": client.data('{ forum(key: "un-cat-individual") { id } }')["forum"]["id"]}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.graphql")), ids=lambda path: path.stem)
def test_a_stored_document_runs(client: Client, path: Path) -> None:
    text = path.read_text("utf-8")
    name = f"sha256:{digest(text)}"
    assert stored_documents()[name] == text
    answer = client.post("/graphql", {"documentId": name, "variables": variables(path.stem, client)})
    assert answer.status == 200 and "errors" not in answer.json, answer.json
    assert leaves(answer.json["data"]) > 3
    assert answer.json["extensions"]["cost"]["requested"] <= 20_000


def test_the_closed_door_is_told_with_its_rule(client: Client) -> None:
    text = (FOLDER / "why_is_it_closed.graphql").read_text("utf-8")
    (row,) = client.data(text, case=CLOSED)["applicableForums"]["forums"]
    failed = [rule for rule in row["rules"] if rule["outcome"] == "NOT_MET"]
    assert row["verdict"] == "UNAVAILABLE" and failed
    assert any(fact["state"]["key"] == "RUS" for rule in row["rules"] for fact in rule["facts"])
