"""What goes wrong around the embedded engine: damaged files, killed writers, no room."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.cypher import read_query
from graph.errors import (
    DiskFull,
    GraphDamaged,
    HomeBusy,
    HomeUnusable,
)
from graph.settings import Settings
from graph.store.open import GRAPH_FILE, open_store
from graph.store.port import Nodes
from tests.conftest import ROOT
from tests.contract.ring import EDGES, NODES, assert_whole, batches, words

TEXTS = read_query("t/texts", "// T.\n// returns a: str\nMATCH (n:State) RETURN n.id AS a, n.search AS b ORDER BY a")


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
