"""HTTP: types, statuses, hosts, origins, stored documents, headers; and what a log holds."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from api.gql import http
from api.gql.documents import stored_documents
from graph.errors import StoreTimeout, StoreUnavailable
from graph.store.port import GraphStore
from tests.api.client import HOST, Client

NAME = "{ viewer { name } }"


def document(name: str) -> str:
    """The id of a stored document by the name of its operation."""
    return next(key for key, text in stored_documents().items() if f"query {name}" in text)


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{", {}, 400),
        (b"[]", {}, 400),
        (b'[{"query": "{ viewer { name } }"}]', {}, 400),
        (b"{}", {}, 400),
        (b'{"query": 1}', {}, 400),
        (b'{"query": "{ viewer { name } }", "variables": []}', {}, 400),
        (b'{"query": "{ viewer { name } }", "other": 1}', {}, 400),
        (b'{"query": "{ viewer { name } }", "extensions": {"persistedQuery": {"version": 2}}}', {}, 400),
        (b'{"query": "{ viewer { name } }"}', {"content_type": "text/plain"}, 415),
        (b'{"query": "{ viewer { name } }"}', {"content_type": "multipart/form-data; boundary=x"}, 415),
        (b'{"query": "' + b" " * http.BODY + b'"}', {}, 413),
    ],
)
def test_what_is_no_request_is_told(client: Client, body: bytes, headers: dict[str, str], status: int) -> None:
    answer = client.post("/graphql", body, **headers)
    assert (answer.status, answer.codes) == (status, ["BAD_REQUEST"])


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", http.RESPONSE),
        ("*/*", http.RESPONSE),
        ("application/json", http.JSON),
        ("application/json, application/graphql-response+json;q=0.5", http.RESPONSE),
        ("text/html, application/json", http.JSON),
    ],
)
def test_the_type_is_the_newer_unless_only_the_older_is_accepted(client: Client, accept: str, media: str) -> None:
    answer = client.post("/graphql", {"query": NAME}, accept=accept)
    assert answer.status == 200 and answer.headers["content-type"].partition(";")[0] == media


@pytest.mark.parametrize("path", ["/graphql", "/api/forums", "/api/health", "/nothing"])
def test_another_name_and_another_origin_are_refused(client: Client, path: str) -> None:
    assert client.post(path, {}, host="example.org").status == 421
    assert client.post(path, {}, host="127.0.0.1.example.org:8000").status == 421
    assert client.post(path, {}, origin="http://example.org").status == 403
    assert client.post(path, {}, origin="null").status == 403
    assert client.post(path, {}, origin=f"http://{HOST}").status != 403
    assert client.post(path, {}, host="localhost:1").status != 421


@pytest.mark.parametrize("path", ["/graphql", "/api/health", "/api/openapi.json", "/docs", "/nothing"])
def test_nothing_is_kept_and_nothing_is_loaded_from_elsewhere(client: Client, path: str) -> None:
    answer = client.ask("GET", path)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["content-type"].partition(";")[0] != "text/html"
    assert (answer.status == 404) == (path in ("/docs", "/nothing"))


def test_a_stored_document_is_named_by_post_and_by_get(client: Client) -> None:
    name = document("WhoAccepts")
    assert client.post("/graphql", {"documentId": name, "variables": {}}).status == 200
    owes = {"documentId": document("WhatItOwes"), "variables": orjson.dumps({"code": "TUR"}).decode()}
    assert client.ask("GET", "/graphql", params=owes).codes == ["BAD_REQUEST"]  # a cursor is a text
    node = {"documentId": document("OpenNode"), "variables": orjson.dumps({"id": "x"}).decode()}
    assert client.ask("GET", "/graphql", params=node).codes == ["NOT_FOUND"]
    hear = client.ask("GET", "/graphql", params={"documentId": document("WhoMayHear")})
    assert hear.status == 200 and hear.json["data"]["state"]["status"]["totalCount"] > 0


@pytest.mark.parametrize("name", ["WhyIsItClosed", "TwoCases", "TypeAhead", "WhoAccepts"])
def test_free_text_has_no_place_in_an_address(client: Client, name: str) -> None:
    answer = client.ask("GET", "/graphql", params={"documentId": document(name), "variables": "{}"})
    assert (answer.status, answer.codes) == (400, ["BAD_REQUEST"])


@pytest.mark.parametrize(
    "params", [{}, {"query": NAME}, {"documentId": "sha256:0", "query": NAME}, {"documentId": "a", "variables": "{"}]
)
def test_get_takes_stored_documents_alone(client: Client, params: dict[str, str]) -> None:
    assert client.ask("GET", "/graphql", params=params).codes == ["BAD_REQUEST"]


def test_an_unknown_document_is_404(client: Client) -> None:
    answer = client.ask("GET", "/graphql", params={"documentId": "sha256:0"})
    assert (answer.status, answer.codes) == (404, ["PERSISTED_QUERY_NOT_FOUND"])
    assert answer.json["errors"][0]["message"] == "PersistedQueryNotFound"


def test_a_document_is_sent_once_with_its_hash(client: Client) -> None:
    text = "{ viewer { costLimit } }"
    sha = hashlib.sha256(text.encode()).hexdigest()
    named = {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": sha}}}
    assert client.post("/graphql", named).codes == ["PERSISTED_QUERY_NOT_FOUND"]
    assert client.post("/graphql", {**named, "query": NAME}).codes == ["BAD_REQUEST"]
    assert client.post("/graphql", {**named, "query": text}).status == 200
    assert client.post("/graphql", named).json["data"] == {"viewer": {"costLimit": 20000}}


@pytest.fixture
def broken(client: Client, store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Exception]]:
    """The store raises what stands in this list."""
    faults: list[Exception] = []

    def read(*_: Any, **__: Any) -> Any:
        raise faults[0]

    monkeypatch.setattr(type(store), "read", read)
    yield faults


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (StoreUnavailable("does not answer; start it", field="store"), "STORE_UNAVAILABLE"),
        (StoreTimeout("took too long; ask for less", field="store"), "TIMEOUT"),
        (ZeroDivisionError("a name of somebody"), "INTERNAL"),
    ],
)
def test_a_fault_is_a_code_at_its_path(
    client: Client, broken: list[Exception], fault: Exception, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    broken.append(fault)
    with caplog.at_level(logging.DEBUG):
        answer = client.query('{ viewer { name } state(code: "TUR") { label } }')
    assert answer.status == 200 and answer.codes == [code]
    assert answer.json["data"] == {"viewer": {"name": "local"}, "state": None}
    assert answer.json["errors"][0]["path"] == ["state"]
    assert b"somebody" not in answer.body and "somebody" not in caplog.text


def test_a_log_holds_no_query_and_no_facts(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("recourse").propagate = True
    with caplog.at_level(logging.DEBUG, logger="recourse"):
        client.query('{ search(text: "abcsecret") { kind } }')
        client.ask("GET", "/graphql", params={"documentId": "abcsecret"})
        client.ask("GET", "/abcsecret")
        client.post("/api/forums", {"title": "abcsecret", "acts": []})
    assert caplog.text.count("request ") >= 4 and "abcsecret" not in caplog.text


def test_the_timing_is_told(client: Client) -> None:
    timing = client.query('{ state(code: "TUR") { label } }').headers["server-timing"]
    assert timing.startswith("store;dur=") and 'desc="1 reads", total;dur=' in timing
