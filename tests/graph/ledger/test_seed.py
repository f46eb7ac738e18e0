"""The shipped tables as statements: all of them, the same each time, a wrong one refused by file and line."""

from pathlib import Path

import pytest

from graph.errors import ReferenceFault
from graph.ledger import seed

HEADER = ",".join(seed.TABLE_COLUMNS)


def table(folder: Path, name: str, *lines: str) -> None:
    """Write a table of the shipped form."""
    (folder / f"{name}.csv").write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")


def test_every_shipped_row_is_a_statement_of_its_own() -> None:
    tables = seed.tables()
    ids = [row.id for one in tables for row in one.rows]
    assert len(ids) > 5000
    assert len(set(ids)) == len(ids)
    assert [one.name for one in tables] == seed.names()


def test_every_source_that_a_row_names_is_described() -> None:
    described = {source.id for source in seed.sources()}
    named = {row.source for one in seed.tables() for row in one.rows}
    assert named <= described


def test_the_vintage_is_the_newest_day_seen_in_any_table(tmp_path: Path) -> None:
    table(tmp_path, "old", "MDA,PARTY_TO,cat,accession,1995-11-28,1995-12-28,,,,untc,high,2014-07,row 1,")
    table(tmp_path, "new", "MDA,PARTY_TO,icmw,accession,,,,,,untc,high,2026-02-03,,")
    tables = seed.tables(tmp_path)
    assert [(one.name, one.published) for one in tables] == [("new", "2026-02-03"), ("old", "2014-07-31")]
    assert {row.recorded for one in tables for row in one.rows} == {"2026-02-03T00:00:00Z"}
    assert [row.record for one in tables for row in one.rows] == ["line 2", "row 1"]


@pytest.mark.parametrize("column", ["since", "until", "seen"])
def test_a_wrong_date_names_file_and_line(tmp_path: Path, column: str) -> None:
    values = dict.fromkeys(seed.TABLE_COLUMNS, "") | {"state": "MDA", "seen": "2026", column: "31.12.2001"}
    table(tmp_path, "bad", ",".join(values[name] for name in seed.TABLE_COLUMNS))
    with pytest.raises(ReferenceFault, match=r"'31.12.2001' is not a date") as fault:
        seed.tables(tmp_path)
    assert (fault.value.field, fault.value.line) == ("status/bad.csv", 2)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("state,relation\nMDA,PARTY_TO\n", encoding="utf-8")
    with pytest.raises(ReferenceFault, match="lacks confidence"):
        seed.tables(tmp_path)
