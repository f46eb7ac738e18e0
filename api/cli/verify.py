"""`recourse verify`: compare the graph with the ledger and the law, and name each difference"""

from dataclasses import asdict

import click

from api.terminal import Terminal, print_json, print_table
from graph.ledger import Ledger

SHOWN = 40  # differences that the table prints; JSON has them all


@click.command()
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_obj
def verify(terminal: Terminal, form: str) -> int:
    """Compare counts and content of each label and type, and each bond of a state with the compiled law.

    Exit status: 0 when all agree, 1 when a difference was found; `recourse rebuild --whole` mends it.
    """
    from api.graph import gather
    from graph.store import verify as comparison
    from graph.store.open import open_store

    with Ledger.open(terminal.settings) as ledger, open_store(terminal.settings) as store:
        verdict = comparison.verify(store, gather(ledger, terminal))
    if form == "json":
        print_json(
            {
                "ok": verdict.ok,
                "bonds": verdict.bonds,
                "kinds": [asdict(kind) for kind in verdict.kinds],
                "differences": [asdict(one) for one in verdict.differences],
            }
        )
        return 0 if verdict.ok else 1
    print_table(
        ["kind", "ledger", "graph", "hash", "note"],
        [
            [
                k.kind,
                k.wanted,
                k.found,
                k.wanted_hash,
                "" if k.wanted_hash == k.found_hash else f"graph: {k.found_hash}",
            ]
            for k in verdict.kinds
        ],
    )
    for one in verdict.differences[:SHOWN]:
        click.echo(" ".join(filter(None, (one.kind, one.id, f"{one.what}:" if one.detail else one.what, one.detail))))
    left = len(verdict.differences) - SHOWN
    if left > 0:
        click.echo(f"and {left} more; --format json names each")
    click.echo(f"\n{verdict.bonds} bonds compared with the law, {len(verdict.differences)} differences")
    return 0 if verdict.ok else 1
