"""Lists to choose from: states by first letter, bodies and treaties by kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from viz.web.site import Site

Items = Sequence[tuple[str, str]]


def page(site: Site, folder: str, groups: Mapping[str, Items]) -> str:
    """Return the list of one folder of pages; items are (id, name), their groups in the order given."""
    return site.page("listing", site.say(f"web-{folder}s-title"), folder=folder, groups=list(groups.items()))
