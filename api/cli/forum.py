"""`recourse forum`: one body with its rules, authorities and sources, or the list of all"""

from __future__ import annotations

import click

from api.answers.record import forum_lines
from api.cli.forums import ready, today
from api.lookup import check, day_of
from api.records import forum_list, forum_record
from api.terminal import Terminal, print_json, print_table
from graph.render import catalogue


@click.command()
@click.argument("name", metavar="[ID]", required=False)
@click.option("--on", "day", metavar="DATE", help="The day for the list of states; today when absent.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_obj
def forum(terminal: Terminal, name: str | None, day: str | None, form: str) -> None:
    """Show one body: what it is, each rule with its authority, what it can close, which states had accepted its
    procedure, where our reading is thinner than the law, and the sources. Without an ID: the list of bodies.
    """
    law = ready(terminal).law
    if name is None:
        rows = forum_list(law)
        if form == "json":
            print_json(rows)
        else:
            print_table(["id", "name", "produces"], [[row["id"], row["name"], row["produces"]] for row in rows])
        return
    check(name, law.forums, "is not a forum with rules", "ID")
    record = forum_record(law, name, day_of(day, "--on") if day else today(terminal).lo)
    if form == "json":
        print_json(record)
        return
    for line in forum_lines(record, catalogue(terminal.settings.lang, law)):
        click.echo(line)
