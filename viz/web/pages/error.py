"""What is shown when a page cannot be: what is wrong, and the way out."""

from __future__ import annotations

from viz.web.site import Site


def page(site: Site, message: str) -> str:
    """Return the page of an error."""
    return site.page("error", site.say("web-error-title"), message=message)
