"""The ledger's tables. Rows are only ever added; triggers refuse to change or remove one."""

from sqlalchemy import (
    DDL,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    event,
)

VERSION = 1  # of these tables; kept in `format`
metadata = MetaData()


def _texts(*names: str) -> list[Column[str]]:
    return [Column(name, Text, nullable=False, server_default="") for name in names]


format_ = Table("format", metadata, Column("version", Integer, primary_key=True, autoincrement=False))

sources = Table(  # who published: a changed description is a new row
    "sources",
    metadata,
    Column("id", Text, primary_key=True),
    Column("recorded", Text, primary_key=True),
    *_texts("title", "publisher", "licence", "url"),
)

snapshots = Table(  # the bytes of one file, as they were given to us
    "snapshots",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    *_texts("source", "file", "publisher", "url", "published", "recorded"),
)

loads = Table(  # one transaction: what a run read, added and closed
    "loads",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    *_texts("source", "snapshot", "published", "recorded", "findings"),
    *(
        Column(name, Integer, nullable=False, server_default="0")
        for name in ("records_read", "records_rejected", "added", "closed", "unchanged")
    ),
)

statements = Table(  # one source says that a subject stood in a relation to an object, from when until when
    "statements",
    metadata,
    Column("id", Text, primary_key=True),
    *_texts("subject", "relation", "object", "value", "kind", "deposited"),
    *_texts("since", "until"),  # with the precision they came with; "" is none
    *(Column(name, Text) for name in ("since_lo", "since_hi", "until_lo", "until_hi")),  # the same, as days
    *_texts("excludes", "detail", "confidence", "source", "snapshot", "record", "seen", "note", "recorded"),
    Column("load", Text, ForeignKey("loads.id"), nullable=False),
    Index("statements_subject", "subject", "relation"),
    Index("statements_object", "object", "relation"),
    Index("statements_load", "load"),
)

closings = Table(  # a statement that its source no longer makes, or makes again; the last row tells
    "closings",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("statement", Text, ForeignKey("statements.id"), nullable=False, index=True),
    Column("closed", Boolean, nullable=False),
    Column("load", Text, ForeignKey("loads.id"), nullable=False),
    *_texts("recorded"),
)

decisions = Table(  # a person's or a rule's word that two ids mean the same, or do not
    "decisions",
    metadata,
    Column("seq", Integer, primary_key=True),
    *_texts("left", "right", "judgement", "reason", "decider", "recorded"),
)

_SQLITE = (
    "CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb} ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
)
_POSTGRES_FUNCTION = (
    "CREATE OR REPLACE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$"
)
_POSTGRES = (
    "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only()"
)


def _guard(table: Table, when: str, statement: str, dialect: str) -> None:
    clause: DDL = DDL(statement)  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it unannotated
    event.listen(table, when, clause.execute_if(dialect=dialect))


for _table in metadata.sorted_tables:
    _guard(_table, "before_create", _POSTGRES_FUNCTION, "postgresql")
    for _verb in ("UPDATE", "DELETE"):
        _guard(_table, "after_create", _SQLITE.format(table=_table.name, verb=_verb), "sqlite")
    for _verb in ("UPDATE", "DELETE", "TRUNCATE"):
        _guard(_table, "after_create", _POSTGRES.format(table=_table.name, verb=_verb), "postgresql")
