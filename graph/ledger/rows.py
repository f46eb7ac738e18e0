"""What goes into the ledger and comes out: statements, sources, snapshots and loads."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Self

from graph.model.dates import iso, parse_date

# What a source says. Where it says it (snapshot, record, seen, note) is no part of a statement's identity:
# a row that moved down a page is still the same statement.
IDENTITY = (
    "source",
    "subject",
    "relation",
    "object",
    "value",
    "kind",
    "deposited",
    "since",
    "until",
    "excludes",
    "detail",
    "confidence",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow:
    """One statement of one source. Dates keep their precision; `until` is the first day out, "" is none."""

    subject: str
    relation: str
    object: str = ""
    value: str = ""  # JSON, where the object is a value and not an id
    kind: str = ""
    deposited: str = ""
    since: str = ""
    until: str = ""
    excludes: str = ""
    detail: str = ""
    confidence: str = ""
    source: str
    snapshot: str = ""  # SHA-256 of the file
    record: str = ""  # where in it
    seen: str = ""  # the day on which the source said so
    note: str = ""
    recorded: str = ""  # when we learned it, ISO 8601 in UTC; handed in, never read from a clock
    load: str = ""  # the load that added it
    id: str = ""  # worked out when absent

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", statement_id(self))

    def bounds(self) -> dict[str, str | None]:
        """Return the first and last possible day of `since` and `until`; None where there is none.

        Raises: ValueError when a date has no known form.
        """
        days: dict[str, str | None] = {}
        for name, text in (("since", self.since), ("until", self.until)):
            when = parse_date(text) if text else None
            days[f"{name}_lo"] = iso(when.lo) if when else None
            days[f"{name}_hi"] = iso(when.hi) if when else None
        return days

    def mapping(self) -> dict[str, str]:
        """Return the row as a plain mapping, the form that the compiler of the law reads."""
        return {name: getattr(self, name) for name in COLUMNS}

    @classmethod
    def of(cls, mapping: dict[str, str]) -> Self:
        """Build a row from a mapping with at least these columns."""
        return cls(**{name: mapping[name] for name in COLUMNS})


COLUMNS = tuple(field.name for field in fields(StatementRow))


def statement_id(row: StatementRow) -> str:
    """Return `st-` and 16 hex digits of SHA-256 over what identifies a statement, on every machine."""
    return "st-" + digest(getattr(row, name) for name in IDENTITY)[:16]


def digest(parts: Iterable[str]) -> str:
    """Return the SHA-256 of some texts, each ended by a unit separator so that none runs into the next."""
    return hashlib.sha256("".join(f"{part}\x1f" for part in parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A publisher's work that statements come from."""

    id: str
    title: str = ""
    publisher: str = ""
    licence: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotRow:
    """One file's bytes, known by their hash. `file` is a name without folders."""

    sha256: str
    size: int
    source: str
    file: str
    publisher: str = ""
    url: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """One run over one source's files, written whole or not at all."""

    source: str  # the connector or the shipped table
    recorded: str  # when, ISO 8601 in UTC
    snapshot: str = ""  # SHA-256 of the file, or of the list of files when there are several
    snapshots: tuple[SnapshotRow, ...] = ()
    published: str = ""
    records_read: int = 0
    records_rejected: int = 0
    findings: str = "[]"  # JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadRow:
    """A load as the ledger remembers it."""

    id: str
    source: str
    snapshot: str
    published: str
    recorded: str
    findings: str
    records_read: int
    records_rejected: int
    added: int
    closed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class Counts:
    """What a load did to the ledger, in statements."""

    added: int = 0
    closed: int = 0
    unchanged: int = 0
