"""What was searched for and what is called so, grouped by kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from viz.palette import look
from viz.web.site import Site

FOLDERS: Final = {"State": "state", "Instrument": "instrument", "Organisation": "instrument", "Forum": "forum"}


@dataclass(frozen=True)
class Hit:
    """One thing found; `matched` is the other name by which it was, `about` what it is."""

    kind: str
    id: str
    name: str
    matched: str = ""
    about: str = ""


@dataclass(frozen=True)
class Found:
    """The hits of one kind (a label of docs/graph.md), and whether there are more than are shown."""

    kind: str
    hits: Sequence[Hit]
    more: bool = False


def page(site: Site, text: str, found: Sequence[Found] | None, *, problem: str = "") -> str:
    """Return the page; `found` is None when nothing was searched for yet."""
    groups = [_group(site, one) for one in found or ()]
    return site.page(
        "search",
        site.say("web-search-title"),
        text=text,
        asked=found is not None,
        groups=groups,
        count=sum(len(one.hits) for one in found or ()),
        problem=problem,
    )


def _group(site: Site, one: Found) -> dict[str, Any]:
    hits = [
        {"id": hit.id, "name": hit.name, "matched": hit.matched, "about": hit.about, "leads": _leads(site, hit)}
        for hit in one.hits
    ]
    title = site.say(f"web-kind-{one.kind.lower()}")
    return {"kind": one.kind, "title": title, "sign": look(one.kind).sign, "hits": hits, "more": one.more}


def _leads(site: Site, hit: Hit) -> str:
    """Return the address of the page that shows a hit; a provision is on the page of its instrument."""
    if hit.kind == "Provision":
        return site.url("instrument", hit.id.partition("/")[0])
    return site.url(FOLDERS[hit.kind], hit.id) if hit.kind in FOLDERS else ""
