"""Every error that Recourse raises on purpose.

RecourseError
├── InputError            the call or its input is wrong; nothing was changed (exit 2)
│   ├── CaseError         a fact of a case is malformed, unknown or impossible
│   ├── UnknownId         an id that no catalogue holds
│   ├── SourceRefused     a publisher's file is of the wrong kind or breaks its expectations
│   └── BatchRefused      a row for the graph is malformed, or an edge lacks one of its ends
├── ReferenceFault        a shipped or edited reference file is wrong (exit 2)
└── Unavailable           something that the command needs is not there (exit 3)
    ├── HomeMissing       the data folder holds no ledger or no law yet
    ├── HomeUnusable      the data folder cannot be read or written
    ├── HomeBusy          another command is changing the data folder
    ├── DiskFull          no room, or no permission, to finish a write
    ├── LedgerDamaged     the ledger is not a readable database
    ├── LawDamaged        the compiled law does not match its own hash
    ├── ServiceMissing    a database server or an optional package
    └── StoreError        the engine of the graph did not do what it was asked
        ├── QueryRejected     an engine would not run a query (exit 2)
        ├── StoreUnavailable  the server cannot be reached, or does not let us in
        ├── StoreTimeout      the engine did not answer in the time that it was given
        ├── StoreTooOld       the server is older than the oldest that we can use
        └── GraphDamaged      the graph's file is not a readable graph of ours

A message says what is wrong with the value, then what to do, in one line: it is printed after the
field as `recourse: FIELD: MESSAGE`. Errors carry ids and values of facts, never names or case text.
"""

from typing import ClassVar

SHOWN = 60  # characters of a value that an error repeats


def shorten(value: object) -> str:
    """Return a value as one short line that is safe to print: no control characters, cut at SHOWN."""
    text = "".join(c if c.isprintable() else " " for c in str(value)[: SHOWN + 1])
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


class RecourseError(Exception):
    """The root: `code` is for programs, `field`, `value` and `message` for people."""

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 2

    def __init__(
        self,
        message: str,
        *,
        field: str = "",
        value: object = None,
        nearest: str | None = None,
        line: int | None = None,
        code: str | None = None,
    ) -> None:
        self.message, self.field, self.value = message, field, value
        self.nearest, self.line = nearest, line
        if code is not None:
            self.code = code  # type: ignore[misc]  # an instance may be more exact than its class
        super().__init__(message)

    def __str__(self) -> str:
        """Return the line that a person reads, without the program's name."""
        where = self.field if self.line is None else f"{self.field or 'input'} (line {self.line})"
        return f"{where}: {self.message}" if where else self.message

    def as_dict(self) -> dict[str, object]:
        """Return the documented JSON form, without its outer `error` key."""
        plain = isinstance(self.value, bool | float | None) or (isinstance(self.value, int) and abs(self.value) < 2**53)
        value = self.value if plain else shorten(self.value)
        return {
            "code": self.code,
            "field": self.field,
            "value": value,
            "message": self.message,
            "nearest": self.nearest,
            "line": self.line,
        }


class InputError(RecourseError):
    """The call or its input is wrong; nothing was changed."""

    code = "input"


class CaseError(InputError):
    """A fact of a case is malformed, unknown or impossible."""

    code = "case"


class UnknownId(InputError):
    """No catalogue holds this id."""

    code = "unknown-id"


class SourceRefused(InputError):
    """A publisher's file is of the wrong kind or breaks the source's expectations."""

    code = "source-refused"


class BatchRefused(InputError):
    """A row for the graph is malformed, or an edge lacks one of its ends; nothing of the batch was written."""

    code = "batch-refused"


class ReferenceFault(RecourseError):
    """A reference file (a rule, an instrument, a status table) is wrong."""

    code = "reference"


class Unavailable(RecourseError):
    """Something that the command needs is not there."""

    code = "unavailable"
    exit_code = 3


class HomeMissing(Unavailable):
    """The data folder holds no ledger or no law yet."""

    code = "home-missing"


class HomeUnusable(Unavailable):
    """The data folder cannot be read or written."""

    code = "home-unusable"


class HomeBusy(Unavailable):
    """Another command is changing the data folder."""

    code = "home-busy"


class DiskFull(Unavailable):
    """There is no room to finish a write; what was there before is untouched."""

    code = "disk-full"


class LedgerDamaged(Unavailable):
    """The ledger is not a readable database of ours."""

    code = "ledger-damaged"


class LawDamaged(Unavailable):
    """The compiled law is unreadable or does not match its own hash."""

    code = "law-damaged"


class ServiceMissing(Unavailable):
    """A database server or an optional package is not there."""

    code = "service-missing"


class StoreError(Unavailable):
    """The engine of the graph did not do what it was asked."""

    code = "store"


class QueryRejected(StoreError):
    """An engine would not run a query."""

    code = "query-rejected"
    exit_code = 2

    def __init__(self, query: str, engine: str, reason: str) -> None:
        self.query, self.engine = query, engine
        super().__init__(
            f"the engine {engine} would not run it: {reason}; correct the query and try it on both engines",
            field=query,
        )


class StoreUnavailable(StoreError):
    """The server of the graph cannot be reached, or does not let us in."""

    code = "store-unavailable"


class StoreTimeout(StoreError):
    """The engine of the graph did not answer in the time that it was given; a write was undone."""

    code = "store-timeout"


class StoreTooOld(StoreError):
    """The server of the graph is older than the oldest that we can use."""

    code = "store-too-old"


class GraphDamaged(StoreError):
    """The graph's file is not a readable graph of ours; the ledger can make it again."""

    code = "graph-damaged"
