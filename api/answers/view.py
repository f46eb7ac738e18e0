"""What a person is shown of an answer, the same in each form: open doors, questions, closed doors, footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from graph.render import Catalogue

Answer = Mapping[str, Any]
Row = Mapping[str, Any]
MARKS: Final = {"available": "✓", "conditional": "?", "unavailable": "✗"}
SUBJECT: Final = frozenset(("ratione-personae", "ratione-materiae"))


@dataclass
class Line:
    """The respondents against whom a door stands in the same way."""

    verdict: str
    deadline: str | None
    deadline_rule: str | None
    conditions: tuple[str, ...]
    kind: str
    respondents: list[str] = field(default_factory=list)

    @property
    def mark(self) -> str:
        """The sign of the verdict."""
        return MARKS[self.verdict]


@dataclass
class Door:
    """One forum with its open rows."""

    forum: str
    about: Mapping[str, Any]
    urgent: Mapping[str, Any] | None
    lines: list[Line] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name of the forum."""
        return str(self.about.get("name") or self.forum)

    @property
    def respondents(self) -> list[str]:
        """Every state against which it is open."""
        return [state for line in self.lines for state in line.respondents]


@dataclass
class Closed:
    """A closed door: the states it is closed for and the rules that close it, each with its sentence."""

    forum: str
    rules: tuple[tuple[str, str], ...]
    respondents: list[str] = field(default_factory=list)


def conditions(row: Row, generic: str) -> tuple[str, ...]:
    """What must be found out or done; where only the body can decide, the question that it decides."""
    found = [text for text in row["conditions"] if text != generic]
    for rule in row["rules"]:
        if rule["outcome"] == "unknown" and rule["because"] == "discretion" and rule["reason"] not in found:
            found.append(rule["reason"])
    return tuple(found)


def waits_for_subject(row: Row) -> bool:
    """Whether the row stands only if a fact not yet given, or what the body makes of it, makes the matter its own."""
    return (
        row["verdict"] == "conditional"
        and not row["deadline"]
        and any(
            rule["outcome"] == "unknown" and rule["because"] in ("fact", "discretion") and rule["rule"] in SUBJECT
            for rule in row["rules"]
        )
    )


def doors(answer: Answer, generic: str, *, everything: bool) -> list[Door]:
    """The forums that are open, in the order of the rows; those that wait for their subject only if asked for."""
    found: dict[str, Door] = {}
    for row in answer["forums"]:
        if row["verdict"] == "unavailable" or (not everything and waits_for_subject(row)):
            continue
        name = row["forum"]
        door = found.setdefault(name, Door(name, answer["about"].get(name) or {}, row["urgent_measures"]))
        line = Line(row["verdict"], row["deadline"], row["deadline_rule"], conditions(row, generic),
                    row["respondent_kind"])  # fmt: skip
        for known in door.lines:
            if (known.verdict, known.deadline, known.conditions) == (line.verdict, line.deadline, line.conditions):
                line = known
                break
        else:
            door.lines.append(line)
        if row["respondent"]:
            line.respondents.append(row["respondent"])
    return list(found.values())


def questions(answer: Answer) -> dict[str, list[tuple[str, list[str]]]]:
    """The facts that would make the matter one for further bodies: question to (forum, respondents)."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in answer["forums"]:
        if not waits_for_subject(row):
            continue
        question = row["conditions"][0]
        states = found.setdefault(question, {}).setdefault(row["forum"], [])
        if row["respondent"]:
            states.append(row["respondent"])
    return {question: list(forums.items()) for question, forums in found.items()}


def closed(answer: Answer) -> list[Closed]:
    """The closed doors, those that the same sentences close taken together."""
    found: dict[tuple[str, tuple[tuple[str, str], ...]], Closed] = {}
    for row in answer["forums"]:
        if row["verdict"] != "unavailable":
            continue
        rules = tuple((r["rule"], r["reason"]) for r in row["rules"] if r["outcome"] == "not-met")
        door = found.setdefault((row["forum"], rules), Closed(row["forum"], rules))
        if row["respondent"]:
            door.respondents.append(row["respondent"])
    return list(found.values())


def closing(answer: Answer, words: Catalogue) -> dict[str, list[str]]:
    """For each forum those that a filing there can close, read back from the sentence that says so."""
    before, after = _around_closing(words)
    names = {one["name"]: forum for forum, one in answer["about"].items() if one.get("name")}
    found: dict[str, dict[str, None]] = {}
    for row in answer["forums"]:
        for warning in row["warnings"]:
            if warning.startswith(before) and warning.endswith(after):
                closes = found.setdefault(row["forum"], {})
                closes.update((forum, None) for name, forum in names.items() if name in warning)
    return {forum: [other for other in closes if other != forum] for forum, closes in found.items() if closes}


def _around_closing(words: Catalogue) -> tuple[str, str]:
    before, _, after = words.say("warn-closes", {"forums": ["\0"]}).partition("\0")
    return before, after


def warnings(answer: Answer, words: Catalogue) -> dict[str, list[str]]:
    """For each forum what is to be minded there, each sentence once; what a filing closes is `closing`."""
    before, after = _around_closing(words)
    found: dict[str, dict[str, None]] = {}
    for row in answer["forums"]:
        for warning in row["warnings"]:
            if not (warning.startswith(before) and warning.endswith(after)):
                found.setdefault(row["forum"], {})[warning] = None
    return {forum: list(texts) for forum, texts in found.items()}


def footnotes(answer: Answer, words: Catalogue) -> Iterator[tuple[str, list[str]]]:
    """Each warning once, with the forums that it is about; first what a filing closes, by ids."""
    before, after = _around_closing(words)
    groups: dict[tuple[str, ...], list[str]] = {}
    for forum, closes in closing(answer, words).items():
        groups.setdefault(tuple(closes), []).append(forum)
    for others, sources in groups.items():
        if others:
            yield words.say("label-closes", {"names": sources}), list(others)
    found: dict[str, dict[str, None]] = {}
    for row in answer["forums"]:
        for warning in row["warnings"]:
            if not (warning.startswith(before) and warning.endswith(after)):
                found.setdefault(warning, {})[row["forum"]] = None
    for warning, forums in found.items():
        yield warning, list(forums)


def same_questions(answer: Answer) -> dict[str, list[str]]:
    """The questions about special forums, each once, with the forums that ask it."""
    found: dict[str, list[str]] = {}
    for item in answer["only_if"]:
        found.setdefault(item["question"], []).append(item["forum"])
    return found


def data_days(answer: Answer) -> tuple[str, str] | None:
    """The days on which the oldest and the newest source of treaty data was seen."""
    days = sorted(str(day) for day in answer["law"]["data_as_of"].values())
    return (days[0], days[-1]) if days else None


def whom(line: Line, words: Catalogue) -> str:
    """Against whom: the states, or the kind of respondent where it is no state."""
    if line.respondents:
        return words.say("label-against", {"whom": against(line.respondents)})
    return words.say(f"label-kind-{line.kind}", {})


def against(states: Iterable[str]) -> str:
    """States as a short list."""
    return ", ".join(dict.fromkeys(states))


def named(forum: str, states: Iterable[str]) -> str:
    """A forum with the states that it is about."""
    listed = against(states)
    return f"{forum} ({listed})" if listed else forum


def statement(one: Mapping[str, Any], words: Catalogue) -> str:
    """Return a statement of treaty status as one line: what, since when, who says so, how sure."""
    mid = "label-not-party-said" if one["relation"] == "NOT_PARTY" else ""
    if not mid:
        mid = "label-since-until" if one["until"] else "label-since" if one["since"] else "label-undated"
    when = words.say(mid, {"since": one["since"], "until": one["until"]})
    source = words.say("label-source", {"source": one["source"], "date": one["seen"] or ""})
    confidence = words.say("label-confidence", {"level": one["confidence"]})
    return f"{one['subject']} {one['object']}, {one['kind']}, {when} ({source}; {confidence})"
