"""The ledger's status statements and the rule files, compiled into one immutable `Law`.

What does not depend on a case is worked out here: acceptances that follow from being a party without an opt-out,
instruments that membership of an organisation stands for, and which article of which instrument holds a right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from graph.errors import ReferenceFault
from graph.jurisdiction.engine import RULES
from graph.law import FORMAT, Law, encode, from_data
from graph.model.dates import ALWAYS, FOREVER, NEVER, DateRange, parse_date, show
from graph.reference import load

ARTICLE: Final = re.compile(r"(?:[0-9]+[a-z]?(?: bis| ter)?|[IVXL]+)(?:\([0-9a-z]+\))*")
PROTOCOL: Final = re.compile(r"P([0-9]+)-(.+)")
OPTIONAL: Final = {"icescr": "op-icescr", "cedaw": "op-cedaw", "crc": "opic", "iccpr": "iccpr-op1"}
SHOWN: Final = (
    "subject",
    "relation",
    "object",
    "kind",
    "since",
    "until",
    "source",
    "confidence",
    "seen",
    "note",
)

Row = list[Any]


def compile_law(statements: Iterable[Mapping[str, Any]], *, known_on: str | None = None) -> Law:
    """Compile the law of one vintage.

    Args: statements are the ledger's rows: subject, relation, object, kind, since, until, excludes, detail,
        confidence, source, seen, id. known_on is the last day of recording they hold, if they were limited.
    Raises: ReferenceFault when a rule file or a table is wrong.
    """
    instruments = load.by_id("instruments")
    organisations = load.read_yaml(load.ROOT / "organisations.yaml")["organisations"]
    states = load.read_yaml(load.ROOT / "states.yaml")
    tables = _Tables()
    for statement in statements:
        tables.take(statement)
    _through_membership(tables, organisations, instruments)
    _without_opt_out(tables, instruments)
    forums = load.by_id("forums")
    known = load.read_yaml(load.ROOT / "forum_names.yaml")
    _check(forums)
    data: dict[str, Any] = {
        "format": FORMAT,
        "known_on": known_on or tables.recorded,
        "data_as_of": dict(sorted(tables.data_as_of.items())),
        "status": _sorted(tables.status),
        "denied": tables.denied,
        "reservations": {state: sorted(rows) for state, rows in sorted(tables.reservations.items())},
        "statements": tables.shown,
        "seen": tables.seen,
        "complete": sorted(
            thing
            for thing in (
                *(name for name, one in instruments.items() if one.get("complete_to")),
                *(thing for org in organisations for thing in (org["id"], *org["through"])),
            )
            if thing in tables.mentioned or instruments.get(thing, {}).get("parent") in tables.mentioned
        ),
        "instruments": {
            name: {key: one.get(key) for key in ("title", "kind", "parent", "in_force", "binds", "complete_to")}
            for name, one in instruments.items()
        },
        "names": {
            "states": {code: state["name"] for code, state in states.items()},
            "instruments": {
                **{org["id"]: org["name"] for org in organisations},
                **{name: one["title"] for name, one in instruments.items()},
            },
            "rights": _rights(),
            "forums": {
                **{name: one["name"] for name, one in known.items()},
                **{name: file["name"] for name, file in forums.items()},
            },
        },
        "organisations": {org["id"]: org["name"] for org in organisations},
        "lives": _lives(states),
        "territories": sorted(code for code, state in states.items() if state["kind"] in ("territory", "organisation")),
        "territory_of": {
            code: state["of"] for code, state in states.items() if state["kind"] == "territory" and state.get("of")
        },
        "rights": _rights(),
        "provisions": provisions(instruments),
        "tactics": _tactics(),
        "forums": forums,
        "leans_on": {name: sorted(_leans_on(file)) for name, file in forums.items()},
        "forum_ids": sorted({*forums, *known}),
        "domestic": sorted(name for name, one in known.items() if not one["international"]),
        "closes": [row for _, rows in load.folder("closes") for row in rows],
        "doctrines": _doctrines(),
        "suspensions": load.read_yaml(load.ROOT / "suspensions.yaml"),
    }
    _, digest = encode(data)
    return from_data(data, digest)


class _Tables:
    """Statements sorted into what the engine reads."""

    def __init__(self) -> None:
        self.status: dict[str, dict[str, list[Row]]] = {}
        self.denied: dict[str, dict[str, str]] = {}
        self.reservations: dict[str, list[Row]] = {}
        self.opted_out: dict[str, dict[str, list[Row]]] = {}
        self.shown: dict[str, dict[str, Any]] = {}
        self.data_as_of: dict[str, str] = {}
        self.seen: dict[str, str] = {}
        self.recorded: str | None = None
        self.mentioned: set[str] = set()  # what this vintage of the data says anything about

    def take(self, one: Mapping[str, Any]) -> None:
        """Sort one statement in."""
        state, thing, relation = one["subject"], one["object"], one["relation"]
        name = str(one["id"])
        self.mentioned.add(thing)
        row = _period(one)
        seen = str(one.get("seen") or "")
        if seen:
            source = str(one["source"])
            self.data_as_of[source] = max(self.data_as_of.get(source, ""), seen)
            if relation in ("PARTY_TO", "ACCEPTS", "MEMBER_OF"):
                self.seen[thing] = max(self.seen.get(thing, ""), seen)
        recorded = str(one.get("recorded") or "")[:10]
        if recorded and (self.recorded is None or recorded > self.recorded):
            self.recorded = recorded
        match relation:
            case "PARTY_TO" | "ACCEPTS" | "MEMBER_OF":
                if row[0] < FOREVER:
                    self.status.setdefault(state, {}).setdefault(thing, []).append(row)
            case "NOT_PARTY":
                self.denied.setdefault(state, {})[thing] = name
            case "RESERVES":
                self.reservations.setdefault(state, []).append(_reservation(one, row))
            case "OPTS_OUT":
                self.opted_out.setdefault(state, {}).setdefault(thing, []).append(row)
            case _:
                return
        self.shown[name] = {key: one.get(key) or None for key in SHOWN}


def _period(one: Mapping[str, Any]) -> Row:
    since = parse_date(one["since"]) if one.get("since") else NEVER
    if not one.get("since") and one["relation"] == "MEMBER_OF" and one.get("seen"):
        since = DateRange(ALWAYS.lo, parse_date(one["seen"]).hi)  # a member by then; since when is not known
    until = parse_date(one["until"]) if one.get("until") else NEVER
    confidence = str(one.get("confidence") or "low")
    return [since.lo, since.hi, until.lo, until.hi, confidence, str(one["id"])]


def _reservation(one: Mapping[str, Any], row: Row) -> Row:
    since = row[0] if row[0] < FOREVER else ALWAYS.lo
    detail = {}
    for part in filter(None, str(one.get("detail") or "").split(";")):
        key, _, value = part.partition("=")
        detail[key.strip()] = value.strip()
    return [one["object"], str(one.get("excludes") or ""), detail, since, row[3], row[4], row[5]]


def _through_membership(
    tables: _Tables, organisations: Iterable[Mapping[str, Any]], instruments: Mapping[str, Mapping[str, Any]]
) -> None:
    """A member is bound by what its organisation lists, for the days of its membership."""
    for org in organisations:
        for thing in org["through"]:
            start = instruments.get(thing, {}).get("in_force")
            floor = parse_date(start).lo if start else 0
            tables.seen.setdefault(thing, tables.seen.get(org["id"], ""))
            if org["id"] in tables.mentioned:
                tables.mentioned.add(thing)
            for things in tables.status.values():
                if thing in things or org["id"] not in things:
                    continue
                things[thing] = [
                    [max(row[0], floor), max(row[1], floor), *row[2:]] for row in things[org["id"]] if row[2] > floor
                ]


def _without_opt_out(tables: _Tables, instruments: Mapping[str, Mapping[str, Any]]) -> None:
    """A clause that can be opted out of binds each party that has not."""
    for thing, one in instruments.items():
        if (one.get("entry_into_force") or {}).get("rule") != "with-parent":
            continue
        parent = one.get("parent")
        if not parent:
            continue
        tables.seen.setdefault(thing, tables.seen.get(parent, ""))
        for state, things in tables.status.items():
            out = tables.opted_out.get(state, {}).get(thing, [])
            if parent in things and thing not in things:
                kept = [piece for row in things[parent] for piece in _minus(row, out)]
                if kept:
                    things[thing] = kept
                elif out:
                    tables.denied.setdefault(state, {})[thing] = out[0][5]


def _minus(row: Row, out: list[Row]) -> list[Row]:
    """The pieces of a period that no opt-out covers; an unsure opt-out makes its days unsure."""
    pieces = [row]
    for gap in out:
        since = (0, 0) if gap[0] >= FOREVER else (gap[0], gap[1])
        cut: list[Row] = []
        for piece in pieces:
            if since[0] >= piece[3] or gap[3] <= piece[0]:
                cut.append(piece)
                continue
            if piece[0] < since[0]:
                cut.append([piece[0], piece[1], since[0], since[1], piece[4], piece[5]])
            if gap[4] in ("low", "contested"):
                cut.append([max(piece[0], since[0]), max(piece[1], since[1]), min(piece[2], gap[2]),
                            min(piece[3], gap[3]), "contested", gap[5]])  # fmt: skip
            if gap[3] < piece[3]:
                cut.append([gap[2], gap[3], piece[2], piece[3], piece[4], gap[5]])
        pieces = cut
    return pieces


def _sorted(status: Mapping[str, Mapping[str, list[Row]]]) -> dict[str, dict[str, list[Row]]]:
    return {
        state: {thing: sorted(rows, key=lambda r: (r[0], r[2])) for thing, rows in sorted(things.items())}
        for state, things in sorted(status.items())
    }


def _lives(states: Mapping[str, Mapping[str, Any]]) -> dict[str, list[int]]:
    """For each state the days on which facts may name it: a successor also answers for its predecessor's days."""
    lives = {}
    for code, state in states.items():
        if state["kind"] in ("territory", "organisation"):
            continue
        since = parse_date(state["since"]).lo if state.get("since") else 0
        if state.get("succeeds"):
            since = 0
        lives[code] = [since, parse_date(state["until"]).hi if state.get("until") else FOREVER]
    return lives


def _rights() -> dict[str, str]:
    rights = load.read_yaml(load.ROOT / "rights.yaml")["rights"]
    return {right["tag"]: right["label"] for right in rights}


def _tactics() -> dict[str, Any]:
    tactics = load.read_yaml(load.ROOT / "tactics.yaml")["tactics"]
    return {one["id"]: {"name": one["name"], "rights": one["rights"], "link": one.get("link")} for one in tactics}


def _doctrines() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in sorted(load.ROOT.iterdir(), key=lambda f: f.name):
        if item.name.startswith("doctrines-") and item.name.endswith(".yaml"):
            found.update(load.read_yaml(item) or {})
    return found


def provisions(instruments: Mapping[str, Any]) -> dict[str, list[list[Any]]]:
    """For each right the articles that hold it, by instrument; a protocol is an instrument of its own."""
    table: dict[str, list[list[Any]]] = {}
    for right in load.read_yaml(load.ROOT / "rights.yaml")["rights"]:
        cells: dict[str, list[str]] = {}
        for column, articles in right["articles"].items():
            for article in articles:
                found = _provision(column, str(article))
                if found is None:
                    continue
                instrument, number = found
                if instrument not in instruments:
                    raise ReferenceFault(f"names {instrument!r}, which has no file", field=f"rights.{right['tag']}")
                cells.setdefault(instrument, []).append(f"{instrument}/{number}")
        table[right["tag"]] = [[instrument, found] for instrument, found in cells.items()]
    return table


def _provision(column: str, article: str) -> tuple[str, str] | None:
    protocol = PROTOCOL.fullmatch(article)
    if protocol:
        return f"{column}-p{protocol[1]}", protocol[2]
    for prefix in ("OPIC ", "OP1 ", "OP "):
        if article.startswith(prefix) and column in OPTIONAL:
            article = article.removeprefix(prefix)
            return (OPTIONAL[column], article) if ARTICLE.fullmatch(article) else None
    return (column, article) if ARTICLE.fullmatch(article) else None


def _leans_on(file: Mapping[str, Any]) -> set[str]:
    """The instruments and acceptances that a forum's rules name: reservations to these narrow it."""
    found = {item.partition("/")[0] for item in file.get("applies") or ()}

    def walk(node: Any) -> None:
        if isinstance(node, Mapping):
            if isinstance(node.get("bound"), Mapping):
                found.update(node["bound"]["by"])
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(file.get("rules"))
    return found


def _check(forums: Mapping[str, Mapping[str, Any]]) -> None:
    for name, file in forums.items():
        seen = set()
        for rule in file.get("rules") or ():
            kind = rule.get("rule")
            if kind not in RULES or kind in seen:
                raise ReferenceFault(f"rule {kind!r} is unknown or stands twice", field=f"forums/{name}.yaml")
            if not rule.get("authority"):
                raise ReferenceFault(f"rule {kind} has no authority", field=f"forums/{name}.yaml")
            seen.add(kind)


def describe(row: Row) -> str:
    """A period as text, for people who debug a table."""
    return f"{show(DateRange(row[0], row[1]))} .. {show(DateRange(row[2], row[3])) if row[2] < FOREVER else ''}"
