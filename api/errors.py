"""Core errors to HTTP and to GraphQL: one code, one status, one line that says what to do. Never a trace."""

from __future__ import annotations

from typing import Any, Final
from uuid import uuid4

from graph.errors import CaseError, InputError, RecourseError, Unavailable, shorten
from graph.logs import Log

log = Log("api")

STATUS: Final = {
    "BAD_REQUEST": 400,
    "BAD_INPUT": 400,
    "BAD_CASE": 400,
    "UNAUTHENTICATED": 401,
    "FORBIDDEN": 403,
    "PERSISTED_QUERY_NOT_FOUND": 404,
    "DOCUMENT_NOT_TRUSTED": 403,
    "RATE_LIMIT": 429,
    "INTERNAL": 500,
    "STORE_UNAVAILABLE": 503,
    "TIMEOUT": 503,
}  # every other code is the caller's: 400


class Fault(Exception):
    """What is told to the caller: a code of the contract, a line, and what the line is about."""

    def __init__(self, code: str, message: str, **extra: Any) -> None:
        self.code, self.message = code, message
        self.extra = {key: value for key, value in extra.items() if value is not None}
        self.status: int = STATUS.get(code, 400)
        super().__init__(message)

    def extensions(self) -> dict[str, Any]:
        """The `extensions` of a GraphQL error."""
        return {"code": self.code, **self.extra}


def fault_of(error: Exception) -> Fault:
    """Any exception as what is told of it; of a fault of ours only a number to report."""
    if isinstance(error, Fault):
        return error
    if isinstance(error, RecourseError):
        return Fault(_code(error), str(error), **_about(error))
    return _internal(type(error).__name__, _place(error))


def fault_of_null(field: str) -> Fault:
    """A field that may not be null and is: the graph lacks what the schema promises."""
    return _internal("null", field)


def _internal(kind: str, at: str) -> Fault:
    number = uuid4().hex[:12]
    log.warning("request.failed", number=number, kind=kind, at=at)
    return Fault("INTERNAL", f"something went wrong inside the program; report it with the number {number}")


def status_of(error: RecourseError) -> int:
    """The HTTP status of a core error."""
    if isinstance(error, InputError):
        return 413 if error.code == "size" else 400
    return 503 if isinstance(error, Unavailable) else 500


def _code(error: RecourseError) -> str:
    if isinstance(error, CaseError):
        return "BAD_CASE"
    if isinstance(error, InputError):
        return "BAD_INPUT"
    return "TIMEOUT" if error.code == "store-timeout" else "STORE_UNAVAILABLE"


def _about(error: RecourseError) -> dict[str, Any]:
    plain = error.as_dict()
    return {"field": plain["field"] or None, "value": plain["value"], "nearest": plain["nearest"]}


def _place(error: Exception) -> str:
    """The file and line that raised it: enough to find it, and nothing of what it was about."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "?"
    return f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}"


def bad_input(message: str, *, field: str | None = None, value: object = None, nearest: str | None = None) -> Fault:
    """An argument, a variable, an id or a cursor that cannot be."""
    return Fault("BAD_INPUT", message, field=field, value=None if value is None else shorten(value), nearest=nearest)


def not_found() -> Fault:
    """An id or key that is not in the viewer's graph: one text whether it exists or not."""
    return Fault("NOT_FOUND", "there is nothing under this id or key; look it up with `search`")
