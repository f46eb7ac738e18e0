"""GraphML, for any graph tool."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from viz.export.notes import Notes
from viz.layout import positions
from viz.scene import Scene

GRAPH = ("title", "date", "sources", "licence", "caveat")
NODES = ("kind", "key", "name", "about")
EDGES = ("relation", "about", "verdict")


def write(scene: Scene, notes: Notes) -> bytes:
    """Return the file: what must stand beside the picture is data of the graph."""
    root = ET.Element("graphml", {"xmlns": "http://graphml.graphdrawing.org/xmlns"})
    for owner, names in (("graph", GRAPH), ("node", NODES), ("edge", EDGES)):
        for name in names:
            ET.SubElement(
                root, "key", {"id": f"{owner}-{name}", "for": owner, "attr.name": name, "attr.type": "string"}
            )
    for name in ("x", "y"):
        ET.SubElement(root, "key", {"id": f"node-{name}", "for": "node", "attr.name": name, "attr.type": "int"})
    graph = ET.SubElement(root, "graph", {"id": "scene", "edgedefault": "directed"})
    told = (scene.title, notes.date, notes.sources, notes.licence, notes["caveat"])
    _data(graph, "graph", dict(zip(GRAPH, told, strict=True)))
    places = positions(scene)
    for node in scene.nodes:
        one = ET.SubElement(graph, "node", {"id": node.id})
        _data(one, "node", {"kind": node.kind, "key": node.key, "name": node.name, "about": node.about})
        x, y = places[node.id]
        _data(one, "node", {"x": str(x), "y": str(y)})
    for n, edge in enumerate(scene.edges):
        one = ET.SubElement(graph, "edge", {"id": f"e{n}", "source": edge.start, "target": edge.end})
        _data(one, "edge", {"relation": edge.relation, "about": edge.about, "verdict": edge.verdict})
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _data(owner: ET.Element, kind: str, values: dict[str, str]) -> None:
    for name, value in values.items():
        if value:
            ET.SubElement(owner, "data", {"key": f"{kind}-{name}"}).text = value
