"""Connectors on small made-up files: what they read, what they refuse, and that a second load changes nothing."""

from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import SourceRefused, UnknownId
from ingest.findings import CODES, Report
from ingest.run import run_source
from ingest.snapshot import File, Snapshot
from ingest.source import find_source, source_names
from tests.ingest.conftest import SAMPLES, MemorySink

FILES = {
    "untc": [SAMPLES / "untc" / "page.html"],
    "treaty_tables": [SAMPLES / "treaty_tables" / "sample.csv"],
    "withdrawals": [SAMPLES / "withdrawals" / "sample.csv"],
    "territorial": [SAMPLES / "territorial" / "sample.csv"],
}


def test_every_source_is_found_and_described() -> None:
    assert set(FILES) <= set(source_names())
    for name in FILES:
        source = find_source(name)
        assert source.name == name
        assert source.title and source.publisher and source.licence and source.formats


def test_an_unknown_source_is_an_error() -> None:
    with pytest.raises(UnknownId):
        find_source("nobody")


@pytest.mark.parametrize("name", FILES)
def test_records_add_up_and_each_rejected_one_has_an_error(name: str, sink: MemorySink) -> None:
    report = run_source(find_source(name), FILES[name], sink)
    errors = sum(1 for one in report.findings if one.severity == "error")
    assert report.read == report.loaded + report.unchanged + report.rejected
    assert report.rejected == errors
    assert {one.code for one in report.findings} <= set(CODES)
    assert report.added == len(sink.rows) > 0


@pytest.mark.parametrize("name", FILES)
def test_loading_twice_changes_nothing(name: str, sink: MemorySink) -> None:
    run_source(find_source(name), FILES[name], sink)
    before = list(sink.rows)
    again = run_source(find_source(name), FILES[name], sink)
    assert sink.rows == before
    assert (again.loaded, again.added, again.closed) == (0, 0, 0)
    assert again.read == again.unchanged + again.rejected


@pytest.mark.parametrize("name", FILES)
def test_a_dry_run_keeps_nothing(name: str, sink: MemorySink) -> None:
    report = run_source(find_source(name), FILES[name], sink, dry_run=True)
    assert report.added > 0
    assert not sink.rows


@pytest.mark.parametrize(("name", "other"), list(permutations(FILES, 2)))
def test_another_sources_file_is_refused_whole(name: str, other: str, sink: MemorySink) -> None:
    with pytest.raises(SourceRefused):
        run_source(find_source(name), FILES[other], sink)
    assert not sink.rows


@pytest.mark.parametrize("name", FILES)
def test_an_error_page_is_refused(name: str, sink: MemorySink, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!DOCTYPE html><html><body>503 Service Unavailable</body></html>\n", encoding="utf-8")
    with pytest.raises(SourceRefused):
        run_source(find_source(name), [page], sink)


@given(cut=st.integers(min_value=1, max_value=2000))
def test_a_page_cut_short_is_refused(cut: int) -> None:
    content = FILES["untc"][0].read_bytes().rstrip()
    part = content[: max(0, len(content) - cut)]
    file = File("page.html", part, "0" * 64)
    with pytest.raises(SourceRefused):
        list(find_source("untc").parse(Snapshot((file,), "0" * 64), Report("untc")))


def test_a_page_gives_periods_ends_successions_and_limits(sink: MemorySink) -> None:
    report = run_source(find_source("untc"), FILES["untc"], sink)
    found = {(one.state, one.relation, one.excludes): one for one in sink.rows}
    assert found["BLR", "PARTY_TO", ""].until == "2023-02-08"
    assert found["KAZ", "PARTY_TO", ""].since == "2009-09-30"
    assert found["CZE", "PARTY_TO", ""].since == "1993-01-01"
    assert found["CSK", "PARTY_TO", ""].since == "1991-06-12"
    assert found["CSK", "PARTY_TO", ""].until == "1993-01-01"
    assert found["KHM", "SIGNED", ""].deposited == "2004-09-27"
    assert found["NOR", "RESERVES", "examined-elsewhere"].since == "1976-03-23"
    assert {one.seen for one in sink.rows} == {"2026-02-03"}
    assert "limit-not-found" in {one.code for one in report.findings}


def test_a_later_page_closes_what_it_no_longer_says(sink: MemorySink, tmp_path: Path) -> None:
    run_source(find_source("untc"), FILES["untc"], sink)
    page = tmp_path / "page.html"
    text = FILES["untc"][0].read_text(encoding="utf-8").replace("03-02-2026", "03-03-2026")
    page.write_text(text.replace("30 Jun 2009 a", "1 Jul 2009 a"), encoding="utf-8")
    report = run_source(find_source("untc"), [page], sink)
    assert (report.added, report.closed) == (1, 1)
    assert [one.deposited for one in sink.closed] == ["2009-06-30"]


def test_the_dump_is_read_by_the_same_source(sink: MemorySink, samples: Path) -> None:
    run_source(find_source("untc"), [samples / "untc" / "5-2.csv"], sink)
    since = {one.state: one.since for one in sink.rows}
    assert since == {"COL": "1962-01-08", "DZA": "1962-07-05", "MKD": "1991-11-17"}


def test_a_table_keeps_short_dates_and_says_what_is_absent(sink: MemorySink) -> None:
    report = run_source(find_source("treaty_tables"), FILES["treaty_tables"], sink)
    found = {(one.state, one.relation): one for one in sink.rows}
    assert found["KEN", "PARTY_TO"].since == "2004-01-31/2005-01-30"
    assert found["CHE", "NOT_PARTY"].object == "echr-p4"
    assert found["CHE", "NOT_PARTY"].source == "page-example-org"
    assert [one.code for one in report.findings if one.severity == "error"] == ["unknown-instrument"]
