"""`recourse doctor`: what is installed, how fresh the data is, what is missing and how to mend it"""

import platform
from datetime import timedelta
from typing import Any

import click

from api.terminal import Terminal, print_json, print_table
from graph import law
from graph.errors import HomeMissing, LawDamaged, RecourseError
from graph.ledger import Ledger
from graph.ledger import seed as shipped
from graph.ledger.lock import is_pending
from graph.version import VERSION

STALE_DAYS = 400  # after which a table of treaty status needs a newer one
Problem = dict[str, str]


@click.command()
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_obj
def doctor(terminal: Terminal, form: str) -> int:
    """Say what is installed, how fresh each data set is, what is missing, and the remedy.

    Exit status: 0 when all is well, 1 when there is a problem.
    """
    report = examine(terminal)
    if form == "json":
        print_json(report)
    else:
        _print(report, terminal)
    return 0 if report["ok"] else 1


def examine(terminal: Terminal) -> dict[str, Any]:
    """Return the documented report; it changes nothing."""
    problems: list[Problem] = []
    graph_problems: list[Problem] = []
    engine = "none"
    datasets: list[dict[str, object]] = []
    kind = "postgresql" if terminal.settings.ledger.startswith("postgresql") else "sqlite"
    try:
        with Ledger.open(terminal.settings) as ledger:
            damage = ledger.problem()
            if damage:
                problems.append(_problem("ledger-damaged", damage, "restore a backup of the ledger"))
            datasets = ledger.datasets()
            engine, graph_problems = _graph(ledger, terminal)
        problems += _data_problems(datasets, terminal)
    except RecourseError as fault:
        problems.append(_of(fault))
    problems += [*_law_problems(terminal), *graph_problems]
    return {
        "ok": not problems,
        "version": VERSION,
        "engine": engine,
        "ledger": kind,
        "datasets": datasets,
        "problems": problems,
    }


def _data_problems(datasets: list[dict[str, object]], terminal: Terminal) -> list[Problem]:
    """Tell which shipped tables are not loaded and which data sets are old."""
    loaded = {str(dataset["name"]) for dataset in datasets}
    missing = sorted(set(shipped.names()) - loaded)
    problems = []
    if missing:
        text = f"{len(missing)} shipped tables are not loaded: {', '.join(missing)}"
        problems.append(_problem("data-missing", text, "run `recourse init`"))
    oldest = (terminal.today() - timedelta(days=STALE_DAYS)).isoformat()
    for name, as_of in ((dataset["name"], str(dataset["as_of"])) for dataset in datasets):
        if as_of and as_of < oldest:
            text = f"{name} was last seen on {as_of}"
            problems.append(_problem("data-old", text, "feed a newer file of it with `recourse ingest`"))
    return problems


def _law_problems(terminal: Terminal) -> list[Problem]:
    home = terminal.settings.home
    try:
        law.load(home)
    except HomeMissing:
        return [_problem("law-missing", "no law is compiled yet", "run `recourse init`")]
    except RecourseError as fault:
        return [_of(fault)]
    if is_pending(home):
        text = "a run was cut off after it changed the ledger: the law may lag behind"
        return [_problem("law-behind", text, "run `recourse init`")]
    return []


def _graph(ledger: Ledger, terminal: Terminal) -> tuple[str, list[Problem]]:
    """Return the engine of the graph, and what is wrong with it or makes it lag."""
    from api.graph import behind, gather
    from graph.store.open import open_store

    try:
        with open_store(terminal.settings) as store:
            why = behind(store, gather(ledger, terminal))
            lag = _problem("graph-behind", f"the graph lags: {why}", "run `recourse rebuild`")
            return store.engine, [lag] if why else []
    except (HomeMissing, LawDamaged):
        return "none", []  # what is wrong with the law is said already
    except RecourseError as fault:
        return "none", [_of(fault)]


def _problem(code: str, message: str, remedy: str) -> Problem:
    return {"code": code, "message": message, "remedy": remedy}


def _of(fault: RecourseError) -> Problem:
    message, _, remedy = fault.message.partition("; ")
    return _problem(fault.code, message, remedy)


def _print(report: dict[str, Any], terminal: Terminal) -> None:
    click.echo(f"recourse {report['version']} on Python {platform.python_version()}")
    click.echo(f"data folder: {terminal.settings.home} (ledger: {report['ledger']}, graph: {report['engine']})\n")
    headers = ["name", "as_of", "loaded", "statements", "findings"]
    print_table(headers, [[row[name] for name in headers] for row in report["datasets"]])
    for problem in report["problems"]:
        click.echo(f"\n{problem['code']}: {problem['message']}\n  remedy: {problem['remedy']}")
    if report["ok"]:
        click.echo("\nno problem found")
