"""The command line as a script meets it: exit statuses, one-line errors, options before and behind."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from api.cli import app
from api.cli.app import LazyGroup, recourse
from api.terminal import WIDTH, table
from graph.errors import CaseError, DiskFull

ROOT = Path(__file__).parents[3]


def command_paths() -> list[tuple[str, ...]]:
    """Return each command and subcommand as the words that call it."""
    assert isinstance(recourse, LazyGroup)
    context = click.Context(recourse)
    paths: list[tuple[str, ...]] = [()]
    for name in recourse.list_commands(context):
        command = recourse.get_command(context, name)
        paths.append((name,))
        if isinstance(command, click.Group):
            paths += [(name, sub) for sub in sorted(command.commands)]
    return paths


@pytest.mark.parametrize("path", command_paths(), ids=" ".join)
def test_help_is_as_expected_and_fits_80_columns(
    run: Callable[..., Any], golden: Callable[..., Any], path: tuple[str, ...]
) -> None:
    result = run(*path, "--help")
    assert result.status == 0
    assert max(map(len, result.out.splitlines())) <= WIDTH
    golden(f"help/{'-'.join(path) or 'recourse'}.txt", result.out)


@pytest.mark.parametrize("words", [["forumz"], ["--fromat", "json"], ["init", "--bogus"], ["completion", "tcsh"]])
def test_a_wrong_call_is_one_line_and_status_2(run: Callable[..., Any], words: list[str]) -> None:
    result = run(*words)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("recourse: ") and result.err.count("\n") == 1 and "; " in result.err


def test_a_wrong_day_names_option_value_and_remedy(run: Callable[..., Any]) -> None:
    result = run("--as-of", "2021-02-30", "doctor", "--format", "json")
    assert result.status == 2
    assert json.loads(result.out)["error"] == {
        "code": "date",
        "field": "--as-of",
        "value": "2021-02-30",
        "message": "'2021-02-30' is not a day; write it as YYYY-MM-DD",
        "nearest": None,
        "line": None,
    }


def test_global_options_stand_before_or_behind(run: Callable[..., Any], home: Path, tmp_path: Path) -> None:
    before = run("--home", str(home), "doctor", "--format", "json")
    behind = run("--home", str(tmp_path / "no"), "doctor", "--format", "json", "--home", str(home))
    assert before == behind
    assert run("log", "show", "--home", str(home)).err == run("--home", str(home), "log", "show").err != ""


@pytest.mark.parametrize(
    ("fault", "status", "line"),
    [
        (
            CaseError("is no state; did you mean TUR?", field="acts[0].where", value="TUK"),
            2,
            "acts[0].where: is no state",
        ),
        (DiskFull("no room; free some"), 3, "recourse: no room"),
        (OSError(28, "No space left on device", "a/b"), 3, "the disk is full (a/b); free some space"),
        (FileNotFoundError(2, "No such file", "case.yaml"), 2, "case.yaml is not there; check the path"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (ZeroDivisionError("secret"), 3, "ZeroDivisionError inside the program"),
    ],
)
def test_every_fault_is_one_line(
    run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, fault: BaseException, status: int, line: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(app.recourse, "main", fail)
    result = run("doctor")
    assert result.status == status
    assert line in result.err and "secret" not in result.err
    assert result.err.count("\n") == 1 and "Traceback" not in result.err
    assert isinstance(fault, KeyboardInterrupt) or "Traceback" in run("doctor", "-vv").err


def test_a_closed_pipe_is_no_error(environ: dict[str, str]) -> None:
    command = f"{sys.executable} -m api.cli.app --help | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, env=environ, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_ctrl_c_is_status_130(environ: dict[str, str]) -> None:
    code = (
        "import os, signal, sys; from api.cli import app\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell's background jobs are deaf to it
        "app.recourse.main = lambda *_, **__: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.exit(app.main([]))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environ, capture_output=True, check=False)
    assert done.returncode == 130
    assert b"run the same command again" in done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_and_words(run: Callable[..., Any], environ: dict[str, str], shell: str) -> None:
    assert "_RECOURSE_COMPLETE" in run("completion", shell).out
    asked = {
        **environ,
        "_RECOURSE_COMPLETE": "bash_complete",
        "COMP_WORDS": "recourse doc",
        "COMP_CWORD": "1",
    }
    code = "import sys; from api.cli.app import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=asked, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["plain,doctor"]


def test_a_table_fits_and_keeps_every_word() -> None:
    text = "the right to life of every person " * 6
    lines = table(["id", "what", "why"], [["ecthr", text, text], ["x", "", "short"]])
    assert max(map(len, lines)) <= WIDTH
    assert sorted(" ".join(lines[2:]).split()) == sorted(f"ecthr x short {text} {text}".split())
    assert os.linesep not in "".join(lines)
