"""The answer to a case: first what can be done at once and until when, then each door, then how sure all this is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from viz.web.site import Site

Plain = Mapping[str, Any]
TERMS: Final = (("remedies", "label-remedies"), ("anonymity", "web-answer-known-to"),
                ("typical_duration", "label-duration"), ("cost", "label-cost"), ("language", "label-language"),
                ("thinner", "label-thinner"), ("notes", "label-notes"))  # fmt: skip
FORCE: Final = frozenset(("yes", "no", "treated-as-binding"))


@dataclass(frozen=True)
class Shown:
    """What the page is made from: the full answer as plain data, and what was read out of it for people.

    Each door has `forum`, `name`, `about`, `urgent` and `lines`; each line `verdict`, `deadline`, `deadline_rule`,
    `conditions`, `kind` and `respondents`. `closing` and `warnings` are by forum, `authorities` and `statements` titles
    and sentences by id, `facts` the hidden fields that carry the case to the next page.
    """

    answer: Plain
    doors: Sequence[Any]
    questions: Mapping[str, Sequence[tuple[str, Sequence[str]]]]
    closed: Sequence[Any]
    closing: Mapping[str, Sequence[str]]
    warnings: Mapping[str, Sequence[str]]
    only_if: Mapping[str, Sequence[str]]
    authorities: Mapping[str, str]
    statements: Mapping[str, str]
    facts: Sequence[tuple[str, str]] = ()


def page(site: Site, shown: Shown) -> str:
    """Return the page of an answer."""
    answer = shown.answer
    rows: dict[str, list[Plain]] = {}
    for row in answer["forums"]:
        if row["verdict"] != "unavailable":
            rows.setdefault(row["forum"], []).append(row)
    doors = [_door(site, shown, door, rows[door.forum]) for door in shown.doors]
    open_doors = [door for door in doors if door["verdict"] == "available"]
    data = sorted(str(day) for day in answer["law"]["data_as_of"].values())
    return site.page(
        "answer",
        site.say("web-answer-title"),
        answer=answer,
        counts=tally(answer),
        days=_days(doors),
        urgent=_urgent(site, doors),
        open_doors=open_doors,
        conditional_doors=[door for door in doors if door["verdict"] != "available"],
        closing=_closing(shown.closing),
        questions=[
            (question, [(forum, _states(site, states)) for forum, states in forums])
            for question, forums in shown.questions.items()
        ],
        closed=[_closed(site, answer, door) for door in shown.closed],
        support=[site.plain(one) for one in answer["support"]],
        only_if=list(shown.only_if.items()),
        authorities=shown.authorities,
        statements=shown.statements,
        data_days={"from": data[0], "last": data[-1]} if data else None,
        facts=shown.facts,
    )


def tally(answer: Plain) -> dict[str, int]:
    """Count the rows of each verdict."""
    counts = Counter(row["verdict"] for row in answer["forums"])
    return {verdict: counts[verdict] for verdict in ("available", "conditional", "unavailable")}


def _door(site: Site, shown: Shown, door: Any, rows: Sequence[Plain]) -> dict[str, Any]:
    lines = [
        {
            "verdict": line.verdict,
            "deadline": line.deadline,
            "left": _left(site, shown.answer, line.deadline),
            "rule": line.deadline_rule,
            "conditions": line.conditions,
            "whom": whom(site, line.respondents, line.kind),
        }
        for line in door.lines
    ]
    about = door.about
    terms = [(site.say(mid), site.plain(about[key])) for key, mid in TERMS if about.get(key)]
    provisions = list(dict.fromkeys(one for row in rows for one in row["rights"]))
    if provisions:
        terms.insert(1, (site.say("web-answer-articles"), ", ".join(provisions)))
    return {
        "forum": door.forum,
        "name": door.name,
        "about": about,
        "measure": door.urgent,
        "lines": lines,
        "whom": whom(site, door.respondents, door.lines[0].kind),
        "verdict": "available" if any(line.verdict == "available" for line in door.lines) else "conditional",
        "closes": shown.closing.get(door.forum, ()),
        "warnings": shown.warnings.get(door.forum, ()),
        "terms": terms,
        "rows": rows,
    }


def _urgent(site: Site, doors: Sequence[Plain]) -> list[dict[str, Any]]:
    """Return what can be asked for at once; a measure that only points to another door of the list is left to that."""
    listed = [door for door in doors if door["measure"]]
    elsewhere = {f"See {door['forum']}.": door["forum"] for door in listed}
    found = []
    for door in listed:
        measure = door["measure"]
        if elsewhere.get(str(measure.get("detail")), door["forum"]) != door["forum"]:
            continue
        force = str(measure.get("binding"))
        found.append({**door, "force": site.say(f"web-answer-binding-{force}") if force in FORCE else ""})
    return found


def _days(doors: Iterable[Plain]) -> list[dict[str, Any]]:
    """Return the last days of the open rows, the nearest first."""
    found = [
        {"date": line["deadline"], "left": line["left"], "forum": door["forum"], "name": door["name"],
         "whom": line["whom"]}
        for door in doors
        for line in door["lines"]
        if line["deadline"]
    ]  # fmt: skip
    return sorted(found, key=lambda day: day["date"])


def _left(site: Site, answer: Plain, deadline: str | None) -> str:
    """Say how long there is from the day of the question, where that is one day."""
    if not deadline or len(answer["as_of"]) != 10:
        return ""
    days = (date.fromisoformat(deadline) - date.fromisoformat(answer["as_of"])).days
    if days < 0:
        return site.say("web-answer-past")
    return site.say(f"web-answer-left-{days}") if days < 2 else site.say("web-answer-left", count=days)


def _closing(closing: Mapping[str, Sequence[str]]) -> list[tuple[list[str], Sequence[str]]]:
    """Group the forums whose filing closes the same others."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for forum, others in closing.items():
        if others:
            groups.setdefault(tuple(others), []).append(forum)
    return [(sources, others) for others, sources in groups.items()]


def _closed(site: Site, answer: Plain, door: Any) -> dict[str, Any]:
    """Return a closed door with each rule that closes it, and every sentence that says why: they differ by state."""
    rules: dict[str, dict[str, Any]] = {}
    for row in answer["forums"]:
        if row["forum"] != door.forum or (row["respondent"] or "") not in (door.respondents or ("",)):
            continue
        for rule in row["rules"]:
            if rule["outcome"] == "not-met":
                one = rules.setdefault(rule["rule"], {"rule": rule["rule"], "reasons": {}, "authority": {}})
                one["reasons"][rule["reason"]] = None
                one["authority"].update(dict.fromkeys(rule["authority"]))
    return {"forum": door.forum, "whom": _states(site, door.respondents), "rules": list(rules.values())}


def whom(site: Site, states: Sequence[str], kind: str) -> str:
    """Return against whom a row stands: states by name, or the kind of respondent."""
    return site.say("label-against", whom=_states(site, states)) if states else site.say(f"label-kind-{kind}")


def _states(site: Site, states: Iterable[str]) -> str:
    return ", ".join(site.name("states", state) for state in dict.fromkeys(states))
