"""One state: what binds it on a day, who may hear a complaint against it, what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from viz.web.site import Site

Record = Mapping[str, Any]


def page(site: Site, record: Record) -> str:
    """Return the page of a state's record, as `recourse state` gives it."""
    facts = [
        (site.say("label-kind"), record["kind"]),
        (site.say("label-part-of"), site.name("states", record["of"]) if record["of"] else None),
        (site.say("label-exists-since"), record["since"]),
        (site.say("label-exists-until"), record["until"]),
        (site.say("label-succeeds"), _successions(site, record["succeeds"])),
        (site.say("label-succeeded-by"), _successions(site, record["succeeded_by"])),
        (site.say("label-note"), record["note"]),
    ]
    return site.page("state", f"{record['name']} ({record['id']})", record=record, facts=facts)


def _successions(site: Site, rows: Iterable[Record]) -> str:
    return "; ".join(f"{site.name('states', row['state'])} ({row['mode']}, {row.get('date') or '–'})" for row in rows)
