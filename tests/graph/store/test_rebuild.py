"""A rebuild writes what changed, survives being killed, and a planted difference is named."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph.ledger import StatementRow
from graph.settings import Settings
from graph.store.open import GRAPH_FILE, open_store
from graph.store.port import Edges, Gone, GraphStore, Nodes
from graph.store.project import World, project
from graph.store.rebuild import level, rebuild, rows, wanted_level
from graph.store.shape import RELATIONS
from graph.store.verify import verify

Small = Callable[..., World]


def silent(kind: str, fresh: int, rows: int) -> None:
    """Progress that nobody watches."""


def said(state: str, thing: str = "iccpr", **fields: str) -> StatementRow:
    """Build a statement that a state is a party."""
    given = {"source": "untc", "confidence": "high", "kind": "ratification", "since": "1993-04-26", **fields}
    return StatementRow(subject=state, object=thing, relation="PARTY_TO", **given)


@pytest.fixture
def file_store(settings: Settings) -> Iterator[GraphStore]:
    """An empty graph in the test's folder: what is the same on every engine is tried on the quick one."""
    with open_store(settings) as opened:
        yield opened


@pytest.fixture
def copied(shipped_home: Path, tmp_path: Path) -> Path:
    """A folder with the shipped ledger and law, without a graph."""
    shutil.copytree(shipped_home, tmp_path / "copy", ignore=shutil.ignore_patterns(GRAPH_FILE, "*.lock"))
    return tmp_path / "copy"


def test_only_what_changed_is_written_and_what_is_gone_is_taken_out(store: GraphStore, small: Small) -> None:
    rebuild(store, small("2026-01-01", said("MDA"), said("TUR")), silent)
    counts = rebuild(store, small("2026-02-01", said("MDA"), said("TUR", since="2003-12-23")), silent)
    # TUR's old statement stays, closed; the new one brings its node, its bond, its duties and its two traces
    assert (counts.nodes_created, counts.nodes_deleted) == (1, 0)
    fresh = {row["start_id"] for row in rows(store, "PARTY_TO", ["id"])}
    assert fresh == {"MDA", "TUR"}
    store.write(Nodes("State", [{"id": "XXX", "name": "Nowhere"}]))
    store.write(Edges("PARTY_TO", "State", "Instrument", [{"id": "stray", "start": "XXX", "end": "iccpr"}]))
    counts = rebuild(store, small("2026-02-01", said("MDA"), said("TUR", since="2003-12-23")), silent)
    assert (counts.nodes_deleted, counts.edges_deleted, counts.nodes_created, counts.edges_created) == (1, 1, 0, 0)


def test_whole_and_piecemeal_give_the_same_graph(file_store: GraphStore, small: Small) -> None:
    rebuild(file_store, small("2026-01-01", said("MDA"), said("TUR")), silent)
    given = small("2026-02-01", said("MDA", since="1994-01-01"))
    rebuild(file_store, given, silent)
    piecemeal = [list(rows(file_store, kind, list(RELATIONS[kind]))) for kind in RELATIONS]
    rebuild(file_store, given, silent, whole=True)
    assert [list(rows(file_store, kind, list(RELATIONS[kind]))) for kind in RELATIONS] == piecemeal


def test_a_cut_off_run_is_seen_and_finished(file_store: GraphStore, small: Small) -> None:
    given = small("2026-01-01", said("MDA"), said("TUR"))

    def stop(kind: str, fresh: int, rows: int) -> None:
        if kind == "PARTY_TO":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(file_store, given, stop)
    assert not level(file_store).finished
    assert verify(file_store, given).differences
    counts = rebuild(file_store, given, silent)
    assert counts.nodes_created == 0  # they were written before the stop
    assert level(file_store) == wanted_level(given)
    assert verify(file_store, given).ok


def test_a_killed_process_leaves_what_it_had_committed_and_the_next_one_goes_on(copied: Path, shipped: World) -> None:
    command = [sys.executable, "-m", "api.cli.app", "--home", str(copied), "--quiet", "rebuild"]
    root = Path(__file__).parents[3]
    running = subprocess.Popen(command, cwd=root, env={**os.environ, "PYTHONPATH": str(root)})
    deadline = time.monotonic() + 120
    while not (copied / GRAPH_FILE).exists() and running.poll() is None and time.monotonic() < deadline:
        time.sleep(0.002)
    running.send_signal(signal.SIGKILL)  # just after the first commit
    assert running.wait() == -signal.SIGKILL
    total = sum(len(batch.rows) for batch in project(shipped) if isinstance(batch, Nodes | Edges))
    with open_store(Settings(home=copied, quiet=True)) as store:
        assert not level(store).finished
        there = sum(n for name, n in store.counts().items() if name != "Build")
        assert 0 < there < total
        counts = rebuild(store, shipped, silent)
        assert counts.nodes_created + counts.edges_created == total - there
        assert verify(store, shipped).ok


@pytest.fixture
def built(file_store: GraphStore, small: Small) -> tuple[GraphStore, World]:
    """A small graph that is level."""
    given = small("2026-01-01", said("MDA"), said("TUR", "cat", since="1988-08-02"))
    rebuild(file_store, given, silent)
    return file_store, given


def the_bond(given: World) -> dict[str, object]:
    """Return MDA's bond as it was projected."""
    batches = (b for b in project(given) if isinstance(b, Edges) and b.relation == "PARTY_TO")
    return next(dict(row) for batch in batches for row in batch.rows if row["start"] == "MDA")


def test_verify_names_a_changed_day_as_content_and_as_bond(built: tuple[GraphStore, World]) -> None:
    store, given = built
    bond = the_bond(given)
    store.write(Edges("PARTY_TO", "State", "Instrument", [{**bond, "since_lo": bond["since_hi"], "confidence": "low"}]))
    found = {(one.kind, one.id, one.what, one.detail.split(":")[0]) for one in verify(store, given).differences}
    assert found == {
        ("PARTY_TO", bond["id"], "altered", "confidence"),
        ("bond", "MDA iccpr", "not in the graph", bond["statement"]),
        ("bond", "MDA iccpr", "not in the law", bond["statement"]),
    }


def test_verify_names_what_is_missing_and_what_is_too_many(built: tuple[GraphStore, World]) -> None:
    store, given = built
    store.write(Gone([str(the_bond(given)["id"])], relation="PARTY_TO"))
    store.write(Nodes("Right", [{"id": "to-be-left-alone", "name": "To be left alone"}]))
    verdict = verify(store, given)
    assert {(one.kind, one.what) for one in verdict.differences} == {
        ("PARTY_TO", "missing"), ("bond", "not in the graph"), ("Right", "extra"),
    }  # fmt: skip
    unequal = {kind.kind for kind in verdict.kinds if kind.wanted_hash != kind.found_hash}
    assert unequal == {"PARTY_TO", "Right"}


def test_verify_sees_a_law_that_the_graph_was_not_built_from(built: tuple[GraphStore, World]) -> None:
    store, given = built
    later = {
        state: {
            thing: tuple(p._replace(since_lo=p.since_lo + 1, since_hi=p.since_hi + 1) for p in periods)
            for thing, periods in things.items()
        }
        for state, things in given.law.status.items()
    }
    other = replace(given.law, status=later)
    assert not verify(store, World(other, given.history, given.sources, given.loads)).ok
