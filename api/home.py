"""Brings a data folder up to date: the ledger from the shipped tables, the law from the ledger."""

from collections.abc import Iterator
from contextlib import contextmanager

from api.terminal import Terminal
from graph import law
from graph.compile import compile_law
from graph.ledger import Counts, Ledger
from graph.ledger import seed as shipped
from graph.ledger.lock import clear_pending, exclusive, mark_pending


@contextmanager
def open_home(terminal: Terminal) -> Iterator[Ledger]:
    """Hold the data folder for one writer, with its ledger, made if there is none.

    A run that was killed leaves at most temporary files; they are removed here.
    """
    settings = terminal.settings
    with exclusive(settings.home):
        for left_over in settings.home.glob(".law-*"):
            left_over.unlink()
        with Ledger.open(settings, create=True) as ledger:
            mark_pending(settings.home)
            yield ledger


def seed(ledger: Ledger, terminal: Terminal) -> Counts:
    """Load each shipped table as one transaction; what is there already stays as it is."""
    total, names = Counts(), shipped.names()
    for done, table in enumerate(shipped.tables(), start=1):
        counts = ledger.replace(table.rows, table.load(terminal.now()))
        total = Counts(
            total.added + counts.added, total.closed + counts.closed, total.unchanged + counts.unchanged
        )
        terminal.progress(done, len(names), "status tables")
    return total


def compile_home(ledger: Ledger, terminal: Terminal) -> str:
    """Compile the law from the ledger, put it in force, and return its hash."""
    terminal.note("compiling the law …")
    compiled = compile_law(row.mapping() for row in ledger.current())
    law.save(compiled, terminal.settings.home)
    clear_pending(terminal.settings.home)
    return compiled.hash
