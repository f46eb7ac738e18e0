"""The embedded engine (kglite): a graph in this process's memory, kept in one file of the data folder.

Many threads may read; one process writes at a time, from its first write to `commit`. A commit writes a new file beside
the old one and puts it in its place, so a process that is killed leaves the last commit. A reader sees a file that
another process has put there at its next read.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from datetime import date
from pathlib import Path
from typing import Any, Final, Self

import kglite

from graph.cypher import Query, migrations
from graph.errors import (
    DiskFull,
    GraphDamaged,
    HomeBusy,
    HomeUnusable,
    QueryRejected,
    RecourseError,
    StoreError,
    StoreTimeout,
)
from graph.logs import Log
from graph.store import migrate, writing
from graph.store.port import Batch, Params, Record, WriteCounts
from graph.store.shape import LABELS, RELATIONS

log = Log("store")

_VIRTUAL: Final = ("title", "type")  # what the engine adds to a node's own properties
_SIMPLE: Final = frozenset((str, int, float, bool, date, type(None)))  # given as they are
_NODE: Final = {"id", "labels", "properties"}
_EDGE: Final = {"id", "start", "end", "type", "properties"}
_FULL: Final = ("(os error 28)", "(os error 27)", "(os error 122)")  # no space, file too large, over quota
_FULLTEXT: Final = "db.index.fulltext"
_UNWORDED: Final = 500  # changes that a full-text index may be behind; the engine catches up with so many by itself
PACK_AFTER: Final = 1_500_000  # rows of one load
_Stamp = tuple[int, int, int] | None


class EmbeddedStore:
    """A graph in one file. Opening reads it whole."""

    engine = "embedded"

    def __init__(self, path: Path, *, timeout: float = 60.0) -> None:
        """Open the file, or begin an empty graph where there is none.

        Raises: GraphDamaged, HomeUnusable.
        """
        kglite.set_query_warning_policy("silent")  # an unknown label is no rows, as on the server
        self._path, self._timeout = path, timeout
        self._guard = threading.RLock()  # one thread loads or writes
        self._lease: int | None = None  # the lock file, held from the first write to the commit
        self._dirty = False
        self._packs = 0
        self._stamp: _Stamp = None
        self._session = self._load()

    def read(self, query: Query, params: Params, *, timeout: float | None = None) -> list[Record]:
        """Run one query of queries/ and give all its rows."""
        if self.engine not in query.engines:
            raise QueryRejected(query.name, self.engine, "its header names the other engine alone")
        return self._read(query.text, query.bind(params), query.name, timeout)

    def write(self, batch: Batch) -> WriteCounts:
        """Merge one batch by id."""
        with self._writing():
            return writing.apply(batch, self._read, self._write)

    def load(self, batches: Iterable[Batch], progress: Callable[[int], None] | None = None) -> WriteCounts:
        """Merge many batches, in pieces; nothing is in the file before the commit."""
        loose = 0

        def write(batch: Batch) -> WriteCounts:
            nonlocal loose
            counts = self.write(batch)
            loose += writing.size(batch)
            if loose >= PACK_AFTER:
                self._pack()
                loose = 0
            return counts

        with self._guard:
            return writing.load(write, batches, progress)

    def migrate(self) -> list[str]:
        """Apply the files of queries/schema/ that this graph has not had."""
        with self._writing():
            return migrate.apply_missing(self.engine, migrations(), self._read, self._write)

    def counts(self) -> dict[str, int]:
        """Count nodes by label and edges by type."""
        texts = (writing.count_text(list(LABELS), edges=False), writing.count_text(list(RELATIONS), edges=True))
        return {row["name"]: row["n"] for text in texts for row in self._read(text, {}, "counts") if row["n"]}

    def clear(self) -> None:
        """Begin an empty graph; the file is replaced by the next commit."""
        with self._writing(reload=False):
            self._session = _empty()

    def commit(self) -> None:
        """Put the graph in the file, whole or not at all, and let another process write."""
        with self._guard:
            if self._dirty:
                self._save()
            self._release()

    def close(self) -> None:
        """Let go of the graph; what was not committed is lost."""
        with self._guard:
            if self._dirty:
                log.warning("store.uncommitted", engine=self.engine)
            self._dirty = False
            self._release()
            self._session = _empty()

    def __enter__(self) -> Self:
        """Return the store."""
        return self

    def __exit__(self, *error: object) -> None:
        """Commit, unless the block failed, and close."""
        try:
            if not any(error):
                self.commit()
        finally:
            self.close()

    # Reading and writing one statement

    def _read(
        self, text: str, params: Mapping[str, Any], name: str = "write", timeout: float | None = None
    ) -> list[Record]:
        with self._worded() if _FULLTEXT in text else nullcontext():
            session = self._current()
            with self._faults(name):
                view = session.cypher(text, params=dict(params), timeout_ms=self._milliseconds(timeout))
                rows = view.to_list()
        if any("stale" in warning for warning in view.warnings):
            raise StoreError("the full-text index is behind the graph; commit, and ask again", field=name)
        return [{key: value if type(value) in _SIMPLE else _plain(value) for key, value in row.items()} for row in rows]

    @contextmanager
    def _worded(self) -> Iterator[None]:
        """Have every full-text index level with the graph: of more than 1,000 changes the engine takes no notice."""
        with self._guard:
            session = self._current()
            for index in session.cypher("SHOW INDEXES").to_list():
                if index["type"] == "FULLTEXT" and (index["delta"] or 0) > _UNWORDED:
                    label, name = index["labelsOrTypes"][0], index["properties"][0]
                    session.execute(f"DROP INDEX {index['name']}")
                    session.execute(f"CREATE FULLTEXT INDEX {index['name']} FOR (n:{label}) ON EACH [n.{name}]")
            yield

    def _write(self, text: str, params: Mapping[str, Any]) -> tuple[int, int]:
        self._dirty = True
        with self._faults("write"):
            stats = self._session.execute(text, params=dict(params), timeout_ms=self._milliseconds(None)).stats or {}
        return stats.get("nodes_deleted", 0), stats.get("relationships_deleted", 0)

    def _milliseconds(self, timeout: float | None) -> int:
        return max(1, int((self._timeout if timeout is None else timeout) * 1000))

    @contextmanager
    def _faults(self, name: str) -> Iterator[None]:
        """Raise the core's error in place of the engine's."""
        try:
            yield
        except kglite.CypherTimeoutError as fault:
            raise StoreTimeout(
                "the query took longer than it was given; ask for less, or raise RECOURSE_STORE_TIMEOUT", field=name
            ) from fault
        except (kglite.KgError, ValueError, TypeError, OverflowError) as fault:
            reason = str(fault).partition("\n")[0].rstrip(".")
            raise QueryRejected(name, self.engine, reason) from fault

    # The file

    def _current(self) -> Any:
        """Return the graph, read again if another process has put a new file in its place."""
        if self._lease is None and self._stamp != _stamp(self._path):
            with self._guard:
                if self._lease is None and self._stamp != _stamp(self._path):
                    self._session = self._load()
        session = self._session
        if session is None:  # another thread is packing it
            with self._guard:
                session = self._session
        return session

    def _load(self) -> Any:
        self._stamp = _stamp(self._path)
        if self._stamp is None:
            return _empty()
        try:
            self._path.open("rb").close()
            return _declared(kglite.load(str(self._path), verify="eager"))
        except (kglite.FileIoError, OSError) as fault:
            raise HomeUnusable(
                "the graph's file cannot be read; check the permissions of the data folder",
                field="--home",
                value=self._path.parent,
            ) from fault
        except (kglite.KgError, ValueError, RuntimeError) as fault:
            raise GraphDamaged(
                "the graph's file is damaged; run `recourse rebuild` to make it again from the ledger",
                field="store",
                value=self._path.name,
            ) from fault

    @contextmanager
    def _writing(self, *, reload: bool = True) -> Iterator[None]:
        """Hold the graph for this thread, and the file for this process until the commit."""
        with self._guard:
            if self._lease is None:
                self._lease = _take(self._path)
                for left in self._path.parent.glob(f"{self._path.name}.*"):  # by a writer that was killed
                    left.unlink()
                if reload and self._stamp != _stamp(self._path):
                    try:
                        self._session = self._load()
                    except RecourseError:
                        self._release()
                        raise
            if not reload:
                self._dirty = True
            try:
                yield
            finally:
                if not self._dirty:
                    self._release()

    def _save(self) -> None:
        """Write beside the file, then put it in its place; the old one stays if that fails."""
        fresh = self._path.with_name(f"{self._path.name}.new")
        with self._worded():
            self._back_up(fresh)
        try:
            fresh.replace(self._path)
            _sync(self._path.parent)
        except OSError as fault:
            raise _unwritten(fault, self._path.parent) from fault
        self._stamp, self._dirty = _stamp(self._path), False

    def _pack(self) -> None:
        """Write the graph aside and read it again: what was just created takes twice the memory of what was read."""
        self._packs += 1  # the engine will not write to a name that it has read from
        aside = self._path.with_name(f"{self._path.name}.{self._packs}.part")
        self._back_up(aside)
        self._session = None  # both at once would not fit in memory
        try:
            self._session = _declared(kglite.load(str(aside)))
        except (kglite.KgError, OSError, ValueError) as fault:
            self._session, self._dirty = self._load(), False
            raise StoreError(f"the engine could not read what it wrote ({fault}); load again", field="store") from fault
        finally:
            aside.unlink(missing_ok=True)

    def _back_up(self, path: Path) -> None:
        """Write the graph to a file of its own."""
        try:
            self._session.backup(str(path))
            path.chmod(0o600)
        except (kglite.FileIoError, OSError) as fault:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            raise _unwritten(fault, path.parent) from fault
        except (kglite.KgError, ValueError) as fault:
            raise StoreError(f"the engine could not write the graph ({fault}); try again", field="store") from fault

    def _release(self) -> None:
        if self._lease is not None:
            os.close(self._lease)
            self._lease = None


def _empty() -> Any:
    return _declared(kglite.KnowledgeGraph())


def _declared(graph: Any) -> Any:
    """Tell the engine our properties: it refuses a pattern with one that no node has had. Threads share the session."""
    nodes = {label: {"optional": list(names)} for label, names in LABELS.items()}
    graph.define_schema({"nodes": nodes, "connections": {}})
    return graph.session()


def _stamp(path: Path) -> _Stamp:
    """Return what changes when another file takes a file's place; None when there is none."""
    try:
        seen = path.stat()
    except FileNotFoundError:
        return None
    except OSError:
        return (0, 0, 0)
    return (seen.st_ino, seen.st_mtime_ns, seen.st_size)


def _take(path: Path) -> int:
    """Lock the graph for this process. The system frees the lock of one that was killed."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as fault:
        raise HomeUnusable(
            f"the data folder cannot be written ({fault.strerror}); change its permissions or name another",
            field="--home",
            value=path.parent,
        ) from fault
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise HomeBusy(
            "another process is writing to this graph; wait for it to end", field="--home", value=path.parent
        ) from None
    return handle


def _unwritten(fault: Exception, folder: Path) -> RecourseError:
    if any(code in str(fault) for code in _FULL) or getattr(fault, "errno", None) in (27, 28, 122):
        return DiskFull(
            "the graph could not be written: the disk is full; free some space. What was there is untouched",
            field="--home",
            value=folder,
        )
    return HomeUnusable(
        "the graph could not be written; check the permissions of the data folder", field="--home", value=folder
    )


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _plain(value: Any) -> Any:
    """Return a value as both engines give it: a node or an edge is the mapping of its properties."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == _NODE and isinstance(value["id"], int):
        held = value["properties"]
        return {name: held[name] for name in sorted(held) if name not in _VIRTUAL and held[name] is not None}
    if value.keys() == _EDGE and isinstance(value["start"], int):
        held = value["properties"]
        return {name: held[name] for name in sorted(held) if held[name] is not None}
    return {name: _plain(value[name]) for name in sorted(value)}
