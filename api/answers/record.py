"""Records of the catalogue as lines of at most 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from api.answers.text import fold
from api.terminal import table
from graph.render import Catalogue

Record = Mapping[str, Any]
TESTS: Final = ("fact", "bound", "linked", "engages", "exhausted", "within", "clear", "judgement", "exists")


class Printer:
    """Collects lines under headings; an empty part is left out."""

    def __init__(self, words: Catalogue) -> None:
        self.words, self.lines = words, list[str]()

    def title(self, text: str) -> None:
        """Add the first line."""
        self.lines += fold(text)

    def pair(self, label: str, value: object) -> None:
        """Add one labelled value."""
        if value not in (None, "", [], {}):
            self.lines += fold(f"{self.words.say(f'label-{label}', {})}: {plain(value)}", then="    ")

    def listed(self, label: str, items: Iterable[object]) -> None:
        """Add a heading and its items, one line or more each."""
        shown = list(items)
        if shown:
            self.lines += ["", self.words.say(f"label-{label}", {})]
            for item in shown:
                self.lines += fold(plain(item), first="  - ")

    def run(self, label: str, items: Sequence[str]) -> None:
        """Add a heading with a count and its short items in running lines."""
        if items:
            heading = f"{self.words.say(f'label-{label}', {})} ({len(items)})"
            self.lines += ["", heading, *fold(", ".join(items), first="  ")]

    def grid(self, label: str, headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Add a heading and a table."""
        cells = [["" if cell is None else cell for cell in row] for row in rows]
        if cells:
            self.lines += ["", f"{self.words.say(f'label-{label}', {})} ({len(cells)})"]
            self.lines += table(headers, cells)


def plain(value: object) -> str:
    """Return a value of the reference as one text."""
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {plain(part)}" for key, part in value.items() if part not in (None, "", []))
    if isinstance(value, list | tuple):
        return "; ".join(map(plain, value))
    return str(value)


def state_lines(one: Record, words: Catalogue) -> list[str]:
    """Return a state's record for a person."""
    out = Printer(words)
    out.title(words.say("label-state-on", {"name": f"{one['name']} [{one['id']}]", "date": one["on"]}))
    out.pair("kind", one["kind"])
    out.pair("part-of", one["of"])
    out.pair("exists-since", one["since"])
    out.pair("exists-until", one["until"])
    out.pair("succeeds", _successions(one["succeeds"]))
    out.pair("succeeded-by", _successions(one["succeeded_by"]))
    out.pair("note", one["note"])
    headers = ["id", "since", "until", "source", "confidence"]
    for label, rows in (
        ("may-hear", one["forums"]),
        ("bound-by", one["bound_by"]),
        ("memberships", one["memberships"]),
    ):
        out.grid(label, headers, ([row[key] for key in headers] for row in rows))
    out.run("open-to-all", one["open_to_all"])
    out.listed("reservations", (_reservation(r) for r in one["reservations"]))
    out.run("not-party", one["not_party"])
    out.grid(
        "changes",
        ["date", "what", "id", "basis"],
        ([c["date"], words.say(f"label-change-{c['what']}", {}), c["id"], c["basis"]] for c in one["changes"]),
    )
    out.pair("rows-by-source", one["sources"])
    return out.lines


def _successions(rows: Iterable[Record]) -> str:
    return "; ".join(f"{row['state']} ({row['mode']}, {row.get('date') or '–'})" for row in rows)


def _reservation(r: Record) -> str:
    about = ", ".join(str(part) for part in (r["since"], r["source"], r["confidence"]) if part)
    return f"{r['text']} ({about})" + (f" {r['note']}" if r["note"] else "")


def instrument_lines(one: Record, words: Catalogue) -> list[str]:
    """Return an instrument's record for a person."""
    out = Printer(words)
    out.title(f"{one['title']} [{one['id']}]")
    for label, key in (
        ("kind", "kind"), ("parent", "parent"), ("adopted", "adopted"), ("in-force", "in_force"),
        ("depositary", "depositary"), ("binds", "binds"), ("articles", "articles"),
        ("entry-into-force", "entry_into_force"), ("withdrawal", "withdrawal"), ("completeness", "completeness"),
        ("note", "note"),
    ):  # fmt: skip
        out.pair(label, one.get(key))
    out.lines += ["", *fold(words.say("label-parties-on", {"date": one["on"]}))]
    for label, key in (
        ("parties", "parties"), ("unsure", "unsure"), ("no-longer", "no_longer"), ("not-party", "not_party"),
        ("acceptances", "acceptances"), ("needed-by", "needed_by"), ("applied-by", "applied_by"),
    ):  # fmt: skip
        out.run(label, one[key])
    out.listed("reservations", one["reservations"])
    out.pair("rows-by-source", one["status_sources"])
    out.listed("sources-of-record", one.get("sources") or ())
    return out.lines


def forum_lines(one: Record, words: Catalogue) -> list[str]:
    """Return a forum's record for a person."""
    out = Printer(words)
    out.title(f"{one['name']} [{one['id']}]")
    for label, key in (
        ("kind", "kind"), ("binding", "binding"), ("produces", "produces"), ("operates", "operates"),
        ("applies", "applies"), ("opens-with", "opens_with"), ("who-can-file", "who_can_file"),
        ("consent", "victim_consent"), ("measures", "urgent"), ("submit", "submit"), ("remedies", "remedies"),
        ("anonymity", "anonymity"), ("duration", "typical_duration"), ("cost", "cost"), ("language", "language"),
        ("level", "confidence"), ("thinner", "thinner"),
    ):  # fmt: skip
        out.pair(label, one.get(key))
    out.lines += ["", words.say("label-rules", {})]
    for rule in one["rules"]:
        out.lines += fold(words.say(f"label-rule-{rule['rule']}", {}), first="  - ")
        out.lines += fold(condition(rule), first="      ")
        titles = "; ".join(one["authorities"].get(a, a) for a in rule.get("authority") or ())
        out.lines += fold(f"{words.say('label-authority', {})}: {titles}", first="      ")
    out.listed("can-close", _edges(one["closes"]))
    out.listed("closed-by", _edges(one["closed_by"]))
    out.run("accepted-by", one["accepted_by"])
    out.listed("notes", one.get("notes") or ())
    out.listed(
        "sources-of-record", (s.get("ref", s) if isinstance(s, Mapping) else s for s in one.get("sources") or ())
    )
    return out.lines


def _edges(rows: Iterable[Record]) -> Iterator[str]:
    for row in rows:
        yield f"{row['forum']}: {row['outcome']}, {'/'.join(row['when'] or ())}"


def condition(node: Record) -> str:
    """Return a condition in the words of the rule file, on one line."""
    parts = []
    for name, value in node.items():
        if name in ("all", "any"):
            parts.append(f"{name} of [{' · '.join(condition(row) for row in value)}]")
        elif name == "when":
            parts.append(f"when {condition(value)}:")
        elif name in TESTS:
            parts.append(name if value is True else f"{name} {_params(value)}")
    return " ".join(sorted(parts, key=lambda part: not part.startswith("when")))


def _params(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_params(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_params, value)) + "]"
    return str(value).lower() if isinstance(value, bool) else str(value)
