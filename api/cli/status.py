"""`recourse status`: who was bound by what, from when until when, and on what source"""

from __future__ import annotations

from typing import Any

import click
import orjson

from api.answers.sheet import table_csv
from api.cli.forums import ready
from api.lookup import check, day_of, state_code
from api.standing import COLUMNS, status_rows
from api.terminal import Terminal, print_json, print_table


@click.command()
@click.option("--state", multiple=True, metavar="ISO3", help="Only this state; can be repeated.")
@click.option("--instrument", multiple=True, metavar="ID", help="Only this treaty, acceptance or organisation.")
@click.option("--forum", multiple=True, metavar="ID", help="Only the acceptance of this body's procedure.")
@click.option("--on", "day", metavar="DATE", help="Only what held on that day.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "jsonl", "csv"]), default="table", show_default=True
)
@click.pass_obj
def status(
    terminal: Terminal,
    state: tuple[str, ...],
    instrument: tuple[str, ...],
    forum: tuple[str, ...],
    day: str | None,
    form: str,
) -> None:
    """List the periods in which states were bound, one row each; `until` is the first day out.

    Rows of kind `party` are about a treaty, an acceptance or an organisation; rows of kind `accepts` about a body: the
    days on which the state had accepted all that its procedure needs. A day that is not certain is a range A/B.
    """
    law = ready(terminal).law
    known = law.data["names"]["instruments"]
    rows = status_rows(
        law,
        states=[state_code(one, law, "--state") for one in state] or None,
        things=[check(one, known, "is not the id of an instrument", "--instrument") for one in instrument] or None,
        forums=[check(one, law.forums, "is not a forum with rules", "--forum") for one in forum] or None,
        day=day_of(day, "--on") if day else None,
    )
    show(list(rows), form)


def show(rows: list[dict[str, Any]], form: str) -> None:
    """Print status rows in one of the four forms."""
    if form == "json":
        print_json(rows)
    elif form == "jsonl":
        for row in rows:
            click.echo(orjson.dumps(row))
    elif form == "csv":
        click.echo(table_csv(COLUMNS, ([row[name] for name in COLUMNS] for row in rows)), nl=False)
    else:
        print_table(COLUMNS, ([row[name] or "" for name in COLUMNS] for row in rows))
