"""The ledger: append-only, a load twice changes nothing, a known day is a filter."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from graph.errors import HomeMissing, HomeUnusable, LedgerDamaged
from graph.ledger import Counts, Ledger, Load, SnapshotRow, SourceRow, StatementRow
from graph.ledger.rows import statement_id
from graph.settings import Settings

DATES = ["", "1998", "1998-04", "1998-04-17", "2022-09-16/2022-09-17"]


def row(**fields: str) -> StatementRow:
    """Build a statement, with what a test does not care about filled in."""
    return StatementRow(**{"subject": "MDA", "relation": "PARTY_TO", "object": "iccpr", "source": "untc", **fields})


def load(day: str, source: str = "untc", sha256: str = "") -> Load:
    """Build a load recorded at noon of a day."""
    snapshots = (SnapshotRow(sha256=sha256, size=1, source=source, file="f.csv"),) if sha256 else ()
    return Load(source=source, recorded=f"{day}T12:00:00Z", snapshot=sha256, snapshots=snapshots)


any_row = st.builds(
    row,
    subject=st.sampled_from(["MDA", "TUR", "NOR"]),
    object=st.sampled_from(["iccpr", "cat"]),
    since=st.sampled_from(DATES),
    until=st.sampled_from(DATES),
)


@pytest.fixture
def ledger(settings: Settings) -> Iterator[Ledger]:
    with Ledger.open(settings, create=True) as opened:
        yield opened


def ids(ledger: Ledger, known_on: str | None = None) -> list[str]:
    return [one.id for one in ledger.current(known_on)]


@hypothesis_settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(any_row, max_size=12), again=st.randoms(use_true_random=False))
def test_a_load_twice_changes_nothing(rows: list[StatementRow], again: object, settings: Settings) -> None:
    memory = replace(settings, ledger="sqlite:///" + str(settings.home / f"{abs(hash(tuple(rows)))}.sqlite"))
    with Ledger.open(memory, create=True) as ledger:
        first = load("2026-11-24", sha256="aa")
        ledger.replace(rows, first)
        before = (ids(ledger), ledger.loads(), ledger.content_hash())
        counts = ledger.replace(list(reversed(rows)), replace(first, recorded="2026-11-25T12:00:00Z"))
        assert counts == Counts(0, 0, len({one.id for one in rows}))
        assert (ids(ledger), ledger.loads(), ledger.content_hash()) == before


@given(one=any_row)
def test_an_id_depends_on_what_is_said_and_not_on_where(one: StatementRow) -> None:
    assert replace(one, record="row 99", seen="2026", note="x", snapshot="y", id="").id == one.id
    assert replace(one, source="other", id="").id != one.id
    assert statement_id(one) == one.id


def test_nothing_can_be_changed_or_removed(ledger: Ledger, settings: Settings) -> None:
    ledger.append([row()], load("2026-11-24"))
    ledger.close(ids(ledger), load("2026-11-25"))
    connection = sqlite3.connect(settings.home / "ledger.sqlite")
    for table in ("statements", "closings", "loads"):
        for verb in (f"DELETE FROM {table}", f"UPDATE {table} SET recorded = ''"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(verb)
    connection.close()


def test_what_a_source_no_longer_says_is_closed_and_can_come_back(ledger: Ledger) -> None:
    stays, goes = row(), row(subject="TUR")
    ledger.replace([stays, goes], load("2026-01-01", sha256="a"))
    assert ledger.replace([stays], load("2026-02-01", sha256="b")) == Counts(0, 1, 1)
    assert ids(ledger) == [stays.id]
    assert ledger.replace([stays, goes], load("2026-03-01", sha256="c")) == Counts(1, 0, 1)
    assert ids(ledger) == sorted([stays.id, goes.id])
    done = [[verb for verb, _ in ledger.changes(one.id)] for one in ledger.loads()]
    assert done == [["added", "added"], ["closed"], ["reopened"]]


def test_a_known_day_is_a_filter(ledger: Ledger) -> None:
    early, late = row(), row(subject="TUR")
    ledger.replace([early], load("2026-01-01", sha256="a"))
    ledger.replace([late], load("2026-02-01", sha256="b"))
    assert ids(ledger, "2025-12-31") == []
    assert ids(ledger, "2026-01-01") == ids(ledger, "2026-01-31") == [early.id]
    assert ids(ledger, "2026-02-01") == [late.id]


def test_a_load_can_close_what_it_names_and_nothing_that_it_says(ledger: Ledger) -> None:
    rows = [row(), row(object="cat")]
    ledger.append(rows, load("2026-01-01", sha256="a"))
    closing = [one.id for one in rows] + ["st-nowhere"]
    assert ledger.append(rows[:1], load("2026-02-01", sha256="b"), closing=closing) == Counts(0, 1, 1)
    assert ids(ledger) == [rows[0].id]


def test_one_source_does_not_close_anothers_statements(ledger: Ledger) -> None:
    ledger.replace([row()], load("2026-01-01", "one"))
    assert ledger.replace([], load("2026-02-01", "two")).closed == 0


def test_a_failing_load_leaves_nothing(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="someday"):
        ledger.append([row(), row(subject="TUR", since="someday")], load("2026-01-01"))
    assert (ids(ledger), ledger.loads()) == ([], [])


def test_dates_keep_their_precision_and_have_bounds() -> None:
    one = row(since="1998-04", until="2022-09-16/2022-09-17")
    assert one.bounds() == {
        "since_lo": "1998-04-01",
        "since_hi": "1998-04-30",
        "until_lo": "2022-09-16",
        "until_hi": "2022-09-17",
    }


def test_a_changed_description_of_a_source_is_a_new_row(ledger: Ledger) -> None:
    ledger.describe([SourceRow(id="untc", title="old")], "2026-01-01")
    ledger.describe([SourceRow(id="untc", title="new")], "2026-02-01")
    assert ledger.sources() == [SourceRow(id="untc", title="new")]


def test_no_ledger_names_the_remedy(settings: Settings) -> None:
    with pytest.raises(HomeMissing, match="recourse init"):
        Ledger.open(settings)


def test_an_empty_file_is_no_ledger_and_can_be_made_one(settings: Settings) -> None:
    settings.home.mkdir()
    (settings.home / "ledger.sqlite").touch()
    with pytest.raises(HomeMissing, match="recourse init"):
        Ledger.open(settings)
    with Ledger.open(settings, create=True) as ledger:
        assert ids(ledger) == []


@pytest.mark.parametrize("cut", [0, 16, 5000])
def test_a_damaged_file_is_one_clear_error(settings: Settings, cut: int) -> None:
    with Ledger.open(settings, create=True) as ledger:
        ledger.append([row(subject=f"{n:03}") for n in range(500)], load("2026-01-01"))
    path = settings.home / "ledger.sqlite"
    content = path.read_bytes()
    path.write_bytes(content[:cut] + b"\x55" * (len(content) - cut))
    with pytest.raises(LedgerDamaged, match="recourse init"), Ledger.open(settings) as ledger:
        assert ledger.problem() == ""
        list(ledger.current())


def test_a_folder_that_cannot_be_one_is_one_clear_error(settings: Settings) -> None:
    settings.home.touch()
    unusable = replace(settings, home=settings.home / "below")
    with pytest.raises((HomeUnusable, OSError)):
        Ledger.open(unusable, create=True)
