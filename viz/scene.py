"""A picture before it is drawn: nodes and lines. `viz/scenes/` makes them, `viz/export/` writes them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

from viz.text import clean

NAMED: Final = 80  # characters of a label
SAID: Final = 300  # characters of what is told of a node or a line


@dataclass(frozen=True, slots=True)
class Node:
    """One thing. `id` is unique in the scene; `key` is what the command line calls it."""

    id: str
    kind: str  # a label of docs/graph.md, or Case, Act
    key: str
    name: str
    about: str = ""
    person: bool = False  # a human being: named only when asked for outright


@dataclass(frozen=True, slots=True)
class Edge:
    """One line from a node to a node. `verdict` colours it where there is one."""

    start: str
    end: str
    relation: str
    about: str = ""
    verdict: str = ""


@dataclass(frozen=True)
class Scene:
    """Nodes and lines with what must stand beside them. Layers are kinds in columns (`viz/layout.py`)."""

    title: str
    day: str  # as of, ISO 8601
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    sources: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()


def scene(
    title: str,
    day: str,
    nodes: dict[str, Node],
    edges: list[Edge],
    sources: list[str],
    layers: tuple[str, ...] = (),
) -> Scene:
    """Return a scene with every text cleaned and cut, lines without an end left out, and each thing once, in order."""
    ids = {node.id: clean(node.id, SAID) for node in nodes.values()}
    kept = tuple(
        replace(
            node, id=ids[node.id], kind=clean(node.kind, NAMED), key=clean(node.key, SAID),
            name=clean(node.name, NAMED), about=clean(node.about, SAID),
        )
        for node in nodes.values()
    )  # fmt: skip
    drawn = tuple(
        replace(
            edge, start=ids[edge.start], end=ids[edge.end], relation=clean(edge.relation, NAMED),
            about=clean(edge.about, SAID), verdict=clean(edge.verdict, NAMED),
        )
        for edge in dict.fromkeys(edges)
        if edge.start in ids and edge.end in ids
    )  # fmt: skip
    return Scene(
        clean(title, SAID), clean(day), kept, drawn, tuple(sorted({clean(one, NAMED) for one in sources})), layers
    )


def redacted(given: Scene) -> Scene:
    """Return the scene with a number in place of the id, name, key and story of each person, in the title as well."""
    masks: dict[str, Node] = {}
    count: Counter[str] = Counter()
    title = given.title
    for node in given.nodes:
        if node.person:
            count[node.kind] += 1
            mask = f"{node.kind} {count[node.kind]}"
            masks[node.id] = replace(node, id=mask, key=mask, name=mask, about="")
            title = title.replace(node.name, mask).replace(node.key, mask)
    edges = tuple(
        replace(edge, start=_id(masks, edge.start), end=_id(masks, edge.end), about="")
        if edge.start in masks or edge.end in masks
        else edge
        for edge in given.edges
    )
    return replace(given, title=title, nodes=tuple(masks.get(node.id, node) for node in given.nodes), edges=edges)


def _id(masks: dict[str, Node], key: str) -> str:
    return masks[key].id if key in masks else key
