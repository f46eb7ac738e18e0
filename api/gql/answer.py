"""A case from GraphQL's form to case.md's, and the answer back: ids become nodes, maps become lists of pairs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from api.context import Context
from api.errors import Fault, bad_input
from api.gql.fields import Args, Row
from api.gql.ids import Clock
from api.gql.law import measures_row, pairs, support_row
from api.gql.plan import FIELDS
from api.gql.read import nodes, statement_row
from graph.errors import RecourseError
from graph.finder import Finder
from graph.model.dates import DateRange
from graph.model.reading import Plain, read_case

_HUMP: Final = re.compile(r"(?<=[a-z])[A-Z]")
PARTS: Final = ("project", "company", "platform", "notice")
SAME: Final = {"same_person": "person", "same_facts": "facts", "same_rights": "rights"}


def to_case(given: Mapping[str, Any]) -> dict[str, Any]:
    """The facts in the form of case.md. `null` is not given, `[]` is none."""
    raw: dict[str, Any] = _snake(given)
    if raw.get("dates") is not None:
        raw["dates"] = {one["key"]: one["value"] for one in raw["dates"]}
    for part in PARTS:
        if raw.get(part) is not None:
            raw[part] = _mapping(raw[part])
    for one in raw.get("proceedings") or ():
        same = {name: one.pop(key) for key, name in SAME.items() if one.get(key) is not None}
        if same:
            one["same"] = same
    return raw


def _snake(value: Any) -> Any:
    """Names of fields with underscores; words of vocabularies as they are everywhere else."""
    if isinstance(value, Mapping):
        return {_HUMP.sub(lambda hump: f"_{hump[0].lower()}", key): _snake(item) for key, item in value.items()
                if item is not None}  # fmt: skip
    if isinstance(value, list):
        return [_snake(item) for item in value]
    return str(value) if isinstance(value, str) else value


def _mapping(rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """Pairs as a mapping: a key that stands several times has a list, as has a list of states."""
    found: dict[str, Any] = {}
    for one in rows:
        key, value = one["key"], Plain(one["value"])
        if key in found:
            held = found[key]
            found[key] = [*held, value] if isinstance(held, list) else [held, value]
        else:
            found[key] = [value] if key == "listed" and value not in ("true", "false") else value
    return found


def applicable(rows: list[Any], context: Context, args: Args) -> list[Any]:
    """`applicableForums`."""
    return [_answer(context, args["case"], args)]


def batch(rows: list[Any], context: Context, args: Args) -> list[Any]:
    """`batch`: a bad case takes its place, the others are answered."""
    found: list[Any] = []
    for given in args["cases"]:
        try:
            found.append({**_answer(context, given, args), "__typename": "Answer"})
        except RecourseError as error:
            told = error.as_dict()
            name = given.get("id")
            found.append({"__typename": "CaseError", "case": name, "field": told["field"],
                          "value": None if told["value"] is None else str(told["value"]), "message": error.message,
                          "nearest": [told["nearest"]] if told["nearest"] else []})  # fmt: skip
    return [found]


def _answer(context: Context, given: Mapping[str, Any], args: Args) -> Row:
    known_on = args.get("knownOn")
    lang = args.get("lang") or "en"
    finder = context.laws.on(known_on)
    today = DateRange(context.today.toordinal(), context.today.toordinal())
    facts = read_case(to_case(given), finder.law.vocabulary(), today)
    return {"finder": finder, "facts": facts, "lang": lang, "clock": Clock(None, known_on), "asked": {}}


def found(row: Row, context: Context, forums: Sequence[str] | None = None) -> Mapping[str, Any]:
    """The answer of a case, worked out once; limited to some forums it is an answer of its own."""
    key = None if forums is None else tuple(forums)
    if key not in row["asked"]:
        finder: Finder = row["finder"]
        unknown = [name for name in forums or () if name not in finder.about]
        if unknown:
            raise bad_input("is not a forum with rules; see `forums` for the list", field="forum", value=unknown[0])
        context.left()
        with context.laws.asking:
            row["asked"][key] = finder.find(row["facts"], lang=row["lang"], forums=forums or ())
    answer: Mapping[str, Any] = row["asked"][key]
    return answer


def plain(key: str) -> Any:
    """A field that stands in the answer as it is."""

    def read(rows: list[Any], context: Context, args: Args) -> list[Any]:
        return [found(row, context)[key] for row in rows]

    return read


def law(rows: list[Any], context: Context, args: Args) -> list[Any]:
    """`law`: hash, vintage, and the day on which each source was last seen."""
    told = [found(row, context)["law"] for row in rows]
    return [{"hash": one["hash"], "known_on": one["known_on"],
             "data_as_of": [{"dataset": key, "day": one["data_as_of"][key]} for key in sorted(one["data_as_of"])]}
            for one in told]  # fmt: skip


def only_if(rows: list[Any], context: Context, args: Args) -> list[Any]:
    """`onlyIf`: forums whose subject is not in the facts."""
    return [[{"of": one["forum"], "question": one["question"], "clock": row["clock"]}
             for one in found(row, context)["only_if"]] for row in rows]  # fmt: skip


def support(rows: list[Any], context: Context, args: Args) -> list[Any]:
    """`support`: services that fit, never mixed with forums."""
    return [[support_row(entry, row["clock"]) for entry in found(row, context)["support"]] for row in rows]


def none(rows: list[Any], context: Context, args: Args) -> list[Any]:
    """`plans`, of which `recourse strategy` makes none yet."""
    return [[] for _ in rows]


def forum_rows(rows: list[Any], context: Context, args: Args) -> list[Any]:
    """`forums`: every row in order, or those of some verdicts and forums."""
    verdicts = None if args.get("verdict") is None else {str(one) for one in args["verdict"]}
    names = args.get("forum")
    out: list[Any] = []
    for row in rows:
        if names is not None and not names:
            out.append([])
            continue
        answer = found(row, context, names)
        out.append([_forum_row(one, row["clock"], answer["statements"]) for one in answer["forums"]
                    if verdicts is None or one["verdict"] in verdicts])  # fmt: skip
    return out


def _forum_row(one: Mapping[str, Any], clock: Clock, statements: Mapping[str, Any]) -> Row:
    return {**one, "of": one["forum"], "clock": clock, "urgent_measures": measures_row(one["urgent_measures"]),
            "reaches": [{**reach, "clock": clock} for reach in one["reaches"]],
            "rules": [_rule(rule, clock, statements) for rule in one["rules"]]}  # fmt: skip


def _rule(rule: Mapping[str, Any], clock: Clock, statements: Mapping[str, Any]) -> Row:
    args = [{"key": key, "value": value} for key, value in pairs("", rule["message"]["args"])]
    return {**rule, "message": {"key": rule["message"]["id"], "args": args}, "cited": tuple(rule["authority"]),
            "clock": clock,
            "facts": [statement_row(name, statements[name], clock) for name in rule["facts"]]}  # fmt: skip


def nodes_of(label: str, key: str) -> Any:
    """A field that lists nodes by the ids that a row holds, in their order."""

    def read(rows: list[Any], context: Context, args: Args) -> list[Any]:
        wanted = [(row["clock"], label, name) for row in rows for name in row[key]]
        told = iter(nodes(context, wanted, args[FIELDS]))
        return [[_there(next(told), label, name) for name in row[key]] for row in rows]

    return read


def _there(node: Any, label: str, name: str) -> Any:
    if node is None:
        return Fault(
            "STORE_UNAVAILABLE", f"the graph has no {label} {name}, which the law names; run `recourse rebuild`"
        )
    return node
