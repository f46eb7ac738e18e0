"""What stands next to one thing of the graph on a day, as rows of edges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from graph.cypher import find_query
from graph.errors import UnknownId, shorten
from graph.store.port import GraphStore, Record
from graph.store.words import without_accents, words

LABELS: Final = (
    "State", "Organisation", "Instrument", "Forum", "Right", "Tactic", "Body", "Provision", "Source", "Dataset",
)  # fmt: skip
PAGE: Final = 500  # rows of one read


def find(store: GraphStore, name: str) -> Record:
    """Return the node of that id, of the first label that has it; a state also by its exact name.

    Raises: UnknownId naming the nearest.
    """
    node = find_query("law/node")
    for label in LABELS:
        key = name.upper() if label == "State" and len(name) == 3 else name
        rows = store.read(node, node.bind({"label": label, "id": key}))
        if rows:
            return rows[0]
    typed = words(without_accents(name))
    ahead = find_query("law/type_ahead")
    near = store.read(ahead, ahead.bind({"prefix": typed, "first": 2})) if typed else []
    exact = [row for row in near if words(without_accents(row["name"])) == typed]
    if len(exact) == 1:
        return exact[0]
    nearest = near[0]["id"] if near else None
    hint = f"did you mean {nearest}?" if nearest else "use an id, as in the list of `recourse forum`"
    raise UnknownId(
        f"{shorten(name)!r} is neither a file nor a query nor the id of anything in the graph; {hint}",
        field="WHAT", value=name, nearest=nearest,
    )  # fmt: skip


def around(store: GraphStore, label: str, key: str, day: date, relations: Sequence[str] = ()) -> Iterator[Record]:
    """Yield every edge of one node that holds on a day, of these types where some are given, in a steady order.

    A row has `relation`, `outgoing`, `other_label`, `other`, `other_name`, the dates, the source and its confidence.
    """
    query = find_query("law/neighbours")
    for relation in relations or (None,):
        after = ""
        while True:
            wanted = {"label": label, "id": key, "day": day, "relation": relation, "after": after, "first": PAGE}
            rows = store.read(query, query.bind(wanted))
            yield from rows
            if len(rows) < PAGE:
                break
            after = rows[-1]["cursor"]
