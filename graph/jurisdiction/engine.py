"""Rule files to programs, once a process; programs to findings, once a case.

A program is the list of a forum's rules as closures. Equal tests of different forums are one closure, and what a
closure found is kept for as long as the part of the scope that it looks at stays the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from graph.errors import ReferenceFault
from graph.jurisdiction import bound, deadlines, duplication, predicates
from graph.jurisdiction.kept import Kept
from graph.jurisdiction.result import (
    DATA,
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    UNKNOWN,
    Result,
    every,
    merge,
    some,
    that_decide,
)  # fmt: skip
from graph.jurisdiction.scope import CASE, RESPONDENT, Scope
from graph.law import Law
from graph.model.case import Act, Case, Respondent

RULES: Final = (
    "ratione-personae", "ratione-materiae", "ratione-temporis", "ratione-loci", "standing", "exhaustion",
    "time-limit", "duplication", "form",
)  # fmt: skip
TESTS: Final = frozenset(
    "exists bound fact linked engages exhausted within clear judgement all any not_required".split()
)
PARAMETERS: Final[Mapping[str, frozenset[str]]] = {
    "bound": frozenset(("by", "on", "who", "continuing", "reservations")),
    "linked": frozenset(("how", "doctrine")),
    "exhausted": frozenset(("exceptions", "suspensive_only_for")),
    "within": frozenset(("kind", "regimes", "starts", "count", "suspended", "long_stop")),
    "clear": frozenset(("when", "same", "reservations")),
    "judgement": frozenset(("question",)),
}
FOR_ITS_FORUM: Final = ("bound", "linked", "engages", "within")  # where a reservation can narrow one forum
VERDICTS: Final = ("unavailable", "conditional", "available")

KEPT: Final = 256  # combinations of findings that one rule remembers

Test = Callable[[Scope], Result]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a forum: its heading, its closure, its authority."""

    kind: str
    run: Test
    authority: tuple[str, ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class Program:
    """One forum, ready to be put to a case."""

    id: str
    file: Mapping[str, Any]
    rules: tuple[Rule, ...]
    relevance: tuple[Test, ...]
    respondent_kind: str


@dataclass(slots=True)
class Finding:
    """A forum, a respondent and one act: each rule with what it found."""

    act: Act
    results: Sequence[Result]
    verdict: int  # 0 unavailable, 1 conditional, 2 available
    failed: int
    unknown: int


class Compiler:
    """Makes closures; remembers those it made, so that equal tests are shared."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self.made: dict[bytes, tuple[Test, int]] = {}
        self.ruled: dict[bytes, Test] = {}

    def program(self, file: Mapping[str, Any]) -> Program:
        """Compile one rule file.

        Raises: ReferenceFault for a test, a path or a doctrine that does not exist.
        """
        try:
            rules = tuple(self._rule(row, file) for row in file["rules"])
            relevance = tuple(self.condition(row, file)[0] for row in file.get("relevance") or ())
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise ReferenceFault(
                f"has a rule that cannot be compiled ({type(error).__name__}: {error}); see docs/adding-a-forum.md",
                field=f"forums/{file.get('id')}",
            ) from error
        order = {kind: n for n, kind in enumerate(RULES)}
        return Program(
            id=file["id"],
            file=file,
            rules=tuple(sorted(rules, key=lambda rule: order[rule.kind])),
            relevance=relevance,
            respondent_kind=file.get("respondent_kind", "state"),
        )

    def _rule(self, row: Mapping[str, Any], file: Mapping[str, Any]) -> Rule:
        asked = {k: v for k, v in row.items() if k in TESTS or k == "when"}
        confidence = row.get("confidence", "high")
        key = orjson.dumps([asked, self._own(asked, file), confidence == "low"], option=orjson.OPT_SORT_KEYS)
        if key not in self.ruled:
            run, depends = self.condition(asked, file)
            self.ruled[key] = _kept(_doubted(run) if confidence == "low" else run, depends, object())
        return Rule(row["rule"], self.ruled[key], tuple(row.get("authority") or ()), confidence)

    def condition(self, row: Mapping[str, Any], file: Mapping[str, Any]) -> tuple[Test, int]:
        """Compile a condition: one test, `all`, `any`, perhaps under a guard `when`."""
        tests = [name for name in row if name in TESTS]
        if len(tests) != 1:
            raise ValueError(f"one test expected, found {sorted(row)}")
        test = self._test(tests[0], row[tests[0]], file)
        if "when" not in row:
            return test
        guard, guard_depends = self.condition(row["when"], file)
        return _guarded(guard, test[0]), max(guard_depends, test[1])

    def _test(self, name: str, params: Any, file: Mapping[str, Any]) -> tuple[Test, int]:
        key = orjson.dumps([name, params, self._own({name: params}, file)], option=orjson.OPT_SORT_KEYS)
        if key not in self.made:
            run, depends = self._make(name, params, file)
            self.made[key] = (_kept(run, depends, object()), depends)
        return self.made[key]

    def _own(self, row: Mapping[str, Any], file: Mapping[str, Any]) -> list[Any]:
        """What a condition reads of its own forum: equal conditions with equal parts are one closure."""
        found: list[Any] = []
        for name, params in row.items():
            if name == "when":
                found.append(self._own(params, file))
            elif name in ("all", "any"):
                found.extend(self._own(part, file) for part in params)
            elif name == "exists":
                found.append(file.get("operates"))
            elif name == "clear" or (name in FOR_ITS_FORUM and bound.narrowed(self.law, file["id"])):
                found.append(file["id"])
            if name == "engages":
                found.append([file.get("applies"), sorted(predicates.always_tested(file))])
        return found

    def _make(self, name: str, params: Any, file: Mapping[str, Any]) -> tuple[Test, int]:
        forum = file["id"]
        unknown = set(params) - PARAMETERS[name] if name in PARAMETERS and isinstance(params, Mapping) else set()
        if unknown:  # a misspelt parameter must not be a rule that says less
            raise ValueError(f"{name} has no parameter {', '.join(sorted(map(str, unknown)))}")
        match name:
            case "all" | "any":
                made = [self.condition(row, file) for row in params]
                runs = tuple(run for run, _ in made)
                combined = (
                    _combined(runs, every, (NOT_MET,)) if name == "all" else _combined(runs, some, (MET, UNKNOWN))
                )
                return combined, max(depends for _, depends in made)
            case "exists":
                return predicates.exists(file)
            case "bound":
                return bound.make(params, forum, self.law)
            case "fact":
                return predicates.fact(params)
            case "linked":
                return predicates.linked(params, forum, self.law)
            case "engages":
                return predicates.engages(file, self.law)
            case "exhausted":
                return predicates.exhausted(params if isinstance(params, Mapping) else {})
            case "within":
                return deadlines.make(params, forum, self.law)
            case "clear":
                return duplication.make(params, file, self.law)
            case "judgement":
                return predicates.judgement(params)
            case _:
                return predicates.not_required()


def _kept(run: Test, depends: int, key: object) -> Test:
    if depends == CASE:

        def kept(s: Scope) -> Result:
            cache = s.case_cache
            found = cache.get(key)
            if found is None:
                found = cache[key] = run(s)
            return found

    elif depends == RESPONDENT:

        def kept(s: Scope) -> Result:
            cache = s.resp_cache
            found = cache.get(key)
            if found is None:
                found = cache[key] = run(s)
            return found

    else:

        def kept(s: Scope) -> Result:
            cache = s.act_cache
            found = cache.get(key)
            if found is None:
                found = cache[key] = run(s)
            return found

    return kept


def _combined(runs: Sequence[Test], combine: Callable[[Sequence[Result]], Result], outcomes: Sequence[int]) -> Test:
    """A combination of tests; for the same findings it gives the same object, so that rows can be recognised."""
    memory: Kept[Result] = Kept(KEPT)

    def combined(s: Scope) -> Result:
        found = that_decide([run(s) for run in runs], outcomes)
        known = memory.get(found)
        if known is None:
            known = combine(found)
            memory.offer(found, known)
        return known

    return combined


def _guarded(guard: Test, run: Test) -> Test:
    def guarded(s: Scope) -> Result:
        gate = guard(s)
        if gate.outcome == NOT_MET:
            return Result(NOT_APPLICABLE, "guard-not-met", gate.args, assumed=gate.assumed)
        result = run(s)
        if gate.outcome != UNKNOWN:
            return merge(result, [gate]) if gate.assumed else result
        if result.outcome == NOT_MET:  # whether the rule applies at all is what is not known
            return merge(gate, [result])
        return result

    return guarded


def _doubted(run: Test) -> Test:
    def doubted(s: Scope) -> Result:
        result = run(s)
        if result.outcome in (MET, NOT_MET):
            asks: tuple[str, Mapping[str, Any]] = ("ask-verify-rule", {})
            return Result(
                UNKNOWN, "rule-low-confidence", {"found": result.mid}, because=DATA, facts=result.facts, asks=asks,
                extra=result.extra, assumed=result.assumed,
            )  # fmt: skip
        return result

    return doubted


def compile_programs(law: Law) -> tuple[Program, ...]:
    """Every forum of the law as a program, by id."""
    compiler = Compiler(law)
    return tuple(compiler.program(law.forums[name]) for name in sorted(law.forums))


def respondents(case: Case) -> list[str]:
    """Every state that an act is attributed to, in the order of the facts."""
    return list(dict.fromkeys(r.state for act in case.acts for r in act.respondents))


def relevant(program: Program, s: Scope) -> bool:
    """Whether the subject of a special forum is among the facts."""
    if not program.relevance:
        return True
    for act in s.case.acts:
        s.take_act(act, None)
        if any(test(s).outcome == MET for test in program.relevance):
            return True
    return False


def finding(act: Act, results: Sequence[Result]) -> Finding:
    """What the rules of one forum found for one act, and the verdict that follows."""
    failed = unknown = 0
    for result in results:
        outcome = result.outcome
        if outcome == NOT_MET:
            failed += 1
        elif outcome == UNKNOWN:
            unknown += 1
    return Finding(act, results, 0 if failed else 1 if unknown else 2, failed, unknown)


def put(program: Program, s: Scope, act: Act) -> Finding:
    """Put every rule of one forum to one act (the scope stands on it already)."""
    return finding(act, [rule.run(s) for rule in program.rules])


def named_in(act: Act, state: str) -> Respondent | None:
    """The entry of an act that names a state as respondent."""
    for respondent in act.respondents:
        if respondent.state == state:
            return respondent
    return None


def best(findings: Sequence[Finding]) -> Finding:
    """The act on which a forum goes furthest: fewest failures, then fewest unknowns."""
    return min(findings, key=lambda f: (-f.verdict, f.failed, f.unknown))
