"""Brings a data folder up to date: the ledger from the shipped tables, the law from the ledger."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from api.statements import to_row, to_statement
from api.terminal import Terminal
from graph import law
from graph.compile import compile_law
from graph.ledger import Counts, Ledger, StatementRow
from graph.ledger import seed as shipped
from graph.ledger.lock import clear_pending, exclusive, mark_pending
from ingest.tables import build


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
            yield ledger


def seed(ledger: Ledger, terminal: Terminal) -> Counts:
    """Load each shipped table as one transaction; what is there already stays as it is."""
    mark_pending(terminal.settings.home)
    ledger.describe(shipped.sources(), terminal.now())
    total, names = Counts(), shipped.names()
    for done, table in enumerate(shipped.tables(), start=1):
        counts = ledger.replace(table.rows, table.load(terminal.now()))
        total = Counts(total.added + counts.added, total.closed + counts.closed, total.unchanged + counts.unchanged)
        terminal.progress(done, len(names), "status tables")
    return total


def compile_home(ledger: Ledger, terminal: Terminal) -> str:
    """Compile the law from the ledger, put it in force, and return its hash."""
    terminal.note("compiling the law …")
    compiled = compile_law(row.mapping() for row in settled(ledger))
    law.save(compiled, terminal.settings.home)
    clear_pending(terminal.settings.home)
    return compiled.hash


def settled(ledger: Ledger, known_on: str | None = None) -> Iterable[StatementRow]:
    """Return the statements that the law is compiled from, as known on a day.

    The shipped tables are settled already. Where a user's own load speaks of the same bond, the sources are
    weighed again by the rule that made the tables (`ingest.merge`).
    """
    own = {load.id for load in ledger.loads()} - {load.id for load in ledger.loads() if load.source in shipped.names()}
    rows = list(ledger.current(known_on))
    touched = {_bond(row) for row in rows if row.load in own}
    if not touched:
        return rows
    kept, _ = build(to_statement(row) for row in rows)
    by_id = {row.id: row for row in rows}
    by_record = {(row.source, row.record, *_bond(row)): row for row in reversed(rows)}
    again = []
    for weighed in map(to_row, kept):
        if _bond(weighed) in touched:  # known by its own id, or, where sources were joined, by its better one's
            known = by_id.get(weighed.id) or by_record.get((weighed.source, weighed.record, *_bond(weighed)))
            again.append(to_row(to_statement(weighed), like=known))
    return sorted([*(row for row in rows if _bond(row) not in touched), *again], key=lambda row: row.id)


def _bond(row: StatementRow) -> tuple[str, str, str]:
    return row.subject, row.relation, row.object
