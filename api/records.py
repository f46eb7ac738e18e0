"""Records of the catalogue with their neighbours and sources: a state, an instrument, a forum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from api.standing import Row, shown, status_rows
from graph.law import Law, Reservation
from graph.model.dates import FOREVER, add_months, iso
from graph.periods import accepted, holds
from graph.reference import load
from graph.render import Catalogue

YEARS_BACK: Final = 5
Record = dict[str, Any]


def state_record(law: Law, code: str, day: int, words: Catalogue) -> Record:
    """Return what binds a state on a day, who may hear a complaint against it, and what changed before."""
    about = load.read_yaml(load.ROOT / "states.yaml")[code]
    titles, organisations = law.data["names"]["instruments"], law.data["organisations"]
    rows = [
        {**row, "name": titles.get(row["id"], row["id"])}
        for row in status_rows(law, states=[code], forums=[], things=sorted(law.status.get(code, {})), day=day)
    ]
    forums = [
        {**row, "name": str(law.forums[row["id"]]["name"])}
        for row in status_rows(law, states=[code], forums=sorted(law.forums), things=[], day=day)
    ]
    return {
        "id": code,
        "on": iso(day),
        **{key: about.get(key) or None for key in ("name", "official", "kind", "of", "since", "until", "note")},
        "succeeds": about.get("succeeds") or [],
        "succeeded_by": about.get("succeeded_by") or [],
        "bound_by": [row for row in rows if row["id"] not in organisations],
        "memberships": [row for row in rows if row["id"] in organisations],
        "forums": forums,
        "open_to_all": sorted(name for name, one in law.forums.items() if open_to_all(one)),
        "reservations": [reservation(law, r, words) for r in law.reservations.get(code, ()) if in_force(r, day)],
        "not_party": sorted(law.denied.get(code, {})),
        "changes": list(changes(law, code, day)),
        "sources": counted(row["source"] for row in (*rows, *forums)),
    }


def open_to_all(forum: Mapping[str, Any]) -> bool:
    """Whether a body needs no acceptance at all and looks at states."""
    return not forum.get("opens_with") and forum.get("respondent_kind", "state") == "state"


def in_force(r: Reservation, day: int) -> bool:
    """Whether a reservation stands on a day."""
    return r.since_lo <= day < r.until_hi


def reservation(law: Law, r: Reservation, words: Catalogue) -> Record:
    """Return a reservation with its sentence."""
    said = law.statements.get(r.statement) or {}
    detail = ", ".join(f"{key} {value.replace('|', ', ')}" for key, value in r.detail.items())
    return {
        "instrument": r.instrument,
        "excludes": r.excludes,
        "detail": dict(r.detail),
        "text": words.say(f"label-reserves-{r.excludes}", {"instrument": r.instrument, "limits": detail or "–"}),
        "since": said.get("since"),
        "until": said.get("until"),
        "source": said.get("source"),
        "confidence": r.confidence,
        "note": said.get("note"),
    }


def changes(law: Law, code: str, day: int) -> Iterator[Record]:
    """Yield what began and what ended for a state in the five years up to a day, oldest first."""
    first = add_months(day, -12 * YEARS_BACK)
    found: list[tuple[int, Record]] = []

    def note(low: int, high: int, what: str, name: str, statement: str) -> None:
        if first < low <= day:
            said = law.statements.get(statement) or {}
            found.append(
                (low, {"date": shown(low, high), "what": what, "id": name, "basis": said.get("kind"),
                       "source": said.get("source")})
            )  # fmt: skip

    for thing, periods in law.status.get(code, {}).items():
        for p in periods:
            note(p.since_lo, p.since_hi, "began", thing, p.statement)
            note(p.until_lo, p.until_hi, "ended", thing, p.statement)
    for r in law.reservations.get(code, ()):
        note(r.since_lo, r.since_lo, "reserved", r.instrument, r.statement)
        if r.until_hi < FOREVER:
            note(r.until_hi, r.until_hi, "reservation-ended", r.instrument, r.statement)
    for _, change in sorted(found, key=lambda item: (item[0], item[1]["id"], item[1]["what"])):
        yield change


def instrument_record(law: Law, name: str, day: int) -> Record:
    """Return an instrument, acceptance or organisation with who is bound by it on a day and which bodies apply it."""
    path = load.ROOT / "instruments" / f"{name}.yaml"
    about = load.read_yaml(path) if path.is_file() else {"id": name, "kind": "organisation"}
    about.setdefault("title", law.data["names"]["instruments"][name])
    bound: dict[str, list[str]] = {"yes": [], "unsure": [], "before": []}
    used: list[str] = []
    for state, things in law.status.items():
        periods = things.get(name, ())
        used += [str((law.statements.get(p.statement) or {}).get("source")) for p in periods]
        answers = [holds(p, day) if p.firm else (None if holds(p, day) is not False else False) for p in periods]
        if True in answers:
            bound["yes"].append(state)
        elif None in answers:
            bound["unsure"].append(state)
        elif any(p.until_hi <= day for p in periods):
            bound["before"].append(state)
    return {
        **about,
        "on": iso(day),
        "parties": sorted(bound["yes"]),
        "unsure": sorted(bound["unsure"]),
        "no_longer": sorted(bound["before"]),
        "not_party": sorted(state for state, things in law.denied.items() if name in things),
        "acceptances": sorted(n for n, one in law.instruments.items() if one.get("parent") == name),
        "needed_by": sorted(forum for forum, one in law.forums.items() if name in _flat(one.get("opens_with"))),
        "applied_by": sorted(forum for forum, one in law.forums.items() if name in (one.get("applies") or ())),
        "reservations": [
            {"state": state, "excludes": r.excludes, "detail": dict(r.detail)}
            for state, rows in law.reservations.items()
            for r in rows
            if r.instrument == name and in_force(r, day)
        ],
        "status_sources": counted(used),
    }


def forum_record(law: Law, name: str, day: int) -> Record:
    """Return a forum's whole file with the titles of its authorities, its neighbours and who had accepted it."""
    file = dict(law.forums[name])
    catalogue = {key: one for _, part in load.folder("authorities") for key, one in (part or {}).items()}
    titles = law.data["names"]["instruments"]
    named = sorted({a for rule in file["rules"] for a in rule.get("authority") or ()})
    closes = law.data["closes"]
    return {
        **file,
        "on": iso(day),
        "authorities": {a: _title(a, catalogue, titles) for a in named},
        "closes": [_edge(row, "to") for row in closes if row["from"] == name],
        "closed_by": [_edge(row, "from") for row in closes if row["to"] == name],
        "accepted_by": sorted(
            state for state in law.status if any(holds(p, day) and p.firm for p in accepted(law, state, name))
        ),
    }


def forum_list(law: Law) -> list[Row]:
    """Return every forum with rules, one short row each."""
    keys = ("name", "kind", "binding", "produces", "respondent_kind", "confidence")
    return [{"id": name, **{key: law.forums[name].get(key) for key in keys}} for name in sorted(law.forums)]


def _edge(row: Mapping[str, Any], end: str) -> Record:
    return {"forum": row[end], **{key: row.get(key) for key in ("when", "same", "outcome", "authority")}}


def _title(authority: str, catalogue: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    one = catalogue.get(authority)
    if one:
        return ", ".join(str(one[key]) for key in ("title", "body", "ref", "date") if one.get(key))
    instrument, _, article = authority.partition("/")
    return f"{titles.get(instrument, instrument)}, {article}" if article else titles.get(instrument, instrument)


def _flat(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [name for item in value or () for name in _flat(item)]


def counted(sources: Iterable[Any]) -> dict[str, int]:
    """Return how many rows rest on each source, most first."""
    counts = Counter(str(source) for source in sources if source)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
