"""One HTML file that draws a scene and needs nothing else: no network, no foreign script, nothing that can run.

pyvis writes the data and brings vis-network. Of its page only two inline scripts are kept, the library and the drawing;
its mark-up, its style sheets and its links to other sites are not. Ids are integers, texts are cleaned and escaped, the
policy of the page names the hash of each script, and a file with an address to load is never handed out.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Sequence
from html import escape
from typing import Any, Final

import orjson

from graph.errors import InputError, ServiceMissing
from viz.export import MOST
from viz.export.notes import Notes
from viz.layout import positions
from viz.palette import LINE, VERDICTS, look
from viz.scene import Edge, Scene

SCRIPT: Final = re.compile(r"<script(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL | re.IGNORECASE)
LOADS: Final = re.compile(r"\b(?:src|href|srcset|action|data|poster)\s*=", re.IGNORECASE)
MAP: Final = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
DASHES: Final = {"conditional": [8, 6], "unavailable": [2, 6]}
STYLE: Final = (
    "body{font:16px/1.5 system-ui,'Noto Sans',sans-serif;margin:0 auto;padding:1rem;max-width:80rem;color:#1d2329;"
    "background:#fbfaf8}h1{font-size:1.4rem}#mynetwork{height:85vh;border:1px solid #8a929a;background:#fff}"
    ".scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}th,td{border:1px solid #c9cdd1;"
    "padding:.3rem .5rem;text-align:start;vertical-align:top;overflow-wrap:anywhere}"
    "@media print{#mynetwork{height:150mm}tr{break-inside:avoid}}"
)
OPTIONS: Final = {
    "physics": {"enabled": False},
    "interaction": {"hover": False, "keyboard": {"enabled": True, "bindToWindow": False}, "hideEdgesOnDrag": True},
    "nodes": {
        "font": {"size": 16, "color": "#1d2329"},
        "size": 12,
        "widthConstraint": {"maximum": 440},
        "scaling": {"label": {"drawThreshold": 2}},
    },
    "edges": {"arrows": {"to": {"enabled": True, "scaleFactor": 0.5}}, "smooth": False, "font": {"size": 11}},
}


def write(scene: Scene, notes: Notes) -> bytes:
    """Return the file.

    Raises: InputError when the scene has more nodes than can be read, ServiceMissing without pyvis.
    """
    if len(scene.nodes) > MOST:
        raise InputError(
            f"{len(scene.nodes)} nodes are more than the {MOST} that one page can show; narrow it, or write "
            ".graphml, .gexf or .csv",
            field="--output", value=len(scene.nodes), code="too-large",
        )  # fmt: skip
    library, drawing = _scripts(_generated(scene))
    hashes = " ".join(f"'sha256-{_hash(script)}'" for script in (library, drawing))
    policy = (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; connect-src 'none'; "
        "base-uri 'none'; form-action 'none'"
    )
    before = _before(scene, notes, policy)
    after = _tables(scene, notes)
    for markup in (before, after):
        if LOADS.search(re.sub(r">[^<]*<", "><", markup)):  # in a tag, not in a text
            raise AssertionError("a snapshot must not load anything")
    page = f"{before}<script>{library}</script>\n<script>{drawing}</script>\n{after}"
    return page.encode()


def _generated(scene: Scene) -> str:
    """Return the page that pyvis makes of a scene: no heading and no menus, which it does not escape."""
    try:
        from pyvis.network import Network
    except ImportError:
        raise ServiceMissing("pyvis is not installed; pip install 'recourse-graph[pictures]'", field="pyvis") from None
    net = Network(directed=True, cdn_resources="in_line", height="80vh", width="100%")
    places = positions(scene)
    number = {node.id: n for n, node in enumerate(scene.nodes)}
    for node in scene.nodes:
        style = look(node.kind)
        x, y = places[node.id]
        net.add_node(
            number[node.id],
            label=f"{style.sign} {node.name}",
            title=" · ".join(filter(None, (node.kind, node.key, node.about))),
            color=style.colour,
            shape=style.shape,
            x=x,
            y=y,
        )
    for edge in scene.edges:
        net.add_edge(number[edge.start], number[edge.end], **_line(edge))
    net.set_options(orjson.dumps(OPTIONS).decode())
    return str(net.generate_html(notebook=False))


def _line(edge: Edge) -> dict[str, Any]:
    drawn: dict[str, Any] = {"title": " · ".join(filter(None, (edge.relation, edge.about)))}
    drawn["color"] = VERDICTS.get(edge.verdict, LINE)
    if edge.verdict in DASHES:
        drawn["dashes"] = DASHES[edge.verdict]
    return drawn


def _scripts(page: str) -> tuple[str, str]:
    """Return the library and the drawing out of a page of pyvis."""
    inline = [hit["body"] for hit in SCRIPT.finditer(page) if "src" not in hit["attributes"]]
    library = [body for body in inline if "* vis-network" in body[:200]]
    drawing = [body for body in inline if "drawGraph()" in body]
    if len(library) != 1 or len(drawing) != 1:
        raise ServiceMissing(
            "this pyvis writes its page in another way; install 'pyvis==0.3.2'", field="pyvis", code="pyvis-form"
        )
    return MAP.sub("", library[0]), drawing[0]


def _hash(script: str) -> str:
    return b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _before(scene: Scene, notes: Notes, policy: str) -> str:
    title = escape(scene.title)
    told = "".join(f"<p>{escape(text)}</p>\n" for text in (notes.date, notes.sources, notes.licence, notes["caveat"]))
    return (
        f'<!doctype html>\n<html lang="{escape(notes.lang)}" dir="{notes.direction}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1><bdi>{title}</bdi></h1>\n{told}"
        f'<div id="mynetwork" role="img" aria-label="{escape(notes["draw"])}"></div>\n'
    )


def _tables(scene: Scene, notes: Notes) -> str:
    names = {node.id: node.name for node in scene.nodes}
    nodes = [(node.name, node.kind, node.key, node.about) for node in scene.nodes]
    edges = [(names[edge.start], edge.relation, names[edge.end], edge.about) for edge in scene.edges]
    heads = ((notes["name"], notes["kind"], "id", notes["what"]), (notes["from"], "", notes["to"], notes["what"]))
    return (
        f"<h2>{escape(notes['table'])}</h2>\n"
        f"{_table(notes['nodes'], heads[0], nodes)}{_table(notes['edges'], heads[1], edges)}</main>\n</body>\n</html>\n"
    )


def _table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(one)}</th>' if one else "<td></td>" for one in heads)
    body = "\n".join("<tr>" + "".join(f"<td><bdi>{escape(cell)}</bdi></td>" for cell in row) + "</tr>" for row in rows)
    return (
        f"<h3>{escape(caption)} ({len(rows)})</h3>\n"
        f'<div class="scroll" tabindex="0" role="group" aria-label="{escape(caption)}"><table>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>\n"
    )
