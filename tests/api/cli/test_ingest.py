"""`ingest`, `diff`, `sources`, `check data`: a load is whole, repeatable, and says what it changed."""

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph import law
from graph.ledger import Ledger
from graph.settings import Settings

ROOT = Path(__file__).parents[3]
SAMPLES = ROOT / "tests" / "data" / "sources"
PAGE = SAMPLES / "untc" / "page.html"
Run = Callable[..., Any]


@pytest.fixture
def filled(run: Run, home: Path) -> Path:
    """Return a data folder with an empty ledger, so that each load is seen alone."""
    assert run("--home", str(home), "--quiet", "init", "--empty").status == 0
    return home


def load(run: Run, home: Path, *words: str) -> dict[str, Any]:
    """Ingest and return the report."""
    result = run("--home", str(home), "--quiet", "ingest", *words, "--format", "json")
    assert result.status in (0, 1), result.err + result.out
    report: dict[str, Any] = json.loads(result.out)
    return report


def content(home: Path) -> tuple[str, str]:
    """Return what a data folder says: the ledger's hash and the law's."""
    with Ledger.open(Settings(home=home)) as ledger:
        return ledger.content_hash(), law.load(home).hash


def test_the_report_has_the_documented_form(run: Run, filled: Path) -> None:
    report = load(run, filled, "untc", str(PAGE), "--published", "2026-02-03")
    assert list(report) == [
        *("source", "snapshot", "published", "dry_run", "records"),
        *("statements", "nodes", "edges", "findings", "seconds"),
    ]
    records = report["records"]
    assert records["read"] == records["loaded"] + records["unchanged"] + records["rejected"] > 0
    assert report["statements"]["added"] == sum(report["edges"].values()) > 0
    assert report["published"] == "2026-02-03" and report["snapshot"].startswith("sha256:")


def test_a_second_load_of_the_same_bytes_changes_nothing(run: Run, filled: Path) -> None:
    load(run, filled, "untc", str(PAGE))
    before = content(filled)
    again = load(run, filled, "untc", str(PAGE))
    assert again["records"]["loaded"] == again["statements"]["added"] == again["statements"]["closed"] == 0
    assert content(filled) == before
    with Ledger.open(Settings(home=filled)) as ledger:
        assert len(ledger.loads()) == 1


def test_a_dry_run_tells_the_same_and_writes_nothing(run: Run, filled: Path) -> None:
    before = content(filled)
    dry = load(run, filled, "untc", str(PAGE), "--dry-run")
    assert dry["dry_run"] and content(filled) == before
    wet = load(run, filled, "untc", str(PAGE))
    assert {**dry, "dry_run": False, "seconds": 0} == {**wet, "seconds": 0}


def test_what_the_next_page_no_longer_says_is_closed_and_diff_shows_it(run: Run, filled: Path, tmp_path: Path) -> None:
    load(run, filled, "untc", str(PAGE))
    with Ledger.open(Settings(home=filled)) as ledger:
        party = next(row for row in ledger.current() if row.relation == "PARTY_TO" and len(row.deposited) == 10)
    year = party.deposited[:4]
    text = PAGE.read_text(encoding="utf-8")
    later = tmp_path / "page.html"
    later.write_text(text.replace(f" {year}", f" {int(year) - 1}"), encoding="utf-8")
    report = load(run, filled, "untc", str(later))
    assert report["statements"]["closed"] > 0
    shown = json.loads(run("--home", str(filled), "diff", "untc", "--format", "json").out)
    assert party.id in {change["before"]["id"] for change in shown["changed"]}
    assert len(shown["changed"]) + len(shown["closed"]) == report["statements"]["closed"]
    table = run("--home", str(filled), "diff", "untc").out
    assert max(map(len, table.splitlines())) <= 80 and party.subject in table


@pytest.mark.parametrize("text", ["<html><body>503 Service Unavailable</body></html>", "", "a,b\n1,2\n"])
@pytest.mark.parametrize("name", ["untc", "treaty_tables", "withdrawals", "territorial"])
def test_a_file_of_another_kind_is_refused_whole(run: Run, filled: Path, tmp_path: Path, name: str, text: str) -> None:
    wrong = tmp_path / "export.csv"
    wrong.write_text(text, encoding="utf-8")
    before = content(filled)
    result = run("--home", str(filled), "--quiet", "ingest", name, str(wrong))
    assert (result.status, result.out, result.err.count("\n")) == (2, "", 1), result.err
    assert content(filled) == before


def test_a_truncated_page_is_refused_whole(run: Run, filled: Path, tmp_path: Path) -> None:
    content_ = PAGE.read_bytes()
    for share in (0.2, 0.5):
        cut = tmp_path / "cut.html"
        cut.write_bytes(content_[: int(len(content_) * share)])
        result = run("--home", str(filled), "--quiet", "ingest", "untc", str(cut))
        assert (result.status, result.err.count("\n")) == (2, 1), result.err


def test_wrong_calls_name_what_is_wrong(run: Run, filled: Path) -> None:
    unknown = run("--home", str(filled), "ingest", "untcc", str(PAGE))
    assert unknown.status == 2 and "source: " in unknown.err
    missing = run("--home", str(filled), "--quiet", "ingest", "untc", "nowhere.html")
    assert missing.status == 2 and "nowhere.html is not there" in missing.err
    assert run("--home", str(filled), "diff", "untc").status == 2
    assert run("--home", str(filled), "ingest", "untc", str(PAGE), "--published", "yesterday").status == 2


def test_raw_files_on_top_of_the_shipped_tables_are_weighed_again(run: Run, home: Path) -> None:
    assert run("--home", str(home), "--quiet", "init").status == 0
    load(run, home, "treaty_tables", str(SAMPLES / "treaty_tables" / "sample.csv"))
    with Ledger.open(Settings(home=home)) as ledger:
        ids = {row.id for row in ledger.current()}
    shown = law.load(home).statements
    assert set(shown) <= ids


@pytest.mark.slow
def test_killed_at_any_moment_the_next_run_repairs(environ: dict[str, str], filled: Path, run: Run) -> None:
    command = [sys.executable, "-m", "api.cli.app", "--quiet", "ingest", "untc", str(PAGE)]

    def start(**more: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command, cwd=ROOT, env={**environ, **more}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    empty = content(filled)
    began = time.monotonic()
    start(RECOURSE_HOME=str(filled) + "-timing").communicate()
    takes = time.monotonic() - began
    whole = content(Path(str(filled) + "-timing"))
    moments = random.Random(11)
    for _ in range(8):
        process = start()
        time.sleep(moments.uniform(0.4, 1.0) * takes)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert law.load(filled).hash in (empty[1], whole[1])
    load(run, filled, "untc", str(PAGE))
    assert content(filled) == whole


def test_sources_lists_each_with_its_loads(run: Run, filled: Path) -> None:
    load(run, filled, "untc", str(PAGE))
    rows = json.loads(run("--home", str(filled), "sources", "--format", "json").out)
    assert [row["name"] for row in rows] == sorted(row["name"] for row in rows)
    assert all(list(row) == ["name", "title", "publisher", "licence", "formats", "loads"] for row in rows)
    untc = next(row for row in rows if row["name"] == "untc")
    assert list(untc["loads"][0]) == ["snapshot", "published", "loaded", "records", "findings"]
    assert max(map(len, run("--home", str(filled), "sources").out.splitlines())) <= 80


def test_check_data_prints_each_part(run: Run) -> None:
    result = run("check", "data", "--format", "json")
    report = json.loads(result.out)
    assert result.status == (0 if report["ok"] else 1)
    assert {row["check"] for row in report["rows"]} == {"conflict", "count", "general-knowledge", "note"}
    table = run("check", "data").out
    assert max(map(len, table.splitlines())) <= 80
    assert "conflicts: " in table
