"""`init` and `doctor`: repeatable, cut off at any moment, on a disk that is full or a folder that is wrong."""

import fcntl
import json
import os
import random
import resource
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
INIT = [sys.executable, "-m", "api.cli.app", "--quiet", "init"]


def content(home: Path) -> tuple[str, str]:
    """Return what a data folder says: the ledger's hash and the law's."""
    with Ledger.open(Settings(home=home)) as ledger:
        return ledger.content_hash(), law.load(home).hash


def start(environ: dict[str, str], **options: Any) -> subprocess.Popen[bytes]:
    """Start `recourse init` as a process of its own."""
    return subprocess.Popen(INIT, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)


def test_init_twice_changes_nothing(run: Callable[..., Any], home: Path, shipped_home: Path) -> None:
    assert run("--home", str(home), "--quiet", "init").err == ""
    files = {path.name: path.read_bytes() for path in home.glob("law*")}
    assert run("--home", str(home), "init").status == 0
    assert {path.name: path.read_bytes() for path in home.glob("law*")} == files
    assert content(home) == content(shipped_home)


def test_an_empty_home_answers_and_can_be_filled(run: Callable[..., Any], home: Path, shipped_home: Path) -> None:
    assert run("--home", str(home), "init", "--empty").status == 0
    with Ledger.open(Settings(home=home)) as ledger:
        assert list(ledger.current()) == []
    doctor = run("--home", str(home), "doctor", "--format", "json")
    assert [problem["code"] for problem in json.loads(doctor.out)["problems"]] == ["data-missing"]
    assert run("--home", str(home), "init").status == 0
    assert content(home) == content(shipped_home)


@pytest.mark.slow
def test_killed_at_any_moment_the_next_run_repairs(
    environ: dict[str, str], home: Path, shipped_home: Path, run: Callable[..., Any]
) -> None:
    began = time.monotonic()
    start({**environ, "RECOURSE_HOME": str(home) + "-timing"}).communicate()
    takes = time.monotonic() - began
    moments = random.Random(7)
    for _ in range(8):
        process = start(environ)
        time.sleep(moments.uniform(0.25, 1.0) * takes)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert run("--home", str(home), "init").status == 0
    assert content(home) == content(shipped_home)
    assert json.loads(run("--home", str(home), "doctor", "--format", "json").out)["ok"] is True
    assert sorted(path.suffix for path in home.iterdir() if path.name.startswith("law")) == ["", ".json"]


@pytest.mark.parametrize("room", [0, 20_000, 1_000_000, 3_000_000])
def test_a_full_disk_is_one_error_and_loses_nothing(
    environ: dict[str, str], home: Path, shipped_home: Path, run: Callable[..., Any], room: int
) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    process = start(environ, preexec_fn=limit)
    _, err = process.communicate()
    assert process.returncode == 3
    assert err.startswith(b"recourse: ") and err.count(b"\n") == 1 and b"free some" in err
    assert run("--home", str(home), "init").status == 0
    assert content(home) == content(shipped_home)


def test_a_full_disk_leaves_the_law_in_force(environ: dict[str, str], home: Path, run: Callable[..., Any]) -> None:
    assert run("--home", str(home), "init", "--empty").status == 0
    before = content(home)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    process = start(environ, preexec_fn=limit)
    process.communicate()
    assert process.returncode == 3
    assert law.load(home).hash == before[1]
    with Ledger.open(Settings(home=home)) as ledger:
        rows = [verb for load in ledger.loads() for verb in ledger.changes(load.id)]
        assert len(rows) == sum(load.added for load in ledger.loads())


def test_two_writers_at_once_are_one_error(run: Callable[..., Any], home: Path) -> None:
    home.mkdir()
    with (home / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        result = run("--home", str(home), "init")
    assert (result.status, result.err.count("\n")) == (3, 1)
    assert "another command is changing this data folder" in result.err


def test_a_file_in_the_folders_place_is_one_error(run: Callable[..., Any], home: Path) -> None:
    home.touch()
    for command in (["init"], ["doctor"]):
        result = run("--home", str(home / "below"), *command)
        assert result.status in (1, 3)
        assert "Traceback" not in result.err + result.out


def test_a_read_only_folder_is_one_error(run: Callable[..., Any]) -> None:
    result = run("--home", "/proc/recourse", "init")
    assert (result.status, result.err.count("\n")) == (3, 1)


@pytest.mark.parametrize("cut", [0, 4096])
def test_a_damaged_ledger_is_one_error_with_a_remedy(run: Callable[..., Any], home: Path, cut: int) -> None:
    assert run("--home", str(home), "--quiet", "init", "--empty").status == 0
    path = home / "ledger.sqlite"
    path.write_bytes(path.read_bytes()[:cut] + b"\x55" * 50_000)
    for command in (["init"], ["log", "verify"]):
        result = run("--home", str(home), *command)
        assert (result.status, result.err.count("\n")) == (3, 1)
        assert "move ledger.sqlite away and run `recourse init`" in result.err
    problems = json.loads(run("--home", str(home), "doctor", "--format", "json").out)["problems"]
    assert problems[0]["code"] == "ledger-damaged" and "ledger.sqlite" in problems[0]["remedy"]


def test_a_damaged_law_is_found_and_mended(run: Callable[..., Any], home: Path) -> None:
    assert run("--home", str(home), "--quiet", "init", "--empty").status == 0
    before = content(home)
    path = next(home.glob("law-*.json"))
    path.write_bytes(path.read_bytes()[:-9])
    result = run("--home", str(home), "doctor", "--format", "json")
    assert result.status == 1
    assert [p["code"] for p in json.loads(result.out)["problems"]] == ["data-missing", "law-damaged"]
    assert run("--home", str(home), "init", "--empty").status == 0
    assert content(home) == before


def test_doctor_on_nothing_names_the_remedy(run: Callable[..., Any], home: Path) -> None:
    result = run("--home", str(home), "doctor", "--format", "json")
    report = json.loads(result.out)
    assert (result.status, report["ok"]) == (1, False)
    assert list(report) == ["ok", "version", "engine", "ledger", "datasets", "problems"]
    assert {problem["remedy"] for problem in report["problems"]} == {"run `recourse init`"}
    assert not home.exists()


def test_doctor_lists_each_data_set(run: Callable[..., Any], shipped_home: Path) -> None:
    report = json.loads(run("--home", str(shipped_home), "doctor", "--format", "json").out)
    assert report["ok"], report["problems"]
    assert report["datasets"]
    for dataset in report["datasets"]:
        assert list(dataset) == ["name", "as_of", "loaded", "statements", "findings"]


def test_the_log_is_verified_and_shown(run: Callable[..., Any], shipped_home: Path) -> None:
    verified = json.loads(run("--home", str(shipped_home), "log", "verify", "--format", "json").out)
    assert (verified["ok"], verified["altered"], verified["damage"]) == (True, [], "")
    shown = json.loads(run("--home", str(shipped_home), "log", "show", "--format", "json").out)
    assert sum(load["added"] for load in shown) == verified["statements"]


def test_a_data_folder_is_private(home: Path, run: Callable[..., Any]) -> None:
    assert run("--home", str(home), "init", "--empty").status == 0
    assert os.stat(home).st_mode & 0o077 == 0
