"""The shared data read whole: printed counts, spot checks, and the shipped tables made again."""

from itertools import pairwise
from pathlib import Path

import pytest

from ingest.check import check_all, counted, tables
from ingest.clean.catalogue import load_catalogue
from ingest.clean.states import load_states
from ingest.findings import Report
from ingest.read.untc_page import read_page
from ingest.snapshot import take
from ingest.source import find_source
from ingest.statement import Statement, from_csv, to_csv
from ingest.tables import build, read_all, write_all

PAGES = (
    "cat cat_op ced cedaw cedaw_op cerd cmw crc crc_op_ac crc_op_ic crc_op_sc crpd crpd_op iccpr iccpr_op1 iccpr_op2 "
    "icescr icescr_op"
).split()


@pytest.fixture(scope="module")
def shipped() -> list[Statement]:
    """Return the rows of all shipped tables."""
    return [row for rows in tables().values() for row in rows]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_holds_as_many_parties_as_it_prints(name: str, treaties: Path) -> None:
    path = treaties / "untc-hr-2026" / "html" / f"{name}.html"
    page = read_page(path.name, path.read_bytes())
    assert page.as_at == "2026-02-03"
    report = Report("untc")
    rows = list(find_source("untc").parse(take([path]), report))
    thing = load_catalogue().id(page.chapter)
    assert thing is not None
    assert counted(rows, thing, page.as_at) == page.parties
    assert report.rejected == 0
    assert not [one for one in report.findings if one.code in ("limit-not-found", "count-mismatch")]


def test_the_shipped_tables_come_from_the_shared_data(treaties: Path, tmp_path: Path) -> None:
    statements, reports = read_all(treaties.parent.parent)
    assert [report.rejected for report in reports] == [0, 0, 0, 0]
    kept, conflicts = build(statements)
    write_all(kept, conflicts, tmp_path)
    again = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    folder = Path(__file__).resolve().parents[2] / "graph" / "reference" / "status"
    assert again == {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.csv")}


SPOT = [
    ("BLR", "iccpr-op1", "1992-12-30", "2023-02-08"),
    ("JAM", "iccpr-op1", "1976-03-23", "1998-01-23"),
    ("TTO", "iccpr-op1", "1981-02-14", "1998-08-26"),
    ("TTO", "iccpr-op1", "1998-08-26", "2000-06-27"),
    ("GUY", "iccpr-op1", "1993-08-10", "1999-04-05"),
    ("GUY", "iccpr-op1", "1999-04-05", ""),
    ("KAZ", "iccpr-op1", "2009-09-30", ""),
    ("ESP", "iccpr-op1", "1985-04-25", ""),
    ("RUS", "iccpr", "1976-03-23", ""),
    ("SUN", "iccpr", "1976-03-23", "1991-12-26"),
    ("DDR", "iccpr", "1976-03-23", "1990-10-03"),
    ("SRB", "iccpr", "1992-04-27", ""),
    ("BIH", "iccpr", "1992-03-06", ""),
    ("HRV", "iccpr", "1991-10-08", ""),
    ("CZE", "iccpr", "1993-01-01", ""),
    ("SEN", "cat-art22", "1996-10-16", ""),
    ("GHA", "cat-art22", "2000-10-07", ""),
    ("MEX", "icppped-art31", "2020-10-02", ""),
    ("TUR", "echr", "1954-05-18", ""),
    ("RUS", "echr", "1998-05-05", "2022-09-16/2022-09-17"),
    ("GRC", "echr", "1953-09-03", "1970-06-13"),
    ("RWA", "achpr-court-protocol-34-6", "2013-02-06", "2017-03-01"),
    ("TZA", "achpr-court-protocol-34-6", "2010-03-29", "2020-11-22"),
    ("BEN", "achpr-court-protocol-34-6", "2016-02-08", "2021-03-26"),
    ("CIV", "achpr-court-protocol-34-6", "2013-07-23", "2021-04-30"),
    ("TUN", "achpr-court-protocol-34-6", "2017-06-02", "2026-03-07/2026-03-08"),
    ("BFA", "ecowas", "1975-05-28", "2025-01-29"),
    ("BDI", "rome-statute", "2004-12-01", "2017-10-27"),
    ("PHL", "rome-statute", "2011-11-01", "2019-03-17"),
    ("UKR", "rome-statute", "2025-01-01", ""),
    ("UKR", "rome-statute-art12-3", "2013-11-21", "2014-02-20"),
    ("AFG", "rome-statute", "2003-05-01", ""),
    ("BGD", "rome-statute", "2010-06-01", ""),
    ("TTO", "achr", "1991-05-28", "1999-05-26"),
    ("IDN", "un", "1950-09-28", "1965-01-20"),
    ("IDN", "un", "1966-09-28", ""),
]


@pytest.mark.parametrize(("state", "thing", "since", "until"), SPOT)
def test_a_period_that_lawyers_know(state: str, thing: str, since: str, until: str, shipped: list[Statement]) -> None:
    assert (since, until) in {(one.since, one.until) for one in shipped if (one.state, one.object) == (state, thing)}


LIMITS = [
    ("AUT", "iccpr-op1", "examined-elsewhere", "organs=ecthr"),
    ("FRA", "iccpr-op1", "examined-elsewhere", "organs=all"),
    ("SLV", "iccpr-op1", "submitted-elsewhere", "organs=all"),
    ("SLV", "achr-art62", "acts-begun-before", "date=1995-06-06"),
    ("CHL", "achr-art62", "acts-begun-before", "date=1990-03-12;or-after=1990-08-21"),
    ("ESP", "icerd-art14", "time-limit", "limit=3 months"),
    ("MAR", "icerd-art14", "acts-before", "date=2006-10-20"),
    ("TUR", "echr", "acts-before", "date=1987-01-28;forums=ecthr"),
]


@pytest.mark.parametrize(("state", "thing", "excludes", "detail"), LIMITS)
def test_a_limit_that_lawyers_know(
    state: str, thing: str, excludes: str, detail: str, shipped: list[Statement]
) -> None:
    assert (excludes, detail) in {
        (one.excludes, one.detail) for one in shipped if (one.state, one.object) == (state, thing)
    }


def test_every_row_is_well_formed(shipped: list[Statement]) -> None:
    catalogue, states = load_catalogue(), load_states()
    for one in shipped:
        assert one.state in states.records
        assert one.object in catalogue.instruments or one.object in catalogue.organisations
        assert one.confidence in ("high", "medium", "low", "contested")
        assert one.source and one.seen and one.record
        assert not one.since or not one.until or one.since < one.until


def test_no_two_periods_of_one_bond_overlap(shipped: list[Statement]) -> None:
    bonds: dict[tuple[str, str, str], list[Statement]] = {}
    for one in shipped:
        if one.relation in ("PARTY_TO", "ACCEPTS", "MEMBER_OF") and one.kind != "extension":
            bonds.setdefault((one.state, one.relation, one.object), []).append(one)
    for rows in bonds.values():
        rows.sort(key=lambda one: one.since)
        for first, second in pairwise(rows):
            assert first.until and first.until <= second.since


def test_counts_differ_only_where_it_is_known(shipped: list[Statement]) -> None:
    different = {one.object for one in check_all() if one.check == "count" and not one.ok}
    assert different == {"montreal-convention-1971", "oif", "ilo-c190", "uncac"}


def test_a_table_read_and_written_is_the_same() -> None:
    for rows in tables().values():
        assert from_csv(to_csv(rows)) == sorted(rows, key=rows.index)
