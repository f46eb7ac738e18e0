"""`recourse why`: one body, rule by rule, and the smallest changes that would open its door"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from api.answers.tree import as_md, as_tree, authority_titles, collected
from api.cli.forums import check_forums, ready, today
from api.lookup import unknown
from api.terminal import Terminal, print_json
from graph.casefile import read_file
from graph.changes import openings
from graph.changes.change import Trial
from graph.changes.search import done
from graph.errors import InputError
from graph.finder import Finder
from graph.model.case import Case
from graph.model.dates import show
from graph.model.reading import read_case
from graph.reference import load


@click.command()
@click.argument("case", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--forum", required=True, metavar="ID", help="The body to explain.")
@click.option("--respondent", metavar="ISO3", help="Only the row against this state.")
@click.option("--format", "form", type=click.Choice(["table", "json", "md"]), default="table", show_default=True)
@click.pass_obj
def why(terminal: Terminal, case: Path, forum: str, respondent: str | None, form: str) -> None:
    """Explain one body's verdict on a case (YAML or JSON): each rule with its authority and its facts.

    For a closed or conditional door it tries single changes of a fact, of a step or of the law (a ratification, an
    acceptance, a reservation withdrawn), then two or three together, and lists the smallest that open it.
    """
    finder = ready(terminal)
    check_forums((forum,), finder)
    facts = read_case(read_file(case), finder.law.vocabulary(), today(terminal))
    if facts.known_on and not terminal.settings.known_on:
        finder = ready(terminal, show(facts.known_on))
    explained = explain(finder, facts, forum, respondent, terminal.settings.lang)
    words = finder.words(terminal.settings.lang)
    if form == "json":
        print_json(explained)
    elif form == "md":
        click.echo(as_md(explained, words), nl=False)
    else:
        for line in as_tree(explained, words):
            click.echo(line)


def explain(finder: Finder, case: Case, forum: str, respondent: str | None, lang: str) -> dict[str, Any]:
    """Return the rows of one forum with the changes that would open them, and the titles of the authorities.

    Raises: InputError when the respondent is none of the case's.
    """
    words = finder.words(lang)
    answer = finder.find(case, lang=lang, forums=[forum])
    rows = answer["forums"]
    if respondent is not None:
        states = [row["respondent"] for row in rows if row["respondent"]]
        rows = [row for row in rows if row["respondent"] == respondent]
        if not rows:
            if not states:
                raise InputError(
                    f"{forum} does not look at states; leave the option out", field="--respondent", value=respondent
                )
            raise unknown(respondent, states, "is no respondent of this case before that body", "--respondent")
    instruments: Mapping[str, str] = finder.law.data["names"]["instruments"]
    catalogue = {name: one for _, part in load.folder("authorities") for name, one in (part or {}).items()}
    name = str(finder.law.forums[forum]["name"])
    for row in rows:
        row.update(name=name, openings=[], settled=False)
        if row["verdict"] != "available":
            row["settled"] = done(Trial(case, finder.law, forum, row["respondent"]).ask())
            row["openings"] = [
                {
                    "changes": [
                        {
                            "kind": c.kind,
                            "message": {"id": c.mid, "args": dict(c.args)},
                            "text": words.say(c.mid, c.args),
                        }
                        for c in opening.changes
                    ],
                    "verdict": opening.verdict,
                }
                for opening in openings(case, finder.law, forum, row["respondent"])
            ]
    kept = {fact for row in rows for rule in row["rules"] for fact in rule["facts"]}
    return {
        **{key: answer[key] for key in ("case", "as_of", "filed", "law", "version", "lang")},
        "rows": rows,
        "authorities": authority_titles(collected(rows), catalogue, instruments, words),
        "about": answer["about"],
        "statements": {key: one for key, one in answer["statements"].items() if key in kept},
    }
