"""Neo4j over Bolt: the only file that names its driver.

One pool for each store, shared by its threads; bookmarks are kept, so a read sees every write of this store even in a
cluster. The driver tries again what the server calls transient, and nothing else; a batch is one transaction.
"""

from __future__ import annotations

import logging
import re
import ssl
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Final, Self

import neo4j
from neo4j import exceptions as faults
from neo4j.graph import Node, Relationship
from neo4j.graph import Path as GraphPath
from neo4j.time import Date, DateTime, Duration, Time

from graph.cypher import Query, migrations
from graph.errors import (
    DiskFull,
    InputError,
    QueryRejected,
    RecourseError,
    StoreError,
    StoreTimeout,
    StoreTooOld,
    StoreUnavailable,
)
from graph.settings import Settings
from graph.store import migrate, writing
from graph.store.port import Batch, Params, Record, WriteCounts
from graph.store.shape import LABELS, RELATIONS
from graph.version import VERSION

OLDEST: Final = (5, 26)
_PLACE: Final = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[\w.-]+)(?::\d{1,5})?/?(?:\?[^@]*)?$")
_DELETED_AT_ONCE: Final = 20_000
_TIMED_OUT: Final = ("TransactionTimedOut", "TransactionTimedOutClientConfiguration", "LockClientStopped")


class BoltStore:
    """A graph on a server."""

    engine = "bolt"

    def __init__(self, settings: Settings) -> None:
        """Connect, and look whether the server is one that we can use.

        Raises: InputError for an address or a trust that cannot be; StoreUnavailable, StoreTooOld.
        """
        self._settings = settings
        logging.getLogger("neo4j").addHandler(logging.NullHandler())  # its faults are told once, by our errors
        self._driver = _driver(settings)
        try:
            with self._faults("connect"), self._session(neo4j.READ_ACCESS) as session:
                agent = session.run("RETURN 1 AS one").consume().server.agent
            check_server(agent)
        except BaseException:
            self._driver.close()
            raise

    def read(self, query: Query, params: Params, *, timeout: float | None = None) -> list[Record]:
        """Run one query of queries/ and give all its rows."""
        if self.engine not in query.engines:
            raise QueryRejected(query.name, self.engine, "its header names the other engine alone")
        return self._read(query.text, query.bind(params), query.name, timeout)

    def plan(self, query: Query, params: Params) -> list[tuple[str, str]]:
        """The operators by which the server would run a query, and what each works on; nothing is run."""

        @neo4j.unit_of_work(timeout=self._settings.store_timeout)
        def work(tx: neo4j.ManagedTransaction) -> list[tuple[str, str]]:
            return list(_operators(tx.run(f"EXPLAIN {query.text}", query.bind(params)).consume().plan or {}))

        with self._faults(query.name), self._session(neo4j.READ_ACCESS) as session:
            return session.execute_read(work)

    def write(self, batch: Batch) -> WriteCounts:
        """Merge one batch by id, in one transaction."""

        @neo4j.unit_of_work(timeout=self._settings.store_timeout)
        def work(tx: neo4j.ManagedTransaction) -> WriteCounts:
            return writing.apply(
                batch, lambda text, params: _rows(tx.run(text, params)), lambda t, p: _deleted(tx.run(t, p))
            )

        with self._faults("write"), self._session(neo4j.WRITE_ACCESS) as session:
            return session.execute_write(work)

    def load(self, batches: Iterable[Batch], progress: Callable[[int], None] | None = None) -> WriteCounts:
        """Merge many batches, in pieces of one transaction each; the next is taken when the last is written."""
        return writing.load(self.write, batches, progress)

    def migrate(self) -> list[str]:
        """Apply the files of queries/schema/ that this graph has not had, and wait for their indexes."""
        done = migrate.apply_missing(self.engine, migrations(), self._read, self._write)
        if done:
            self._read("CALL db.awaitIndexes(300)", {}, "migrate", 310)
        return done

    def counts(self) -> dict[str, int]:
        """Count nodes by label and edges by type."""
        texts = (writing.count_text(list(LABELS), edges=False), writing.count_text(list(RELATIONS), edges=True))
        return {row["name"]: row["n"] for text in texts for row in self._read(text, {}, "counts") if row["n"]}

    def clear(self) -> None:
        """Take out everything, schema included, a bounded number of nodes at a time."""
        for pattern in ("()-[x]->()", "(x)"):
            text = f"MATCH {pattern} WITH x LIMIT {_DELETED_AT_ONCE} DELETE x"
            while any(self._write(text, {})):
                pass
        for row in self._read("SHOW CONSTRAINTS YIELD name RETURN name", {}):
            self._write(f"DROP CONSTRAINT `{row['name']}` IF EXISTS", {})
        for row in self._read("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name", {}):
            self._write(f"DROP INDEX `{row['name']}` IF EXISTS", {})

    def commit(self) -> None:
        """Do nothing: the server keeps each write when it is made."""

    def close(self) -> None:
        """Close the connections."""
        self._driver.close()

    def __enter__(self) -> Self:
        """Return the store."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close the connections."""
        self.close()

    # One statement

    @property
    def _database(self) -> str | None:
        return self._settings.store_database or None

    def _session(self, mode: str) -> neo4j.Session:
        return self._driver.session(
            database=self._database,
            default_access_mode=mode,
            bookmark_manager=self._driver.execute_query_bookmark_manager,
        )

    def _read(
        self, text: str, params: Mapping[str, Any], name: str = "write", timeout: float | None = None
    ) -> list[Record]:
        limit = self._settings.store_timeout if timeout is None else timeout

        @neo4j.unit_of_work(timeout=limit)
        def work(tx: neo4j.ManagedTransaction) -> list[Record]:
            return _rows(tx.run(text, dict(params)))

        with self._faults(name), self._session(neo4j.READ_ACCESS) as session:
            return session.execute_read(work)

    def _write(self, text: str, params: Mapping[str, Any]) -> tuple[int, int]:
        @neo4j.unit_of_work(timeout=self._settings.store_timeout)
        def work(tx: neo4j.ManagedTransaction) -> tuple[int, int]:
            return _deleted(tx.run(text, dict(params)))

        with self._faults("write"), self._session(neo4j.WRITE_ACCESS) as session:
            return session.execute_write(work)

    @contextmanager
    def _faults(self, name: str) -> Iterator[None]:
        """Raise the core's error in place of the driver's."""
        try:
            yield
        except (faults.Neo4jError, faults.DriverError, ssl.SSLError, OSError, ValueError) as fault:
            raise translate(fault, name, self._settings) from fault


def check_server(agent: str) -> None:
    """Raise StoreTooOld unless this is a Neo4j that is new enough: `Neo4j/5.26.0`, `Neo4j/2025.10.1`."""
    match = re.match(r"Neo4j/(\d+)\.(\d+)", agent)
    if match is None:
        raise StoreTooOld(
            "the server is not a Neo4j that we know; use Neo4j 5.26 or later", field="RECOURSE_STORE", value=agent
        )
    if (int(match[1]), int(match[2])) < OLDEST:
        raise StoreTooOld("the server is older than Neo4j 5.26; update it", field="RECOURSE_STORE", value=agent)


def translate(fault: Exception, name: str, settings: Settings) -> RecourseError:
    """Return our error for the driver's: one line, without parameters and without the password."""
    code = getattr(fault, "code", None) or ""
    short = code.rpartition(".")[2]
    text = str(getattr(fault, "message", None) or fault).partition("\n")[0]
    where = settings.store
    if certificate := _certificate(fault):
        return StoreUnavailable(
            f"the server's certificate is not trusted ({certificate}); renew it, or name its authority",
            field="RECOURSE_STORE_TRUST",
            value=settings.store_trust,
        )
    if short == "AuthenticationRateLimit":
        return StoreUnavailable(
            "the server refuses us after too many wrong passwords; correct the password and wait a few seconds",
            field="RECOURSE_STORE_PASSWORD",
        )
    if isinstance(fault, faults.AuthError) or ".Security." in code:
        return StoreUnavailable(
            "the server does not accept this user and password, or the user may not do this; correct them",
            field="RECOURSE_STORE_PASSWORD",
        )
    if short == "DatabaseNotFound":
        return StoreUnavailable(
            "the server has no such database; correct the name or leave it empty",
            field="RECOURSE_STORE_DATABASE",
            value=settings.store_database,
        )
    if short in _TIMED_OUT or isinstance(fault, getattr(faults, "ConnectionAcquisitionTimeoutError", ())):
        return StoreTimeout(
            "the server took longer than it was given; ask for less, or raise RECOURSE_STORE_TIMEOUT", field=name
        )
    if re.search(r"no space left|disk.{0,20}full|not enough (?:disk )?space", text, re.IGNORECASE):
        return DiskFull("the server's disk is full; free some space there", field="RECOURSE_STORE", value=where)
    if "OutOfMemory" in short:
        return StoreError("the server has not enough memory for this; raise its heap or ask for less", field=name)
    if isinstance(fault, faults.DriverError | OSError | ValueError) or short in ("DatabaseUnavailable", "NotALeader"):
        return StoreUnavailable(
            "the server cannot be reached, or stopped answering; start it, or correct the address",
            field="RECOURSE_STORE",
            value=where,
        )
    if isinstance(fault, faults.TransientError):
        return StoreUnavailable("the server is too busy, and trying again did not help; try later", field=name)
    if isinstance(fault, faults.ClientError):
        return QueryRejected(name, "bolt", text.rstrip("."))
    return StoreError(f"the server failed ({code or type(fault).__name__}); see its log", field=name)


def _certificate(fault: BaseException | None) -> str:
    """Return what is wrong with the server's certificate, if that is at the root of a fault."""
    while fault is not None:
        if isinstance(fault, ssl.SSLCertVerificationError):
            return fault.verify_message
        if isinstance(fault, ssl.SSLError):
            return "no TLS connection could be made"
        fault = fault.__cause__ or fault.__context__
    return ""


def _driver(settings: Settings) -> neo4j.Driver:
    scheme, _, rest = settings.store.partition("://")
    if "@" in rest:
        raise InputError(
            "an address holds no user and password; set RECOURSE_STORE_USER and RECOURSE_STORE_PASSWORD",
            field="RECOURSE_STORE",
            value=f"{scheme}://{rest.rpartition('@')[2]}",
        )
    if not _PLACE.match(rest):
        raise InputError(
            "it is not an address; write for example neo4j+s://host:7687", field="RECOURSE_STORE", value=settings.store
        )
    base, _, secure = scheme.partition("+")
    config: dict[str, Any] = {}
    if secure:
        config = {"encrypted": True, "trusted_certificates": _trust("all" if secure == "ssc" else settings.store_trust)}
    auth = (settings.store_user, settings.store_password) if settings.store_password else None
    try:
        return neo4j.GraphDatabase.driver(
            f"{base}://{rest}",
            auth=auth,
            max_connection_pool_size=settings.store_pool,
            connection_timeout=settings.store_connect_timeout,
            connection_acquisition_timeout=settings.store_connect_timeout,
            max_transaction_retry_time=settings.store_retry,
            liveness_check_timeout=30,
            keep_alive=True,
            notifications_min_severity="OFF",
            telemetry_disabled=True,
            user_agent=f"recourse/{VERSION}",
            **config,
        )
    except (faults.ConfigurationError, ValueError) as fault:
        raise InputError(
            f"the address cannot be used ({fault}); write for example neo4j+s://host:7687",
            field="RECOURSE_STORE",
            value=settings.store,
        ) from fault


def _trust(trust: str) -> neo4j.TrustStore:
    if trust == "system":
        return neo4j.TrustSystemCAs()
    if trust == "all":
        return neo4j.TrustAll()
    if not Path(trust).is_file():
        raise InputError(
            "there is no such file of certificates; write system, all, or the path of a PEM file",
            field="RECOURSE_STORE_TRUST",
            value=trust,
        )
    return neo4j.TrustCustomCAs(trust)


def _rows(result: neo4j.Result) -> list[Record]:
    names = result.keys()
    return [{name: _plain(record[name]) for name in names} for record in result]


def _operators(step: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every operator of a plan, from the last to the first."""
    if step:
        name = str(step["operatorType"]).partition("@")[0]
        yield name, str(step.get("args", {}).get("Details", ""))
    for child in step.get("children", ()):
        yield from _operators(child)


def _deleted(result: neo4j.Result) -> tuple[int, int]:
    counters = result.consume().counters
    return counters.nodes_deleted, counters.relationships_deleted


def _plain(value: Any) -> Any:
    """Return a value as both engines give it: a node or an edge is the mapping of its properties."""
    match value:
        case list():
            return [_plain(item) for item in value]
        case dict():
            return {name: _plain(value[name]) for name in sorted(value)}
        case Node() | Relationship():
            return {name: _plain(value[name]) for name in sorted(value.keys())}
        case GraphPath():
            return {
                "nodes": [_plain(n) for n in value.nodes],
                "relationships": [_plain(r) for r in value.relationships],
            }
        case Date():
            return date(value.year, value.month, value.day)
        case DateTime() | Time():
            return value.to_native()
        case Duration():
            whole = {"days": value.days, "months": value.months, "seconds": value.seconds}
            return whole | ({"nanoseconds": value.nanoseconds} if value.nanoseconds else {})
        case _:
            return value
