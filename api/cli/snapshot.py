"""`recourse snapshot`: one file that shows an answer, what stands round one thing, or a query"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli.forums import parse_or_today, ready, today
from api.terminal import Terminal
from graph.casefile import read_file
from graph.errors import InputError
from graph.model.dates import show
from graph.model.reading import read_case

if TYPE_CHECKING:
    from graph.finder import Finder
    from viz.scene import Scene


@click.command()
@click.argument("what", metavar="CASE|ID|QUERY")
@click.option(
    "-o", "--output", required=True, metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
    help="A name that ends in .html, .graphml, .gexf or .csv.",
)  # fmt: skip
@click.option("--param", "given", multiple=True, metavar="K=V", help="Of a query: a parameter; can be repeated.")
@click.option("--relation", "relations", multiple=True, metavar="TYPE", help="Of an id: only these edges.")
@click.option("--names", is_flag=True, help="Name persons; they are numbered when absent.")
@click.pass_obj
def snapshot(
    terminal: Terminal, what: str, output: Path, given: tuple[str, ...], relations: tuple[str, ...], names: bool
) -> None:
    """Draw the answer to a case (a YAML or JSON file), one thing of the graph with what it is joined to on a day
    (--as-of), or the rows of a named query (see `recourse query list`).

    The .html file holds the picture and the same as tables, and loads nothing: it can be sent, printed and opened
    offline. It shows at most 500 nodes; the other forms have no limit.
    """
    from api.pictures import drawn
    from viz.export import FORMATS

    form = output.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        raise InputError(
            f"{output.suffix[:20]!r} is no form of a picture; end the name in .{', .'.join(FORMATS)}",
            field="--output", value=output.name, code="form",
        )  # fmt: skip
    finder = ready(terminal)
    lang = terminal.settings.lang
    of_a_case = Path(what).is_file()
    scene = _of_case(terminal, finder, Path(what)) if of_a_case else _of_graph(terminal, finder, what, given, relations)
    body = drawn(scene, finder.words(lang), form, names=names)
    handle = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)  # what a case is about: for its owner only
    with os.fdopen(handle, "wb") as file:
        file.write(body)
    counts = {"file": output.name, "nodes": len(scene.nodes), "edges": len(scene.edges)}
    terminal.note(finder.words(lang).say("web-snapshot-written", counts))
    if of_a_case:
        terminal.note(finder.words(lang).say("web-snapshot-mind", {}))


def _of_case(terminal: Terminal, finder: Finder, path: Path) -> Scene:
    from api.pictures import of_case

    facts = read_case(read_file(path), finder.law.vocabulary(), today(terminal))
    if facts.known_on and not terminal.settings.known_on:
        finder = ready(terminal, show(facts.known_on))
    return of_case(finder, facts, terminal.settings.lang)


def _of_graph(
    terminal: Terminal, finder: Finder, what: str, given: tuple[str, ...], relations: tuple[str, ...]
) -> Scene:
    from api.cli.query import read_param, resolve
    from api.pictures import names_by_id, of_id, of_query
    from graph.cypher import QUERIES
    from graph.store.open import open_store

    day = parse_or_today(terminal)
    with open_store(terminal.settings) as store:
        if what not in QUERIES:
            return of_id(store, what, day, relations)
        query = resolve(what)
        params = query.bind(dict(read_param(query, text) for text in given))
        return of_query(store, query, params, names_by_id(finder.law), day)
