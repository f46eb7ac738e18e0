"""The pages as the application serves them: behind the guard, with their own policy."""

from __future__ import annotations

import pytest

from tests.api.client import Client

POLICY = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
}
FORM = b"step=first&from=2018-09-06&tactic=abduction-rendition&where=MDA&respondent-1=MDA&do=answer"


@pytest.mark.parametrize("path", ["/", "/find", "/about", "/state/MDA", "/forum/ecthr", "/instrument/cat", "/search"])
def test_a_page_has_a_policy_that_lets_nothing_else_in(client: Client, path: str) -> None:
    told = client.ask("GET", path)
    assert told.status == 200
    assert told.headers["content-type"].startswith("text/html")
    given = (part.strip().partition(" ") for part in told.headers["content-security-policy"].split(";"))
    policy = {name: value for name, _, value in given if name}
    assert {name: policy.get(name) for name in POLICY} == POLICY
    assert "script-src" not in policy


def test_a_form_is_answered_from_its_own_origin_alone_and_not_kept(client: Client) -> None:
    media = "application/x-www-form-urlencoded"
    told = client.ask("POST", "/find", FORM, content_type=media)
    assert told.status == 200
    assert told.headers["cache-control"] == "no-store"
    assert b"6 March 2019" in told.body
    refused = client.ask("POST", "/find", FORM, content_type=media, origin="http://evil.example")
    assert refused.status == 403


def test_a_page_is_not_served_under_another_name(client: Client) -> None:
    assert client.ask("GET", "/", host="evil.example").status == 421
