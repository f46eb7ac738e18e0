"""The only door to a graph engine. Adapters: graph/store/embedded.py and graph/store/bolt.py.

What goes in are batches of nodes or of edges, what comes out are rows of plain values. Every node has `id`, unique
under its label, and every edge has `id`, unique under its type, so that a batch written twice changes nothing. A row is
the whole of its node or edge: a property that it does not hold, or that is None, is taken out. Of two rows with one id
the later counts, and an edge that comes with other ends is moved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, Self

from graph.cypher import Query

Params = Mapping[str, Any]  # None, bool, int, float, str, date, and lists of these
Record = dict[str, Any]  # the same, and mappings of these; dates are datetime.date on every engine


@dataclass(frozen=True, slots=True)
class Nodes:
    """Nodes of one label. A row holds `id` and every other property that the schema declares for the label."""

    label: str
    rows: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Edges:
    """Edges of one type between two labels. A row holds `id`, `start` and `end` (ids of nodes), and properties."""

    relation: str
    start: str  # label of the node that the edge leaves
    end: str  # label of the node that it enters
    rows: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Gone:
    """Nodes of a label, or edges of a type, to be taken out again, by id. Edges go with their nodes."""

    ids: Sequence[str]
    label: str = ""
    relation: str = ""


Batch = Nodes | Edges | Gone


@dataclass(frozen=True, slots=True)
class WriteCounts:
    """What a write changed."""

    nodes_created: int = 0
    nodes_deleted: int = 0
    edges_created: int = 0
    edges_deleted: int = 0
    properties_set: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """How a read went: filled in by the adapter when the caller hands one in."""

    reads: list[float] = field(default_factory=list)  # seconds in the store, one for each read


class GraphStore(Protocol):
    """The few verbs of a graph engine. Errors are those of graph/errors.py; a client library never shows."""

    engine: str  # "embedded" or "bolt"

    def read(self, query: Query, params: Params, *, timeout: float | None = None) -> list[Record]:
        """Run one query of queries/ and give all its rows.

        Raises: QueryRejected, StoreUnavailable, StoreTimeout.
        """

    def write(self, batch: Batch) -> WriteCounts:
        """Merge one batch by id, whole or not at all.

        Raises: BatchRefused for an edge whose ends are not both there, or a value that is not of the graph;
        StoreUnavailable, StoreTimeout, DiskFull, HomeBusy.
        """

    def load(self, batches: Iterable[Batch], progress: Callable[[int], None] | None = None) -> WriteCounts:
        """Merge many batches in pieces that bound the client's memory; each piece is written whole or not at all.

        A load that was cut off is run again from its start. `progress` is told the rows done so far.
        """

    def migrate(self) -> list[str]:
        """Apply the files of queries/schema/ that this graph has not had, in order; returns their names."""

    def counts(self) -> dict[str, int]:
        """How many nodes there are under each label and edges under each type."""

    def clear(self) -> None:
        """Take out everything, schema included; `migrate` puts the schema back."""

    def commit(self) -> None:
        """Make what was written last: the embedded engine writes its file; a server has done so already."""

    def close(self) -> None:
        """Let go of the engine; what the embedded engine has not committed is lost."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *error: object) -> None:
        """Commit, unless the block failed, and close."""
