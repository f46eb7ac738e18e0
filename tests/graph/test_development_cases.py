"""The decided cases that are given for development: the floors of their own scoring program."""

import subprocess
import sys
from pathlib import Path

import orjson

from graph.finder import Finder, encode
from graph.model.reading import read_case


def test_the_score_reaches_its_floors(finder: Finder, shared: Path, tmp_path: Path) -> None:
    vocabulary = finder.law.vocabulary()
    answers = tmp_path / "answers.jsonl"
    with answers.open("wb") as out:
        for line in (shared / "cases" / "batch.jsonl").read_bytes().splitlines():
            answer = finder.find(read_case(orjson.loads(line), vocabulary), detail="verdicts")
            out.write(encode(answer) + b"\n")
    run = subprocess.run(
        [sys.executable, str(shared / "cases" / "score.py"), str(answers), "-v"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout
