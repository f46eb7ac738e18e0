"""The peer: OpenFisca-Core puts as many dated boolean variables to one entity, its trace on; prints one JSON line.

Runs in a process of its own, so that its imports weigh on nothing else. Nothing here is law: a variable compares a day
of the case with a day of its own, which is the least that a dated rule does.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from importlib.metadata import version
from typing import Any

import numpy
from openfisca_core import entities, periods, taxbenefitsystems, variables
from openfisca_core.simulations import SimulationBuilder

CASE = entities.Entity("case", "cases", "A case", "")
DAY = "2026-02-03"


def system(amount: int) -> Any:
    """A system of so many dated boolean variables over three days of a case."""
    made = taxbenefitsystems.TaxBenefitSystem([CASE])
    for name in ("act", "decision", "filing"):
        made.add_variable(_kind(name, value_type=date, default_value=date(1970, 1, 1)))
    for n in range(amount):
        first = numpy.datetime64(date(1950, 1, 1) + timedelta(days=37 * n % 27_000))
        formula = _since(("act", "decision", "filing")[n % 3], first)
        made.add_variable(_kind(f"rule_{n}", value_type=bool, formula=formula))
    return made


def _since(asked: str, first: numpy.datetime64) -> Callable[..., Any]:
    def formula(case: Any, period: Any) -> Any:
        return case(asked, period) >= first

    return formula


def _kind(name: str, **parts: Any) -> type:
    parts = {"entity": CASE, "definition_period": periods.DateUnit.DAY, "label": name, **parts}
    return type(name, (variables.Variable,), parts)


def main() -> None:
    """Answer some cases and print the median."""
    amount, rounds = int(sys.argv[1]), int(sys.argv[2])
    made = system(amount)
    times = []
    for n in range(rounds):
        began = time.perf_counter()
        days = {"act": f"20{n % 20:02}-03-04", "decision": "2021-05-06", "filing": "2021-09-01"}
        facts = {"cases": {"one": {name: {DAY: day} for name, day in days.items()}}}
        simulation = SimulationBuilder().build_from_entities(made, facts)
        simulation.trace = True
        for rule in range(amount):
            simulation.calculate(f"rule_{rule}", DAY)
        traced = len(simulation.tracer.get_flat_trace())
        times.append(time.perf_counter() - began)
        assert traced >= amount
    print(json.dumps({"version": version("OpenFisca-Core"), "rules": amount, "ms": 1000 * statistics.median(times)}))


if __name__ == "__main__":
    main()
