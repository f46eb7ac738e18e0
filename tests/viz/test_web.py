"""Pages as pure functions: what is shown is escaped, what is missing is an error, every sentence has its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from jinja2 import UndefinedError

from api.rest.desk import Desk, told_of
from graph.finder import Finder
from graph.law import Law
from graph.model.reading import read_case
from graph.render import Catalogue
from viz.palette import ACCENT, INK, NIGHT, PAPER
from viz.text import clean
from viz.web.pages import answer, error, find, listing, search
from viz.web.site import AWAY, CSP, Site

ROOT = Path(__file__).parents[2]
WEB = ROOT / "viz" / "web"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u202e\u0007"


def text_of(page: str) -> str:
    """Return what a reader sees of a page."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def test_what_others_wrote_is_never_markup(site: Site) -> None:
    pages = [
        error.page(site, HOSTILE),
        listing.page(site, "state", {HOSTILE: [(HOSTILE, HOSTILE)]}),
        search.page(site, HOSTILE, [search.Found("State", [search.Hit("State", HOSTILE, HOSTILE, HOSTILE, HOSTILE)])]),
        find.first_page(
            site, find.Choices([(HOSTILE, HOSTILE)], [(HOSTILE, HOSTILE)], [(HOSTILE, [(HOSTILE, HOSTILE)])]),
            find.First(HOSTILE, HOSTILE, HOSTILE, HOSTILE, [HOSTILE], HOSTILE, [HOSTILE], HOSTILE, HOSTILE),
            errors={"from": HOSTILE, "where": HOSTILE}, facts=[("case", HOSTILE)], pasted=HOSTILE,
        ),
        find.next_page(
            site, [find.Asked("q1", HOSTILE, HOSTILE, HOSTILE, [(HOSTILE, HOSTILE)], True, True, [HOSTILE], HOSTILE)],
            counts={"available": 0, "conditional": 0, "unavailable": 0}, known=[(HOSTILE, HOSTILE)],
            errors={"q1": HOSTILE}, facts=[],
        ),
    ]  # fmt: skip
    for page in pages:
        assert "<script" not in page and "<img" not in page
        assert "&lt;script&gt;" in page or "%3Cscript" in page
        assert "\u202e" not in text_of(re.sub(r"<textarea.*?</textarea>", "", page, flags=re.DOTALL))


def test_a_field_gives_back_what_was_entered_to_the_letter(site: Site) -> None:
    page = find.first_page(
        site, find.Choices((), ()), find.First(), errors={}, facts=[("case", '{"title":"two  blanks\u202e"}')],
        pasted="acts:\n  - from: 2018\n    note: two  blanks\n",
    )  # fmt: skip
    assert 'value="{&#34;title&#34;:&#34;two  blanks\u202e&#34;}"' in page
    assert "acts:\n  - from: 2018\n    note: two  blanks\n</textarea>" in page


def test_a_sentence_that_no_catalogue_has_and_a_value_that_is_missing_are_errors(site: Site) -> None:
    with pytest.raises(KeyError, match="web-no-such"):
        site.say("web-no-such")
    with pytest.raises(UndefinedError):
        site.page("error", "title")


def messages(lang: str = "en") -> dict[str, str]:
    """Return the messages of the pages' catalogue with their patterns."""
    text = (ROOT / "graph" / "reference" / "messages" / lang / "web.ftl").read_text("utf-8")
    return dict(re.findall(r"^([a-z][a-z0-9-]*) = (.*)$", text, re.MULTILINE))


def test_every_message_is_used_and_every_one_used_is_there(site: Site) -> None:
    files = [*WEB.rglob("*.html"), *(ROOT / "viz").rglob("*.py"), *(ROOT / "api").rglob("*.py")]
    source = "\n".join(path.read_text("utf-8") for path in files)
    made = [re.compile(pattern) for pattern in (
        r"web-(?:group|kind|snapshot|answer-binding|answer-left)-[a-z0-9-]+", r"web-(?:state|forum|instrument)s-title",
        r"path-[a-z-]+",
    )]  # fmt: skip
    idle = [mid for mid in messages() if f"{mid}'" not in source and f'{mid}"' not in source]
    assert [mid for mid in idle if not any(one.fullmatch(mid) for one in made)] == []
    used = set(re.findall(r"""["'](web-[a-z0-9-]*[a-z0-9])["']""", source))
    assert sorted(used - set(site.words.messages)) == []


def test_a_language_that_is_written_from_the_right_turns_the_page(law: Law) -> None:
    words = Catalogue("en", law)
    words.lang = "ar"
    page = error.page(Site(words), "x")
    assert '<html lang="ar" dir="rtl">' in page


def test_links_stay_below_the_root(finder: Finder) -> None:
    page = error.page(Site(finder.words("en"), "/en"), "x")
    links = [link for link in re.findall(r'(?:href|action)="([^"#]+)"', page) if link != AWAY]
    assert links and all(link.startswith("/en/") for link in links)


def test_no_template_has_a_script_a_style_or_a_foreign_address() -> None:
    for path in sorted((WEB / "templates").glob("*.html")):
        text = path.read_text("utf-8")
        assert not re.search(
            r"<script|<style|\sstyle=|\son[a-z]+=|https?://(?!')", text.replace("('https://', 'http://')", "")
        ), path.name
    assert "unsafe" not in CSP and "script-src" not in CSP and CSP.startswith("default-src 'none'")
    style = (WEB / "static" / "style.css").read_text("utf-8")
    assert "url(" not in style and "@import" not in style
    assert all(colour in style for colour in (PAPER, INK, ACCENT, NIGHT))


def test_text_is_cleaned_and_keeps_what_languages_need() -> None:
    assert clean("a\u202eb\u0000c\n d\te") == "ab c d e"
    assert clean("می\u200cخواهم") == "می\u200cخواهم"
    assert clean("abcdef", 4) == "abc…"


@pytest.fixture
def page_of(finder: Finder, site: Site) -> Callable[[Mapping[str, Any]], str]:
    """Answer a case and return the page."""
    from datetime import date

    desk = Desk(lambda known_on: finder, lambda: date(2026, 11, 24), "en", "")

    def make(raw: Mapping[str, Any]) -> str:
        found = desk.answer(read_case(raw, finder.law.vocabulary()))
        return answer.page(site, told_of(desk, found, []))

    return make


def test_an_answer_without_an_open_door_says_so_and_names_the_rules(page_of: Callable[..., str]) -> None:
    page = page_of({"as_of": "2026-11-24", "acts": [{"from": "1950", "rights": ["liberty"], "respondents": ["SUN"]}],
                    "victim": {"kind": "organisation"}, "filer": "state", "proceedings": []})  # fmt: skip
    assert "Closed doors, and the rule that closes each" in page
    assert page.index('<h2 id="in-short">') < page.index('<h2 id="closed">')


def test_each_open_row_is_explained_rule_by_rule_with_authority(page_of: Callable[..., str], finder: Finder) -> None:
    from graph.casefile import read_file

    raw = read_file(ROOT / "docs" / "cases" / "moldova.yaml")
    page = page_of(raw)
    found = finder.find(read_case(raw, finder.law.vocabulary()))
    text = unescape(text_of(page))
    for row in found["forums"]:
        for rule in row["rules"]:
            if row["forum"] == "ecthr" or rule["outcome"] == "not-met":
                assert clean(rule["reason"]) in text
    assert "Akdivar" in text and "against Türkiye" in text and "167 days left" in text
    assert "See ecthr-rule-39." not in text  # the door that it points to is on the list itself
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
