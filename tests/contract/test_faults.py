"""What goes wrong around an engine: dying servers, passwords, certificates, damaged files, killed writers, no room."""

from __future__ import annotations

import ipaddress
import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
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
    GraphDamaged,
    HomeBusy,
    HomeUnusable,
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
from graph.store.open import GRAPH_FILE, open_store
from graph.store.port import Batch, Edges, GraphStore, Nodes, WriteCounts
from tests.conftest import ROOT
from tests.neo4j.server import Server, free_port

ONE = read_query("t/one", "// T.\n// returns a: int\nRETURN 1 AS a")
SLOW = read_query(
    "t/slow",
    "// T.\n// returns a: int\n"
    "UNWIND range(1, 20000) AS x UNWIND range(1, 20000) AS y WITH x * y AS z ORDER BY z RETURN max(z) AS a",
)
EDGE_SUM = read_query(
    "t/sum", "// T.\n// returns a: int\nMATCH ()-[r:SUCCEEDS]->() RETURN sum(r.n) AS a, count(r) AS b"
)
TEXTS = read_query("t/texts", "// T.\n// returns a: str\nMATCH (n:State) RETURN n.id AS a, n.search AS b ORDER BY a")
NODES, EDGES = 3000, 9000


def settings_of(server: Server, **changes: object) -> Settings:
    """Return settings that open a server, with short waits."""
    settings = Settings(home=server.home, store=server.address, store_password=server.password)
    return settings.but(store_retry=1.0, store_connect_timeout=5.0, **changes)


def words(i: int) -> str:
    """Return a text long enough that the embedded engine reads such a column from its file only when it is used."""
    return f"n {i} " + "word " * 40


def batches(stop: threading.Event | None = None) -> Iterator[Batch]:
    """Yield a ring with chords, in small batches; says when half of the edges are on their way."""
    for at in range(0, NODES, 300):
        yield Nodes("State", [{"id": f"n{i}", "search": words(i)} for i in range(at, at + 300)])
    for at in range(0, EDGES, 300):
        if stop is not None and at >= EDGES // 2:
            stop.set()
        rows = [
            {"id": f"e{i}", "start": f"n{i % NODES}", "end": f"n{i * 7 % NODES}", "n": i} for i in range(at, at + 300)
        ]
        yield Edges("SUCCEEDS", "State", "State", rows)


def assert_whole(store: GraphStore) -> None:
    """Every node and every edge is there once."""
    assert store.counts() == {"State": NODES, "SUCCEEDS": EDGES}
    assert store.read(EDGE_SUM, {}) == [{"a": EDGES * (EDGES - 1) // 2, "b": EDGES}]


# A server that dies


@pytest.fixture
def own_server(tmp_path: Path, neo4j_jars: None) -> Iterator[Server]:
    """Return a server that a test may kill."""
    server = Server(tmp_path / "neo4j")
    server.start()
    yield server
    server.stop()


@pytest.mark.slow
def test_a_load_that_a_killed_server_cut_off_is_resumed_without_loss_or_double(own_server: Server) -> None:
    store = open_store(settings_of(own_server))
    store.migrate()
    half, told = threading.Event(), []

    def load() -> None:
        try:
            store.load(batches(half))
        except RecourseError as fault:
            told.append(fault)

    thread = threading.Thread(target=load)
    thread.start()
    assert half.wait(300)
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
    half, told = threading.Event(), []

    def load() -> None:
        try:
            store.load(batches(half))
        except RecourseError as fault:
            told.append(fault)

    thread = threading.Thread(target=load)
    thread.start()
    assert half.wait(300)
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


# The embedded engine's file


@pytest.fixture
def here(tmp_path: Path) -> Settings:
    """Return settings for the embedded engine."""
    return Settings(home=tmp_path / "home")


def test_a_damaged_file_is_refused_or_read_unaltered(here: Settings) -> None:
    """Whatever byte is altered or wherever the file ends, wrong data is never given."""
    with open_store(here) as store:
        store.migrate()
        store.load(batches())
    whole = (here.home / GRAPH_FILE).read_bytes()
    rng, refused = random.Random(7), 0
    for _ in range(60):
        damaged = bytearray(whole)
        if rng.random() < 0.4:
            del damaged[rng.randrange(len(whole)) :]
        else:
            damaged[rng.randrange(len(whole))] ^= 1 << rng.randrange(8)
        (here.home / GRAPH_FILE).write_bytes(damaged)
        try:
            store = open_store(here)
        except GraphDamaged as fault:
            assert "recourse rebuild" in fault.message
            refused += 1
            continue
        assert_whole(store)
        assert store.read(TEXTS, {}) == [{"a": f"n{i}", "b": words(i)} for i in sorted(range(NODES), key=str)]
        store.close()
    assert refused > 30


@pytest.mark.parametrize("content", [b"", b"hello, this is no graph", b"\x00" * 5000, b"RGF" + b"\xff" * 500])
def test_a_file_that_is_no_graph_is_refused_and_left_alone(here: Settings, content: bytes) -> None:
    here.home.mkdir()
    (here.home / GRAPH_FILE).write_bytes(content)
    with pytest.raises(GraphDamaged):
        open_store(here)
    assert (here.home / GRAPH_FILE).read_bytes() == content


def test_what_was_not_committed_is_not_in_the_file(here: Settings) -> None:
    with open_store(here) as store:
        store.write(Nodes("State", [{"id": "a"}]))
    with pytest.raises(ZeroDivisionError), open_store(here) as store:
        store.write(Nodes("State", [{"id": "b"}]))
        raise ZeroDivisionError
    with open_store(here) as store:
        assert store.counts() == {"State": 1}


def test_one_process_writes_at_a_time_and_readers_see_each_commit(here: Settings) -> None:
    writer, other = open_store(here), open_store(here)
    writer.write(Nodes("State", [{"id": "a"}]))
    assert other.counts() == {}
    with pytest.raises(HomeBusy):
        other.write(Nodes("State", [{"id": "b"}]))
    writer.commit()
    assert other.counts() == {"State": 1}
    other.write(Nodes("State", [{"id": "b"}]))
    other.commit()
    assert writer.counts() == {"State": 2}
    writer.write(Nodes("State", [{"id": "c"}]))
    writer.commit()
    assert other.counts() == {"State": 3}
    writer.close()
    other.close()


def test_the_file_is_for_its_owner_alone(here: Settings) -> None:
    with open_store(here) as store:
        store.write(Nodes("State", [{"id": "a"}]))
    assert [oct(path.stat().st_mode & 0o777) for path in sorted(here.home.iterdir())] == ["0o600", "0o600"]


@contextmanager
def small_files(limit: int) -> Iterator[None]:
    """Let no file of this process grow past some bytes, as a full disk would; only the soft limit is touched."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


def test_a_full_disk_leaves_the_last_commit_and_the_write_can_be_tried_again(here: Settings) -> None:
    store = open_store(here)
    store.write(Nodes("State", [{"id": "a"}]))
    store.commit()
    before = (here.home / GRAPH_FILE).read_bytes()
    store.load(batches())
    with small_files(2000), pytest.raises(DiskFull) as fault:
        store.commit()
    assert "untouched" in fault.value.message
    assert (here.home / GRAPH_FILE).read_bytes() == before
    assert sorted(path.name for path in here.home.iterdir()) == ["graph.kgl", "graph.lock"]
    store.commit()  # there is room again, and nothing was lost
    store.close()
    with open_store(here) as again:
        assert again.counts() == {"State": NODES + 1, "SUCCEEDS": EDGES}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_read_all_the_same(here: Settings) -> None:
    with open_store(here) as store:
        store.write(Nodes("State", [{"id": "a"}]))
    here.home.chmod(0o500)
    try:
        with open_store(here) as store:
            assert store.counts() == {"State": 1}
            with pytest.raises(HomeUnusable):
                store.write(Nodes("State", [{"id": "b"}]))
    finally:
        here.home.chmod(0o700)


def test_a_home_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("not a folder", "utf-8")
    with pytest.raises(HomeUnusable), open_store(Settings(home=tmp_path / "home")) as store:
        store.write(Nodes("State", [{"id": "a"}]))


WRITER = """
import sys
from pathlib import Path
from graph.settings import Settings
from graph.store.open import open_store
from graph.store.port import Edges, Nodes
store = open_store(Settings(home=Path(sys.argv[1])))
start = store.counts().get("State", 0)
for i in range(start, 10_000):
    store.write(Nodes("State", [{"id": f"n{i}"}]))
    store.write(Edges("SUCCEEDS", "State", "State", [{"id": f"e{i}", "start": f"n{i}", "end": "n0"}]))
    store.commit()
    print(i + 1, flush=True)
"""


@pytest.mark.slow
def test_a_killed_writer_loses_nothing_that_it_committed(here: Settings) -> None:
    rng, acknowledged = random.Random(3), 0
    for _ in range(5):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(here.home)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        for _ in range(rng.randrange(5, 40)):
            acknowledged = int(writer.stdout.readline())
        time.sleep(rng.random() / 100)
        writer.kill()
        for line in writer.stdout.read().splitlines():  # said before the kill, not read yet
            acknowledged = int(line) if line.isdigit() else acknowledged
        writer.wait()
        writer.stdout.close()
        with open_store(here) as store:
            counts = store.counts()
        assert counts["State"] == counts["SUCCEEDS"] >= acknowledged
        assert counts["State"] - acknowledged <= 1
    with open_store(here) as store:
        store.write(Nodes("State", [{"id": "after"}]))  # the lock went with the process, and its litter goes now
    assert sorted(path.name for path in here.home.iterdir()) == ["graph.kgl", "graph.lock"]
