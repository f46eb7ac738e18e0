"""One colour and one shape for each kind of node, so that colour never speaks alone.

The colours are those of Okabe and Ito, darkened until they can be read as text on white (5 : 1 or better, but for
`incident`, which is for shapes and large text only). Shapes are vis-network's names; signs stand in running text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PAPER: Final = "#fbfaf8"
INK: Final = "#1d2329"
ACCENT: Final = "#0b5394"
NIGHT: Final = "#14181c"  # the dark ground
LINE: Final = "#8a929a"  # an edge


@dataclass(frozen=True, slots=True)
class Look:
    """How nodes of one kind are drawn."""

    colour: str
    shape: str
    sign: str


KINDS: Final[dict[str, Look]] = {
    "State": Look("#5C6670", "square", "■"),
    "Organisation": Look("#5C6670", "hexagon", "⬡"),
    "Instrument": Look("#007A5A", "diamond", "◆"),
    "Provision": Look("#007A5A", "dot", "•"),
    "Right": Look("#0072B2", "triangleDown", "▼"),
    "Tactic": Look("#D55E00", "triangle", "▲"),
    "Body": Look("#A6458B", "star", "★"),
    "Forum": Look("#8A6500", "hexagon", "✚"),
    "Act": Look("#D55E00", "triangle", "▲"),
    "Case": Look("#1d2329", "dot", "●"),
    "Source": Look("#5C6670", "dot", "○"),
    "Dataset": Look("#5C6670", "dot", "○"),
    "Statement": Look("#5C6670", "dot", "·"),
}
OTHER: Final = Look("#5C6670", "dot", "●")
VERDICTS: Final[dict[str, str]] = {"available": "#00664b", "conditional": "#7a5900", "unavailable": "#5c6670"}


def look(kind: str) -> Look:
    """Return how a kind is drawn; a kind without a look of its own is a grey dot."""
    return KINDS.get(kind, OTHER)
