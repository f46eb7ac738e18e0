"""CSV: one row for each line of the picture, and one for each node that has none."""

from __future__ import annotations

import csv
import io
from typing import Final

from viz.export.notes import Notes
from viz.scene import Scene

COLUMNS: Final = (
    "from_kind", "from_id", "from_name", "relation", "to_kind", "to_id", "to_name", "about", "verdict", "as_of", "note",
)  # fmt: skip
FORMULA: Final = ("=", "+", "-", "@", "|", "%")


def write(scene: Scene, notes: Notes) -> bytes:
    """Return the file (RFC 4180, lines end in one newline). What must stand beside it is the note of its first row."""
    nodes = {node.id: node for node in scene.nodes}
    rows = []
    for edge in scene.edges:
        a, b = nodes[edge.start], nodes[edge.end]
        rows.append((a.kind, a.key, a.name, edge.relation, b.kind, b.key, b.name, edge.about, edge.verdict))
    ends = {end for edge in scene.edges for end in (edge.start, edge.end)}
    rows += [(n.kind, n.key, n.name, "", "", "", "", n.about, "") for n in scene.nodes if n.id not in ends]
    told = " ".join((scene.title, notes.date, notes.sources, notes.licence, notes["caveat"]))
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for n, row in enumerate(rows):
        table.writerow(map(safe, (*row, scene.day, "" if n else told)))
    return out.getvalue().encode()


def safe(cell: str) -> str:
    """Return a text as a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
