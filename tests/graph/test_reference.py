"""The reference holds together: each authority resolves, each id that a file names is there."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from graph.compile import provisions
from graph.reference import load

INSTRUMENTS = load.by_id("instruments")
FORUMS = load.by_id("forums")
AUTHORITIES = {name for _, content in load.folder("authorities") for name in content}
ORGANISATIONS = {one["id"]: one for one in load.read_yaml(load.ROOT / "organisations.yaml")["organisations"]}
KNOWN = set(load.read_yaml(load.ROOT / "forum_names.yaml"))
RIGHTS = {right["tag"] for right in load.read_yaml(load.ROOT / "rights.yaml")["rights"]}
CLOSES = [row for _, rows in load.folder("closes") for row in rows]
DOCTRINES = {
    name: doctrine
    for item in load.ROOT.iterdir()
    if item.name.startswith("doctrines-")
    for name, doctrine in load.read_yaml(item).items()
}
BODIES = load.read_yaml(load.ROOT / "bodies.yaml")
OBLIGATIONS = load.by_id("obligations")
ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}


def number(article: str) -> int | None:
    """The number of an article, arabic or roman, without paragraph or letter."""
    arabic = re.match(r"\d+", article)
    if arabic:
        return int(arabic[0])
    if not re.fullmatch(r"[IVXL]+", article):
        return None
    values = [ROMAN[letter] for letter in article]
    return sum(-v if v < max([0, *values[n + 1 :]]) else v for n, v in enumerate(values))


def holds(instrument: str, article: str) -> bool:
    """Whether an instrument lists an article, by itself or within a range."""
    base = article.partition("(")[0].strip()
    for entry in INSTRUMENTS[instrument].get("articles") or ():
        text = str(entry)
        if text == base:
            return True
        first, dash, last = text.partition("-")
        low, high, here = number(first), number(last if dash else first), number(base)
        if low is not None and high is not None and here is not None and low <= here <= high:
            return True
    return False


def wrong(authority: str) -> str | None:
    """What is wrong with an authority, if anything."""
    if authority in AUTHORITIES:
        return None
    instrument, slash, article = authority.partition("/")
    if not slash or instrument not in INSTRUMENTS:
        return f"{authority}: neither an id of the catalogue nor instrument/article"
    return None if holds(instrument, article) else f"{authority}: no such article"


def cited(node: Any) -> Iterator[str]:
    """Every authority under a node."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key == "authority":
                yield from [value] if isinstance(value, str) else value
            else:
                yield from cited(value)
    elif isinstance(node, list):
        for value in node:
            yield from cited(value)


def asked(node: Any, name: str) -> Iterator[Any]:
    """The parameters of every test of one name under a node."""
    if isinstance(node, Mapping):
        if name in node:
            yield node[name]
        for value in node.values():
            yield from asked(value, name)
    elif isinstance(node, list):
        for value in node:
            yield from asked(value, name)


@pytest.mark.parametrize("forum", FORUMS)
def test_each_authority_of_a_forum_resolves(forum: str) -> None:
    assert [fault for one in cited(FORUMS[forum]["rules"]) if (fault := wrong(one))] == []


def test_each_authority_of_the_relation_closes_resolves() -> None:
    assert sorted({fault for one in cited(CLOSES) if (fault := wrong(one))}) == []


def test_each_authority_of_a_doctrine_resolves() -> None:
    links = [one for d in DOCTRINES.values() for part in d.values() for one in (part or {}).values()]
    flat = [one for link in links for one in ([link] if isinstance(link, str) else link)]
    assert sorted({fault for one in flat if (fault := wrong(one))}) == []


def test_closes_names_forums_that_there_are_and_no_pair_contradicts_itself() -> None:
    assert {row[end] for row in CLOSES for end in ("from", "to")} <= KNOWN
    said: dict[tuple[str, str, frozenset[str]], str] = {}
    for row in CLOSES:
        key = (row["from"], row["to"], frozenset(row["when"]))
        assert said.setdefault(key, row["outcome"]) == row["outcome"], key


@pytest.mark.parametrize("forum", FORUMS)
def test_a_forum_names_instruments_that_there_are(forum: str) -> None:
    file = FORUMS[forum]
    bound = {thing for params in asked(file["rules"], "bound") for thing in params["by"]}
    assert bound <= set(INSTRUMENTS) | set(ORGANISATIONS)
    applied = {item.partition("/")[0] for item in file.get("applies") or ()} - {"all-binding"}
    assert applied <= set(INSTRUMENTS)


def test_each_provision_of_a_right_is_an_article_of_its_instrument() -> None:
    cells = [p for rows in provisions(INSTRUMENTS).values() for _, held in rows for p in held]
    assert sorted({fault for one in cells if (fault := wrong(one))}) == []


def test_each_tactic_names_rights_and_a_link_that_there_are() -> None:
    for tactic in load.read_yaml(load.ROOT / "tactics.yaml")["tactics"]:
        assert set(tactic["rights"]) <= RIGHTS, tactic["id"]
        assert tactic["link"] and tactic["link_reason"], tactic["id"]


def test_each_body_watches_over_and_runs_what_there_is_by_an_article_that_there_is() -> None:
    for name, body in BODIES.items():
        assert body.get("of") in {None, *ORGANISATIONS}, name
        assert set(body.get("supervises") or ()) <= set(INSTRUMENTS), name
        assert set(body.get("runs") or ()) <= set(FORUMS), name
        articles = [*(body.get("supervises") or {}).values(), *(body.get("runs") or {}).values()]
        assert articles, name
        assert [fault for one in articles if (fault := wrong(one))] == [], name


def test_every_forum_with_rules_has_a_body_unless_it_is_an_authority_of_one_state_or_union() -> None:
    without = set(FORUMS) - {forum for body in BODIES.values() for forum in body.get("runs") or ()}
    assert without == {"australia-sanctions", "eu-csddd", "uk-ghrsr", "us-visa-restrictions"}


@pytest.mark.parametrize("instrument", OBLIGATIONS)
def test_each_duty_stands_in_an_article_of_a_treaty(instrument: str) -> None:
    file = OBLIGATIONS[instrument]
    assert INSTRUMENTS[instrument]["kind"] == "treaty"
    assert file["confidence"] in ("high", "medium")
    for duty in file["duties"]:
        assert set(duty) <= {"duty", "article", "about", "body", "by", "first", "every", "confidence"}, duty
        assert wrong(f"{instrument}/{duty['article']}") is None
        assert duty.get("body") in {None, *BODIES}
        assert INSTRUMENTS[duty["by"]]["parent"] == instrument if "by" in duty else True
        assert duty["duty"] == "report" or not {"first", "every"} & set(duty)
