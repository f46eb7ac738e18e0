"""`create_app`: the web application, from settings and a store that the entry point opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from api.cli.app import utc_now
from api.cli.forums import ready as vintage
from api.context import Context, Laws
from api.errors import fault_of, status_of
from api.gql.documents import Documents
from api.gql.http import BODY, Asked, Endpoint, read_address, read_body
from api.gql.schema import schema
from api.guard import LOOPBACK, Guard
from api.rest import forums, health
from api.rest.pages import pages
from api.terminal import Terminal
from graph.cypher import QUERIES
from graph.errors import RecourseError
from graph.finder import Finder
from graph.settings import Settings
from graph.store.port import GraphStore
from graph.version import VERSION


def create_app(
    settings: Settings,
    store: GraphStore,
    *,
    ready: Callable[[str], Finder] | None = None,
    today: Callable[[], date] | None = None,
    hosts: frozenset[str] = LOOPBACK,
) -> FastAPI:
    """Make the application.

    Args: ready gives the finder over the law as known on a day, over the law in force for an empty text, and today the
        day of the question; absent, they are those of the command line. hosts are the names that are served.
    """
    terminal = Terminal(settings, utc_now)
    app = FastAPI(title="Recourse", version=VERSION, openapi_url="/api/openapi.json", docs_url=None, redoc_url=None)
    app.state.settings, app.state.store, app.state.today = settings, store, today or terminal.today
    app.state.laws = Laws(ready or partial(vintage, terminal))
    app.include_router(forums.router)
    app.include_router(health.router)
    app.include_router(pages(app.state.laws.on, app.state.today, lang=settings.lang, asking=app.state.laws.asking,
                             store=store))  # fmt: skip
    _graphql(app)
    _errors(app)
    app.add_middleware(Guard, hosts=hosts)
    return app


def _graphql(app: FastAPI) -> None:
    state = app.state

    def context() -> Context:
        return Context(state.store, QUERIES, state.laws, state.today())

    endpoint = Endpoint(Documents(schema()), context)

    async def reply(request: Request, read: Callable[[], Asked], *, get: bool = False) -> Response:
        told = await run_in_threadpool(endpoint.answer, read, request.headers.get("accept", ""), get=get)
        return Response(told.body, told.status, dict(told.headers), told.media)

    @app.post("/graphql", include_in_schema=False)
    async def post(request: Request) -> Response:
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY:
                break
        return await reply(request, lambda: read_body(body, request.headers.get("content-type", "")))

    @app.get("/graphql", include_in_schema=False)
    async def get(request: Request) -> Response:
        return await reply(request, lambda: read_address(dict(request.query_params)), get=True)


def _errors(app: FastAPI) -> None:
    @app.exception_handler(RecourseError)
    def of_ours(_: Request, error: RecourseError) -> JSONResponse:
        status = 415 if error.code == "media-type" else status_of(error)
        return JSONResponse({"error": error.as_dict()}, status)

    @app.exception_handler(HTTPException)
    def of_http(_: Request, error: HTTPException) -> JSONResponse:
        told = {404: "there is nothing at this address; see /api/openapi.json", 405: "this method is not answered here"}
        return _error(error.status_code, "http", told.get(error.status_code, str(error.detail)))

    @app.middleware("http")
    async def last_resort(request: Request, call: Callable[[Request], Any]) -> Response:
        try:
            answer: Response = await call(request)
        except Exception as error:  # whatever it was is told as a number, and nothing of it reaches a log
            return _error(500, "internal", fault_of(error).message)
        return answer


def _error(status: int, code: str, message: str) -> JSONResponse:
    told = {"code": code, "field": "", "value": None, "message": message, "nearest": None, "line": None}
    return JSONResponse({"error": told}, status)
