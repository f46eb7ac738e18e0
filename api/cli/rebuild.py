"""`recourse rebuild`: bring the graph up to date with the ledger, or make it again"""

from dataclasses import asdict

import click

from api.terminal import Terminal, print_json
from graph.ledger import Ledger
from graph.ledger.lock import exclusive


@click.command()
@click.option("--to", "target", metavar="WHERE", help="Another engine: embedded, or bolt://HOST:PORT.")
@click.option("--whole", is_flag=True, help="Empty the graph first, rather than write what changed.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_obj
def rebuild(terminal: Terminal, target: str | None, whole: bool, form: str) -> None:
    """Make the graph level with the ledger, the law and the reference files.

    What is there already is left alone, so that a second run writes nothing and one that was cut off is finished by the
    next. The graph holds nothing of its own: it can be thrown away and made again.
    """
    from api.graph import build, gather, said, settle
    from graph.store.open import open_to_build

    if target:
        terminal = Terminal(terminal.settings.but(store=target), terminal.clock)
    with exclusive(terminal.settings.home), Ledger.open(terminal.settings) as ledger:
        settle(ledger, terminal)
        given = gather(ledger, terminal)
        with open_to_build(terminal.settings) as store:
            counts = build(store, given, terminal, whole=whole)
            held, engine = store.counts(), store.engine
    if form == "json":
        print_json({"engine": engine, "law": given.law.hash, "changed": asdict(counts), "counts": held})
    else:
        terminal.note(said(counts))
