"""`make bench`: how fast, on one core, over the shipped law. Prints figures beside their limits; no test, no gate."""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

from graph import law
from graph.casefile import read_file
from graph.finder import DETAILS, Finder
from graph.model.reading import read_case

ROOT = Path(__file__).parent.parent
CASE = ROOT / "docs" / "cases" / "moldova.yaml"
LINES = {"verdicts": 6000, "compact": 2000, "full": 500}
FLOOR = {"verdicts": 1500, "compact": 400, "full": 100}  # answers a second


def recourse(*words: str) -> float:
    """Run the command in a process of its own and return the seconds it took."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "api.cli.app", "--quiet", *words]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        seconds = recourse("--home", str(home), "init")
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        print(f"init                 {seconds:8.2f} s (20)   {peak} MB (400)")
        cold = min(recourse("--home", str(home), "forums", str(CASE)) for _ in range(5))
        print(f"cold answer          {cold:8.2f} s (0.6)")
        finder = Finder(law.load(home))
        plain = yaml.safe_load(CASE.read_text(encoding="utf-8"))
        facts = read_case(read_file(CASE), finder.law.vocabulary())
        times = []
        for _ in range(200):
            began = time.perf_counter()
            finder.find(facts)
            times.append(time.perf_counter() - began)
        print(f"warm answer          {1000 * sorted(times)[100]:8.2f} ms (20)  {len(finder.law.forums)} forums")
        batch = Path(folder) / "batch.jsonl"
        for detail in DETAILS:
            batch.write_text((json.dumps(plain, default=str) + "\n") * LINES[detail], encoding="utf-8")
            few = recourse("--home", str(home), "forums", str(CASE))
            seconds = recourse("--home", str(home), "forums", str(batch), "--format", "jsonl", "--detail", detail)
            rate = LINES[detail] / max(seconds - few, 0.001)
            print(f"batch, {detail:13} {rate:8.0f} answers/s ({FLOOR[detail]})")


if __name__ == "__main__":
    main()
