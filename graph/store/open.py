"""Chooses the engine of the graph: the only place that does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph.errors import GraphDamaged, InputError, ServiceMissing

if TYPE_CHECKING:
    from graph.settings import Settings
    from graph.store.port import GraphStore

GRAPH_FILE: Final = "graph.kgl"
SCHEMES: Final = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


def open_store(settings: Settings) -> GraphStore:
    """Open the graph that the settings name; an embedded one that is not there yet is empty.

    Raises: InputError for a store that is neither `embedded` nor a server's address; ServiceMissing when the engine is
    not installed; StoreUnavailable, StoreTooOld or GraphDamaged when it will not open.
    """
    if settings.store == "embedded":
        try:
            from graph.store.embedded import EmbeddedStore
        except ModuleNotFoundError as fault:
            raise _not_installed(fault, "kglite") from fault
        return EmbeddedStore(settings.home / GRAPH_FILE, timeout=settings.store_timeout)
    if settings.store.partition("://")[0] not in SCHEMES:
        raise InputError(
            "it names no engine; write embedded, or an address like neo4j+s://host:7687",
            field="RECOURSE_STORE",
            value=settings.store.rpartition("@")[2],
        )
    try:
        from graph.store.bolt import BoltStore
    except ModuleNotFoundError as fault:
        raise _not_installed(fault, "neo4j") from fault
    return BoltStore(settings)


def open_to_build(settings: Settings) -> GraphStore:
    """Open the graph to make it level with the ledger. A damaged file is put aside: nothing in it is needed.

    Raises: as `open_store`, but for GraphDamaged.
    """
    try:
        return open_store(settings)
    except GraphDamaged:
        file = settings.home / GRAPH_FILE
        file.replace(file.with_suffix(".damaged"))
        return open_store(settings)


def _not_installed(fault: ModuleNotFoundError, package: str) -> Exception:
    if (fault.name or "").partition(".")[0] != package:
        return fault  # a module of ours: a fault of the program
    return ServiceMissing(
        f"the package {package} is not installed; install Recourse again with its dependencies", field="RECOURSE_STORE"
    )
