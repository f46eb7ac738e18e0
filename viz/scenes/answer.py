"""The answer to a case: what was done, by which states, and how each body stands to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from viz.scene import Edge, Node, Scene, scene

Plain = Mapping[str, Any]
VERDICTS = ("available", "conditional", "unavailable")


def draw(answer: Plain, acts: Sequence[Plain], names: Mapping[str, Mapping[str, str]]) -> Scene:
    """Return the scene of a full answer.

    Args: acts are the acts of the case: `id`, `tactic`, `from`, `respondents` (codes of states); names are those of the
        law by kind (`states`, `forums`, `tactics`). Nothing else of the facts is drawn.
    """
    title = answer["case"] or "case"
    nodes = {"case": Node("case", "Case", str(title), str(title), f"as of {answer['as_of']}")}
    edges = []
    for act in acts:
        here = f"act:{act['id']}"
        name = names["tactics"].get(act["tactic"] or "", act["tactic"] or act["id"])
        nodes[here] = Node(here, "Act", str(act["id"]), str(name), str(act["from"]))
        edges.append(Edge("case", here, "CONTAINS"))
        for state in act["respondents"]:
            nodes.setdefault(
                f"state:{state}", Node(f"state:{state}", "State", state, names["states"].get(state, state))
            )
            edges.append(Edge(here, f"state:{state}", "ATTRIBUTED_TO"))
    for row in sorted(answer["forums"], key=lambda row: VERDICTS.index(row["verdict"])):  # keeps the answer's order
        here = f"forum:{row['forum']}"
        about = str((answer["about"].get(row["forum"]) or {}).get("name") or row["forum"])
        nodes.setdefault(here, Node(here, "Forum", row["forum"], about))
        edges.append(Edge(_start(row, nodes), here, row["verdict"], _said(row), row["verdict"]))
    sources = sorted({str(one["source"]) for one in answer["statements"].values()})
    return scene(str(title), answer["as_of"], nodes, edges, sources, ("Case", "Act", "State", "Forum"))


def _start(row: Plain, nodes: Mapping[str, Node]) -> str:
    state = f"state:{row['respondent']}"
    return state if state in nodes else "case"


def _said(row: Plain) -> str:
    """Say until when it is open, or what closes it."""
    if row["verdict"] == "unavailable":
        return " ".join(rule["reason"] for rule in row["rules"] if rule["outcome"] == "not-met")
    return " ".join(filter(None, (row["deadline"], *row["conditions"])))
