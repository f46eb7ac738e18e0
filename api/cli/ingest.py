"""`recourse ingest`: check a publisher's files and add them to the ledger"""

import time
from pathlib import Path

import click

from api.home import compile_home, open_home
from api.loading import load_of, read
from api.terminal import Terminal, print_json, print_table
from graph.errors import InputError
from graph.ledger import Ledger
from graph.ledger.lock import clear_pending, is_pending, mark_pending
from graph.model.dates import parse_date
from ingest.findings import Report
from ingest.run import Progress
from ingest.source import find_source

SHOWN = 20  # findings in the table


@click.command()
@click.argument("name")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Report what would change; write nothing.")
@click.option("--published", metavar="DATE", default="", help="The day that the publisher gives the files.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_obj
def ingest(terminal: Terminal, name: str, files: tuple[Path, ...], dry_run: bool, published: str, form: str) -> int:
    """Load FILES of the source NAME (see `recourse sources`), then compile the law again.

    A load is written whole or not at all, and loading the same bytes twice changes nothing. A file of
    the wrong kind is refused. Exit status: 1 when some records were rejected, 2 when a file was refused.
    """
    if published:
        _check_day(published)
    report = _preview(terminal, name, files, published) if dry_run else _load(terminal, name, files, published)
    if form == "json":
        print_json(report.as_dict())
    else:
        _print(report)
    return report.exit_code


def _load(terminal: Terminal, name: str, files: tuple[Path, ...], published: str) -> Report:
    source, began = find_source(name), time.monotonic()
    home = terminal.settings.home
    with open_home(terminal) as ledger:
        plan, report = read(source, files, ledger, published, _progress(terminal))
        behind = is_pending(home)
        mark_pending(home)
        counts = plan.write(load_of(source, files, report, terminal.now()))
        if behind or counts.added or counts.closed or not (home / "law").exists():
            compile_home(ledger, terminal)
            terminal.note("the graph is as it was; `recourse rebuild` brings it up to date")
        else:
            clear_pending(home)
    report.seconds = round(time.monotonic() - began, 2)
    return report


def _preview(terminal: Terminal, name: str, files: tuple[Path, ...], published: str) -> Report:
    source, began = find_source(name), time.monotonic()
    with Ledger.open(terminal.settings) as ledger:
        _, report = read(source, files, ledger, published, _progress(terminal))
    report.dry_run = True
    report.seconds = round(time.monotonic() - began, 2)
    return report


def _progress(terminal: Terminal) -> Progress:
    return lambda done, whole: terminal.progress(done, whole, "files")


def _check_day(text: str) -> None:
    try:
        parse_date(text)
    except ValueError:
        raise InputError(
            f"{text[:20]!r} is not a day; write it as YYYY-MM-DD", field="--published", value=text, code="date"
        ) from None


def _print(report: Report) -> None:
    whole = report.as_dict()
    records, statements = whole["records"], whole["statements"]
    click.echo(f"{report.source} {report.snapshot[:19]}…{' (dry run: nothing was written)' if report.dry_run else ''}")
    click.echo("records:    " + ", ".join(f"{count} {what}" for what, count in records.items()))
    click.echo("statements: " + ", ".join(f"{count} {what}" for what, count in statements.items()))
    rows = [[one.severity, one.code, one.where, one.message] for one in report.findings]
    if rows:
        click.echo()
        print_table(["severity", "code", "where", "message"], rows[:SHOWN])
    if len(rows) > SHOWN:
        click.echo(f"… and {len(rows) - SHOWN} more; --format json has them all")
