"""Applies the files of queries/schema/, each once, in order; the graph itself remembers which."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from graph.cypher import Query, statements
from graph.errors import ReferenceFault, StoreError
from graph.store.port import Record
from graph.store.shape import MIGRATION


def apply_missing(
    engine: str,
    files: Sequence[Query],
    read: Callable[[str, Mapping[str, Any]], list[Record]],
    write: Callable[[str, Mapping[str, Any]], object],
) -> list[str]:
    """Apply what this graph has not had and return the names.

    A file that was cut off is applied again from its start, so its statements say IF NOT EXISTS.
    Raises: StoreError when a later version of Recourse made this graph, ReferenceFault when a file was edited after it
    was applied.
    """
    had = {row["id"]: row["hash"] for row in read(f"MATCH (m:{MIGRATION}) RETURN m.id AS id, m.hash AS hash", {})}
    names = [query.name.rpartition("/")[2] for query in files]
    unknown = sorted(set(had) - set(names))
    if unknown:
        raise StoreError(
            "a later version of Recourse made this graph; update Recourse, or empty the graph with `recourse rebuild`",
            field="store",
            value=unknown[0],
        )
    done = []
    for name, query in zip(names, files, strict=True):
        digest = hashlib.sha256("\n".join(statements(query)).encode()).hexdigest()
        if name in had:
            if had[name] != digest:
                raise ReferenceFault(
                    "this file was changed after it was applied; undo that and add a new file",
                    field=f"queries/{query.name}.cypher",
                )
            continue
        if engine in query.engines:
            for statement in statements(query):
                write(statement, {})
        write(f"MERGE (m:{MIGRATION} {{id: $id}}) SET m.name = $id, m.hash = $hash", {"id": name, "hash": digest})
        done.append(name)
    return done
