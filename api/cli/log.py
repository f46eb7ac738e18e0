"""`recourse log`: the ledger's history of loads, and whether it is intact"""

import click

from api.terminal import Terminal, print_json, print_table
from graph.ledger import Ledger
from graph.ledger.rows import statement_id

FORMAT = click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)


@click.group()
def log() -> None:
    """Show what was loaded when, or verify the ledger."""


@log.command()
@FORMAT
@click.pass_obj
def show(terminal: Terminal, form: str) -> None:
    """List the loads, oldest first."""
    with Ledger.open(terminal.settings) as ledger:
        loads = ledger.loads()
    rows = [[x.recorded[:16], x.source, x.snapshot[:12], x.added, x.closed, x.unchanged] for x in loads]
    headers = ["recorded", "source", "snapshot", "added", "closed", "unchanged"]
    if form == "json":
        print_json([dict(zip(headers, row, strict=True)) for row in rows])
    else:
        print_table(headers, rows)


@log.command()
@FORMAT
@click.pass_obj
def verify(terminal: Terminal, form: str) -> int:
    """Check that the database is whole and that each statement still says what its id was made from.

    Exit status: 0 when it is intact, 1 when a difference was found.
    """
    with Ledger.open(terminal.settings) as ledger:
        damage = ledger.problem()
        rows = list(ledger.current())
        altered = [row.id for row in rows if statement_id(row) != row.id]
        digest = ledger.content_hash()
    ok = not (damage or altered)
    if form == "json":
        print_json({"ok": ok, "statements": len(rows), "hash": digest, "altered": altered, "damage": damage})
    else:
        click.echo(f"{len(rows)} statements, content hash {digest[:16]}")
        for line in [*([damage] if damage else []), *(f"{key} was altered" for key in altered)]:
            click.echo(line)
    return 0 if ok else 1
