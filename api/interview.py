"""Asks for the facts of a case on a terminal, one at a time, and says of each why it is needed.

What is asked, and in which order, is `api/questions.py`. An answer is kept only when the case reads with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from api.questions import Key, Question, Questions, Raw
from graph.errors import CaseError
from graph.finder import Finder
from graph.model.dates import DateRange
from graph.render import Catalogue

Ask = Callable[[str], str | None]  # prompts for one line; None when there is no more input
Say = Callable[[str], None]

ENOUGH: Final = "."
HELP: Final = "?"
TRIES: Final = 3


class Enough(Exception):
    """Whoever answers has had enough, or there is no more input."""


@dataclass
class Interview:
    """One case being filled in. `ask` and `say` do the talking, so that a test needs no terminal."""

    finder: Finder
    words: Catalogue
    today: DateRange
    ask: Ask
    say: Say
    raw: Raw = field(default_factory=dict)
    skipped: set[Key] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.questions = Questions(self.finder, self.words, self.today)

    def run(self) -> Raw:
        """Ask until nothing is missing or the answerer has had enough; return the case.

        Raises: CaseError when not even one act is complete.
        """
        self.say(self.words.say("label-ask-intro", {}))
        try:
            self._first_act()
            self._one(Question("urgent"))
            while (question := self._most_wanted()) is not None:
                self._one(question)
            self.say(self.words.say("label-ask-done", {}))
        except Enough:
            self.say(self.words.say("label-ask-enough", {}))
        self.questions.read(self.raw)
        return self.raw

    def _first_act(self) -> None:
        acts = self.raw.setdefault("acts", [{}])
        if not (isinstance(acts, list) and acts and isinstance(acts[0], dict)):
            return  # whatever stands there, reading it says what is wrong
        given = set(acts[0])
        if "from" not in given:
            self._must("from")
        if not {"to", "continuing", "planned"} & set(self.raw["acts"][0]):
            self._last_day()
        if not {"tactic", "rights"} & given:
            self._must("what")
        for what in ("where", "respondents"):
            if what not in given:
                self._must(what)
        for question in self.questions.links(self.raw):
            self._one(question)

    def _must(self, what: str) -> None:
        """Ask for a fact of the first act, whose checks wait until the act is whole."""
        path = f"acts.{what}"
        for _ in range(TRIES):
            text = self._line(
                self.words.say(f"label-ask-{what}", {}),
                self.words.say(f"label-ask-{what}-why", {}),
                self.questions.offered(path),
            )
            if not text and what not in ("from", "what"):
                return
            try:
                if not text:
                    raise CaseError(self.words.say("label-ask-needed", {}), field=path)
                self.raw = self.questions.put_first(self.raw, what, text)
            except (CaseError, ValueError) as fault:
                self.say(str(fault) if isinstance(fault, CaseError) else self.words.say("label-ask-date", {}))
                continue
            return
        raise Enough

    def _last_day(self) -> None:
        for _ in range(TRIES):
            text = self._line(self.words.say("label-ask-to", {}), self.words.say("label-ask-to-why", {}), ())
            if not text:
                return
            try:
                self.raw = self.questions.put_first(self.raw, "to", text)
            except CaseError as fault:
                self.say(str(fault))
                continue
            return

    def _most_wanted(self) -> Question | None:
        """The question that most open rows are waiting for, of those not yet left unanswered."""
        return next(iter(self.questions.wanted(self.raw, self.skipped)), None)

    def _one(self, question: Question) -> None:
        """Ask one question; an empty line leaves the fact unknown, and it is not asked again."""
        if question.path == "urgent" and "urgent" in self.raw:
            return
        self.skipped.add(question.key)
        for _ in range(TRIES):
            text = self._line(*self._told(question), question.values or self.questions.offered(question.path))
            if not text:
                return
            try:
                self.raw = self.questions.put(self.raw, question, text)
            except CaseError as fault:
                self.say(str(fault))
                continue
            return

    def _told(self, question: Question) -> tuple[str, str]:
        return self.questions.told(question)

    def _line(self, asked: str, why: str, offered: tuple[str, ...]) -> str:
        """Show one question and return the answer; `?` shows what can be answered, `.` ends the interview."""
        self.say("")
        self.say(why)
        if 0 < len(offered) <= 16:
            self.say(", ".join(offered))
        while True:
            text = self.ask(asked)
            if text is None or text.strip() == ENOUGH:
                raise Enough
            if text.strip() != HELP:
                return text.strip()
            self.say(", ".join(offered) if offered else self.words.say("label-ask-free", {}))
