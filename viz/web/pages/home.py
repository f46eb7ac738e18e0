"""The first page: what this is for, and the two ways in."""

from __future__ import annotations

from viz.web.site import Site


def page(site: Site) -> str:
    """Return the first page."""
    return site.page("home", site.say("web-home-title"))
