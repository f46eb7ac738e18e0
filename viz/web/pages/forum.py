"""One body: how to reach it, each of its rules with the authority, what it can close, who had accepted it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from viz.web.site import Site

Record = Mapping[str, Any]
FACTS: Final = (
    ("kind", "kind"), ("binding", "binding"), ("produces", "produces"), ("operates", "operates"),
    ("who-can-file", "who_can_file"), ("consent", "victim_consent"), ("measures", "urgent"),
    ("remedies", "remedies"), ("anonymity", "anonymity"), ("duration", "typical_duration"), ("cost", "cost"),
    ("language", "language"), ("level", "confidence"),
)  # fmt: skip


def page(site: Site, record: Record, *, known: Collection[str], says: Callable[[Record], str]) -> str:
    """Return the page of a forum's record, as `recourse forum` gives it.

    Args: known are the forums that have a page; says tells a rule's condition in the words of the rule file.
    """
    facts = [(site.say(f"label-{mid}"), site.plain(record[key])) for mid, key in FACTS if record.get(key)]
    if record.get("applies"):
        named = ", ".join(site.name("instruments", key) for key in record["applies"])
        facts.insert(4, (site.say("label-applies"), named))
    rules = [
        {
            "rule": rule["rule"],
            "authority": [record["authorities"].get(one, one) for one in rule.get("authority") or ()],
            "says": says(rule),
        }
        for rule in record["rules"]
    ]
    edges = [
        (mid, site.say(f"label-{mid}"), record[key])
        for mid, key in (("can-close", "closes"), ("closed-by", "closed_by"))
        if record[key]
    ]
    sources = [
        site.plain(one.get("ref", one)) if isinstance(one, Mapping) else one for one in record.get("sources") or ()
    ]
    return site.page(
        "forum",
        str(record["name"]),
        record=record,
        facts=facts,
        rules=rules,
        edges=edges,
        known=known,
        thinner=record.get("thinner") or "",
        sources=sources,
    )
