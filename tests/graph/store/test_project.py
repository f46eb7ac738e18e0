"""The projection: every edge has its ends and says where it comes from; nothing that a source said is lost."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from graph.compile import compile_law
from graph.errors import ReferenceFault
from graph.ledger import Ledger, Load, StatementRow
from graph.settings import Settings
from graph.store.duties import DUTIES, months
from graph.store.port import Edges, Nodes
from graph.store.project import SIZE, World, project, world
from graph.store.rows import LAST_DAY, edge
from graph.store.shape import BUILD, LABELS, PAIRS, RELATIONS
from graph.store.words import search_text, words

TYPES = {"str": str, "date": date, "int": int, "bool": bool}
Row = dict[str, Any]
Small = Callable[..., World]


def rows(given: World, relation: str) -> Iterator[Row]:
    """Yield the edges of a type."""
    for batch in project(given):
        if isinstance(batch, Edges) and batch.relation == relation:
            yield from map(dict, batch.rows)


def said(state: str = "MDA", thing: str = "iccpr", relation: str = "PARTY_TO", **fields: str) -> StatementRow:
    """Build a statement, with what a test does not care about filled in."""
    given = {"source": "untc", "confidence": "high", "kind": "ratification", **fields}
    return StatementRow(subject=state, object=thing, relation=relation, **given)


def test_every_edge_has_its_ends_and_its_origin(shipped: World) -> None:
    ids: dict[str, set[str]] = {}
    faults = []
    for batch in project(shipped):
        if isinstance(batch, Nodes):
            ids.setdefault(batch.label, set()).update(row["id"] for row in batch.rows)
            continue
        assert isinstance(batch, Edges)
        assert (batch.start, batch.end) in PAIRS[batch.relation]
        for row in batch.rows:
            if row["start"] not in ids[batch.start] or row["end"] not in ids[batch.end]:
                faults.append(f"{row['id']} has no end")
            if not row["file"] and not (row["statement"] in ids["Statement"] and row["source"] in ids["Source"]):
                faults.append(f"{row['id']} comes from nowhere")
    assert faults == []


def test_every_kind_is_there_with_unique_ids_in_order_and_values_of_its_shape(shipped: World) -> None:
    seen: dict[str, list[str]] = {}
    for batch in project(shipped):
        assert isinstance(batch, Nodes | Edges)
        kind = batch.label if isinstance(batch, Nodes) else batch.relation
        shape = {**LABELS, **RELATIONS}[kind]
        assert 0 < len(batch.rows) <= SIZE
        assert all(a["id"] < b["id"] for a, b in pairwise(batch.rows))
        seen.setdefault(kind, []).extend(row["id"] for row in batch.rows)
        for row in batch.rows:
            for name, value in row.items():
                expected = "str" if name in ("start", "end") else shape[name]
                assert value is None or (value != "" and type(value) is TYPES[expected]), (kind, row["id"], name)
    assert set(seen) == {*LABELS, *RELATIONS} - {BUILD}
    assert {kind: len(ids) - len(set(ids)) for kind, ids in seen.items()} == dict.fromkeys(seen, 0)


def test_the_same_world_gives_the_same_batches(shipped: World) -> None:
    assert all(a == b for a, b in zip(project(shipped), project(shipped), strict=True))


def test_four_days_are_in_order_and_always_there(shipped: World) -> None:
    for batch in project(shipped):
        for row in batch.rows if isinstance(batch, Edges) else ():
            assert row["since_lo"] <= row["since_hi"], row["id"]
            assert row["until_lo"] <= row["until_hi"], row["id"]
            assert row["recorded_on"] <= row["closed_on"], row["id"]


def test_a_bond_that_its_source_took_back_keeps_its_days_and_is_closed(small: Small) -> None:
    first = said(deposited="1993-01-26", since="1993-04-26")
    small("2026-01-01", first)
    given = small("2026-02-01", said("TUR", since="2003-12-23"))
    by_state = {row["start"]: row for row in rows(given, "PARTY_TO")}
    assert by_state["MDA"]["since"] == "1993-04-26"
    assert (by_state["MDA"]["recorded_on"], by_state["MDA"]["closed_on"]) == (date(2026, 1, 1), date(2026, 2, 1))
    assert by_state["TUR"]["closed_on"] == LAST_DAY


def test_what_is_contested_is_drawn_and_marked(small: Small) -> None:
    given = small("2026-01-01", said(since="1993", confidence="contested"), said("TUR", since="2003", confidence="low"))
    assert {row["start"]: (row["confidence"], row["since"]) for row in rows(given, "PARTY_TO")} == {
        "MDA": ("contested", "1993"),
        "TUR": ("low", "2003"),
    }


def test_what_a_better_source_overruled_is_closed_on_the_day_of_the_better_one(settings: Settings) -> None:
    old, new = said(since="1993-04-26", source="untc-2015"), said(since="1993-05-01")
    with Ledger.open(settings, create=True) as ledger:
        ledger.append([old], Load(source="untc-2015", recorded="2026-01-01T12:00:00Z"))
        ledger.append([new], Load(source="untc", recorded="2026-02-01T12:00:00Z"))
        given = world(compile_law([new.mapping()]), ledger.history(), ledger.sources(), ledger.loads())
    closed = {row["statement"]: row["closed_on"] for row in rows(given, "PARTY_TO")}
    assert closed == {old.id: date(2026, 2, 1), new.id: LAST_DAY}
    assert [key for key, one in given.statements.items() if one.overruled] == [old.id]


def test_a_deposit_that_never_came_into_force_holds_on_no_day(small: Small) -> None:
    (row,) = rows(small("2026-01-01", said(deposited="2022-01-25")), "PARTY_TO")
    assert (row["since"], row["since_lo"], row["deposited"]) == (None, LAST_DAY, "2022-01-25")


def test_a_clause_without_opt_out_binds_each_party_and_says_by_what(small: Small) -> None:
    opted = said("CHN", "cat-art20", "OPTS_OUT", kind="opt-out", since="1988-11-03")
    given = small("2026-01-01", said(thing="cat", since="1995-12-28"), said("CHN", "cat", since="1988-11-03"), opted)
    clauses = [row for row in rows(given, "ACCEPTS") if row["end"] == "cat-art20"]
    assert [(row["start"], row["kind"], row["acceptance"]) for row in clauses] == [
        ("MDA", "without-opt-out", "cat-art20")
    ]
    assert clauses[0]["authority"].startswith("cat/")
    assert clauses[0]["file"] == "instruments/cat-art20.yaml"


def test_a_forum_is_accepted_once_all_that_it_needs_holds(small: Small) -> None:
    given = small(
        "2026-01-01",
        said(thing="cat", since="1995-12-28"),
        said(thing="cat-art22", relation="ACCEPTS", kind="declaration", since="2011-09-02"),
    )
    (door,) = [row for row in rows(given, "ACCEPTS") if row["end"] == "un-cat-individual"]
    assert (door["since"], door["acceptance"], door["file"]) == (
        "2011-09-02",
        "cat-art22",
        "forums/un-cat-individual.yaml",
    )


def test_a_first_report_is_due_by_the_text_and_never_invented(small: Small) -> None:
    given = small(
        "2026-01-01",
        said(thing="cat", since="1995-12-28"),
        said("TUR", "cat", since="1988-08"),
        said("FRA", "cat", since="1987-06-26", until="1988-01-01"),
        said("AUT", "icescr", since="1978-12-10"),
        said("AUT", "icppped", since="2012-07-07"),
    )
    due = {(row["start"], row["end"]): row["due"] for row in rows(given, "OWES") if row["duty"] == "report"}
    assert due == {
        ("MDA", "cat/19(1)"): "1996-12-28",
        ("TUR", "cat/19(1)"): "1989-08",
        ("FRA", "cat/19(1)"): None,  # out before it was due
        ("AUT", "icescr/16(1)"): None,  # the text fixes no day
        ("AUT", "icppped/29(1)"): "2014-07-07",
    }


def test_a_reserved_article_keeps_its_duty_and_names_the_reservation(small: Small) -> None:
    reserved = said("SDN", "cat", "RESERVES", kind="reservation", since="2021-09-09", excludes="rights",
                    detail="rights=cat/3|cat/14")  # fmt: skip
    given = small(
        "2026-01-01", said("SDN", "cat", since="2021-09-09"), said("MDA", "cat", since="1995-12-28"), reserved
    )
    marked = {(row["start"], row["end"]): row["reservation"] for row in rows(given, "OWES") if row["reserved"]}
    assert marked == {("SDN", "cat/3"): reserved.id, ("SDN", "cat/14(1)"): reserved.id}


def test_a_duty_under_a_clause_follows_the_clause(small: Small) -> None:
    opted = said("CHN", "cat-art20", "OPTS_OUT", kind="opt-out", since="1988-11-03")
    given = small("2026-01-01", said(thing="cat", since="1995-12-28"), said("CHN", "cat", since="1988-11-03"), opted)
    owing = {row["start"] for row in rows(given, "OWES") if row["end"] == "cat/20(1)"}
    assert owing == {"MDA"}


def test_duties_are_the_six_that_the_model_knows(shipped: World) -> None:
    assert {row["duty"] for row in rows(shipped, "OWES")} == set(DUTIES)


def test_a_time_that_is_none_is_refused() -> None:
    assert (months("2 years"), months("6 months"), months(None)) == (24, 6, None)
    with pytest.raises(ReferenceFault):
        months("soon")


def test_a_property_outside_the_shape_is_refused() -> None:
    with pytest.raises(ReferenceFault):
        edge("PART_OF", "a", "b", colour="red")


def test_names_are_found_with_and_without_accents() -> None:
    assert words("  Côte d’Ivoire (CIV) ") == "côte d ivoire civ"
    assert search_text("Côte d'Ivoire", None, "CIV") == "côte d ivoire cote d ivoire civ"
