"""The store of record: statements with their sources, append-only, in SQLite or PostgreSQL."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import date, timedelta
from typing import Self

from sqlalchemy import Connection, Engine, func, insert, inspect, select

from graph.errors import HomeMissing, LedgerDamaged
from graph.ledger import schema
from graph.ledger.engine import faults, make_engine
from graph.ledger.rows import COLUMNS, Counts, Load, LoadRow, SourceRow, StatementRow, digest
from graph.settings import Settings

LOAD_COLUMNS = tuple(field.name for field in fields(LoadRow))
CHUNK = 400  # rows at a time; below the number of variables that SQLite takes


class Ledger:
    """Statements and where they come from. Use as a context manager; a load is one transaction."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self._engine, self._settings = engine, settings

    @classmethod
    def open(cls, settings: Settings, *, create: bool = False) -> Self:
        """Open the ledger; with `create` make its tables when there are none.

        Raises: HomeMissing, HomeUnusable, LedgerDamaged, DiskFull, ServiceMissing.
        """
        ledger = cls(make_engine(settings, create=create), settings)
        try:
            if create:
                ledger._make_tables()
            ledger._check_version()
        except BaseException:
            ledger.dispose()
            raise
        return ledger

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.dispose()

    def dispose(self) -> None:
        """Let go of the database."""
        with faults(self._settings):
            self._engine.dispose()

    def append(self, rows: Iterable[StatementRow], load: Load, *, closing: Iterable[str] = ()) -> Counts:
        """Add the rows that are not there yet and close those ids, as one load. Twice changes nothing."""
        wanted = sorted(set(closing))
        return self._write(load, rows, lambda connection, kept: set(_open_among(connection, wanted)) - kept)

    def close(self, ids: Iterable[str], load: Load) -> Counts:
        """Record that a source no longer makes these statements; they stay in the ledger."""
        return self.append((), load, closing=ids)

    def replace(self, rows: Iterable[StatementRow], load: Load) -> Counts:
        """Add the rows, and close what earlier loads of this name said and these rows no longer say."""
        return self._write(load, rows, lambda connection, kept: _open_of(connection, load.source) - kept)

    def describe(self, sources: Iterable[SourceRow], recorded: str) -> None:
        """Record who the sources are; one that is already described so is left alone."""
        table = schema.sources
        with self._transaction() as connection:
            latest = {row.id: row for row in connection.execute(select(table).order_by(table.c.recorded))}
            for source in sources:
                known = latest.get(source.id)
                described = asdict(source)
                if known is None or {key: getattr(known, key) for key in described} != described:
                    connection.execute(insert(table).values(**described, recorded=recorded))

    def current(self, known_on: str | None = None) -> Iterator[StatementRow]:
        """Yield the statements that stand, by id; with `known_on`, as known at the end of that day."""
        table, limit = schema.statements, _day_after(known_on)
        query = select(*(table.c[name] for name in COLUMNS)).order_by(table.c.id)
        if limit:
            query = query.where(table.c.recorded < limit)
        with faults(self._settings), self._engine.connect() as connection:
            closed = _closed(connection, limit)
            for row in connection.execution_options(yield_per=2000).execute(query):
                if row.id not in closed:
                    yield StatementRow(**row._mapping)

    def history(self) -> Iterator[tuple[StatementRow, str]]:
        """Yield every statement that was ever made, by id, and the day on which its source took it back, or nothing.

        One that was taken back and made again stands.
        """
        table = schema.statements
        query = select(*(table.c[name] for name in COLUMNS)).order_by(table.c.id)
        with faults(self._settings), self._engine.connect() as connection:
            closed = _closed_on(connection)
            for row in connection.execution_options(yield_per=2000).execute(query):
                yield StatementRow(**row._mapping), closed.get(row.id, "")

    def sources(self) -> list[SourceRow]:
        """Return the sources by id, as last described."""
        table = schema.sources
        with faults(self._settings), self._engine.connect() as connection:
            rows = connection.execute(select(table).order_by(table.c.recorded))
            latest = {row.id: SourceRow(**{k: v for k, v in row._mapping.items() if k != "recorded"}) for row in rows}
        return [latest[key] for key in sorted(latest)]

    def loads(self) -> list[LoadRow]:
        """Return the loads, oldest first."""
        table = schema.loads
        with faults(self._settings), self._engine.connect() as connection:
            rows = connection.execute(select(*(table.c[name] for name in LOAD_COLUMNS)).order_by(table.c.seq))
            return [LoadRow(**row._mapping) for row in rows]

    def changes(self, load: str) -> Iterator[tuple[str, StatementRow]]:
        """Yield what a load did: `added`, `closed` or `reopened`, and the statement, by id."""
        rows, closings = schema.statements, schema.closings
        columns = [rows.c[name] for name in COLUMNS]
        with faults(self._settings), self._engine.connect() as connection:
            for row in connection.execute(select(*columns).where(rows.c.load == load).order_by(rows.c.id)):
                yield "added", StatementRow(**row._mapping)
            turned = select(closings.c.closed, *columns).join_from(closings, rows)
            for row in connection.execute(turned.where(closings.c.load == load).order_by(rows.c.id)):
                found = dict(row._mapping)
                yield ("closed" if found.pop("closed") else "reopened"), StatementRow(**found)

    def datasets(self) -> list[dict[str, object]]:
        """Return for each source of loads: name, as_of (newest day seen), loaded, statements, findings."""
        rows, loads = schema.statements, schema.loads
        query = (
            select(loads.c.source, func.max(rows.c.seen), func.count(rows.c.id))
            .join_from(loads, rows, isouter=True)
            .group_by(loads.c.source)
            .order_by(loads.c.source)
        )
        latest = {load.source: load for load in self.loads()}
        with faults(self._settings), self._engine.connect() as connection:
            closed = _closed_by_source(connection)
            return [
                {
                    "name": source,
                    "as_of": seen or "",
                    "loaded": latest[source].recorded,
                    "statements": count - closed.get(source, 0),
                    "findings": len(json.loads(latest[source].findings)),
                }
                for source, seen, count in connection.execute(query)
            ]

    def content_hash(self) -> str:
        """Return the SHA-256 of what the ledger says, whenever and in whatever order it was loaded."""
        lines = (digest((row.id, row.snapshot, row.record, row.seen, row.note)) for row in self.current())
        return digest(lines)

    def problem(self) -> str:
        """Return what the database's own check finds wrong, or nothing."""
        if self._engine.dialect.name != "sqlite":
            return ""
        with faults(self._settings), self._engine.connect() as connection:
            answer = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
        return "" if answer == "ok" else str(answer)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with faults(self._settings), self._engine.connect() as plain:
            writing = plain.execution_options(writes=True)
            with writing.begin():
                yield writing

    def _make_tables(self) -> None:
        with self._transaction() as connection:
            schema.metadata.create_all(connection)
            if connection.execute(select(schema.format_.c.version)).first() is None:
                connection.execute(insert(schema.format_).values(version=schema.VERSION))

    def _check_version(self) -> None:
        with faults(self._settings), self._engine.connect() as connection:
            if not inspect(connection).has_table("format"):
                raise HomeMissing("the ledger is empty; run `recourse init`", field="--home")
            version = connection.execute(select(func.max(schema.format_.c.version))).scalar()
        if version != schema.VERSION:
            raise LedgerDamaged(
                f"its format is {version}, this program reads {schema.VERSION}; install the newer program",
                field="ledger",
                value=version,
            )

    def _write(
        self,
        load: Load,
        rows: Iterable[StatementRow],
        to_close: Callable[[Connection, set[str]], set[str]],
    ) -> Counts:
        unique = {row.id: row for row in rows}
        with self._transaction() as connection:
            known = _among(connection, unique)
            closed = _closed(connection, None) & known
            fresh = [row for key, row in sorted(unique.items()) if key not in known]
            outdated = sorted(to_close(connection, set(unique)))
            counts = Counts(len(fresh) + len(closed), len(outdated), len(known) - len(closed))
            if not (fresh or closed or outdated or _is_new(connection, load)):
                return counts
            name = _record_load(connection, load, counts)
            if fresh:
                connection.execute(insert(schema.statements), [_record(row, load, name) for row in fresh])
            turned = [*((key, False) for key in sorted(closed)), *((key, True) for key in outdated)]
            if turned:
                connection.execute(
                    insert(schema.closings),
                    [
                        {"statement": key, "closed": shut, "load": name, "recorded": load.recorded}
                        for key, shut in turned
                    ],
                )
        return counts


def _record(row: StatementRow, load: Load, name: str) -> dict[str, str | None]:
    return {
        **row.mapping(),
        **row.bounds(),
        "recorded": row.recorded or load.recorded,
        "snapshot": row.snapshot or load.snapshot,
        "load": name,
    }


def _record_load(connection: Connection, load: Load, counts: Counts) -> str:
    """Write the load and its snapshots; return its id."""
    table = schema.snapshots
    for snapshot in load.snapshots:
        known = connection.execute(select(table.c.size).where(table.c.sha256 == snapshot.sha256)).first()
        if known is None:
            connection.execute(insert(table).values(**asdict(snapshot), recorded=load.recorded))
    values = asdict(load)
    del values["snapshots"]
    earlier = connection.execute(select(func.count()).select_from(schema.loads)).scalar_one()
    name = "ld-" + digest((load.source, load.snapshot, load.recorded, str(earlier)))[:16]
    connection.execute(insert(schema.loads).values(**values, **asdict(counts), id=name))
    return name


def _is_new(connection: Connection, load: Load) -> bool:
    """Whether these bytes were never loaded from this source."""
    table = schema.loads
    query = select(table.c.id).where(table.c.source == load.source, table.c.snapshot == load.snapshot)
    return bool(load.snapshot) and connection.execute(query).first() is None


def _among(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Return those of the ids that the ledger has, open or closed."""
    column, wanted, found = schema.statements.c.id, sorted(ids), set[str]()
    for at in range(0, len(wanted), CHUNK):
        found.update(connection.execute(select(column).where(column.in_(wanted[at : at + CHUNK]))).scalars())
    return found


def _open_among(connection: Connection, ids: Iterable[str]) -> list[str]:
    return sorted(_among(connection, ids) - _closed(connection, None))


def _open_of(connection: Connection, source: str) -> set[str]:
    rows, loads = schema.statements, schema.loads
    query = select(rows.c.id).join_from(rows, loads).where(loads.c.source == source)
    return set(connection.execute(query).scalars()) - _closed(connection, None)


def _closed(connection: Connection, limit: str | None) -> set[str]:
    """Return the ids whose last closing, before a time, closed them."""
    table = schema.closings
    query = select(table.c.statement, table.c.closed).order_by(table.c.seq)
    if limit:
        query = query.where(table.c.recorded < limit)
    last = {row.statement: row.closed for row in connection.execute(query)}
    return {statement for statement, closed in last.items() if closed}


def _closed_on(connection: Connection) -> dict[str, str]:
    """Return the ids that are closed and the day of the closing that stands."""
    table = schema.closings
    query = select(table.c.statement, table.c.closed, table.c.recorded).order_by(table.c.seq)
    last = {row.statement: row.recorded[:10] if row.closed else "" for row in connection.execute(query)}
    return {statement: day for statement, day in last.items() if day}


def _closed_by_source(connection: Connection) -> Counter[str]:
    rows, loads = schema.statements, schema.loads
    query = select(rows.c.id, loads.c.source).join_from(rows, loads)
    source = {row.id: row.source for row in connection.execute(query)}
    return Counter(source[key] for key in _closed(connection, None))


def _day_after(day: str | None) -> str | None:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat() if day else None
