"""Where the nodes stand. Worked out here with a fixed seed, so that the same scene gives the same picture."""

from __future__ import annotations

from typing import Final

from graph.errors import ServiceMissing
from viz.scene import Scene

SEED: Final = 20180906
ACROSS: Final = 520  # between layers
DOWN: Final = 74  # between the nodes of a layer
TALL: Final = 24  # nodes in one column of a layer; more make a further column
ALONE: Final = "*"
LARGE: Final = 500  # nodes from which networkx would want scipy, and springs say nothing any more
SPREAD: Final = 160  # of a free layout: for each root of the number of nodes

Positions = dict[str, tuple[int, int]]


def positions(scene: Scene) -> Positions:
    """Return a place for each node: in columns where the scene has layers or is large, else by springs."""
    return layered(scene) if scene.layers or len(scene.nodes) >= LARGE else springs(scene)


def layered(scene: Scene) -> Positions:
    """Put each kind in a column of its own, from left to right, in the order in which the nodes were given.

    A layer called `*` is the first node alone.
    """
    places: Positions = {}
    order = [*scene.layers, *sorted({node.kind for node in scene.nodes} - set(scene.layers))]
    x = 0
    for kind in order:
        named = scene.nodes[:1] if kind == ALONE else [node for node in scene.nodes if node.kind == kind]
        column = [node.id for node in named if node.id not in places]
        for first in range(0, len(column), TALL):
            part = column[first : first + TALL]
            for n, node in enumerate(part):
                places[node] = (x, round((n - (len(part) - 1) / 2) * DOWN))
            x += ACROSS
    return places


def springs(scene: Scene) -> Positions:
    """Let lines pull their ends together (Fruchterman and Reingold 1991, as networkx has it).

    Raises: ServiceMissing without networkx.
    """
    try:
        import networkx as nx
    except ImportError:
        raise ServiceMissing(
            "networkx is not installed; pip install 'recourse-graph[pictures]'", field="networkx"
        ) from None
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(node.id for node in scene.nodes)
    graph.add_edges_from((edge.start, edge.end) for edge in scene.edges)
    size = SPREAD * max(len(scene.nodes), 1) ** 0.5
    found = nx.spring_layout(graph, seed=SEED, iterations=80)
    return {node.id: _rounded(found[node.id], size) for node in scene.nodes}


def _rounded(place: tuple[float, float], size: float) -> tuple[int, int]:
    return round(float(place[0]) * size), round(float(place[1]) * size)
