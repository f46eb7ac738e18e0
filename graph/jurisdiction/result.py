"""What a test finds, and how findings combine: Kleene's three values and one more for "does not apply"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

NOT_MET: Final = 0
UNKNOWN: Final = 1
MET: Final = 2
NOT_APPLICABLE: Final = 3

OUTCOMES: Final = ("not-met", "unknown", "met", "not-applicable")

FACT: Final = "fact"
STEP: Final = "step"
DISCRETION: Final = "discretion"
CONTESTED: Final = "contested"
DATA: Final = "data"

NO_ARGS: Final[Mapping[str, Any]] = {}


class Result:
    """One test put to one scope: outcome, message, the statements it used, what it leaned on.

    `also` holds the further unknowns of a combination (one condition is printed for each), `asks` the message that
    says what settles an unknown, `extra` what only some tests report: the days covered, provisions, a deadline.
    """

    __slots__ = (
        "also",
        "args",
        "asks",
        "assumed",
        "authority",
        "because",
        "extra",
        "facts",
        "mid",
        "outcome",
    )

    def __init__(
        self,
        outcome: int,
        mid: str,
        args: Mapping[str, Any] = NO_ARGS,
        *,
        because: str | None = None,
        facts: tuple[str, ...] = (),
        assumed: tuple[str, ...] = (),
        asks: tuple[str, Mapping[str, Any]] | None = None,
        also: tuple[Result, ...] = (),
        extra: Mapping[str, Any] | None = None,
        authority: tuple[str, ...] = (),
    ) -> None:
        self.outcome, self.mid, self.args, self.because = outcome, mid, args, because
        self.facts, self.assumed, self.asks, self.also = facts, assumed, asks, also
        self.extra, self.authority = extra, authority

    def __repr__(self) -> str:
        return f"Result({OUTCOMES[self.outcome]}, {self.mid}, {dict(self.args)!r}, {self.because})"


def merge(base: Result, others: Sequence[Result], also: tuple[Result, ...] = ()) -> Result:
    """The result of a combination: `base` decides, the others add their statements and assumptions."""
    facts, assumed = base.facts, base.assumed
    extra = base.extra
    for other in others:
        if other is base:
            continue
        if other.facts:
            facts += tuple(f for f in other.facts if f not in facts)
        if other.assumed:
            assumed += tuple(a for a in other.assumed if a not in assumed)
        if other.extra and base.outcome != NOT_MET:
            extra = {**other.extra, **(extra or {})}
    return Result(
        base.outcome,
        base.mid,
        base.args,
        because=base.because,
        facts=facts,
        assumed=assumed,
        asks=base.asks,
        also=also or base.also,
        extra=extra,
        authority=base.authority,
    )


def every(results: Sequence[Result]) -> Result:
    """All of them: the first failure decides, then the first unknown; what does not apply is left out."""
    unknown: list[Result] = []
    met: Result | None = None
    for result in results:
        outcome = result.outcome
        if outcome == NOT_MET:
            failed = [r for r in results if r.outcome == NOT_MET]
            return merge(result, failed) if len(failed) > 1 else result
        if outcome == UNKNOWN:
            unknown.append(result)
        elif outcome == MET and met is None:
            met = result
    if unknown:
        return merge(unknown[0], results, _flat(unknown[1:], unknown[0].also))
    if met is None:
        return results[0]
    return merge(met, results)


def that_decide(results: Sequence[Result], outcomes: Sequence[int]) -> tuple[Result, ...]:
    """Those of the first of these outcomes that occurs: `every` and `some` look at no other ones. Else all of them."""
    for outcome in outcomes:
        found = tuple([result for result in results if result.outcome == outcome])
        if found:
            return found
    return tuple(results)


def some(results: Sequence[Result]) -> Result:
    """Any of them: the first that is met decides, then the unknowns; none left means the first failure."""
    applying = [result for result in results if result.outcome != NOT_APPLICABLE]
    if not applying:
        return results[0]
    met = [result for result in applying if result.outcome == MET]
    if met:
        return merge(met[0], met) if len(met) > 1 else met[0]
    unknown = [result for result in applying if result.outcome == UNKNOWN]
    if unknown:
        return merge(unknown[0], unknown, _flat(unknown[1:], unknown[0].also))
    if len(applying) == 1:
        return applying[0]
    telling = [result for result in applying if result.mid not in ("not-party", "nobody-bound")]
    return merge((telling or applying)[0], applying)


def _flat(results: Sequence[Result], first: tuple[Result, ...]) -> tuple[Result, ...]:
    flat = list(first)
    for result in results:
        flat.append(result)
        flat.extend(result.also)
    return tuple(flat)
