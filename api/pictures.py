"""From a case, an id or a query to a picture: the scene, and the file with what must stand beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from api.neighbours import around, find
from graph.finder import Finder
from graph.law import Law
from graph.model.case import Case
from graph.model.dates import show
from graph.render import Catalogue
from viz.export import writer
from viz.export.notes import notes
from viz.scene import Scene, redacted
from viz.scenes import answer as answers
from viz.scenes import neighbourhood, records
from viz.web.site import Site

if TYPE_CHECKING:
    from graph.cypher import Query
    from graph.store.port import GraphStore


def of_case(finder: Finder, case: Case, lang: str) -> Scene:
    """Return the scene of the answer to a case."""
    names = finder.law.data["names"]
    tactics = {name: str(one["name"]) for name, one in finder.law.data["tactics"].items()}
    acts: list[Mapping[str, Any]] = [
        {
            "id": act.id,
            "tactic": act.tactic,
            "from": show(act.start),
            "respondents": [one.state for one in act.respondents],
        }
        for act in case.acts
    ]
    return answers.draw(finder.find(case, lang=lang), acts, {**names, "tactics": tactics})


def of_id(store: GraphStore, name: str, day: date, relations: Sequence[str] = ()) -> Scene:
    """Return the scene round one thing of the graph on a day.

    Raises: UnknownId naming the nearest.
    """
    one = find(store, name)
    return neighbourhood.draw(one, around(store, one["label"], one["id"], day, relations), day.isoformat())


def of_query(store: GraphStore, query: Query, params: Mapping[str, Any], names: Mapping[str, str], day: date) -> Scene:
    """Return the scene of the rows of a named query; the day is the query's own where it has one.

    Raises: InputError when its rows hold nothing that can be drawn.
    """
    on = params.get("day")
    held = on if isinstance(on, date) else day
    return records.draw(query.name, store.read(query, params), params, held.isoformat(), names)


def names_by_id(law: Law) -> dict[str, str]:
    """Return the names of all that a query's ids can stand for."""
    found: dict[str, str] = {name: str(one["name"]) for name, one in law.data["tactics"].items()}
    for named in law.data["names"].values():
        found.update(named)
    return found


def drawn(scene: Scene, words: Catalogue, form: str, *, names: bool = False) -> bytes:
    """Return a scene as a file of one form; persons are named only where `names` says so.

    Raises: InputError when it is too large for the form or there is no such form.
    """
    site = Site(words)
    beside = notes(site.say, site.lang, site.direction, scene.day, scene.sources)
    return writer(form)(scene if names else redacted(scene), beside)
