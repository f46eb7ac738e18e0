"""Method, limits, privacy, and how old the data is."""

from __future__ import annotations

from collections.abc import Mapping

from viz.web.site import Site


def page(site: Site, *, law: str, known_on: str, seen: Mapping[str, str]) -> str:
    """Return the page; `seen` is the day on which each source was last seen."""
    return site.page("about", site.say("web-about-title"), law=law, known_on=known_on, seen=sorted(seen.items()))
