"""A scene as a file: one self-contained page, GEXF, GraphML, CSV. The same scene gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from graph.errors import InputError
from viz.scene import Scene

if TYPE_CHECKING:
    from viz.export.notes import Notes

FORMATS: Final = ("html", "graphml", "gexf", "csv")
MOST: Final = 500  # nodes of a page


def writer(form: str) -> Callable[[Scene, Notes], bytes]:
    """Return what writes one form; its library is loaded here.

    Raises: InputError for another form.
    """
    match form:
        case "html":
            from viz.export import pyvis

            return pyvis.write
        case "graphml":
            from viz.export import graphml

            return graphml.write
        case "gexf":
            from viz.export import gexf

            return gexf.write
        case "csv":
            from viz.export import csv

            return csv.write
    raise InputError(
        f"{form[:20]!r} is no form of a picture; name the file .{', .'.join(FORMATS)}", field="--output", value=form
    )
