"""What every page shares: the templates, the sentences of a language, and where its links lead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from graph.render import Catalogue
from graph.version import VERSION
from viz.text import clean

if TYPE_CHECKING:
    from jinja2 import Environment

RIGHT_TO_LEFT: Final = frozenset("ar ckb dv fa he ps sd ug ur yi".split())
AWAY: Final = "https://www.wikipedia.org/"  # where the quick exit leads: a page that anybody may have open
CSP: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types"
)


@dataclass(frozen=True)
class Site:
    """The pages in one language. `root` is the path under which they are served."""

    words: Catalogue
    root: str = ""

    @property
    def lang(self) -> str:
        """Return the language of the page."""
        return self.words.lang

    @property
    def direction(self) -> str:
        """Return the direction in which that language is written."""
        return "rtl" if self.lang.partition("-")[0] in RIGHT_TO_LEFT else "ltr"

    def say(self, mid: str, **args: Any) -> str:
        """Return a sentence of the catalogue.

        Raises: KeyError when the catalogue has none: a page with an id for a sentence helps nobody.
        """
        if mid not in self.words:
            raise KeyError(mid)
        return self.words.say(mid, args)

    def day(self, date: str) -> str:
        """Return a date, which may be a month, a year or a range, in words."""
        return self.say("web-day", date=date)

    def name(self, kind: str, key: str) -> str:
        """Return the name of a state, an instrument, a forum, a right or a tactic; the id where there is none."""
        return self.words.names[kind].get(key, key)

    def plain(self, value: Any) -> str:
        """Return a value of the reference as one text."""
        if isinstance(value, Mapping):
            parts = ((str(key).replace("_", " "), part) for key, part in value.items() if part not in (None, "", []))
            return "; ".join(f"{key}: {self.plain(part)}" for key, part in parts)
        if isinstance(value, list | tuple):
            return "; ".join(map(self.plain, value))
        return self.say("web-yes" if value else "web-no").lower() if isinstance(value, bool) else str(value)

    def url(self, *parts: str) -> str:
        """Return the address of a page."""
        return "/".join((self.root, *(quote(part, safe="") for part in parts))) or "/"

    def page(self, template: str, title: str, **values: Any) -> str:
        """Return the whole page of one template."""
        chosen = environment().get_template(f"{template}.html")
        return chosen.render(site=self, t=self.say, title=title, away=AWAY, version=VERSION, here=template, **values)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates: every value is cleaned and escaped, and a name that is missing is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup, escape

    def shown(value: Any) -> Any:
        if value is None:
            return ""
        return value if isinstance(value, Markup) else clean(value) if isinstance(value, str) else value

    made = Environment(
        loader=FileSystemLoader(str(files("viz") / "web" / "templates")),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["verbatim"] = lambda value: escape(str(value))  # of a field: what was entered, to the letter
    return made
