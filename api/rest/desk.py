"""What the pages work with: a finder, a clock, the words of a language; and an answer read out for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from api.answers import view
from api.answers.tree import authority_titles, collected
from api.questions import Questions, Raw
from api.search import Names, in_graph
from graph.errors import Unavailable
from graph.model.case import Case
from graph.model.dates import DateRange, show
from graph.reference import load
from graph.render import Catalogue
from viz.web.pages import search
from viz.web.pages.answer import Shown
from viz.web.site import Site

if TYPE_CHECKING:
    from graph.finder import Finder
    from graph.law import Law
    from graph.store.port import GraphStore


@dataclass
class Desk:
    """What the pages of one language work with: the finder of a vintage, a clock, the words."""

    finder: Callable[[str], Finder]  # by `known_on`; empty for the law in force
    today: Callable[[], date]
    lang: str
    root: str
    asking: AbstractContextManager[Any] = field(default_factory=nullcontext)  # held while a finder answers
    store: GraphStore | None = None
    _names: Names | None = None

    @property
    def law(self) -> Law:
        """Return the law in force."""
        return self.finder("").law

    @property
    def words(self) -> Catalogue:
        """Return the sentences over the names of the law in force."""
        return self.finder("").words(self.lang)

    @property
    def site(self) -> Site:
        """Return the pages."""
        return Site(self.words, self.root)

    @property
    def day(self) -> DateRange:
        """Return the day of the question when the case gives none."""
        day = self.today().toordinal()
        return DateRange(day, day)

    @property
    def questions(self) -> Questions:
        """Return what can be asked for."""
        return Questions(self.finder(""), self.words, self.day)

    @cached_property
    def authorities(self) -> Mapping[str, Mapping[str, Any]]:
        """Return the catalogue of authorities."""
        return {name: one for _, part in load.folder("authorities") for name, one in (part or {}).items()}

    @property
    def names(self) -> Names:
        """Return everything that the search finds in the law in force."""
        law = self.law
        if self._names is None or self._names.law is not law:
            self._names = Names(law)
        return self._names

    def find(self, text: str) -> list[search.Found]:
        """Search the graph; the names of the law where it is not there, and where it holds nothing that begins so."""
        found: list[search.Found] = []
        if self.store is not None:
            with suppress(Unavailable):
                found = in_graph(self.store, text, self.names)
        return found or self.names.find(text)

    def read(self, raw: Raw) -> Case:
        """Read the facts.

        Raises: CaseError.
        """
        return self.questions.read(raw)

    def answer(self, case: Case) -> dict[str, Any]:
        """Return the answer to a case, over the vintage that it asks for."""
        finder = self.finder(show(case.known_on) if case.known_on else "")
        with self.asking:
            return finder.find(case, lang=self.lang)


def told_of(desk: Desk, found: Mapping[str, Any], facts: Sequence[tuple[str, str]]) -> Shown:
    """Return an answer with what is read out of it for people."""
    words = desk.words
    instruments: Mapping[str, str] = desk.law.data["names"]["instruments"]
    return Shown(
        answer=found,
        doors=view.doors(found, words.say("ask-body", {}), everything=False),
        questions=view.questions(found),
        closed=view.closed(found),
        closing=view.closing(found, words),
        warnings=view.warnings(found, words),
        only_if=view.same_questions(found),
        authorities=authority_titles(collected(found["forums"]), desk.authorities, instruments, words),
        statements={name: view.statement(one, words) for name, one in found["statements"].items()},
        facts=facts,
    )
