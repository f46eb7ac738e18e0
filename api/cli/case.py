"""`recourse case`: write a case file by answering questions"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from api.answers.text import fold
from api.cli.forums import ready, today
from api.interview import Interview
from api.questions import written
from api.terminal import Terminal
from graph.casefile import read_file
from graph.errors import CaseError, InputError


@click.group()
def case() -> None:
    """Write or complete a case file."""


@case.command()
@click.argument("start", metavar="[CASE]", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
    help="Write the case there instead of printing it.",
)  # fmt: skip
@click.pass_obj
def new(terminal: Terminal, start: Path | None, output: Path | None) -> None:
    """Ask for the facts of a case, and write them as YAML that `recourse forums` reads.

    It asks only for what is missing, and always next for the fact that most bodies are waiting for; each question says
    why. An empty line leaves a fact unknown, `?` shows what can be answered, `.` ends the questions. With CASE, an
    existing file is completed.
    """
    if output is not None and output.exists() and (start is None or not output.samefile(start)):
        raise InputError("is there already; name another file", field="--output", value=output.name, code="exists")
    raw = read_file(start) if start else {}
    if not isinstance(raw, dict):
        raise CaseError("is not a mapping of fields; write `name: value` lines", field="case", value=type(raw).__name__)
    finder = ready(terminal)
    words = finder.words(terminal.settings.lang)
    interview = Interview(finder, words, today(terminal), _ask, _say, raw)
    text = written(interview.run())
    if output is None:
        click.echo(text, nl=False)
        return
    handle = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)  # the facts of a person: for its owner only
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    terminal.note(words.say("label-ask-written", {"file": output.name}))


def _say(text: str) -> None:
    for line in fold(text):
        click.echo(line, err=True)


def _ask(text: str) -> str | None:
    _say(text)
    try:
        return str(click.prompt("", default="", show_default=False, prompt_suffix="> ", err=True))
    except click.Abort as stop:
        if isinstance(stop.__context__, EOFError) or not sys.stdin.isatty():
            return None
        raise
