"""REST: the answer's bytes, errors in the project's form, and what the server says of itself."""

from __future__ import annotations

from typing import Any

import pytest

from graph.casefile import LARGEST
from tests.api.client import Client

CASE = {"acts": [{"from": "2020", "rights": ["torture"], "where": "FRA", "respondents": ["FRA"]}]}


def test_health_names_law_and_engine(client: Client) -> None:
    told = client.ask("GET", "/api/health").json
    assert told["ok"] is True and told["engine"] == "embedded" and len(told["law"]) == 16


def test_the_interface_is_described(client: Client) -> None:
    told = client.ask("GET", "/api/openapi.json").json
    assert set(told["paths"]) == {"/api/forums", "/api/health"}
    assert told["paths"]["/api/forums"]["post"]["requestBody"]["required"] is True


@pytest.mark.parametrize("detail", ["full", "compact", "verdicts"])
def test_detail_language_and_forums_are_parameters(client: Client, detail: str) -> None:
    whole = client.post("/api/forums", CASE)
    assert whole.status == 200 and whole.headers["content-type"] == "application/json"
    some = client.ask("POST", "/api/forums", b'{"acts": [{"from": "2020", "rights": ["torture"]}]}',
                      {"detail": detail, "forum": "ecthr"}, content_type="application/json").json  # fmt: skip
    assert [row["forum"] for row in some["forums"]] == ["ecthr"]
    assert ("reason" in some["forums"][0]["rules"][0]) == (detail == "full")


@pytest.mark.parametrize(
    ("body", "headers", "params", "status", "field"),
    [
        (b"{", {}, {}, 400, "case"),
        (b"[]", {}, {}, 400, "case"),
        (b'{"acts": []}', {}, {}, 400, "acts"),
        (b'{"acts": [{"from": "2020", "tactic": "spywear"}]}', {}, {}, 400, "acts[0].tactic"),
        (b'{"acts": [], "acts": []}', {}, {}, 400, "case"),
        (b'{"acts": []}', {"content_type": "text/yaml"}, {}, 415, "Content-Type"),
        (b'{"acts": []}', {}, {"detail": "all"}, 400, "detail"),
        (b'{"acts": [{"from": "2020", "rights": ["torture"]}]}', {}, {"forum": "ecthrr"}, 400, "forum"),
        (b'{"acts": [{"from": "2020", "rights": ["torture"]}], "known_on": "1990-01-01"}', {}, {}, 400, "known_on"),
        (b'"' + b"x" * LARGEST + b'"', {}, {}, 413, "case"),
    ],
)
def test_an_error_is_told_in_one_form(
    client: Client, body: bytes, headers: dict[str, str], params: dict[str, str], status: int, field: str
) -> None:
    answer = client.ask("POST", "/api/forums", body, params, **{"content_type": "application/json", **headers})
    assert answer.status == status
    error: dict[str, Any] = answer.json["error"]
    assert set(error) == {"code", "field", "value", "message", "nearest", "line"}
    assert error["field"] == field and error["message"]


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nothing", 404), ("GET", "/api/forums", 405)])
def test_an_unknown_address_is_told_in_the_same_form(client: Client, method: str, path: str, status: int) -> None:
    answer = client.ask(method, path)
    assert answer.status == status and answer.json["error"]["message"]
