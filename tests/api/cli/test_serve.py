"""`recourse serve` as a process: it says where it listens, answers, stops when asked, and stays on this machine."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_it_listens_answers_and_stops(shipped_home: Path, environ: dict[str, str], stop: signal.Signals) -> None:
    command = [sys.executable, "-m", "api.cli.app", "--home", str(shipped_home), "serve", "--port", "0"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout
            found = re.fullmatch(r"listening on http://127\.0\.0\.1:(\d+)\n", process.stdout.readline())
            assert found, process.stderr and process.stderr.read()
            connection = HTTPConnection("127.0.0.1", int(found[1]), timeout=30)
            query = {"query": '{ state(code: "TUR") { label } }'}
            connection.request("POST", "/graphql", json.dumps(query), {"Content-Type": "application/json"})
            answer = connection.getresponse()
            assert json.loads(answer.read())["data"] == {"state": {"label": "Türkiye"}}
            assert answer.headers["Cache-Control"] == "no-store" and "Server" not in answer.headers
            connection.close()
            process.send_signal(stop)
            assert process.wait(20) == 0
            assert process.stderr and process.stderr.read() == ""
        finally:
            process.kill()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "::", "example.org", ""])
def test_it_stays_on_this_machine(run: Callable[..., Any], shipped_home: Path, host: str) -> None:
    result = run("--home", str(shipped_home), "serve", "--host", host)
    assert (result.status, result.out) == (2, "")
    assert "--host" in result.err and "there is no authentication yet" in result.err


def test_a_taken_port_is_told(run: Callable[..., Any], shipped_home: Path) -> None:
    from api.serving import listen

    with listen("127.0.0.1", 0) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        result = run("--home", str(shipped_home), "serve", "--port", str(port))
    assert result.status == 2 and f"port {port} of 127.0.0.1 cannot be used" in result.err


def test_without_data_it_says_what_to_do(run: Callable[..., Any], home: Path) -> None:
    result = run("--home", str(home), "serve")
    assert result.status == 3 and "recourse init" in result.err
