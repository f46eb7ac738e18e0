"""What the fields of a forum read from its rule file, which the compiled law holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from api.answers.record import condition
from api.context import Context
from api.gql.fields import Args, Many, Row
from api.gql.ids import Clock
from api.gql.plan import FIELDS
from api.gql.read import nodes

# The reference's prose that is no field of its own.
TOPICS: Final = (
    "acronym", "anonymity", "cost", "language", "notes", "produces", "sources", "strength", "thinner",
    "typical_duration", "victim_consent", "who_can_file",
)  # fmt: skip


def _file(row: Row, context: Context) -> Mapping[str, Any]:
    return context.laws.on(row["clock"].known_on).law.forums.get(row["key"]) or {}


def from_file(make: Any) -> Many:
    """A field that is made from the forum's file."""

    def read(rows: list[Any], context: Context, args: Args) -> list[Any]:
        return [make(_file(row, context), row["clock"], args) for row in rows]

    return read


def operating(file: Mapping[str, Any], clock: Clock, args: Args) -> str:
    """The days on which it worked, ISO 8601: `1987-06-26/..`, several with a comma where it was suspended."""
    operates = file.get("operates") or {}
    since, spans = operates.get("since") or "..", []
    for gap in operates.get("suspended") or ():
        spans.append(f"{since}/{gap.get('since') or '..'}")
        since = gap.get("until") or ".."
    spans.append(f"{since}/{operates.get('until') or '..'}")
    return ",".join(spans)


def rules(file: Mapping[str, Any], clock: Clock, args: Args) -> list[Row]:
    """Its rules, in the words of the rule file."""
    return [{"rule": rule["rule"], "says": condition(rule), "cited": tuple(rule.get("authority") or ()), "clock": clock}
            for rule in file.get("rules") or ()]  # fmt: skip


def terms(file: Mapping[str, Any], clock: Clock, args: Args) -> list[Row]:
    """The reference's prose: a topic for each part of a mapping, an entry for each item of a list."""
    wanted = args.get("topics")
    found = [pair for topic in TOPICS if topic in file for pair in pairs(topic, file[topic])]
    return [{"topic": topic, "text": text} for topic, text in found if wanted is None or topic in wanted]


def pairs(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """A value of the reference as names and texts."""
    if isinstance(value, Mapping):
        for key in sorted(value):
            yield from pairs(f"{name}.{key}" if name else str(key), value[key])
    elif isinstance(value, list | tuple):
        for item in value:
            yield from pairs(name, item)
    elif value not in (None, ""):
        yield name, as_text(value)


def as_text(value: Any) -> str:
    """A plain value as the text that JSON has for it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def urgent(file: Mapping[str, Any], clock: Clock, args: Args) -> Row | None:
    """What can be asked for at once."""
    measures = file.get("urgent") or {}
    return measures_row(measures) if measures.get("available") else None


def measures_row(measures: Mapping[str, Any] | None) -> Row | None:
    """Urgent measures as a row."""
    if not measures:
        return None
    return {key: None if measures.get(key) is None else as_text(measures[key])
            for key in ("name", "basis", "binding", "detail")}  # fmt: skip


def remedies(file: Mapping[str, Any], clock: Clock, args: Args) -> list[str]:
    """What it can order or recommend."""
    return [str(one) for one in file.get("remedies") or ()]


def submission(file: Mapping[str, Any], clock: Clock, args: Args) -> Row:
    """Where to file."""
    submit = file.get("submit") or {}
    return {"office": submit.get("office"), "page": submit.get("page")}


def support_row(entry: Mapping[str, Any], clock: Clock) -> Row:
    """A service of an answer as a row."""
    return {"__typename": "Support", "key": entry["id"], "label": entry["name"], "clock": clock, "entry": entry,
            "how_to_submit": {"office": entry["name"], "page": entry.get("contact")}}  # fmt: skip


def support_terms(rows: list[Any], context: Context, args: Args) -> list[Any]:
    """What a service offers, in which languages, and why it fits."""
    wanted = args.get("topics")
    return [[{"topic": topic, "text": text} for topic, text in pairs("", row["entry"])
             if topic not in ("id", "name") and (wanted is None or topic in wanted)] for row in rows]  # fmt: skip


def citations(rows: list[Any], context: Context, args: Args) -> list[Any]:
    """The authorities of rules, with the provisions that are in the graph: one read for all."""
    fields = args[FIELDS]
    known: dict[tuple[Clock, str, str], Any] = {}
    if "entity" in fields:
        known = _provisions(((row["clock"], text) for row in rows for text in row["cited"]), context)
    return [[{"text": text, "entity": known.get((row["clock"], "Provision", text))} for text in row["cited"]]
            for row in rows]  # fmt: skip


def _provisions(cited: Iterable[tuple[Clock, str]], context: Context) -> dict[tuple[Clock, str, str], Any]:
    wanted: Sequence[tuple[Clock, str, str]] = list(
        dict.fromkeys((clock, "Provision", text) for clock, text in cited if "/" in text)
    )
    found = nodes(context, wanted, frozenset({"label"}))
    return dict(zip(wanted, found, strict=True))
