"""What must stand beside every picture, in words: licence, caveat, headings, direction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

LICENCE: Final = "AGPL-3.0-or-later (program and reference data); data of a source: its publisher's terms"
WORDS: Final = ("caveat", "table", "nodes", "edges", "from", "to", "draw")


@dataclass(frozen=True)
class Notes:
    """The words of a snapshot in one language."""

    lang: str
    direction: str
    date: str
    sources: str
    licence: str
    words: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.words[name]


def notes(say: Callable[..., str], lang: str, direction: str, day: str, sources: tuple[str, ...]) -> Notes:
    """Return the words for a scene of a day with these sources; `say` gives a sentence of the catalogue."""
    return Notes(
        lang=lang,
        direction=direction,
        date=say("web-snapshot-date", date=day),
        sources=say("web-snapshot-sources", names=", ".join(sources) or say("web-none")),
        licence=say("web-snapshot-licence", licence=LICENCE),
        words={
            **{name: say(f"web-snapshot-{name}") for name in WORDS},
            "name": say("web-table-name"),
            "kind": say("web-table-kind"),
            "what": say("web-table-what"),
        },
    )
