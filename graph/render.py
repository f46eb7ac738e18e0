"""Message ids and typed arguments to sentences in a language.

Catalogues are Fluent files, one folder a language. A message made of text and plain variables is compiled to a list
of parts; one with a selector goes through fluent.runtime. Arguments are typed by their name (`state`, `instrument`,
`date` …) and turned into names here, so that no sentence is put together anywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Final

from graph.errors import UnknownId
from graph.law import Law

SIMPLE = re.compile(r"\{ *\$([a-z_]+) *\}")
ESCAPED = re.compile(r"\{ *\"((?:[^\"\\]|\\.)*)\" *\}")
KEPT: Final = 20_000

Part = str | tuple[str]


class Catalogue:
    """The sentences of one language."""

    def __init__(self, lang: str, law: Law) -> None:
        self.lang = lang
        tactics = {name: one["name"] for name, one in law.data["tactics"].items()}
        self.names: Mapping[str, Mapping[str, str]] = {**law.data["names"], "tactics": tactics}
        self.messages: dict[str, list[Part] | None] = {}
        self.sources: list[str] = []
        self.bundle: Any = None
        self.kept: dict[tuple[str, str], str] = {}
        for text in _texts(lang):
            self.sources.append(text)
            self.messages.update(_compile(text))

    def __contains__(self, mid: str) -> bool:
        return mid in self.messages

    def say(self, mid: str, args: Mapping[str, Any]) -> str:
        """The sentence of a message. An id without a sentence is a fault that the tests exclude."""
        key = (mid, repr(args)) if args else (mid, "")
        kept = self.kept.get(key)
        if kept is None:
            kept = self._say(mid, args)
            if len(self.kept) >= KEPT:
                self.kept.clear()
            self.kept[key] = kept
        return kept

    def _say(self, mid: str, args: Mapping[str, Any]) -> str:
        if mid not in self.messages:
            return mid
        parts = self.messages[mid]
        valued = VALUED.get(str(args.get("path")), "value")
        shown = {name: self._show(valued if name in VALUES else name, value, "or" if name in CHOICES else "and")
                 for name, value in args.items()}  # fmt: skip
        if parts is None:
            return self._format(mid, shown)
        text = "".join(part if isinstance(part, str) else shown.get(part[0], "?") for part in parts)
        if not parts or isinstance(parts[0], str) or mid.startswith("label-"):  # a label may begin with an id
            return text
        return text[:1].upper() + text[1:]

    def _format(self, mid: str, shown: Mapping[str, str]) -> str:
        if self.bundle is None:
            from fluent.runtime import FluentBundle, FluentResource

            self.bundle = FluentBundle([self.lang], use_isolating=False)
            for text in self.sources:
                self.bundle.add_resource(FluentResource(text))
        value, errors = self.bundle.format_pattern(self.bundle.get_message(mid).value, dict(shown))
        if errors:
            raise errors[0]
        return str(value)

    def _show(self, name: str, value: Any, joint: str = "and") -> str:
        if value is None:
            return self._word("state-concerned" if name == "state" else "nothing")
        if isinstance(value, list | tuple):
            single = SINGULAR.get(name, name)
            items = [self._show(single, item) for item in value]
            if len(items) < 2:
                return items[0] if items else self._word("nothing")
            return f"{', '.join(items[:-1])} {self._word(joint)} {items[-1]}"
        text = str(value)
        if name == "value":
            return self._value(text)
        if name in NAMED:
            return self.names[NAMED[name]].get(text, text)
        if name in DATED:
            return self._day(text) if text else self._word("open")
        if name in WORDED:
            return self._word(f"{WORDED[name]}{text.replace('.', '-').replace('_', '-').replace(' ', '-')}", text)
        return text

    def _value(self, text: str) -> str:
        """A value of a fact: one of our words, a link, another fact, a state, or as it stands in the case."""
        slug = text.replace(".", "-").replace("_", "-").replace(" ", "-")
        for mid in (f"word-{slug}", f"link-is-{slug}", f"path-{slug.removeprefix('$')}"):
            if parts := self.messages.get(mid):
                return str(parts[0])
        return self.names["states"].get(text, text)

    def _word(self, mid: str, otherwise: str | None = None) -> str:
        parts = self.messages.get(f"word-{mid}" if not mid.startswith(PREFIXES) else mid)
        if not parts:
            return otherwise if otherwise is not None else mid
        return str(parts[0])

    def _day(self, value: str) -> str:
        if "/" in value:
            first, _, last = value.partition("/")
            return f"{self._day(first)} {self._word('to')} {self._day(last)}"
        parts = value.split("-")
        if len(parts) == 3:
            return f"{int(parts[2])} {self._word(f'month-{int(parts[1])}')} {parts[0]}"
        return f"{self._word(f'month-{int(parts[1])}')} {parts[0]}" if len(parts) == 2 else value


PREFIXES: Final = ("link-is-", "path-", "month-")
SINGULAR: Final = {
    "instruments": "instrument", "rights": "right", "forums": "forum", "links": "link", "states": "state",
    "paths": "path", "provisions": "provision",
}  # fmt: skip
NAMED: Final = {
    "state": "states", "where": "states", "instrument": "instruments", "right": "rights", "forum": "forums",
    "other": "forums", "tactic": "tactics",
}  # fmt: skip
VALUES: Final = ("value", "values")
CHOICES: Final = ("links", "values")
VALUED: Final = {"acts.rights": "right", "acts.tactic": "tactic"}  # what the values of a path are, if not words
WORDED: Final = {
    "link": "link-is-", "path": "path-", "status": "", "reason": "", "limit": "",
}  # fmt: skip
DATED: Final = frozenset(("date", "since", "until", "from", "start", "last", "seen"))


def _texts(lang: str) -> list[str]:
    folder = files("graph") / "reference" / "messages" / lang
    return [item.read_text(encoding="utf-8") for item in sorted(folder.iterdir(), key=lambda f: f.name)
            if item.name.endswith(".ftl")]  # fmt: skip


def _compile(text: str) -> dict[str, list[Part] | None]:
    """Messages of a Fluent file as parts, or None where fluent.runtime has to format them."""
    found: dict[str, list[Part] | None] = {}
    name, lines = "", [""]
    for line in [*text.splitlines(), "end-of-file ="]:
        head = re.match(r"([a-z][a-z0-9-]*) *= ?(.*)", line)
        if head:
            if name:
                found[name] = _parts("\n".join(lines))
            name, lines = head[1], [head[2]]
        elif line.startswith(" ") and name:
            lines.append(line)
    return found


def _parts(pattern: str) -> list[Part] | None:
    if "->" in pattern:
        return None
    text = " ".join(part.strip() for part in pattern.split("\n") if part.strip())
    text = ESCAPED.sub(lambda m: m[1], text)
    parts: list[Part] = []
    last = 0
    for hit in SIMPLE.finditer(text):
        parts.append(text[last : hit.start()])
        parts.append((hit[1],))
        last = hit.end()
    parts.append(text[last:])
    return [part for part in parts if part != ""]


def languages() -> list[str]:
    """The languages that have a catalogue."""
    return sorted(item.name for item in (files("graph") / "reference" / "messages").iterdir() if item.is_dir())


def catalogue(lang: str, law: Law) -> Catalogue:
    """The catalogue of a language over the names of a law.

    Raises: UnknownId when there is none.
    """
    known = languages()
    if lang not in known:
        raise UnknownId(f"{lang!r} has no catalogue; use one of {', '.join(known)}", field="lang", value=lang)
    return Catalogue(lang, law)
