"""The graph of a data folder: built from its ledger and its law, opened on the engine that the call names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.home import compile_home
from api.terminal import Terminal
from graph import law
from graph.ledger import Ledger
from graph.ledger.lock import is_pending
from graph.store.open import open_to_build
from graph.store.port import WriteCounts
from graph.store.project import World, world
from graph.store.rebuild import level, rebuild, wanted_level

if TYPE_CHECKING:
    from graph.store.port import GraphStore


def gather(ledger: Ledger, terminal: Terminal) -> World:
    """Return all that the graph is made from.

    Raises: HomeMissing, LawDamaged.
    """
    return world(law.load(terminal.settings.home), ledger.history(), ledger.sources(), ledger.loads())


def settle(ledger: Ledger, terminal: Terminal) -> None:
    """Compile the law once more where a run was cut off between the ledger and the law."""
    if is_pending(terminal.settings.home):
        compile_home(ledger, terminal)


def build(store: GraphStore, given: World, terminal: Terminal, *, whole: bool = False) -> WriteCounts:
    """Bring a graph up to date, with progress on stderr."""
    seen = written = 0
    last = ""

    def progress(kind: str, fresh: int, rows: int) -> None:
        nonlocal seen, written, last
        seen, written = seen + rows, written + fresh
        if kind != last:
            last = kind
            terminal.progress(seen, seen + 1, f"rows looked at, {written} written, now {kind}")

    counts = rebuild(store, given, progress, whole=whole)
    terminal.progress(seen, seen, f"rows looked at, {written} written")
    return counts


def build_home(ledger: Ledger, terminal: Terminal) -> WriteCounts:
    """Bring the graph that the call names up to date with a data folder."""
    terminal.note("building the graph …")
    with open_to_build(terminal.settings) as store:
        return build(store, gather(ledger, terminal), terminal)


def said(counts: WriteCounts) -> str:
    """Return what a write changed, for a person."""
    return (
        f"nodes: {counts.nodes_created} new, {counts.nodes_deleted} gone; edges: {counts.edges_created} new, "
        f"{counts.edges_deleted} gone; {counts.properties_set} properties set"
    )


def behind(store: GraphStore, given: World) -> str:
    """Return why a graph is not level with the data folder, or nothing."""
    has, wants = level(store), wanted_level(given)
    if not has.version:
        return "it was never built"
    if not has.finished:
        return "the run that built it was cut off"
    if (has.law, has.load) != (wants.law, wants.load):
        return "the ledger or the law changed after it was built"
    return "another version built it" if has.version != wants.version else ""
