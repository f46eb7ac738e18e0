"""`rebuild`, `verify` and `query`, and what `init` and `doctor` say of the graph."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.settings import Settings
from graph.store.open import GRAPH_FILE, open_store
from graph.store.port import Gone, Nodes

Run = Callable[..., Any]


@pytest.fixture
def own(shipped_home: Path, tmp_path: Path) -> str:
    """A copy of the shipped folder that a test may change."""
    shutil.copytree(shipped_home, tmp_path / "own", ignore=shutil.ignore_patterns("*.lock"))
    return str(tmp_path / "own")


def test_init_builds_the_graph_and_verify_finds_no_difference(run: Run, own: str) -> None:
    verdict = run("--home", own, "verify", "--format", "json")
    report = json.loads(verdict.out)
    assert (verdict.status, report["ok"], report["differences"]) == (0, True, [])
    assert report["bonds"] > 10_000
    again = run("--home", own, "rebuild", "--format", "json")
    assert again.status == 0
    assert set(json.loads(again.out)["changed"].values()) == {0}


def test_verify_names_a_planted_difference_and_rebuild_mends_it(run: Run, own: str) -> None:
    with open_store(Settings(home=Path(own), quiet=True)) as store:
        store.write(Gone(["accepts:MEX:iacthr:0"], relation="ACCEPTS"))
        store.write(Nodes("State", [{"id": "QQQ", "name": "Nowhere"}]))
    table = run("--home", own, "verify")
    assert table.status == 1
    assert "ACCEPTS accepts:MEX:iacthr:0 missing" in table.out
    assert "bond MEX iacthr not in the graph" in table.out
    assert "State QQQ extra" in table.out
    assert " bonds compared with the law, 3 differences" in table.out
    assert run("--home", own, "--quiet", "rebuild").status == 0
    assert run("--home", own, "verify").status == 0


def test_doctor_tells_that_the_graph_is_missing_and_rebuild_makes_it(run: Run, own: str) -> None:
    assert json.loads(run("--home", own, "doctor", "--format", "json").out)["engine"] == "embedded"
    (Path(own) / GRAPH_FILE).unlink()
    sick = run("--home", own, "doctor", "--format", "json")
    assert sick.status == 1
    (problem,) = json.loads(sick.out)["problems"]
    assert (problem["code"], problem["remedy"]) == ("graph-behind", "run `recourse rebuild`")
    assert run("--home", own, "--quiet", "rebuild").status == 0
    assert run("--home", own, "doctor").status == 0


def test_rebuild_says_what_to_do_without_a_ledger(run: Run, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    result = run("--home", str(tmp_path / "none"), "rebuild")
    assert result.status == 3
    assert "recourse init" in result.err
    assert not (tmp_path / "none" / GRAPH_FILE).exists()


def test_a_query_takes_parameters_and_has_four_forms(run: Run, own: str) -> None:
    call = ("--home", own, "query", "who_accepts", "--param", "thing=un-cerd-individual", "--param", "day=1984-01-01")
    as_json = json.loads(run(*call, "--format", "json").out)
    as_lines = [json.loads(line) for line in run(*call, "--format", "jsonl").out.splitlines()]
    assert as_json == as_lines
    assert {row["state"] for row in as_json} >= {"CRI", "ECU", "ISL", "NLD"}
    assert as_json[0]["since_lo"] == "1982-12-03"
    assert len(run(*call, "--format", "csv").out.splitlines()) == len(as_json) + 1
    assert all(len(line) <= 80 for line in run(*call).out.splitlines())
    assert (
        run("--home", own, "query", "law/who_accepts", *call[4:], "--format", "json").out
        == run(*call, "--format", "json").out
    )


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("who_acepts",), "query"),
        (("who_accepts", "--param", "thing=cat"), "day"),
        (("who_accepts", "--param", "thing=cat", "--param", "day=soon"), "day"),
        (("who_accepts", "--param", "thin=cat", "--param", "day=2020-01-01"), "thin"),
        (("who_accepts", "--param", "thing"), "--param"),
        (("type_ahead", "--param", "prefix=tor", "--param", "first=many"), "first"),
    ],
)
def test_a_wrong_call_is_one_line_that_names_the_field(run: Run, own: str, words: tuple[str, ...], field: str) -> None:
    result = run("--home", own, "query", *words)
    assert result.status == 2
    assert result.err.startswith(f"recourse: {field}: ")
    assert result.err.count("\n") == 1


def test_every_example_runs(run: Run, own: str) -> None:
    result = run("--home", own, "query", "check", "--format", "json")
    assert result.status == 0
    rows = json.loads(result.out)
    assert {row["query"] for row in rows} >= {"law/binds", "law/neighbours", "law/search"}
    assert all(row["rows"] for row in rows)
    one = run("--home", own, "query", "check", "binds", "--format", "json")
    assert [row["query"] for row in json.loads(one.out)] == ["law/binds"]


def test_the_list_names_each_query(run: Run, own: str) -> None:
    names = [row["name"] for row in json.loads(run("--home", own, "query", "list", "--format", "json").out)]
    assert names == sorted(names)
    assert "law/would_open" in names


def test_a_damaged_file_is_refused_and_rebuild_makes_it_again(run: Run, own: str) -> None:
    file = Path(own) / GRAPH_FILE
    file.write_bytes(file.read_bytes()[:100_000])
    refused = run("--home", own, "verify")
    assert refused.status == 3
    assert "recourse rebuild" in refused.err
    for command in ("rebuild", "init"):
        assert run("--home", own, "--quiet", command).status == 0
        assert run("--home", own, "verify").status == 0
        file.write_bytes(file.read_bytes()[:100_000])
