"""The schema is the committed one, and its enums are the words of the other interfaces."""

from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from graphql import build_schema

from api.gql import enums
from api.gql.schema import printed
from graph.model import case as c
from graph.store.shape import LABELS, RELATIONS

COMMITTED = Path(__file__).parents[3] / "api" / "schema.graphql"


def test_the_schema_is_the_committed_one(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--golden"):
        COMMITTED.write_text(printed(), encoding="utf-8")
    assert printed() == COMMITTED.read_text("utf-8"), "run `make golden` and read the diff"
    assert build_schema(printed()).query_type


WORDS: list[tuple[type[StrEnum], tuple[str, ...]]] = [
    (enums.ActLink, c.LINKS),
    (enums.Perpetrator, c.PERPETRATORS),
    (enums.VictimKind, c.VICTIM_KINDS),
    (enums.VictimCondition, c.CONDITIONS),
    (enums.VictimStatus, c.VICTIM_STATUSES),
    (enums.FilerKind, c.FILERS),
    (enums.Exhausted, c.EXHAUSTED),
    (enums.ProceedingStatus, c.PROCEEDING_STATUSES),
    (enums.Examined, c.EXAMINED),
]


@pytest.mark.parametrize(("enum", "words"), WORDS, ids=lambda part: getattr(part, "__name__", ""))
def test_an_enum_holds_the_words_of_a_case_file(enum: type[StrEnum], words: tuple[str, ...]) -> None:
    assert tuple(enum) == words


def members() -> list[Any]:
    """Every enum whose values are words."""
    return [e for e in vars(enums).values() if isinstance(e, type) and issubclass(e, StrEnum) and e is not StrEnum]


@pytest.mark.parametrize("enum", members())
def test_a_member_is_its_word_in_capitals(enum: type[StrEnum]) -> None:
    assert [member.name for member in enum] == [member.value.upper().replace("-", "_") for member in enum]


def test_links_and_kinds_are_those_of_the_graph() -> None:
    assert {str(kind) for kind in enums.Kind} <= set(LABELS)
    assert {str(one) for one in enums.LinkType} == set(RELATIONS) - {"STATED_BY", "LOADED_IN"}
