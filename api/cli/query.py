"""`recourse query`: run a query of queries/ by name, or check that the examples run"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click
import orjson

from api.answers.sheet import table_csv
from api.terminal import Terminal, print_json, print_table
from graph.errors import InputError, RecourseError, shorten

if TYPE_CHECKING:
    from graph.cypher import Query

COLUMNS = 8  # that fit beside one another; rows with more are printed one below the other
FORMS = click.Choice(["table", "json", "jsonl", "csv"])
Row = dict[str, Any]


@click.command()
@click.argument("name", metavar="NAME|check|list")
@click.argument("which", required=False, metavar="[NAME]")
@click.option("--param", "given", multiple=True, metavar="K=V", help="A parameter; can be repeated.")
@click.option("--on", "engines", multiple=True, metavar="WHERE", help="With check: an engine; can be repeated.")
@click.option("--format", "form", type=FORMS, default="table", show_default=True)
@click.pass_obj
def query(
    terminal: Terminal, name: str, which: str | None, given: tuple[str, ...], engines: tuple[str, ...], form: str
) -> int:
    """Run a named query on the graph: `recourse query binds --param state=TUR --param day=2020-01-01`.

    `recourse query list` shows the names. `recourse query check [NAME]` runs the example in the header of each query,
    or of one; on several engines it compares their rows.

    Exit status: 0, or 1 when an example gave an error or other rows on another engine.
    """
    from graph.cypher import QUERIES
    from graph.store.open import open_store

    if name == "list":
        show([{"name": key, "gives": one.about} for key, one in sorted(QUERIES.items())], ["name", "gives"], form)
        return 0
    if name == "check":
        wanted = [resolve(which)] if which else [QUERIES[key] for key in sorted(QUERIES)]
        return check(terminal, wanted, engines or (terminal.settings.store,), form)
    one = resolve(name)
    params = one.bind(dict(read_param(one, text) for text in given))
    with open_store(terminal.settings) as store:
        show(store.read(one, params), [column.name for column in one.returns], form)
    return 0


def resolve(name: str) -> Query:
    """Return a query by its name, or by the end of it where that is one query's alone.

    Raises: UnknownId.
    """
    from graph.cypher import QUERIES, find_query

    ends = [key for key in QUERIES if key.rpartition("/")[2] == name]
    return find_query(ends[0] if len(ends) == 1 else name)


def read_param(one: Query, text: str) -> tuple[str, Any]:
    """Read `k=v`: a text or a day as it stands, a list with commas, other values as JSON.

    Raises: InputError.
    """
    key, equals, value = text.partition("=")
    if not equals:
        raise InputError(f"{shorten(text)!r} is no parameter; write name=value", field="--param", value=text)
    kind = next((param.kind for param in one.params if param.name == key), "str").rstrip("?")
    if kind in ("str", "date"):
        return key, value
    if kind.startswith("list[str"):
        return key, [part for part in value.split(",") if part]
    try:
        return key, orjson.loads(value)
    except orjson.JSONDecodeError:
        raise InputError(f"{shorten(value)!r} is no {kind}; write it as JSON does", field=key, value=value) from None


def check(terminal: Terminal, wanted: list[Query], engines: tuple[str, ...], form: str) -> int:
    """Run the example of each query on each engine, and compare the rows."""
    from graph.store.open import open_store

    found: list[Row] = []
    first: dict[str, list[Row]] = {}
    for where in engines:
        with open_store(terminal.settings.but(store=where)) as store:
            for one in wanted:
                row: Row = {"query": one.name, "engine": store.engine, "rows": None, "problem": ""}
                found.append(row)
                if one.example is None:
                    row["problem"] = "its header has no example"
                    continue
                if store.engine not in one.engines:
                    row["problem"] = ""
                    continue
                try:
                    rows = store.read(one, one.example)
                except RecourseError as fault:
                    row["problem"] = fault.message
                    continue
                row["rows"] = len(rows)
                row["problem"] = problem_of(one, rows, first.setdefault(one.name, rows))
    show(found, ["query", "engine", "rows", "problem"], form)
    return 1 if any(row["problem"] for row in found) else 0


def problem_of(one: Query, rows: list[Row], others: list[Row]) -> str:
    """Return what is wrong with the rows of an example, or nothing."""
    if not rows:
        return "the example gives no row"
    columns = [column.name for column in one.returns]
    if list(rows[0]) != columns:
        return f"the columns are {', '.join(rows[0])}"
    return "" if rows == others else "another engine gave other rows"


def show(rows: list[Row], columns: list[str], form: str) -> None:
    """Print rows in one of the four forms; days as ISO texts."""
    plain = [{name: plainly(row[name]) for name in columns} for row in rows]
    if form == "json":
        print_json(plain)
    elif form == "jsonl":
        for row in plain:
            click.echo(orjson.dumps(row))
    elif form == "csv":
        click.echo(table_csv(columns, ([row[name] for name in columns] for row in plain)), nl=False)
    elif len(columns) <= COLUMNS:
        print_table(columns, (["" if row[name] is None else row[name] for name in columns] for row in plain))
    else:
        for row in plain:
            print_table(["column", "value"], [[name, row[name]] for name in columns if row[name] is not None])
            click.echo()


def plainly(value: Any) -> Any:
    """Return a value as plain data."""
    return value.isoformat() if isinstance(value, date) else value
