"""`recourse init`: make the data folder from the shipped data, or bring it up to date"""

import click

from api.home import compile_home, open_home, seed
from api.terminal import Terminal


@click.command()
@click.option("--empty", is_flag=True, help="Make an empty ledger, without the shipped data.")
@click.pass_obj
def init(terminal: Terminal, empty: bool) -> None:
    """Make the data folder: the ledger, the law compiled from it, and the graph.

    It can be repeated: what is there stays, what is missing or newer in the shipped tables is added,
    and a run that was cut off is finished.
    """
    from api.graph import build_home, said

    with open_home(terminal) as ledger:
        if not empty:
            counts = seed(ledger, terminal)
            terminal.note(f"ledger: {counts.added} added, {counts.closed} closed, {counts.unchanged} unchanged")
        digest = compile_home(ledger, terminal)
        terminal.note(said(build_home(ledger, terminal)))
    terminal.note(f"law {digest} is in force in {terminal.settings.home}")
