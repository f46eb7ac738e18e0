"""GEXF 1.3, for Gephi: nodes with kind, colour and place, lines with what they say."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from viz.export.notes import Notes
from viz.layout import positions
from viz.palette import LINE, VERDICTS, look
from viz.scene import Scene

NODES = ("kind", "key", "about")
EDGES = ("relation", "about", "verdict")


def write(scene: Scene, notes: Notes) -> bytes:
    """Return the file: what must stand beside the picture is in its meta data."""
    root = ET.Element(
        "gexf", {"xmlns": "http://gexf.net/1.3", "xmlns:viz": "http://gexf.net/1.3/viz", "version": "1.3"}
    )
    meta = ET.SubElement(root, "meta", {"lastmodifieddate": scene.day[:10]} if len(scene.day) == 10 else {})
    ET.SubElement(meta, "creator").text = "Recourse"
    ET.SubElement(meta, "title").text = scene.title
    told = " ".join((notes.date, notes.sources, notes.licence, notes["caveat"]))
    ET.SubElement(meta, "description").text = told
    graph = ET.SubElement(root, "graph", {"defaultedgetype": "directed", "mode": "static"})
    for owner, names in (("node", NODES), ("edge", EDGES)):
        attributes = ET.SubElement(graph, "attributes", {"class": owner})
        for n, name in enumerate(names):
            ET.SubElement(attributes, "attribute", {"id": str(n), "title": name, "type": "string"})
    places = positions(scene)
    nodes = ET.SubElement(graph, "nodes")
    for node in scene.nodes:
        one = ET.SubElement(nodes, "node", {"id": node.id, "label": node.name})
        _values(one, (node.kind, node.key, node.about))
        _colour(one, look(node.kind).colour)
        x, y = places[node.id]
        ET.SubElement(one, "viz:position", {"x": str(x), "y": str(-y), "z": "0"})
    edges = ET.SubElement(graph, "edges")
    for n, edge in enumerate(scene.edges):
        one = ET.SubElement(
            edges, "edge", {"id": str(n), "source": edge.start, "target": edge.end, "label": edge.relation}
        )
        _values(one, (edge.relation, edge.about, edge.verdict))
        _colour(one, VERDICTS.get(edge.verdict, LINE))
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _values(owner: ET.Element, values: tuple[str, ...]) -> None:
    found = ET.SubElement(owner, "attvalues")
    for n, value in enumerate(values):
        if value:
            ET.SubElement(found, "attvalue", {"for": str(n), "value": value})


def _colour(owner: ET.Element, colour: str) -> None:
    red, green, blue = (str(int(colour[n : n + 2], 16)) for n in (1, 3, 5))
    ET.SubElement(owner, "viz:color", {"r": red, "g": green, "b": blue})
