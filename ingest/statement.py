"""A statement about status: who is bound by what, when, on whose word."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One row of a status table; the fields are its columns, all text.

    `since` is the first day in force for the state, `until` the first day out, each a partial date or ``.
    """

    state: str
    relation: str
    object: str
    kind: str = ""
    deposited: str = ""
    since: str = ""
    until: str = ""
    excludes: str = ""
    detail: str = ""
    source: str = ""
    confidence: str = "high"
    seen: str = ""
    record: str = ""
    note: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What makes two statements the same: all but where and when the source was seen to say it, and the note."""
        return tuple(str(getattr(self, name)) for name in COLUMNS if name not in ("seen", "record", "note"))


COLUMNS = tuple(field.name for field in fields(Statement))


def order(statement: Statement) -> tuple[str, ...]:
    """The order of rows in a table."""
    one = statement
    return (one.object, one.relation, one.state, one.since, one.deposited, one.excludes, one.detail, one.kind)


def to_csv(statements: Iterable[Statement]) -> str:
    """The text of a status table: sorted, one header, line feeds."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(row) for row in sorted(statements, key=order))
    return out.getvalue()


def from_csv(text: str) -> list[Statement]:
    """The rows of a status table."""
    return [
        Statement(**{name: row.get(name) or "" for name in COLUMNS})
        for row in csv.DictReader(io.StringIO(text, newline=""))
    ]
