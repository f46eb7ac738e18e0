"""What stands before every request: served names, own origin, the size of a body; and the headers of every answer."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

import orjson

from graph.logs import Log

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

log = Log("api")
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types svelte-trusted-html recourse-worker"
)
HEADERS: Final = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
KNOWN: Final = ("/graphql", "/api/forums", "/api/health", "/api/openapi.json")  # paths that a log may name


class Guard:
    """The outermost layer. It logs method, known path, status and time: no query, no body, no unknown path."""

    def __init__(self, app: App, hosts: frozenset[str] = LOOPBACK) -> None:
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is addressed to us."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 0

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = _with_headers(message.get("headers") or [])
            await send(message)

        refusal = self._refusal(scope)
        if refusal is None:
            await self._app(scope, receive, send_on)
        else:
            await _refuse(send_on, *refusal)
        path = scope["path"] if scope["path"] in KNOWN else "other"
        log.info("request", method=scope["method"], path=path, status=status,
                 ms=round(1000 * (time.perf_counter() - began), 1))  # fmt: skip

    def _refusal(self, scope: Scope) -> tuple[int, str, str] | None:
        headers = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1").lower()
        if _name(host) not in self._hosts:
            return 421, "host", "this name is not served here; use the address that `recourse serve` printed"
        origin = headers.get(b"origin")
        if origin is not None and origin.decode("latin-1").lower() != f"{scope.get('scheme', 'http')}://{host}":
            return 403, "origin", "a page of another origin may not ask; open the application's own page"
        return None


def _name(host: str) -> str:
    """The name in a Host header, without its port."""
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]


def _with_headers(given: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    there = {name.lower() for name, _ in given}
    media = next((value for name, value in given if name.lower() == b"content-type"), b"")
    policy = CSP if media.startswith(b"text/html") else "default-src 'none'; frame-ancestors 'none'"
    extra = [*HEADERS, (b"content-security-policy", policy.encode())]
    return [*given, *((name, value) for name, value in extra if name not in there)]


async def _refuse(send: Send, status: int, code: str, message: str) -> None:
    field = "Host" if code == "host" else "Origin"
    told = {"code": code, "field": field, "value": None, "message": message, "nearest": None, "line": None}
    body = orjson.dumps({"error": told})
    start = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": start})
    await send({"type": "http.response.body", "body": body})
