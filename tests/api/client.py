"""A client that calls the application in this process, byte for byte."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

import orjson

TODAY = date(2026, 11, 24)
HOST = "127.0.0.1:8000"


@dataclass(frozen=True)
class Answer:
    """What the server sent."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as data."""
        return orjson.loads(self.body)

    @property
    def codes(self) -> list[str]:
        """The codes of its errors."""
        return [error["extensions"]["code"] for error in self.json.get("errors", ())]

    @property
    def reads(self) -> int:
        """How often the store was read."""
        return int(self.headers["server-timing"].split('desc="')[1].split()[0])


class Client:
    """Calls an ASGI application."""

    def __init__(self, app: Any) -> None:
        self.app = app

    def ask(self, method: str, path: str, body: bytes = b"", params: Mapping[str, str] | None = None,
            **headers: str) -> Answer:  # fmt: skip
        """Send one request. Underscores in the names of headers are dashes."""
        sent = {"host": HOST, **{name.replace("_", "-"): value for name, value in headers.items()}}
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
            "path": path, "raw_path": path.encode(), "query_string": urlencode(params or {}).encode(),
            "headers": [(name.encode(), value.encode()) for name, value in sent.items()], "server": ("127.0.0.1", 8000),
            "client": ("127.0.0.1", 9),
        }  # fmt: skip
        told: list[MutableMapping[str, Any]] = []

        async def receive() -> MutableMapping[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: MutableMapping[str, Any]) -> None:
            told.append(message)

        asyncio.run(self.app(scope, receive, send))
        whole = b"".join(message.get("body", b"") for message in told[1:])
        return Answer(told[0]["status"], {k.decode(): v.decode() for k, v in told[0]["headers"]}, whole)

    def post(self, path: str, value: Any, **headers: str) -> Answer:
        """Send JSON."""
        body = value if isinstance(value, bytes) else orjson.dumps(value)
        return self.ask("POST", path, body, None, **{"content_type": "application/json", **headers})

    def query(self, text: str, **variables: Any) -> Answer:
        """Send a document."""
        return self.post("/graphql", {"query": text, "variables": variables})

    def data(self, text: str, **variables: Any) -> Any:
        """Send a document that must be answered without an error."""
        answer = self.query(text, **variables)
        assert "errors" not in answer.json, answer.json["errors"]
        return answer.json["data"]
