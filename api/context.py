"""What one request carries: the store and its clock, the law, and the loaders that read each node once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any, Final

from api.errors import Fault
from api.gql.ids import Clock
from graph.cypher import Query
from graph.finder import Finder
from graph.store.port import GraphStore, Record

SECONDS: Final = 10.0  # that a request may take
VINTAGES: Final = 4  # earlier states of the data whose compiled law is kept


class Laws:
    """The finder over the law in force, and over the law as it was known on a day: each compiled once."""

    def __init__(self, ready: Callable[[str], Finder]) -> None:
        self._ready = ready
        self._lock = Lock()
        self._kept: dict[str, Finder] = {}
        self.asking = Lock()  # a finder fills its memory while it answers: one case at a time

    def on(self, known_on: str | None) -> Finder:
        """The finder of a vintage."""
        name = known_on or ""
        with self._lock:
            if name not in self._kept:
                finder = self._ready(name)
                for old in [n for n in self._kept if n][: max(0, len(self._kept) - VINTAGES)]:
                    del self._kept[old]
                self._kept[name] = finder
            return self._kept[name]


@dataclass(slots=True)
class Context:
    """One request. Rows below one root field share its clock, so a level is one read for each clock: as a rule one."""

    store: GraphStore
    queries: Mapping[str, Query]
    laws: Laws
    today: date
    local: bool = True
    began: float = field(default_factory=time.monotonic)
    reads: list[float] = field(default_factory=list)  # seconds in the store, one for each read
    nodes: dict[tuple[Clock, str, str], Record | None] = field(default_factory=dict)

    def left(self) -> float:
        """The seconds that the request still has.

        Raises: Fault, TIMEOUT, when there are none.
        """
        left = SECONDS - (time.monotonic() - self.began)
        if left <= 0:
            raise Fault("TIMEOUT", f"the request took longer than {SECONDS:.0f} seconds; ask for less at once")
        return left

    def read(self, name: str, params: Mapping[str, Any]) -> list[Record]:
        """Run one named query."""
        left = self.left()
        began = time.perf_counter()
        rows = self.store.read(self.queries[name], params, timeout=left)
        self.reads.append(time.perf_counter() - began)
        return rows

    def load(self, wanted: Iterable[tuple[Clock, str, str]]) -> None:
        """Read the nodes (clock, label, key) that are not here yet: one read for each clock."""
        missing: dict[Clock, dict[tuple[str, str], None]] = {}
        for clock, label, key in wanted:
            if (clock, label, key) not in self.nodes:
                missing.setdefault(clock, {})[label, key] = None
        for clock, refs in missing.items():
            params = {"ids": [key for _, key in refs], "kinds": sorted({label for label, _ in refs})}
            found = {(row["label_of"], row["key"]): row for row in self.read("api/nodes", params)}
            for label, key in refs:
                row = found.get((label, key))
                self.nodes[clock, label, key] = None if row is None else {**row, "clock": clock}

    def node(self, clock: Clock, label: str, key: str) -> Record | None:
        """A node that was loaded."""
        return self.nodes.get((clock, label, key))

    def many(self, refs: Sequence[tuple[Clock, str, str] | None]) -> list[Record | None]:
        """The nodes of these references, in their order."""
        self.load(ref for ref in refs if ref is not None)
        return [None if ref is None else self.nodes[ref] for ref in refs]


def day(text: str | None) -> date | None:
    """A day as the store takes it."""
    return None if text is None else date.fromisoformat(text)
