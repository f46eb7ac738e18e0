"""The form that asks for the facts of a case: first those that no answer can do without, then what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from viz.web.site import Site

SLOTS = 3  # states that the first form has room for; a case that names more keeps them


@dataclass(frozen=True)
class First:
    """What stands in the fields of the first form."""

    begun: str = ""
    over: str = "over"
    to: str = ""
    tactic: str = ""
    rights: Sequence[str] = ()
    where: str = ""
    respondents: Sequence[str] = ()
    urgent: str = ""
    as_of: str = ""


@dataclass(frozen=True)
class Asked:
    """One question of the second form.

    `options` are value and text where there is a list to choose from; `open` where other answers are possible as well.
    """

    id: str
    key: str
    asked: str
    why: str
    options: Sequence[tuple[str, str]] = ()
    several: bool = False
    open: bool = False
    given: Sequence[str] = ()
    text: str = ""


@dataclass(frozen=True)
class Choices:
    """What the first form offers: states and rights as (id, name), tactics by the heading of their group."""

    states: Sequence[tuple[str, str]]
    rights: Sequence[tuple[str, str]]
    groups: Sequence[tuple[str, Sequence[tuple[str, str]]]] = field(default_factory=tuple)


def first_page(
    site: Site,
    choices: Choices,
    values: First,
    *,
    errors: Mapping[str, str],
    facts: Sequence[tuple[str, str]],
    pasted: str = "",
) -> str:
    """Return the first form with what was entered; errors are by the id of the field that they are about."""
    slots = [*values.respondents, *([""] * max(SLOTS - len(values.respondents), 0))]
    shown = {
        "from": values.begun,
        **{name: getattr(values, name) for name in ("over", "to", "tactic", "rights", "where", "urgent", "as_of")},
        "respondents": slots,
    }
    return site.page(
        "find",
        site.say("web-find-title"),
        states=choices.states,
        rights=choices.rights,
        groups=choices.groups,
        values=shown,
        errors=errors,
        anchors={"what": "tactic"},
        facts=facts,
        pasted=pasted,
    )


def next_page(
    site: Site,
    questions: Sequence[Asked],
    *,
    counts: Mapping[str, int],
    known: Sequence[tuple[str, str]],
    errors: Mapping[str, str],
    facts: Sequence[tuple[str, str]],
) -> str:
    """Return the next questions, with the facts that are known and how the doors stand on them."""
    return site.page(
        "ask",
        site.say("web-ask-title"),
        questions=questions,
        counts=counts,
        known=known,
        errors=errors,
        facts=facts,
    )
