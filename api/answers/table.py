"""The answer on a terminal, for somebody who reads it at night with a deadline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from api.answers import view
from api.answers.text import cut, fold
from graph.render import Catalogue

FEW = 6  # closed doors of which each sentence is printed


def as_table(answer: view.Answer, words: Catalogue, *, everything: bool) -> list[str]:
    """Return the lines of the table, none wider than 80 columns.

    Args: everything shows each closed door too, with the rules that close it.
    """
    generic = words.say("ask-body", {})
    shown = view.doors(answer, generic, everything=everything)
    shut = view.closed(answer)
    lines = [*_header(answer, words)]
    lines += _urgent(shown, words)
    lines += _open(shown, words)
    if not everything:
        lines += _questions(answer, words)
    lines += _closed(shut, words) if everything else _hidden(shut, words)
    lines += _support(answer, words)
    lines += _listed(words.say("label-warnings", {}), view.footnotes(answer, words))
    lines += _listed(words.say("label-only-if", {}), view.same_questions(answer).items())
    lines += _listed(words.say("label-assumed", {}), ((text, []) for text in answer["assumed"]))
    return lines


def _header(answer: view.Answer, words: Catalogue) -> Iterator[str]:
    name = cut(answer["case"] or words.say("label-no-id", {}), 48)
    yield from fold(f"{name} · {words.say('label-asked', {'date': answer['as_of']})}")
    if answer["filed"]:
        yield from fold(words.say("label-filed", {"date": answer["filed"]}))
    law = answer["law"]
    yield from fold(words.say("label-law", {"hash": law["hash"], "date": law["known_on"]}))
    days = view.data_days(answer)
    if days:
        yield from fold(words.say("label-data", {"from": days[0], "last": days[1]}))


def _urgent(shown: list[view.Door], words: Catalogue) -> Iterator[str]:
    asked = [door for door in shown if door.urgent]
    if not asked:
        return
    yield ""
    yield words.say("label-ask-now", {})
    for door in asked:
        measure = door.urgent["name"] if door.urgent and door.urgent.get("name") else words.say("label-measure", {})
        yield from fold(f"{view.named(door.forum, door.respondents)}: {measure}", first="  ! ")


def _open(shown: list[view.Door], words: Catalogue) -> Iterator[str]:
    yield ""
    yield words.say("label-open" if shown else "label-none-open", {})
    for door in shown:
        best = door.lines[0].mark
        title = door.name if door.name != door.forum else ""
        yield from fold(f"{title} [{door.forum}]" if title else f"[{door.forum}]", first=f"{best} ")
        for line in door.lines:
            last = words.say("label-last-day" if line.deadline else "label-no-last-day", {"last": line.deadline})
            yield from fold(f"{view.whom(line, words)} · {last}", first=f"  {line.mark} ")
            for condition in line.conditions:
                yield from fold(condition, first="      - ")


def _questions(answer: view.Answer, words: Catalogue) -> Iterator[str]:
    asked = view.questions(answer)
    if not asked:
        return
    yield ""
    yield from fold(words.say("label-questions", {}))
    for question, forums in asked.items():
        yield from fold(question, first="? ")
        yield from fold("; ".join(view.named(*item) for item in forums), first="    ")


def _hidden(shut: list[view.Closed], words: Catalogue) -> Iterator[str]:
    if shut:
        yield ""
        yield from fold(words.say("label-hidden", {"count": len({door.forum for door in shut})}))


def _closed(shut: list[view.Closed], words: Catalogue) -> Iterator[str]:
    if not shut:
        return
    yield ""
    yield words.say("label-closed", {})
    for door in shut:
        rules = ", ".join(words.say(f"label-rule-{rule}", {}) for rule, _ in door.rules)
        head = f"✗ {view.named(door.forum, door.respondents)}: {rules}"
        if len(shut) > FEW:
            yield cut(f"{head}. {door.rules[0][1] if door.rules else ''}", 80)
            continue
        yield from fold(head, then="  ")
        for _, reason in door.rules:
            yield from fold(reason, first="      - ")


def _support(answer: view.Answer, words: Catalogue) -> Iterator[str]:
    if not answer["support"]:
        return
    yield ""
    yield words.say("label-support", {})
    for one in answer["support"]:
        yield from fold(f"{one.get('name') or one['id']} [{one['id']}]", first="  + ")
        for key in ("offers", "contact", "why"):
            if one.get(key):
                yield from fold(flat(one[key]), first="      ")


def flat(value: object) -> str:
    """A value of the reference as one text."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {flat(part)}" for key, part in value.items() if part not in (None, ""))
    if isinstance(value, list | tuple):
        return "; ".join(map(flat, value))
    return str(value)


def _listed(title: str, items: Iterable[tuple[str, list[str]]]) -> Iterator[str]:
    listed = list(items)
    if not listed:
        return
    yield ""
    yield title
    for text, forums in listed:
        yield from fold(text, first="  - ")
        if forums:
            yield from fold(", ".join(forums), first="    → ", then="      ")
