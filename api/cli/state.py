"""`recourse state`: what binds a state on a day, who may hear a complaint, what changed"""

from __future__ import annotations

import click

from api.answers.record import state_lines
from api.cli.forums import ready, today
from api.lookup import day_of, state_code
from api.records import state_record
from api.terminal import Terminal, print_json
from graph.render import catalogue


@click.command()
@click.argument("code", metavar="ISO3")
@click.option("--on", "day", metavar="DATE", help="The day; today when absent.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_obj
def state(terminal: Terminal, code: str, day: str | None, form: str) -> None:
    """Show one state: treaties, acceptances and reservations in force, memberships, the bodies whose procedure it
    had accepted, what changed in the five years before, and its succession.
    """
    law = ready(terminal).law
    words = catalogue(terminal.settings.lang, law)
    when = day_of(day, "--on") if day else today(terminal).lo
    record = state_record(law, state_code(code, law, "ISO3"), when, words)
    if form == "json":
        print_json(record)
        return
    for line in state_lines(record, words):
        click.echo(line)
