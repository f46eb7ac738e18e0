"""`recourse instrument`: one treaty or acceptance, who is bound by it, which bodies apply it"""

from __future__ import annotations

import click

from api.answers.record import instrument_lines
from api.cli.forums import ready, today
from api.lookup import check, day_of
from api.records import instrument_record
from api.terminal import Terminal, print_json
from graph.render import catalogue


@click.command()
@click.argument("name", metavar="ID")
@click.option("--on", "day", metavar="DATE", help="The day for the list of parties; today when absent.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_obj
def instrument(terminal: Terminal, name: str, day: str | None, form: str) -> None:
    """Show one treaty, acceptance or organisation: its days and clauses, the states bound by it on a day, those of
    which that is not certain, the bodies that need or apply it, and the sources.
    """
    law = ready(terminal).law
    check(name, law.data["names"]["instruments"], "is not the id of an instrument", "ID")
    record = instrument_record(law, name, day_of(day, "--on") if day else today(terminal).lo)
    if form == "json":
        print_json(record)
        return
    for line in instrument_lines(record, catalogue(terminal.settings.lang, law)):
        click.echo(line)
