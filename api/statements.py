"""Between the connectors' statements and the ledger's rows: the same columns, two names for the subject."""

from dataclasses import asdict, fields, replace

from graph.ledger import StatementRow
from ingest.statement import Statement

SHARED = tuple(field.name for field in fields(Statement) if field.name != "state")


def to_row(one: Statement, *, like: StatementRow | None = None) -> StatementRow:
    """Return a connector's statement as a row; `like` lends the id and provenance that it is known by."""
    columns = asdict(one)
    row = StatementRow(subject=columns.pop("state"), **columns)
    if like is None:
        return row
    return replace(row, id=like.id, snapshot=like.snapshot, recorded=like.recorded, load=like.load)


def to_statement(row: StatementRow) -> Statement:
    """Return a row as a connector's statement."""
    return Statement(state=row.subject, **{name: getattr(row, name) for name in SHARED})
