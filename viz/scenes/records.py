"""The result of any query: columns that hold ids become nodes, each row joins those that it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from graph.errors import InputError
from viz.scene import Edge, Node, Scene, scene

Record = Mapping[str, Any]
COLUMNS: Final = {
    "state": "State", "organisation": "Organisation", "instrument": "Instrument", "provision": "Provision",
    "right": "Right", "tactic": "Tactic", "body": "Body", "forum": "Forum",
}  # fmt: skip
TOLD: Final = ("since", "until", "confidence", "kind", "article", "basis", "authority", "statement")
LABEL: Final = "_label"


def draw(title: str, records: Iterable[Record], params: Mapping[str, Any], day: str, names: Mapping[str, str]) -> Scene:
    """Return the scene of a query's rows.

    A column, or a parameter, that is called after a kind (`state`, `forum` …) holds an id of it; `id` beside `label`,
    and `other` beside `other_label`, hold one of the kind that the label says. Each row is a line from its first id to
    each other; a parameter that no column repeats is an end of every row. `names` are names by id.

    Raises: InputError when no column holds an id.
    """
    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    sources: list[str] = []
    seen = False
    for row in records:
        seen = True
        here = list(_ids(row))
        columns = {column for column, _, _ in here}
        ends = [_put(nodes, one, row, names) for one in [p for p in _ids(params) if p[0] not in columns] + here]
        about = "; ".join(f"{name} {row[name]}" for name in TOLD if row.get(name) is not None)
        relation = str(row.get("relation") or title.rpartition("/")[2].replace("_", " "))
        edges += [Edge(ends[0], end, relation, about) for end in ends[1:] if end != ends[0]]
        sources += [str(row["source"])] if row.get("source") else []
    if seen and not nodes:
        raise InputError(
            f"its rows hold no id to draw (a column called {', '.join(COLUMNS)}, or one with a label); take them as a "
            "table, with `recourse query`",
            field="query", value=title, code="no-picture",
        )  # fmt: skip
    return scene(title, day, nodes, edges, sources)


def _ids(row: Record) -> Iterator[tuple[str, str, str]]:
    """Yield the columns that hold an id, each with the kind and the id."""
    for column in row:
        label = "label" if column == "id" else f"{column}{LABEL}"
        kind = row.get(label) or COLUMNS.get(column)
        if isinstance(kind, str) and isinstance(row[column], str) and not column.endswith(LABEL):
            yield column, kind, row[column]


def _put(nodes: dict[str, Node], one: tuple[str, str, str], row: Record, names: Mapping[str, str]) -> str:
    column, kind, key = one
    here = f"{kind}:{key}"
    own = "name" if column == "id" else f"{column}_name"
    nodes.setdefault(here, Node(here, kind, key, str(row.get(own) or names.get(key) or key)))
    return here
