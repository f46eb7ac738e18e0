"""`recourse diff`: what the latest load of a source added, changed and closed"""

from typing import Any

import click

from api.terminal import Terminal, print_json, print_table
from graph.errors import InputError
from graph.ledger import Ledger, StatementRow
from ingest.source import find_source

FIELDS = ("id", "subject", "relation", "object", "kind", "deposited", "since", "until", "excludes", "confidence")


@click.command()
@click.argument("name")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_obj
def diff(terminal: Terminal, name: str, form: str) -> None:
    """Show what the latest load of the source NAME added, changed and closed."""
    find_source(name)
    with Ledger.open(terminal.settings) as ledger:
        loads = [load for load in ledger.loads() if load.source == name]
        if not loads:
            raise InputError(
                f"nothing was loaded from {name} yet; run `recourse ingest {name} FILE`", field="source", value=name
            )
        done = list(ledger.changes(loads[-1].id))
    added, closed = ([row for verb, row in done if verb in verbs] for verbs in (("added", "reopened"), ("closed",)))
    changed = _paired(added, closed)
    before, after = {old.id for old, _ in changed}, {new.id for _, new in changed}
    added = [row for row in added if row.id not in after]
    closed = [row for row in closed if row.id not in before]
    if form == "json":
        print_json(
            {
                "source": name,
                "snapshot": f"sha256:{loads[-1].snapshot}",
                "loaded": loads[-1].recorded,
                "added": [_shown(row) for row in added],
                "changed": [{"before": _shown(old), "after": _shown(new)} for old, new in changed],
                "closed": [_shown(row) for row in closed],
            }
        )
        return
    lines = [
        *(["+", *_brief(row)] for row in added),
        *(line for old, new in changed for line in (["<", *_brief(old)], [">", *_brief(new)])),
        *(["-", *_brief(row)] for row in closed),
    ]
    click.echo(
        f"{name}, loaded {loads[-1].recorded}: {len(added)} added (+), {len(changed)} changed (< >), "
        f"{len(closed)} closed (-)"
    )
    print_table(["", "state", "relation", "object", "deposited", "since", "until"], lines)


def _paired(added: list[StatementRow], closed: list[StatementRow]) -> list[tuple[StatementRow, StatementRow]]:
    """Match what was closed with what was added about the same bond, one to one."""
    waiting = list(added)
    pairs = []
    for old in closed:
        bond = (old.subject, old.relation, old.object)
        new = next((row for row in waiting if (row.subject, row.relation, row.object) == bond), None)
        if new is not None:
            waiting.remove(new)
            pairs.append((old, new))
    return pairs


def _shown(row: StatementRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FIELDS}


def _brief(row: StatementRow) -> list[str]:
    return [row.subject, row.relation, row.object, row.deposited, row.since, row.until]
