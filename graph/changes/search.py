"""The search: each change alone; where none opens the door, two together, then three."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Final

from graph.changes.candidates import Candidates
from graph.changes.change import KINDS, LAW, Change, Trial
from graph.jurisdiction.engine import VERDICTS, Finding
from graph.jurisdiction.result import DISCRETION, UNKNOWN
from graph.law import Law
from graph.model.case import Case

MOST_IN_PAIRS: Final = 60
MOST_IN_TRIPLES: Final = 24
SAME_FACT: Final = 4  # values of one fact that are tried together with other changes
MOST_TOLD: Final = 12


@dataclass(frozen=True)
class Opening:
    """Changes that together open a door, and the verdict after them."""

    changes: tuple[Change, ...]
    verdict: str


def openings(case: Case, law: Law, forum: str, state: str | None) -> list[Opening]:
    """Return the smallest sets of changes that open a closed door, or settle a conditional one.

    Args: forum and state name one row of the answer.
    Returns: sets of one change; of two where no single one does; of three where no two do. Steps come before facts
        and facts before the law. Empty when nothing tried opens it, or when only the body can decide the rest.
    """
    trial = Trial(case, law, forum, state)
    before = trial.ask()
    if done(before):
        return []
    candidates = Candidates(trial, before).all()
    singles = [(change, trial.ask([change])) for change in candidates]
    found = [Opening((change,), VERDICTS[after.verdict]) for change, after in singles if opens(before, after)]
    if not found:
        useful = _useful(before, singles)
        for size, most in ((2, MOST_IN_PAIRS), (3, MOST_IN_TRIPLES)):
            found = [*_together(trial, before, useful[:most], size)]
            if found:
                break
    return _told(found)


def done(finding: Finding) -> bool:
    """Whether nothing but the body's own judgement stands between the row and a decision."""
    return not finding.failed and all(
        one.because == DISCRETION
        for result in finding.results
        if result.outcome == UNKNOWN
        for one in (result, *result.also)
    )


def opens(before: Finding, after: Finding) -> bool:
    """Whether a closed door is no longer closed, or a conditional one is settled."""
    return after.verdict > 0 if before.verdict == 0 else after.verdict > 0 and done(after)


def _useful(before: Finding, singles: Sequence[tuple[Change, Finding]]) -> list[Change]:
    """What to try together: first what betters some rule, then the law, then the rest; of one fact a few values."""

    def rank(pair: tuple[Change, Finding]) -> int:
        change, after = pair
        if any(b.outcome > a.outcome for a, b in zip(before.results, after.results, strict=True)):
            return 0
        return 1 if change.kind == LAW else 2

    kept: dict[tuple[str, ...], int] = {}
    useful = []
    for change, _ in sorted(singles, key=rank):
        slot = (change.mid, *change.slot)
        kept[slot] = kept.get(slot, 0) + 1
        if kept[slot] <= SAME_FACT:
            useful.append(change)
    return useful


def _together(trial: Trial, before: Finding, changes: Sequence[Change], size: int) -> Iterator[Opening]:
    for some in combinations(changes, size):
        if len({change.slot for change in some}) < size:
            continue
        after = trial.ask(some)
        if opens(before, after):
            yield Opening(some, VERDICTS[after.verdict])


def _told(found: Sequence[Opening]) -> list[Opening]:
    """Several values of one fact become one sentence; a later day of joining stands for an earlier one."""
    merged: dict[tuple[Any, ...], Opening] = {}
    for opening in found:
        key = (opening.verdict, *(_sentence(change) for change in opening.changes))
        known = merged.get(key)
        if known is None:
            merged[key] = opening
        else:
            merged[key] = Opening(tuple(map(_joined, known.changes, opening.changes)), opening.verdict)
    order = {kind: n for n, kind in enumerate(KINDS)}
    ranked = sorted(
        merged.values(),
        key=lambda o: (max(order[change.kind] for change in o.changes), -VERDICTS.index(o.verdict)),
    )
    return ranked[:MOST_TOLD]


def _sentence(change: Change) -> tuple[Any, ...]:
    if "values" in change.args:
        return (change.mid, change.args["path"])
    return (change.mid, *change.slot)


def _joined(first: Change, second: Change) -> Change:
    if "values" not in first.args:
        return first  # the first tried is the later day
    values = [*first.args["values"], *(v for v in second.args["values"] if v not in first.args["values"])]
    return replace(first, args={**first.args, "values": values})
