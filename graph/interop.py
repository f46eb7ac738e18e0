"""A query's rows, or batches of nodes and edges, as the objects of other libraries: networkx, igraph, pandas, polars,
py2neo. Each is loaded when it is asked for; none is needed for anything else here.

A node of the graph is unique under its label alone. In networkx its key is the pair (label, id); in igraph, where a
name is one text, `Label:id`. Dates stay `datetime.date`: some of ours (0001-01-01, 9999-12-31) do not fit other types.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from graph.errors import InputError, ServiceMissing
from graph.store.port import Edges, Nodes

if TYPE_CHECKING:
    import igraph
    import networkx
    import pandas
    import polars
    import py2neo

    from graph.cypher import Query

Row = Mapping[str, Any]
Key = tuple[str, str]  # label and id
EXTRAS: Final = {"py2neo": "py2neo"}  # the extra of pyproject.toml that brings a library; of the others `interop`
PANDAS: Final = {"str": "string", "int": "Int64", "float": "Float64", "bool": "boolean"}


def as_pandas(records: Sequence[Row], query: Query | None = None) -> pandas.DataFrame:
    """Return the rows of a query as a frame; with the query, an empty one has its columns and each its type.

    Raises: ServiceMissing without pandas.
    """
    pd = _load("pandas")
    frame = pd.DataFrame.from_records(list(records), columns=_columns(records, query))
    kinds = {column.name: column.kind.rstrip("?") for column in query.returns} if query else {}
    return frame.astype({name: PANDAS.get(kind, "object") for name, kind in kinds.items()})


def as_polars(records: Sequence[Row], query: Query | None = None) -> polars.DataFrame:
    """Return the rows of a query as a frame; with the query, each column has its declared type.

    Raises: ServiceMissing without polars.
    """
    pl = _load("polars")
    types = {"str": pl.String, "int": pl.Int64, "float": pl.Float64, "bool": pl.Boolean, "date": pl.Date}

    def typed(kind: str) -> Any:
        bare = kind.rstrip("?")
        if bare.startswith("list["):
            return pl.List(typed(bare.removeprefix("list[").removesuffix("]")))
        return types.get(bare, pl.Object)

    if query is not None:
        schema = {column.name: typed(column.kind) for column in query.returns}
        return pl.DataFrame([dict(row) for row in records], schema=schema, orient="row")
    return pl.DataFrame([dict(row) for row in records], infer_schema_length=None, orient="row")


def as_networkx(batches: Iterable[Nodes | Edges]) -> networkx.MultiDiGraph[Key]:
    """Return nodes and edges as a directed graph that keeps parallel edges.

    Node keys are (label, id), the key of an edge its relation and id; all else are attributes, and `relation` of an
    edge. An end that no batch of nodes holds is there without attributes.
    Raises: ServiceMissing without networkx.
    """
    nx = _load("networkx")
    graph = nx.MultiDiGraph()
    nodes, edges = _parted(batches)
    for key, row in nodes:
        graph.add_node(key, **{**row, "label": key[0]})
    for relation, start, end, row in edges:
        for one in (start, end):
            if one not in graph:
                graph.add_node(one, label=one[0], id=one[1])
        told = {name: value for name, value in row.items() if name not in ("id", "start", "end")}
        graph.add_edge(start, end, f"{relation}:{row['id']}", **{**told, "relation": relation})
    return graph


def as_igraph(batches: Iterable[Nodes | Edges]) -> igraph.Graph:
    """Return nodes and edges as a directed graph whose vertices have `name` (`Label:id`), `label` and `title`.

    `title` is the name of the node in the graph. Dates become ISO texts.
    Raises: ServiceMissing without igraph.
    """
    ig = _load("igraph")
    nodes, edges = _parted(batches)
    rows = dict(nodes)
    for _, start, end, _ in edges:
        rows.setdefault(start, {})
        rows.setdefault(end, {})
    number = {key: n for n, key in enumerate(rows)}
    graph = ig.Graph(directed=True)
    graph.add_vertices(len(rows))
    graph.vs["name"] = [f"{label}:{key}" for label, key in rows]
    graph.vs["label"] = [label for label, _ in rows]
    graph.vs["title"] = [str(row.get("name", key)) for (_, key), row in rows.items()]
    for name in sorted({name for row in rows.values() for name in row} - {"id", "name", "label", "title"}):
        graph.vs[name] = [_text(row.get(name)) for row in rows.values()]
    graph.add_edges([(number[start], number[end]) for _, start, end, _ in edges])
    graph.es["relation"] = [relation for relation, *_ in edges]
    for name in sorted({name for *_, row in edges for name in row} - {"start", "end", "relation"}):
        graph.es[name] = [_text(row.get(name)) for *_, row in edges]
    return graph


def as_py2neo(batches: Iterable[Nodes | Edges]) -> py2neo.Subgraph:
    """Return nodes and edges as a py2neo subgraph: `py2neo.Graph(…).merge(subgraph)` writes it by label and `id`.

    py2neo is out of maintenance (docs/decisions/0008): this hands our rows to code that already uses it, no more.
    Raises: ServiceMissing without py2neo; InputError for an end that no batch of nodes holds.
    """
    p2n = _load("py2neo")
    nodes, edges = _parted(batches)
    made: dict[Key, Any] = {}
    for key, row in nodes:
        node = p2n.Node(key[0], **{name: value for name, value in row.items() if value is not None})
        node.__primarylabel__, node.__primarykey__ = key[0], "id"
        made[key] = node
    lines = []
    for relation, start, end, row in edges:
        for one in (start, end):
            if one not in made:
                raise InputError(
                    f"no node {one[0]} {one[1]} for an end of {relation}; hand its nodes over as well",
                    field="batches", value=f"{one[0]}:{one[1]}", code="no-node",
                )  # fmt: skip
        told = {name: value for name, value in row.items() if name not in ("start", "end") and value is not None}
        lines.append(p2n.Relationship(made[start], relation, made[end], **told))
    return p2n.Subgraph(list(made.values()), lines)


def joined(
    records: Iterable[Row], start: tuple[str, str], end: tuple[str, str], relation: str
) -> tuple[Nodes, Nodes, Edges]:
    """Return the rows of a query as nodes and edges, each row one edge.

    Args: start and end are a label and the column that holds the ids; `<column>_name` holds names where it is there.
        The other columns are properties of the edge.
    Raises: InputError when a row lacks an end.
    """
    nodes: dict[Key, dict[str, Any]] = {}
    edges = []
    for n, row in enumerate(records, start=1):
        ends = []
        for label, column in (start, end):
            key = row.get(column)
            if not isinstance(key, str):
                raise InputError(
                    f"row {n} has no id in the column {column}; name a column that holds one in each row",
                    field=column, value=None, code="no-id",
                )  # fmt: skip
            name = row.get(f"{column}_name")
            nodes.setdefault((label, key), {"id": key, **({"name": name} if name else {})})
            ends.append(key)
        told = {name: value for name, value in row.items() if name not in (start[1], end[1], "start", "end")}
        edges.append({**told, "id": str(told.get("id") or n), "start": ends[0], "end": ends[1]})

    def of(label: str) -> Nodes:
        return Nodes(label, [row for (kind, _), row in nodes.items() if kind == label])

    others = of(end[0]) if end[0] != start[0] else Nodes(end[0], [])
    return of(start[0]), others, Edges(relation, start[0], end[0], edges)


def _parted(
    batches: Iterable[Nodes | Edges],
) -> tuple[list[tuple[Key, dict[str, Any]]], list[tuple[str, Key, Key, dict[str, Any]]]]:
    nodes: dict[Key, dict[str, Any]] = {}
    edges: dict[tuple[str, str], tuple[str, Key, Key, dict[str, Any]]] = {}
    for batch in batches:
        if isinstance(batch, Nodes):
            for row in batch.rows:
                nodes[batch.label, str(row["id"])] = dict(row)
        else:
            for row in batch.rows:
                start, end = (batch.start, str(row["start"])), (batch.end, str(row["end"]))
                edges[batch.relation, str(row["id"])] = (batch.relation, start, end, dict(row))
    return list(nodes.items()), list(edges.values())


def _columns(records: Sequence[Row], query: Query | None) -> list[str] | None:
    if query is not None:
        return [column.name for column in query.returns]
    return list(records[0]) if records else []


def _text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _load(library: str) -> Any:
    try:
        return import_module(library)
    except ImportError as fault:
        extra = EXTRAS.get(library, "interop")
        raise ServiceMissing(
            f"the package {library} is not installed; pip install 'recourse-graph[{extra}]'", field=library
        ) from fault
