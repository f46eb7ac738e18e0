"""One treaty, acceptance or organisation: its clauses, who is bound on a day, which bodies apply it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from viz.web.site import Site

Record = Mapping[str, Any]
FACTS: Final = (
    ("kind", "kind"), ("adopted", "adopted"), ("in-force", "in_force"), ("depositary", "depositary"),
    ("binds", "binds"), ("articles", "articles"), ("entry-into-force", "entry_into_force"),
    ("withdrawal", "withdrawal"), ("completeness", "completeness"), ("note", "note"),
)  # fmt: skip
LISTS: Final = (
    ("parties", "parties", "state", "states"), ("unsure", "unsure", "state", "states"),
    ("no-longer", "no_longer", "state", "states"), ("not-party", "not_party", "state", "states"),
    ("acceptances", "acceptances", "instrument", "instruments"), ("needed-by", "needed_by", "forum", "forums"),
    ("applied-by", "applied_by", "forum", "forums"),
)  # fmt: skip


def page(site: Site, record: Record) -> str:
    """Return the page of an instrument's record, as `recourse instrument` gives it."""
    facts = [(site.say(f"label-{mid}"), site.plain(record[key])) for mid, key in FACTS if record.get(key)]
    if record.get("parent"):
        facts.insert(1, (site.say("label-parent"), site.name("instruments", record["parent"])))
    lists = [
        (mid, site.say(f"label-{mid}"), folder, kind, record[key]) for mid, key, folder, kind in LISTS if record[key]
    ]
    reservations = [
        (one["state"], site.say(f"label-reserves-{one['excludes']}", instrument=record["id"],
                                limits=site.plain(one["detail"]) or "–"))
        for one in record["reservations"]
    ]  # fmt: skip
    return site.page(
        "instrument", str(record["title"]), record=record, facts=facts, lists=lists, reservations=reservations
    )
