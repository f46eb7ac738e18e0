"""One thing and what it is joined to: rows of edges in, a fan out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from viz.scene import Edge, Node, Scene, scene

Row = Mapping[str, Any]


def draw(centre: Row, rows: Iterable[Row], day: str) -> Scene:
    """Return the scene round one node.

    Args: centre has `label`, `id`, `name`; rows are those of the query `law/neighbours`.
    """
    middle = f"{centre['label']}:{centre['id']}"
    nodes = {middle: Node(middle, str(centre["label"]), str(centre["id"]), str(centre["name"]))}
    edges = []
    sources = []
    for row in rows:
        other = f"{row['other_label']}:{row['other']}"
        nodes.setdefault(other, Node(other, str(row["other_label"]), str(row["other"]), str(row["other_name"])))
        start, end = (middle, other) if row["outgoing"] else (other, middle)
        edges.append(Edge(start, end, str(row["relation"]), told(row)))
        if row.get("source"):
            sources.append(str(row["source"]))
    return scene(f"{centre['name']} [{centre['id']}]", day, nodes, edges, sources, ("*", "Forum", "Instrument"))


def told(row: Row) -> str:
    """Say from when until when a row holds, on what authority, who says so and how sure it is."""
    days = f"{row.get('since') or '…'} – {row.get('until') or '…'}" if row.get("since") or row.get("until") else ""
    parts = (days, row.get("authority"), row.get("source"), row.get("confidence"))
    return "; ".join(str(part) for part in parts if part)
