"""`POST /api/forums`: one case as JSON in, the answer of `recourse forums` out, byte for byte."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from api.context import Laws
from graph.casefile import LARGEST, read_bytes
from graph.errors import CaseError, InputError
from graph.finder import DETAILS
from graph.model.dates import DateRange, show
from graph.model.reading import read_case

router = APIRouter()
CASE: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"type": "object", "required": ["acts"],
                                                    "description": "a case, as in docs/answers.md"}}},
    }
}  # fmt: skip


class WrongType(InputError):
    """The body is not JSON by its own word."""

    code = "media-type"


@router.post("/api/forums", summary="Every body that can hear a case", openapi_extra=CASE)
async def forums(request: Request, detail: str = "full", lang: str = "en") -> Response:
    """Answer one case. `detail` is full, compact or verdicts."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "application/json":
        raise WrongType("send the case as application/json", field="Content-Type", value=media)
    if detail not in DETAILS:
        raise InputError(f"is not one of {', '.join(DETAILS)}", field="detail", value=detail)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise CaseError(f"is larger than {LARGEST} bytes; one case is a page or two", field="case", code="size")
    only = tuple(request.query_params.getlist("forum"))
    laws: Laws = request.app.state.laws
    today = request.app.state.today()
    answer = await run_in_threadpool(_answer, body, detail, lang, only, laws, today)
    return Response(answer, media_type="application/json")


def _answer(body: bytes, detail: str, lang: str, only: tuple[str, ...], laws: Laws, today: Any) -> bytes:
    finder = laws.on(None)
    facts = read_case(
        read_bytes(body, json=True), finder.law.vocabulary(), DateRange(today.toordinal(), today.toordinal())
    )
    if facts.known_on:
        finder = laws.on(show(facts.known_on))
    for name in only:
        if name not in finder.about:
            raise InputError("is not a forum with rules", field="forum", value=name, code="unknown-id")
    with laws.asking:
        return finder.find_bytes(facts, detail=detail, lang=lang, forums=only)
