"""The answer as a page: Markdown to paste, HTML to print. Both stand alone: no script, nothing to load."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from api.answers import view
from api.answers.table import flat
from api.answers.text import clean
from graph.render import Catalogue

SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~&!])")
LEADING = re.compile(r"^(?:[-+=>]|(\d+)([.)]))")
STYLE = (
    "body{font:11pt/1.4 Georgia,serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#111}"
    "h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:1.6rem;border-bottom:1px solid #999}"
    "section.door{break-inside:avoid;margin:1rem 0}h3{font-size:1rem;margin:.2rem 0}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #999;padding:.25rem .4rem;"
    "text-align:left;vertical-align:top;overflow-wrap:anywhere}code{font-size:.9em;overflow-wrap:anywhere}"
    "ul{margin:.2rem 0 .6rem;padding-left:1.3rem}small{color:#444}"
    "@media print{body{margin:0;max-width:none;font-size:10pt}tr{break-inside:avoid}thead{display:table-header-group}}"
)


def as_markdown(answer: view.Answer, words: Catalogue) -> str:
    """Return the answer as Markdown: what was given by others is escaped."""
    lines = [f"# {md(_title(answer, words))}", ""]
    lines += [f"{md(line)}  " for line in _facts(answer, words)]
    for title, blocks in _sections(answer, words):
        lines += ["", f"## {md(title)}", ""]
        for head, items in blocks:
            lines.append(f"- {md(head)}")
            lines += [f"    - {md(item)}" for item in items]
    shut = view.closed(answer)
    if shut:
        heads = [words.say(f"label-{name}", {}) for name in ("forum", "respondent", "rules", "reason")]
        lines += ["", f"## {md(words.say('label-closed', {}))}", "", f"| {' | '.join(map(md, heads))} |"]
        lines.append("| --- | --- | --- | --- |")
        lines += [f"| {' | '.join(md(cell) for cell in _closed_cells(door, words))} |" for door in shut]
    return "\n".join(lines) + "\n"


def md(text: object) -> str:
    """Return a text that Markdown shows as it is."""
    line = SPECIAL.sub(r"\\\1", clean(text))
    return LEADING.sub(lambda hit: f"{hit[1]}\\{hit[2]}" if hit[1] else f"\\{hit[0]}", line)


def as_html(answer: view.Answer, words: Catalogue) -> str:
    """Return one HTML document that needs nothing else, neither script nor style nor network."""
    title = escape(clean(_title(answer, words)))
    parts = [
        f'<!doctype html>\n<html lang="{escape(words.lang)}">\n<head>\n<meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer">',
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>",
        "<p>" + "<br>\n".join(escape(clean(line)) for line in _facts(answer, words)) + "</p>",
    ]
    for heading, blocks in _sections(answer, words):
        parts.append(f"<h2>{escape(heading)}</h2>")
        for head, items in blocks:
            inner = "".join(f"<li>{escape(clean(item))}</li>" for item in items)
            listed = f"<ul>{inner}</ul>" if items else ""
            parts.append(f'<section class="door"><h3>{escape(clean(head))}</h3>{listed}</section>')
    shut = view.closed(answer)
    if shut:
        names = ("forum", "respondent", "rules", "reason")
        head = "".join(f'<th scope="col">{escape(words.say(f"label-{name}", {}))}</th>' for name in names)
        rows = "\n".join(
            "<tr>" + "".join(f"<td>{escape(clean(cell))}</td>" for cell in _closed_cells(door, words)) + "</tr>"
            for door in shut
        )
        parts.append(f"<h2>{escape(words.say('label-closed', {}))}</h2>")
        parts.append(f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>")
    parts.append("</body>\n</html>\n")
    return "\n".join(parts)


def _title(answer: view.Answer, words: Catalogue) -> str:
    return words.say("label-title", {"case": answer["case"] or words.say("label-no-id", {})})


def _facts(answer: view.Answer, words: Catalogue) -> Iterator[str]:
    yield words.say("label-asked", {"date": answer["as_of"]})
    if answer["filed"]:
        yield words.say("label-filed", {"date": answer["filed"]})
    yield words.say("label-law", {"hash": answer["law"]["hash"], "date": answer["law"]["known_on"]})
    days = view.data_days(answer)
    if days:
        yield words.say("label-data", {"from": days[0], "last": days[1]})


Blocks = list[tuple[str, list[str]]]


def _sections(answer: view.Answer, words: Catalogue) -> Iterator[tuple[str, Blocks]]:
    doors = view.doors(answer, words.say("ask-body", {}), everything=False)
    if not doors:
        yield words.say("label-none-open", {}), []
    sections: list[tuple[str, Blocks]] = [
        (words.say("label-ask-now", {}), _urgent(doors, words)),
        (words.say("label-open", {}), [_door(door, words) for door in doors]),
        (
            words.say("label-questions", {}),
            [(q, [view.named(*item) for item in forums]) for q, forums in view.questions(answer).items()],
        ),
        (words.say("label-support", {}), [_support(one) for one in answer["support"]]),
        (words.say("label-warnings", {}), [(w, [", ".join(forums)]) for w, forums in view.footnotes(answer, words)]),
        (
            words.say("label-only-if", {}),
            [(q, [", ".join(forums)]) for q, forums in view.same_questions(answer).items()],
        ),
        (words.say("label-assumed", {}), [(text, []) for text in answer["assumed"]]),
        (words.say("label-sources", {}), _statements(answer, words)),
    ]
    yield from (section for section in sections if section[1])


def _urgent(doors: list[view.Door], words: Catalogue) -> Blocks:
    found: Blocks = []
    for door in doors:
        if door.urgent:
            name = door.urgent.get("name") or words.say("label-measure", {})
            more = [flat(door.urgent[key]) for key in ("basis", "detail") if door.urgent.get(key)]
            found.append((f"{view.named(door.forum, door.respondents)}: {name}", more))
    return found


def _door(door: view.Door, words: Catalogue) -> tuple[str, list[str]]:
    items = []
    for line in door.lines:
        verdict = words.say(f"label-verdict-{line.verdict}", {})
        last = words.say("label-last-day" if line.deadline else "label-no-last-day", {"last": line.deadline})
        items.append(f"{line.mark} {view.whom(line, words)}: {verdict}, {last}")
        items += [text for text in (line.deadline_rule, *line.conditions) if text]
    if door.about.get("submit"):
        items.append(f"{words.say('label-submit', {})}: {flat(door.about['submit'])}")
    return f"{door.lines[0].mark} {door.name} [{door.forum}]", items


def _support(one: view.Answer) -> tuple[str, list[str]]:
    items = [flat(one[key]) for key in ("offers", "contact", "languages", "why") if one.get(key)]
    return f"{one.get('name') or one['id']} [{one['id']}]", items


def _statements(answer: view.Answer, words: Catalogue) -> Blocks:
    return [(f"{view.statement(one, words)} [{name}]", []) for name, one in answer["statements"].items()]


def _closed_cells(door: view.Closed, words: Catalogue) -> list[str]:
    rules = ", ".join(words.say(f"label-rule-{rule}", {}) for rule, _ in door.rules)
    return [door.forum, view.against(door.respondents), rules, " ".join(reason for _, reason in door.rules)]
