"""The pages: which address shows what. Facts of a case come in by POST alone, and nothing is kept of them."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from functools import wraps
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.answers import as_html, as_ics
from api.answers import page as sheet
from api.answers.record import condition
from api.lookup import check, day_of, state_code
from api.questions import Raw, plain, written
from api.records import forum_record, instrument_record, state_record
from api.rest import form
from api.rest.desk import Desk, told_of
from api.search import fold
from graph.casefile import read_bytes
from graph.errors import CaseError, InputError, RecourseError, Unavailable
from graph.model.dates import show
from viz.web.pages import about, answer, error, find, forum, home, instrument, listing, search, state
from viz.web.pages.answer import tally
from viz.web.site import CSP

if TYPE_CHECKING:
    from graph.finder import Finder
    from graph.store.port import GraphStore

LARGEST: Final = 1_500_000  # bytes of a form: a case file and the words around it
SEARCHED: Final = 200  # letters of a search
STATIC: Final = {"style.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml"}
HEADERS: Final = {
    "Content-Security-Policy": CSP,
    "Referrer-Policy": "same-origin",  # with none at all, a browser hides the origin of a form too
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NO_STORE: Final = {**HEADERS, "Cache-Control": "no-store"}
Handler = Callable[..., Any]


def pages(
    finder: Callable[[str], Finder],
    today: Callable[[], date],
    *,
    lang: str = "en",
    root: str = "",
    asking: AbstractContextManager[Any] | None = None,
    store: GraphStore | None = None,
) -> APIRouter:
    """Return the routes of the pages.

    Args: finder gives the finder of a vintage (`known_on`; empty for the law in force); today the day of the question;
        root the path under which the routes are served; asking is held while a finder works, where threads share it;
        store the graph that the search asks, where there is one.
    """
    desk = Desk(finder, today, lang, root, asking or nullcontext(), store)
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    _records(router, desk)
    _form(router, desk)
    _files(router, desk)
    return router


def shown(page: str, *, keep: bool = False, status: int = 200) -> Response:
    """Return a page with its headers; `keep` where a browser may store it."""
    headers = {**HEADERS, "Cache-Control": "no-cache"} if keep else NO_STORE
    return HTMLResponse(page, status_code=status, headers=headers)


def told(desk: Desk) -> Callable[[Handler], Handler]:
    """Return a decorator that turns an error into a page that says what to do."""

    def guarded(handler: Handler) -> Handler:
        @wraps(handler)
        async def call(*args: Any, **named: Any) -> Response:
            try:
                response: Response = await handler(*args, **named)
            except RecourseError as fault:
                status = 404 if fault.code == "unknown-id" else 413 if fault.code == "size" else 400
                status = 503 if isinstance(fault, Unavailable) else status
                return shown(error.page(desk.site, str(fault)), status=status)
            return response

        return call

    return guarded


async def sent(request: Request) -> form.Fields:
    """Read the form of a request, without taking in more than a form can hold.

    Raises: InputError.
    """
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            raise InputError(f"is larger than {LARGEST} bytes; one case is a page or two", field="form", code="size")
    return form.fields(bytes(body))


def _records(router: APIRouter, desk: Desk) -> None:
    """Add the pages that show what is known, and the search."""

    @router.get("/")
    @told(desk)
    async def first() -> Response:
        return shown(home.page(desk.site), keep=True)

    @router.get("/about")
    @told(desk)
    async def method() -> Response:
        data = desk.law.data
        page = about.page(desk.site, law=desk.law.hash, known_on=data["known_on"], seen=data["data_as_of"])
        return shown(page, keep=True)

    @router.get("/state")
    @told(desk)
    async def states() -> Response:
        return shown(listing.page(desk.site, "state", _by_letter(desk.law.data["names"]["states"])), keep=True)

    @router.get("/forum")
    @told(desk)
    async def forums() -> Response:
        named = {key: (str(one["kind"]), str(one["name"])) for key, one in desk.law.forums.items()}
        return shown(listing.page(desk.site, "forum", _by_kind(named)), keep=True)

    @router.get("/instrument")
    @told(desk)
    async def instruments() -> Response:
        law = desk.law
        kinds = {key: str(law.instruments.get(key, {}).get("kind") or "organisation")
                 for key in law.data["names"]["instruments"]}  # fmt: skip
        named = {key: (kinds[key], name) for key, name in law.data["names"]["instruments"].items()}
        return shown(listing.page(desk.site, "instrument", _by_kind(named)), keep=True)

    @router.get("/state/{code}")
    @told(desk)
    async def one_state(code: str, on: str = "") -> Response:
        known = state_code(code, desk.law, "state")
        if known != code:
            return RedirectResponse(desk.site.url("state", known), status_code=308, headers=HEADERS)
        record = state_record(desk.law, known, _day(desk, on), desk.words)
        return shown(state.page(desk.site, record), keep=True)

    @router.get("/instrument/{name}")
    @told(desk)
    async def one_instrument(name: str, on: str = "") -> Response:
        check(name, desk.law.data["names"]["instruments"], "is not the id of an instrument", "instrument")
        return shown(instrument.page(desk.site, instrument_record(desk.law, name, _day(desk, on))), keep=True)

    @router.get("/forum/{name}")
    @told(desk)
    async def one_forum(name: str, on: str = "") -> Response:
        law = desk.law
        check(name, law.forums, "is not a forum with rules", "forum")
        record = forum_record(law, name, _day(desk, on))
        return shown(forum.page(desk.site, record, known=law.forums, says=_says), keep=True)

    @router.get("/search")
    @told(desk)
    async def empty_search() -> Response:
        return shown(search.page(desk.site, "", None), keep=True)

    @router.post("/search")
    @told(desk)
    async def searched(request: Request) -> Response:
        text = (await sent(request)).one("text")[:SEARCHED]
        if len(fold(text)) < 2:
            return shown(search.page(desk.site, text, None, problem=desk.site.say("web-search-short")), status=400)
        return shown(search.page(desk.site, text, desk.find(text)))


def _form(router: APIRouter, desk: Desk) -> None:
    """Add the form that asks for a case, and its answer."""

    @router.get("/find")
    @told(desk)
    async def blank() -> Response:
        return shown(_first(desk, find.First(), {}, []))

    @router.post("/find")
    @told(desk)
    async def step(request: Request) -> Response:
        given = await sent(request)
        match given.one("step"):
            case "first":
                return _after_first(desk, given)
            case "pasted":
                return _after_pasted(desk, given)
            case "asked" | "take":
                return _after_asked(desk, given)
        raise InputError("is not a form that this page sends; start again", field="form", code="form")


def _files(router: APIRouter, desk: Desk) -> None:
    """Add what can be taken along from an answer, and what the pages are drawn with."""

    @router.post("/find/deadlines.ics")
    @told(desk)
    async def deadlines(request: Request) -> Response:
        raw, _ = form.carried(await sent(request))
        body = as_ics(desk.answer(desk.read(raw)), desk.words)
        return Response(body, media_type="text/calendar; charset=utf-8", headers=_attached("deadlines.ics"))

    @router.post("/find/sheet")
    @told(desk)
    async def to_print(request: Request) -> Response:
        raw, _ = form.carried(await sent(request))
        style = b64encode(hashlib.sha256(sheet.STYLE.encode()).digest()).decode()
        policy = f"default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; frame-ancestors 'none'"
        page = as_html(desk.answer(desk.read(raw)), desk.words)
        return HTMLResponse(page, headers={**NO_STORE, "Content-Security-Policy": policy})

    @router.post("/find/case.yaml")
    @told(desk)
    async def saved(request: Request) -> Response:
        raw, _ = form.carried(await sent(request))
        desk.read(raw)
        return Response(written(raw), media_type="application/yaml", headers=_attached("case.yaml"))

    @router.post("/find/picture.html")
    @told(desk)
    async def picture(request: Request) -> Response:
        from starlette.concurrency import run_in_threadpool

        from api.pictures import drawn, of_case

        raw, _ = form.carried(await sent(request))
        case = desk.read(raw)
        finder = desk.finder(show(case.known_on) if case.known_on else "")
        with desk.asking:
            scene = of_case(finder, case, desk.lang)
        body = await run_in_threadpool(drawn, scene, desk.words, "html")
        return Response(body, media_type="text/html; charset=utf-8", headers=_attached("answer.html"))

    @router.get("/static/{name}")
    async def static(name: str) -> Response:
        kind = STATIC.get(name)
        if kind is None:
            return Response(status_code=404, headers=HEADERS)
        body = (files("viz") / "web" / "static" / name).read_bytes()
        return Response(body, media_type=kind, headers={**HEADERS, "Cache-Control": "no-cache"})


def _attached(name: str) -> dict[str, str]:
    return {**NO_STORE, "Content-Security-Policy": "sandbox; default-src 'none'",
            "Content-Disposition": f'attachment; filename="{name}"'}  # fmt: skip


def _first(
    desk: Desk,
    values: find.First,
    errors: Mapping[str, str],
    facts: Sequence[tuple[str, str]],
    pasted: str = "",
) -> str:
    return find.first_page(desk.site, form.choices(desk.questions), values, errors=errors, facts=facts, pasted=pasted)


def _after_first(desk: Desk, given: form.Fields) -> Response:
    raw, skipped = form.carried(given)
    values = form.entered(given)
    filled, errors = form.first_facts(values, raw, desk.questions)
    if errors:
        return shown(_first(desk, values, errors, form.hidden(raw, skipped)), status=400)
    if given.one("do") == "answer":
        return _answer(desk, filled, skipped)
    return _next(desk, filled, skipped)


def _after_pasted(desk: Desk, given: form.Fields) -> Response:
    text = given.one("pasted")
    try:
        if not text:
            raise CaseError(desk.site.say("label-ask-needed"), field="case")
        raw = read_bytes(text.encode())
        if not isinstance(raw, dict):
            raise CaseError("is not a mapping of fields; write `name: value` lines", field="case")
        desk.read(raw)
    except CaseError as fault:
        return shown(_first(desk, find.First(), {"pasted": str(fault)}, [], text), status=400)
    return _answer(desk, plain(raw), set())


def _after_asked(desk: Desk, given: form.Fields) -> Response:
    raw, skipped = form.carried(given)
    do = given.one("do")
    if do == "more":
        skipped = set()
    elif given.one("step") == "asked":
        before = set(skipped)
        raw, errors = form.answered(desk.questions, given, raw, skipped)
        if errors and do != "change":
            kept = {key: given.all(key) for key in errors}
            return _next(desk, raw, {*before, *skipped}, kept, errors)
    if do == "change":
        return shown(_first(desk, form.first_of(raw), {}, form.hidden(raw, skipped)))
    if do == "answer":
        return _answer(desk, raw, skipped)
    return _next(desk, raw, skipped)


def _next(
    desk: Desk,
    raw: Raw,
    skipped: set[tuple[str, str | None]],
    given: Mapping[str, Sequence[str]] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    """Show the next questions; those that were answered wrongly first, with what was entered."""
    case = desk.read(raw)
    questions = desk.questions
    with desk.asking:
        asked = form.asked(questions, raw, skipped, given)
    if errors:
        asked = [one for one in asked if one.key in errors] or asked
    by_id = {one.id: errors[one.key] for one in asked if errors and one.key in errors}
    page = find.next_page(
        desk.site,
        asked,
        counts=tally(desk.answer(case)),
        known=form.known(raw, desk.words),
        errors=by_id,
        facts=form.hidden(raw, skipped),
    )
    return shown(page, status=400 if errors else 200)


def _answer(desk: Desk, raw: Raw, skipped: set[tuple[str, str | None]]) -> Response:
    found = desk.answer(desk.read(raw))
    return shown(answer.page(desk.site, told_of(desk, found, form.hidden(raw, skipped))))


def _says(rule: Mapping[str, Any]) -> str:
    return condition(dict(rule))


def _day(desk: Desk, on: str) -> int:
    return day_of(on, "on") if on else desk.day.lo


def _by_letter(names: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for key, name in sorted(names.items(), key=lambda pair: fold(pair[1])):
        groups.setdefault(fold(name)[:1].upper(), []).append((key, name))
    return groups


def _by_kind(named: Mapping[str, tuple[str, str]]) -> dict[str, list[tuple[str, str]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for key, (kind, name) in sorted(named.items(), key=lambda pair: (pair[1][0], fold(pair[1][1]))):
        groups.setdefault(kind.replace("_", " ").replace("-", " "), []).append((key, name))
    return groups
