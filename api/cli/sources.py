"""`recourse sources`: the publishers whose files can be ingested, and what was loaded from each"""

import json
from typing import Any

import click

from api.terminal import Terminal, print_json, print_table
from graph.errors import HomeMissing
from graph.ledger import Ledger, LoadRow
from ingest.source import find_source, source_names


@click.command()
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_obj
def sources(terminal: Terminal, form: str) -> None:
    """List the sources by name, with what was loaded from each."""
    try:
        with Ledger.open(terminal.settings) as ledger:
            loads = ledger.loads()
    except HomeMissing:
        loads = []
    rows = [_source(name, [load for load in loads if load.source == name]) for name in source_names()]
    if form == "json":
        print_json(rows)
        return
    table = []
    for row in rows:
        last = row["loads"][-1]["loaded"][:10] if row["loads"] else "never"
        table.append([row["name"], row["title"], row["publisher"], "/".join(row["formats"]), last])
    print_table(["name", "title", "publisher", "formats", "last load"], table)


def _source(name: str, loads: list[LoadRow]) -> dict[str, Any]:
    source = find_source(name)
    return {
        "name": name,
        "title": source.title,
        "publisher": source.publisher,
        "licence": source.licence,
        "formats": list(source.formats),
        "loads": [
            {
                "snapshot": f"sha256:{load.snapshot}",
                "published": load.published,
                "loaded": load.recorded,
                "records": load.records_read,
                "findings": len(json.loads(load.findings)),
            }
            for load in loads
        ],
    }
