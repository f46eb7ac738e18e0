"""One row of the answer as a tree: rule by rule, on which authority, on which facts, and what would open it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from api.answers import view
from api.answers.page import md
from api.answers.text import clean, fold
from graph.render import Catalogue

SIGNS: Final = {"met": "✓", "not-met": "✗", "unknown": "?", "not-applicable": "–"}
Row = Mapping[str, Any]


def as_tree(why: Mapping[str, Any], words: Catalogue) -> list[str]:
    """Return the lines of the tree, none wider than 80 columns."""
    lines: list[str] = []
    for row in why["rows"]:
        lines += [*fold(f"{row['name']} [{row['forum']}]"), *fold(_head(row, words))]
        rules = row["rules"]
        for n, rule in enumerate(rules):
            last = n == len(rules) - 1
            stem = "   " if last else "│  "
            lines += fold(_title(rule, words), first="└─ " if last else "├─ ", then=stem + "  ")
            for text in _leaves(rule, why, words):
                lines += fold(text, first=stem + "  ", then=stem + "    ")
        lines += ["", *_changes(row, words), ""]
    return lines[:-1]


def as_md(why: Mapping[str, Any], words: Catalogue) -> str:
    """Return the same as Markdown."""
    lines: list[str] = []
    for row in why["rows"]:
        lines += [f"# {md(row['name'])} \\[{md(row['forum'])}\\]", "", md(_head(row, words)), ""]
        for rule in row["rules"]:
            lines.append(f"- **{md(_title(rule, words))}**")
            lines += [f"    - {md(text)}" for text in _leaves(rule, why, words)]
        title, *openings = _changes(row, words)
        lines += ["", f"## {md(title)}", "", *(f"- {md(text.removeprefix('  - '))}" for text in openings), ""]
    return "\n".join(lines)


def _head(row: Row, words: Catalogue) -> str:
    line = view.Line(row["verdict"], row["deadline"], None, (), row["respondent_kind"])
    if row["respondent"]:
        line.respondents.append(row["respondent"])
    verdict = words.say(f"label-verdict-{row['verdict']}", {})
    last = words.say("label-last-day" if row["deadline"] else "label-no-last-day", {"last": row["deadline"]})
    return f"{line.mark} {view.whom(line, words)}: {verdict}, {last}"


def _title(rule: Row, words: Catalogue) -> str:
    outcome = words.say(f"label-outcome-{rule['outcome']}", {})
    because = f" ({words.say('label-because-' + rule['because'], {})})" if rule["because"] else ""
    return f"{SIGNS[rule['outcome']]} {words.say('label-rule-' + rule['rule'], {})}: {outcome}{because}"


def _leaves(rule: Row, why: Mapping[str, Any], words: Catalogue) -> Iterator[str]:
    yield rule["reason"]
    titles = [why["authorities"].get(name, name) for name in rule["authority"]]
    if titles:
        yield f"{words.say('label-authority', {})}: {'; '.join(titles)}"
    for name in rule["facts"]:
        one = why["statements"].get(name)
        if one is not None:
            yield f"{words.say('label-fact', {})}: {view.statement(one, words)} [{name}]"


def _changes(row: Row, words: Catalogue) -> list[str]:
    if row["verdict"] == "available":
        return [words.say("label-why-open", {})]
    if not row["openings"]:
        return list(fold(words.say(f"label-why-{'discretion' if row['settled'] else 'none'}", {})))
    title = words.say(f"label-why-{'opens' if row['verdict'] == 'unavailable' else 'settles'}", {})
    lines = [title]
    for opening in row["openings"]:
        joined = f" {words.say('label-and-then', {})} ".join(change["text"] for change in opening["changes"])
        verdict = words.say(f"label-verdict-{opening['verdict']}", {})
        then = words.say("label-then", {"verdict": verdict})
        lines += fold(f"{joined} → {then}", first="  - ")
    return lines


def authority_titles(
    ids: Iterable[str], catalogue: Mapping[str, Mapping[str, Any]], instruments: Mapping[str, str], words: Catalogue
) -> dict[str, str]:
    """Return what each authority is called: a ruling with its number and date, an article of an instrument."""
    found = {}
    for name in ids:
        instrument, _, article = name.partition("/")
        if name in catalogue:
            one = catalogue[name]
            parts = [one.get("title"), one.get("body"), one.get("ref"), one.get("date")]
            found[name] = clean(", ".join(str(part) for part in parts if part))
        elif instrument in instruments:
            args = {"title": instruments[instrument], "article": article}
            found[name] = words.say("label-article", args) if article else instruments[instrument]
    return found


def collected(rows: Sequence[Row]) -> list[str]:
    """Return every authority that the rules of these rows name, sorted."""
    return sorted({name for row in rows for rule in row["rules"] for name in rule["authority"]})
