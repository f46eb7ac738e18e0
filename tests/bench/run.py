"""`make bench`: how fast, how large, on one core. Prints figures beside their aims; it gates nothing.

The batches hold made-up cases (tests/graph/generate.py). "again": 200 plain cases that come round and round, as in a
file of similar cases. "different": plain cases of any state and any day, no two alike. "mixed": several acts and
states, every field of the format. `--long` measures memory over 100,000 mixed cases, not 10,000;
`--quick` leaves out the simulated forums.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Any, Final

import orjson

from graph import law as compiled
from graph.casefile import read_line
from graph.finder import DETAILS, Finder
from graph.law import Law, from_data
from graph.model.case import Case
from graph.model.reading import read_case
from tests.graph.generate import Maker, cases

ROOT: Final = Path(__file__).parents[2]
AIMS: Final = {"verdicts": 1500, "compact": 400, "full": 100}
ALL_FORUMS: Final = 161
LINES: Final = 3_000
MIXED: Final = 300


def recourse(home: Path, *words: str) -> float:
    """Run the command in a process of its own; return its wall seconds. Its answers go nowhere."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "api.cli.app", "--home", str(home), "--quiet", *words]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def told(what: str, value: float, unit: str, aim: str = "") -> None:
    """Print one figure."""
    shown = f"{value:10.2f}" if value < 100 else f"{value:10,.0f}"
    print(f"{what:44}{shown} {unit:12}{aim and f'(aim {aim})'}", flush=True)


def grown(law: Law, amount: int) -> Law:
    """The law with so many forums: those there are, cloned under new ids. A stand-in for forums not encoded yet."""
    data: dict[str, Any] = {key: dict(law.data[key]) for key in ("forums", "leans_on", "names")}
    data["names"]["forums"] = dict(data["names"]["forums"])
    for name, turn in islice(((n, k) for k in range(1, 99) for n in law.forums), amount - len(law.forums)):
        clone = f"{name}-clone-{turn}"
        data["forums"][clone] = {**law.forums[name], "id": clone}
        data["leans_on"][clone] = law.data["leans_on"][name]
        data["names"]["forums"][clone] = law.forums[name]["name"]
    whole = {**law.data, **data}
    return from_data(whole, compiled.encode(whole)[1])


def milliseconds(finder: Finder, facts: Sequence[Case]) -> float:
    """The median time of one full answer by a process that has answered before."""
    times = []
    for case in facts:
        began = time.perf_counter()
        finder.find_bytes(case)
        times.append(time.perf_counter() - began)
    return 1000 * statistics.median(times)


def rate(law: Law, lines: Sequence[bytes], detail: str) -> float:
    """Answers a second: JSON in, checked, answered, JSON out, as the command does it, by a finder that starts cold."""
    finder, vocabulary = Finder(law), law.vocabulary()
    finder.find(read_case(orjson.loads(lines[0]), vocabulary), detail=detail)
    gc.collect()
    gc.freeze()  # as the command does
    gc.set_threshold(50_000, 20, 100)
    began = time.perf_counter()
    for number, line in enumerate(lines):
        finder.find_bytes(read_case(read_line(line, number), vocabulary), detail=detail)
    return len(lines) / (time.perf_counter() - began)


def batches(home: Path, folder: Path, law: Law, name: str) -> None:
    """Print the rates for one law, in this process and through the command."""
    made = [orjson.dumps(raw) + b"\n" for raw in cases(law, LINES, seed=1, plain=True)]
    again = list(islice(cycle(made[:200]), LINES))
    mixed = [orjson.dumps(raw) + b"\n" for raw in cases(law, MIXED, seed=1)]
    for kind, lines in (("again", again), ("different", made), ("mixed", mixed)):
        path = folder / "batch.jsonl"
        path.write_bytes(b"".join(lines))
        empty = folder / "one.jsonl"
        empty.write_bytes(lines[0])
        for detail in DETAILS:
            short = lines if detail == "verdicts" else lines[: LINES // 2]
            told(f"{name}, {kind}, {detail}", rate(law, short, detail), "answers/s", str(AIMS[detail]))
            if detail == "verdicts":
                start = recourse(home, "forums", str(empty), "--format", "jsonl", "--detail", detail)
                whole = recourse(home, "forums", str(path), "--format", "jsonl", "--detail", detail)
                told("  by the command", len(lines) / max(whole - start, 0.001), "answers/s", str(AIMS[detail]))


def memory(law: Law, amount: int) -> None:
    """Print the memory of one process after a tenth of a long batch and after all of it."""
    finder, vocabulary, maker, rng = Finder(law), law.vocabulary(), Maker(law), Random(2)
    for number in range(1, amount + 1):
        finder.find_bytes(read_case(maker.case(rng), vocabulary), detail="verdicts")
        if number in (amount // 10, amount):
            told(f"memory after {number:,} different cases", resident(), "MB", "flat")


def resident() -> float:
    """The memory of this process now, in MB; the most it ever held where the system does not tell."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def aside(run: Callable[[], None]) -> None:
    """Run in a forked process, so that its memory is its own."""
    child = os.fork()
    if child == 0:
        run()
        sys.stdout.flush()
        os._exit(0)
    os.waitpid(child, 0)


def peer(finder: Finder, facts: Sequence[Case], name: str) -> None:
    """Print how long OpenFisca-Core takes for as many dated boolean variables, and the ratio."""
    rules = 0
    for case in facts:
        rows = finder.find(case, detail="compact")["forums"]
        rules += sum(len(row["rules"]) for row in rows)
    amount = round(rules / len(facts))
    command = [sys.executable, str(Path(__file__).with_name("peer.py")), str(amount), "9"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"peer: not measured ({done.stderr.strip().splitlines()[-1][:60]}); pip install '.[bench]'")
        return
    other, own = json.loads(done.stdout), milliseconds(Finder(finder.law), facts)  # cases it has not seen
    told(f"peer: OpenFisca-Core {other['version']}, {amount} variables", other["ms"], "ms")
    told(f"{name}: one full answer, {amount} rules on average", own, "ms")
    told("  ratio", other["ms"] / own, "times")


def main() -> None:
    """Measure and print."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home, large = folder / "home", folder / "large"
        told("init", recourse(home, "init"), "s", "20")
        told("  its memory", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, "MB", "400")
        law = compiled.load(home)
        aside(lambda: memory(law, 100_000 if "--long" in sys.argv else 10_000))
        more = grown(law, ALL_FORUMS)
        large.mkdir()
        compiled.save(more, large)
        print(f"{ALL_FORUMS} forums below are simulated: the {len(law.forums)} there are, cloned under new ids")
        case = ROOT / "docs" / "cases" / "moldova.yaml"
        vocabulary = law.vocabulary()
        facts = [read_case(raw, vocabulary) for raw in cases(law, 40, seed=3)]
        laws = [(len(law.forums), law, home), (ALL_FORUMS, more, large)]
        for count, one, place in laws[:1] if "--quick" in sys.argv else laws:
            named, finder = f"{count} forums", Finder(one)
            cold = statistics.median(recourse(place, "forums", str(case)) for _ in range(7))
            told(f"{named}: cold `recourse forums CASE`", cold, "s", "0.6")
            told(f"{named}: one answer, warm", milliseconds(finder, facts), "ms", "20")
            peer(finder, facts, named)
            batches(place, folder, one, named)


if __name__ == "__main__":
    main()
