"""`recourse check`: conflicts between sources, counts of parties, what rests on general knowledge"""

from collections import Counter
from dataclasses import asdict
from textwrap import fill

import click

from api.terminal import WIDTH, Terminal, print_json, print_table
from ingest.check import CheckRow, check_all

TITLES = {
    "conflict": "Sources that differ, and which was followed",
    "count": "Parties counted, and the depositary's number",
    "general-knowledge": "Rows that rest on general knowledge, by table",
    "note": "Notes of the reference that disagree with a table",
}


@click.group()
def check() -> None:
    """Check the data that Recourse ships and holds."""


@check.command()
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_obj
def data(_terminal: Terminal, form: str) -> int:
    """Compare the status tables with their sources, with printed counts and with the reference's notes.

    Exit status: 0 when all agree, 1 when a difference is left that is not settled.
    """
    rows = check_all()
    left = [row for row in rows if not row.ok and row.check != "general-knowledge"]
    if form == "json":
        print_json({"ok": not left, "rows": [asdict(row) for row in rows]})
    else:
        _print(rows)
    return 1 if left else 0


def _print(rows: list[CheckRow]) -> None:
    for check_name, title in TITLES.items():
        mine = [row for row in rows if row.check == check_name]
        agree = sum(row.ok for row in mine)
        click.echo(f"\n{title} ({len(mine)} looked at, {agree} in order)\n")
        if check_name in ("count", "general-knowledge"):
            cells = [[_mark(row), row.object, row.what, row.ours, row.theirs] for row in mine]
            print_table(["", "object", "what", "ours", "theirs"], cells)
        else:
            for row in mine:
                if check_name == "conflict" or not row.ok:
                    _print_pair(row)
    states = Counter(row.settled for row in rows if row.check == "conflict")
    click.echo(f"\nconflicts: {states['yes']} settled, {states['contested']} contested (?), {states['no']} open (!)")


def _print_pair(row: CheckRow) -> None:
    """Print what we follow, what the other side says, and below it who says so."""
    said = (
        f"{_mark(row)} {row.state} {row.object} {row.what}: {row.ours or 'nothing'}; other: {row.theirs or 'nothing'}"
    )
    click.echo(fill(said, WIDTH, subsequent_indent="    "))
    click.echo(fill(row.source, WIDTH, initial_indent="    ", subsequent_indent="    "))


def _mark(row: CheckRow) -> str:
    if row.ok:
        return " "
    return "?" if row.settled == "contested" else "!"
