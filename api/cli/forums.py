"""`recourse forums`: every body that can hear a case, until when, and why"""

from __future__ import annotations

import gc
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click
import orjson

from api.answers import as_csv, as_html, as_ics, as_markdown, as_table
from api.terminal import Terminal
from graph import law as compiled
from graph.casefile import lines, read_file, read_line
from graph.errors import InputError, RecourseError
from graph.finder import DETAILS, Finder
from graph.model.dates import DateRange, parse_date, show
from graph.model.reading import read_case

FORMATS = ("table", "json", "jsonl", "md", "html", "csv", "ics")


@click.command()
@click.argument("case", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", help="How to print the answer.")
@click.option("--all", "everything", is_flag=True, help="Show the closed doors in the table too.")
@click.option("--forum", "forums", multiple=True, metavar="ID", help="Only this forum; can be repeated.")
@click.option("--detail", type=click.Choice(DETAILS), default="full", help="How much JSON carries.")
@click.pass_obj
def forums(terminal: Terminal, case: Path, form: str, everything: bool, forums: tuple[str, ...], detail: str) -> int:
    """Answer one case (YAML or JSON), or a batch of cases (a .jsonl file, one case a line).

    Every body that can hear it, against which state, until which day, on which articles, what can be asked for
    tonight, and for each closed door the rule that closes it.
    """
    finder = ready(terminal)
    check_forums(forums, finder)
    if case.suffix.lower() == ".jsonl":
        if form not in ("jsonl", "table"):
            raise InputError("a batch is answered as jsonl; add --format jsonl", field="--format", value=form)
        return _batch(terminal, finder, case, detail, forums)
    raw = read_file(case)
    if terminal.settings.as_of and isinstance(raw, dict):
        raw["as_of"] = terminal.settings.as_of  # said on the command line, it goes before the file
    facts = read_case(raw, finder.law.vocabulary(), today(terminal))
    if facts.known_on and not terminal.settings.known_on:
        finder = ready(terminal, show(facts.known_on))
    lang = terminal.settings.lang
    full = form not in ("json", "jsonl")
    answer = finder.find(facts, detail="full" if full else detail, lang=lang, forums=forums)
    if form in ("json", "jsonl"):
        options = orjson.OPT_APPEND_NEWLINE | (orjson.OPT_INDENT_2 if form == "json" else 0)
        sys.stdout.buffer.write(orjson.dumps(answer, option=options))
        return 0
    words = finder.words(lang)
    everything = everything or bool(forums)
    match form:
        case "md":
            click.echo(as_markdown(answer, words), nl=False)
        case "html":
            click.echo(as_html(answer, words), nl=False)
        case "csv":
            click.echo(as_csv(answer), nl=False)
        case "ics":
            sys.stdout.buffer.write(as_ics(answer, words))
        case _:
            for line in as_table(answer, words, everything=everything):
                click.echo(line)
    return 0


def ready(terminal: Terminal, known_on: str = "") -> Finder:
    """The finder over the law in force in the data folder, or over the law as it was known on a day."""
    known_on = known_on or terminal.settings.known_on
    if not known_on:
        return Finder(compiled.load(terminal.settings.home))
    from api.home import settled  # only an earlier vintage needs the ledger
    from graph.compile import compile_law
    from graph.ledger import Ledger

    with Ledger.open(terminal.settings) as ledger:
        rows = [row.mapping() for row in settled(ledger, known_on)]
    if not rows:
        raise InputError(
            f"{known_on!r} lies before the first load of this ledger; give the day of a load (see `recourse doctor`)",
            field="known_on", value=known_on, code="vintage",
        )  # fmt: skip
    return Finder(compile_law(rows, known_on=known_on))


def today(terminal: Terminal) -> DateRange:
    """The day of the question when the case gives none."""
    day: date = parse_or_today(terminal)
    return DateRange(day.toordinal(), day.toordinal())


def parse_or_today(terminal: Terminal) -> date:
    """`--as-of`, or the day of this call."""
    if terminal.settings.as_of:
        return date.fromordinal(parse_date(terminal.settings.as_of).lo)
    return terminal.today()


def check_forums(names: tuple[str, ...], finder: Finder) -> None:
    """Refuse an unknown forum id, offering the nearest."""
    from difflib import get_close_matches

    for name in names:
        if name not in finder.about:
            near = get_close_matches(name, finder.about, 1, 0.4)
            hint = f"did you mean {near[0]}?" if near else "see `recourse forum` for the list"
            raise InputError(
                f"{name[:40]!r} is not a forum with rules; {hint}",
                field="--forum", value=name, nearest=near[0] if near else None, code="unknown-id",
            )  # fmt: skip


def _batch(terminal: Terminal, finder: Finder, path: Path, detail: str, forums: tuple[str, ...]) -> int:
    """Answer a batch line by line; a line that is no case gets its error in its place."""
    vocabulary, day, lang = finder.law.vocabulary(), today(terminal), terminal.settings.lang
    write = sys.stdout.buffer.write
    gc.collect()
    gc.freeze()  # the law stays for the whole run: no need to look through it again and again
    gc.set_threshold(50_000, 20, 100)
    failed = 0
    vintages: dict[str, Finder] = {}
    total = path.stat().st_size
    with path.open("rb") as file:
        for number, body in lines(file):
            raw: Any = None
            try:
                raw = read_line(body, number)
                facts = read_case(raw, vocabulary, day)
                asked = finder
                if facts.known_on and not terminal.settings.known_on:
                    vintage = show(facts.known_on)
                    asked = vintages[vintage] = vintages.get(vintage) or ready(terminal, vintage)
                answer = asked.find_bytes(facts, detail=detail, lang=lang, forums=forums)
            except RecourseError as error:
                failed += 1
                error.line = number
                name = raw.get("id") if isinstance(raw, dict) and isinstance(raw.get("id"), str) else None
                answer = orjson.dumps({"case": name, "error": error.as_dict()})
            write(answer + b"\n")
            if number % 500 == 0:
                terminal.progress(file.tell(), total, "bytes of the batch")
        terminal.progress(total, total, "bytes of the batch")
    if failed:
        terminal.note(f"{failed} line(s) are not valid cases; each carries its error in its place")
    return 1 if failed else 0
