"""What goes wrong around a server: it dies, it is not the one meant, its certificate is not trusted."""

from __future__ import annotations

import ipaddress
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from neo4j import exceptions as faults

from graph.cypher import read_query
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
from graph.store.bolt import check_server, translate
from graph.store.open import open_store
from graph.store.port import GraphStore, WriteCounts
from tests.conftest import ROOT
from tests.contract.ring import EDGES, assert_whole, batches
from tests.neo4j.server import Server, free_port

ONE = read_query("t/one", "// T.\n// returns a: int\nRETURN 1 AS a")
SLOW = read_query(
    "t/slow",
    "// T.\n// returns a: int\n"
    "UNWIND range(1, 20000) AS x UNWIND range(1, 20000) AS y WITH x * y AS z ORDER BY z RETURN max(z) AS a",
)


def settings_of(server: Server, **changes: object) -> Settings:
    """Return settings that open a server, with short waits."""
    settings = Settings(home=server.home, store=server.address, store_password=server.password)
    return settings.but(store_retry=1.0, store_connect_timeout=5.0, **changes)


# A server that dies


@pytest.fixture
def own_server(tmp_path: Path, neo4j_jars: None) -> Iterator[Server]:
    """Return a server that a test may kill."""
    server = Server(tmp_path / "neo4j")
    server.start()
    yield server
    server.stop()


def half_loaded(store: GraphStore) -> tuple[threading.Thread, list[RecourseError]]:
    """Begin a load in a thread of its own; returns when half of the edges are on their way."""
    half, told = threading.Event(), list[RecourseError]()

    def load() -> None:
        try:
            store.load(batches(half))
        except RecourseError as fault:
            told.append(fault)

    thread = threading.Thread(target=load)
    thread.start()
    assert half.wait(300)
    return thread, told


@pytest.mark.slow
def test_a_load_that_a_killed_server_cut_off_is_resumed_without_loss_or_double(own_server: Server) -> None:
    store = open_store(settings_of(own_server))
    store.migrate()
    thread, told = half_loaded(store)
    time.sleep(random.Random(1).random() / 10)  # somewhere within a batch
    own_server.kill()
    thread.join(120)
    assert [type(fault) for fault in told] == [StoreUnavailable]
    assert "\n" not in str(told[0])
    own_server.start()
    assert 0 < store.counts()["SUCCEEDS"] < EDGES  # what was acknowledged before is there
    store.load(batches())
    assert_whole(store)
    assert store.load(batches()) == WriteCounts()
    store.close()


@pytest.mark.slow
def test_a_load_outlives_a_restart_that_is_quick_enough(own_server: Server) -> None:
    store = open_store(settings_of(own_server).but(store_retry=300.0))
    store.migrate()
    thread, told = half_loaded(store)
    own_server.kill()
    own_server.start()
    thread.join(400)
    assert told == []
    assert_whole(store)
    store.close()


@pytest.mark.slow
def test_a_read_that_a_killed_server_cut_off_is_told_and_the_next_one_works(own_server: Server) -> None:
    store, told = open_store(settings_of(own_server)), []

    def read() -> None:
        try:
            store.read(SLOW, {}, timeout=100)
        except RecourseError as fault:
            told.append(fault)

    thread = threading.Thread(target=read)
    thread.start()
    time.sleep(1)
    own_server.kill()
    thread.join(60)
    assert [type(fault) for fault in told] == [StoreUnavailable]
    own_server.start()
    assert store.read(ONE, {}) == [{"a": 1}]
    store.close()


# A server that does not let us in


def test_a_wrong_password_is_told_without_the_password(neo4j_server: Server) -> None:
    with pytest.raises(StoreUnavailable) as fault:
        open_store(settings_of(neo4j_server).but(store_password="wrong-one"))
    assert fault.value.field == "RECOURSE_STORE_PASSWORD"
    assert "wrong-one" not in f"{fault.value} {fault.value.as_dict()}"
    assert fault.value.exit_code == 3


def test_no_password_is_told(neo4j_server: Server) -> None:
    with pytest.raises(StoreUnavailable) as fault:
        open_store(settings_of(neo4j_server).but(store_password=""))
    assert fault.value.field == "RECOURSE_STORE_PASSWORD"


def test_a_password_does_not_show_in_the_settings() -> None:
    assert "hidden-one" not in repr(Settings(home=Path(), store_password="hidden-one"))


def test_a_wrong_database_is_told(neo4j_server: Server) -> None:
    with pytest.raises(StoreUnavailable) as fault:
        open_store(settings_of(neo4j_server, store_database="nosuch"))
    assert (fault.value.field, fault.value.value) == ("RECOURSE_STORE_DATABASE", "nosuch")


def test_the_right_database_and_the_routing_scheme_work(neo4j_server: Server) -> None:
    routed = neo4j_server.address.replace("bolt://", "neo4j://")
    with open_store(settings_of(neo4j_server, store_database="neo4j").but(store=routed)) as store:
        assert store.read(ONE, {}) == [{"a": 1}]


@pytest.mark.parametrize("scheme", ["bolt", "neo4j", "bolt+s"])
def test_a_server_that_is_not_there_is_told_at_once(tmp_path: Path, scheme: str) -> None:
    settings = Settings(home=tmp_path, store=f"{scheme}://127.0.0.1:{free_port()}", store_password="x", store_retry=1.0)
    start = time.monotonic()
    with pytest.raises(StoreUnavailable) as fault:
        open_store(settings)
    assert fault.value.field == "RECOURSE_STORE"
    assert time.monotonic() - start < 15


def test_a_name_that_resolves_to_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable):
        open_store(Settings(home=tmp_path, store="bolt://no-such-host.invalid:7687", store_password="x"))


def test_the_driver_says_nothing_by_itself(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from graph.settings import Settings; from graph.store.open import open_store\n"
        f"open_store(Settings(home=Path('.'), store='bolt://127.0.0.1:{free_port()}', store_password='x'))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[0].startswith("Traceback")  # of this small program; the command line has none


def test_an_older_server_is_refused(neo4j_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.store.bolt.OLDEST", (9999, 1))
    with pytest.raises(StoreTooOld) as fault:
        open_store(settings_of(neo4j_server))
    assert str(fault.value.value).startswith("Neo4j/5.26")


@pytest.mark.parametrize("agent", ["Neo4j/5.26.0", "Neo4j/5.27-aura", "Neo4j/2025.10.1", "Neo4j/6.0.0"])
def test_a_server_that_is_new_enough_is_taken(agent: str) -> None:
    check_server(agent)


@pytest.mark.parametrize("agent", ["Neo4j/5.25.9", "Neo4j/4.4.40", "Neo4j/3.5.0", "Memgraph/3.0", "", "Neo4j/dev"])
def test_a_server_that_is_older_or_another_is_refused(agent: str) -> None:
    with pytest.raises(StoreTooOld):
        check_server(agent)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"store": "http://127.0.0.1"}, "RECOURSE_STORE"),
        ({"store": "sqlite"}, "RECOURSE_STORE"),
        ({"store": "bolt://neo4j:secret-one@127.0.0.1:7687"}, "RECOURSE_STORE"),
        ({"store": "bolt://127.0.0.1:notaport"}, "RECOURSE_STORE"),
        ({"store": "bolt://"}, "RECOURSE_STORE"),
        ({"store": "bolt+s://127.0.0.1", "store_trust": "no/such.pem"}, "RECOURSE_STORE_TRUST"),
    ],
)
def test_an_address_that_cannot_be_is_the_callers_fault(tmp_path: Path, changes: dict[str, str], field: str) -> None:
    with pytest.raises(InputError) as fault:
        open_store(Settings(home=tmp_path, **changes))  # type: ignore[arg-type]  # texts all
    assert fault.value.field == field
    assert "secret-one" not in f"{fault.value} {fault.value.as_dict()}"


def _error(code: str, message: str = "m") -> Exception:
    return faults.Neo4jError._hydrate_neo4j(code=code, message=message)


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (_error("Neo.ClientError.Security.Unauthorized"), StoreUnavailable),
        (_error("Neo.ClientError.Security.AuthenticationRateLimit"), StoreUnavailable),
        (_error("Neo.ClientError.Security.Forbidden"), StoreUnavailable),
        (_error("Neo.ClientError.Database.DatabaseNotFound"), StoreUnavailable),
        (_error("Neo.ClientError.Statement.SyntaxError", "one\ntwo"), QueryRejected),
        (_error("Neo.ClientError.Transaction.TransactionTimedOut"), StoreTimeout),
        (_error("Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration"), StoreTimeout),
        (_error("Neo.TransientError.General.MemoryPoolOutOfMemoryError"), StoreError),
        (_error("Neo.TransientError.Transaction.DeadlockDetected"), StoreUnavailable),
        (_error("Neo.TransientError.General.DatabaseUnavailable"), StoreUnavailable),
        (_error("Neo.DatabaseError.Transaction.TransactionLogError", "No space left on device"), DiskFull),
        (_error("Neo.DatabaseError.General.UnknownError"), StoreError),
        (faults.ServiceUnavailable("no"), StoreUnavailable),
        (faults.SessionExpired("no"), StoreUnavailable),
        (ConnectionResetError("no"), StoreUnavailable),
    ],
    ids=lambda value: getattr(value, "code", None) or getattr(value, "__name__", type(value).__name__),
)
def test_each_fault_of_the_driver_is_one_line_of_ours(fault: Exception, kind: type[StoreError]) -> None:
    ours = translate(fault, "law/x", Settings(home=Path(), store="bolt://h", store_password="hidden-one"))
    assert type(ours) is kind
    assert "\n" not in str(ours)
    assert ";" in ours.message
    assert "hidden-one" not in str(ours)


# Certificates


def certificate(folder: Path, *, days: int) -> tuple[Path, Path]:
    """Make a key and a certificate for 127.0.0.1 that signs itself and ends after some days, or ended before."""
    folder.mkdir(parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    end = datetime.now(UTC) + timedelta(days=days)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(end - timedelta(days=30))
        .not_valid_after(end)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private, public = folder / "private.key", folder / "public.crt"
    plain = serialization.NoEncryption()
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return private, public


@pytest.mark.slow
def test_certificates(tmp_path: Path, neo4j_jars: None) -> None:
    """Expired and unknown ones are told apart; one that is named is trusted. One server, since it starts slowly."""
    pair = certificate(tmp_path / "tls", days=-1)
    server = Server(tmp_path / "neo4j", certificate=pair)
    server.start()
    try:
        secure = settings_of(server).but(store=server.address.replace("bolt://", "bolt+s://"))
        with pytest.raises(StoreUnavailable, match="expired") as fault:
            open_store(secure.but(store_trust=str(pair[1])))
        assert fault.value.field == "RECOURSE_STORE_TRUST"
        server.stop()
        certificate(tmp_path / "tls", days=5)
        server.start()
        with pytest.raises(StoreUnavailable, match=r"self.signed") as fault:
            open_store(secure)
        assert fault.value.field == "RECOURSE_STORE_TRUST"
        for settings in (
            secure.but(store_trust=str(pair[1])),
            secure.but(store_trust="all"),
            secure.but(store=server.address.replace("bolt://", "neo4j+ssc://")),
            secure.but(store=server.address.replace("bolt://", "neo4j+s://"), store_trust=str(pair[1])),
        ):
            with open_store(settings) as store:
                assert store.read(ONE, {}) == [{"a": 1}]
    finally:
        server.stop()
