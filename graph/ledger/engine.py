"""Opens the ledger's database, and turns its driver's errors into ours."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError, OperationalError

from graph.errors import (
    DiskFull,
    HomeBusy,
    HomeMissing,
    HomeUnusable,
    InputError,
    LedgerDamaged,
    RecourseError,
    ServiceMissing,
)
from graph.settings import Settings

BUSY_SECONDS = 30
_DAMAGED: tuple[type[RecourseError], str] = (
    LedgerDamaged,
    "the ledger is not a readable database; move ledger.sqlite away and run `recourse init`",
)
_FULL = (DiskFull, "the ledger could not be written: the disk is full or failing; free some space")
_CLOSED = (HomeUnusable, "the ledger cannot be opened for writing; check the folder's permissions")
_BUSY = (HomeBusy, "the ledger is in use; wait for the other command to end")
_MEANING: dict[int, tuple[type[RecourseError], str]] = {  # of SQLite's primary result codes
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: _FULL,
    sqlite3.SQLITE_READONLY: _CLOSED,
    sqlite3.SQLITE_CANTOPEN: _CLOSED,
    sqlite3.SQLITE_PERM: _CLOSED,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
}


def make_engine(settings: Settings, *, create: bool) -> Engine:
    """Return an engine for the ledger. With `create` its folder is made and SQLite may make the file.

    Raises: HomeMissing, HomeUnusable, ServiceMissing, InputError for a URL that names no database.
    """
    try:
        url = make_url(settings.ledger_url)
        if url.get_backend_name() == "sqlite":
            return _sqlite_engine(Path(url.database or settings.home / "ledger.sqlite"), create=create)
        return create_engine(url, isolation_level="REPEATABLE READ")
    except ArgumentError:
        raise InputError(
            "it is not a database URL; write postgresql+psycopg://USER@HOST/NAME", field="RECOURSE_LEDGER"
        ) from None
    except (NoSuchModuleError, ModuleNotFoundError):
        raise ServiceMissing(
            "the driver of this database is not installed; pip install 'recourse-graph[postgres]'",
            field="RECOURSE_LEDGER",
        ) from None


def _sqlite_engine(path: Path, *, create: bool) -> Engine:
    if create:
        path.parent.mkdir(parents=True, exist_ok=True)
    elif not path.exists():
        raise HomeMissing("there is no ledger here; run `recourse init`", field="--home", value=path.parent)
    # A folder that nobody may write to is still readable: without a journal to replay, as it stands.
    frozen = not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()
    mode = "immutable=1" if frozen else "mode=rwc" if create else "mode=rw"
    engine = create_engine(f"sqlite:///file:{path}?{mode}&uri=true", connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, so that making tables can be undone too
        if not frozen:
            connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


@contextmanager
def faults(settings: Settings) -> Iterator[None]:
    """Raise the core's error in place of the driver's."""
    try:
        yield
    except DBAPIError as fault:
        sqlite = isinstance(fault.orig, sqlite3.Error)
        if isinstance(fault, IntegrityError) or not (sqlite or isinstance(fault, OperationalError)):
            raise  # a row that the tables refuse: a fault of the program, not of the disk or the server
        raise _translate(fault, settings) from fault


def _translate(fault: DBAPIError, settings: Settings) -> RecourseError:
    primary = getattr(fault.orig, "sqlite_errorcode", None)
    if primary is None and not isinstance(fault.orig, sqlite3.Error):
        return ServiceMissing(
            "the database of the ledger did not answer; start it, or correct the URL", field="RECOURSE_LEDGER"
        )
    kind, message = _MEANING.get((primary or sqlite3.SQLITE_CORRUPT) & 0xFF, _DAMAGED)
    return kind(message, field="--home", value=settings.home)
