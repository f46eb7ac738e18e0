"""`find_forums(case, law)`: every body that can hear a case, and for each closed door the rule that closes it.

The Python entry point of the finder. A pure function of facts and law: the same input gives the same bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Final, NamedTuple

import orjson

from graph.jurisdiction.engine import (
    VERDICTS,
    Finding,
    Program,
    best,
    compile_programs,
    finding,
    named_in,
    relevant,
    respondents,
)  # fmt: skip
from graph.jurisdiction.kept import Kept
from graph.jurisdiction.panel import Panel
from graph.jurisdiction.result import NOT_MET, OUTCOMES, UNKNOWN, Result
from graph.jurisdiction.scope import Scope
from graph.law import Law
from graph.model.case import Act, Case
from graph.model.dates import FIRST, FOREVER, iso, parse_date, show
from graph.render import Catalogue, catalogue
from graph.version import VERSION

ROWS: Final = 256  # rows of one forum whose text is kept
Table = tuple[Act, Sequence[tuple[Result, ...]], bool]  # of one act: the results by program, and whether they are kept
DETAILS: Final = ("verdicts", "compact", "full")
BINDING: Final = {"binding": 0, "quasi-judicial": 1, "non-binding": 2}


@dataclass
class Finder:
    """The programs of one law, kept ready: compile once, ask often."""

    law: Law
    programs: tuple[Program, ...] = ()
    about: dict[str, Any] = field(default_factory=dict)
    catalogues: dict[str, Catalogue] = field(default_factory=dict)
    warned: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.programs = compile_programs(self.law)
        self.about = {program.id: orjson.Fragment(orjson.dumps(_about(program))) for program in self.programs}
        closing: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for row in self.law.data["closes"]:
            if row["outcome"] == "bars" and row["to"] in self.about:
                closing.setdefault(row["from"], []).append((row["to"], tuple(row.get("authority") or ())))
        self.warned = {name: tuple(dict(rows).items()) for name, rows in closing.items()}
        self.fresh = _freshness(self.law)
        self.of_states = Panel([program for program in self.programs if program.respondent_kind == "state"])
        self.of_others = Panel([program for program in self.programs if program.respondent_kind != "state"])
        self.special = [program for program in self.programs if program.relevance]
        self.everything = orjson.Fragment(orjson.dumps(self.about))
        self.named = orjson.Fragment(orjson.dumps({
            "hash": self.law.hash,
            "known_on": self.law.data["known_on"],
            "data_as_of": self.law.data["data_as_of"],
        }))  # fmt: skip
        most = ROWS * len(self.programs)
        self.kept: dict[tuple[str, str], tuple[Kept[_Shown], Kept[_Shown]]] = defaultdict(
            lambda: (Kept(most), Kept(most))
        )
        self.statements = {name: orjson.Fragment(orjson.dumps(row)) for name, row in self.law.statements.items()}

    def find(self, case: Case, *, detail: str = "full", lang: str = "en", forums: Iterable[str] = ()) -> dict[str, Any]:
        """Answer one case, as described in `docs/answers.md`, as plain data.

        Args: forums limits the rows to these ids (then also those whose subject is not in the facts).
        """
        answer: dict[str, Any] = orjson.loads(self.find_bytes(case, detail=detail, lang=lang, forums=forums))
        return answer

    def find_bytes(self, case: Case, *, detail: str = "full", lang: str = "en", forums: Iterable[str] = ()) -> bytes:
        """The same answer as the canonical bytes of its JSON: what a batch writes."""
        return orjson.dumps(self._find(case, detail, lang, forums))

    def _find(self, case: Case, detail: str, lang: str, forums: Iterable[str]) -> dict[str, Any]:
        """The answer with the parts that never change as ready text."""
        only = frozenset(forums)
        s = Scope(case, self.law)
        left = [] if only else [p for p in self.special if not relevant(p, s)]
        out = {p.id for p in left} if not only else {p.id for p in self.programs} - only
        rows: list[_Shown] = []
        states = respondents(case)
        for state in states:
            s.take_respondent(state)
            tables = []
            for act in case.acts:
                named = named_in(act, state)
                if named is not None:
                    s.take_act(act, named)
                    tables.append((act, *self.of_states.put(s)))
            rows += self._rows(self.of_states, tables, state, out, detail, lang)
        s.take_respondent(None)
        tables = []
        for act in case.acts:
            s.take_act(act, act.respondents[0] if len(act.respondents) == 1 else None)
            if s.link is None and any(r.state == act.where for r in act.respondents):
                s.link = "on-territory"
            tables.append((act, *self.of_others.put(s)))
        rows += self._rows(self.of_others, tables, None, out, detail, lang)
        if not states:  # nobody is named as respondent: each forum says so
            tables = []
            for act in case.acts:
                s.take_act(act, None)
                tables.append((act, *self.of_states.put(s)))
            rows += self._rows(self.of_states, tables, None, out, detail, lang)
        return self._answer(case, rows, left, detail, lang)

    def _rows(
        self,
        panel: Panel,
        tables: Sequence[Table],
        state: str | None,
        out: Container[str],
        detail: str,
        lang: str,
    ) -> list[_Shown]:
        """One row a forum. A row depends on its findings, and an open one on the acts: its text is kept under them."""
        shown = []
        acts = tuple((act.id, act.start, act.end, act.continuing, act.rights) for act, *_ in tables)
        by_findings, by_telling = self.kept[detail, lang]
        recur = all(kept for _, _, kept in tables)  # else these very results never come again
        for n, program in enumerate(panel.programs):
            if program.id in out:
                continue
            found = tables[0][1][n] if len(tables) == 1 else tuple(table[n] for _, table, _ in tables)
            key: Hashable = (program.id, state, found)
            one = by_findings.get(key)
            if one is not None and one.verdict:  # open, or perhaps: the acts it reaches are shown
                key = (key, acts)
                one = by_findings.get(key)
            if one is None:
                one = self._written(program, state, tables, n, detail, lang, by_telling)
                if recur:
                    by_findings.keep((program.id, state, found), one)
                    if one.verdict:
                        by_findings.keep(((program.id, state, found), acts), one)
            shown.append(one)
        return shown

    def _written(
        self,
        program: Program,
        state: str | None,
        tables: Sequence[Table],
        n: int,
        detail: str,
        lang: str,
        by_telling: Kept[_Shown],
    ) -> _Shown:
        findings = [finding(act, table[n]) for act, table, _ in tables]
        telling = None
        if detail == "verdicts" and len(findings) == 1 and not findings[0].verdict:
            telling = _telling(program, state, findings[0].results)
            known = by_telling.get(telling)
            if known is not None:
                return known
        row = _Row(program, state, findings)
        assumed: dict[str, None] = {}
        used: dict[str, None] = {}
        body = self._row(row, detail, self.words(lang) if detail == "full" else None, assumed, used)
        text: Any = orjson.Fragment(orjson.dumps(body))
        if row.best.verdict:
            text = {key: orjson.Fragment(orjson.dumps(part)) for key, part in body.items()}
        one = _Shown(program, state, row.best.verdict, row.order(False), row.order(True), text, tuple(assumed),
                     tuple(used))  # fmt: skip
        if telling is not None:
            by_telling.offer(telling, one)
        return one

    def words(self, lang: str) -> Catalogue:
        """The catalogue of a language, read once."""
        if lang not in self.catalogues:
            self.catalogues[lang] = catalogue(lang, self.law)
        return self.catalogues[lang]

    def _answer(
        self, case: Case, rows: list[_Shown], left: Sequence[Program], detail: str, lang: str
    ) -> dict[str, Any]:
        words = self.words(lang) if detail == "full" else None
        urgent = bool(case.urgent) or any(act.planned for act in case.acts)
        rows.sort(key=_sooner if urgent else _later)
        opened = {(row.program.id, row.state) for row in rows if row.verdict}
        assumed: set[str] = set()
        used: set[str] = set()
        shown: list[Any] = []
        for row in rows:
            if row.assumed:
                assumed.update(row.assumed)
            if row.used:
                used.update(row.used)
            text = row.text
            if row.verdict:
                text = {**text, "warnings": self._warnings(row, case, opened, words)}
            shown.append(text)
        statements = self.statements
        named = {row.program.id for row in rows}.union(program.id for program in left)
        return {
            "case": case.id,
            "as_of": show(case.as_of),
            "filed": show(case.filed) if case.filed else None,
            "law": self.named,
            "version": VERSION,
            "lang": lang,
            "assumed": [words.say(f"assumed-{name}", {}) if words else {"id": f"assumed-{name}", "args": {}}
                        for name in sorted(assumed)],
            "forums": shown,
            "support": [],
            "only_if": [self._question(program, words) for program in left],
            "about": self.everything if len(named) == len(self.about) else
                     {name: self.about[name] for name in sorted(named)},
            "statements": {name: statements[name] for name in sorted(used)},
        }  # fmt: skip

    def _question(self, program: Program, words: Catalogue | None) -> dict[str, str]:
        mid = str(program.file.get("only_if", "only-if-subject"))
        return {"forum": program.id, "question": words.say(mid, {}) if words else mid}

    def _row(
        self,
        row: _Row,
        detail: str,
        words: Catalogue | None,
        assumed: dict[str, None],
        used: dict[str, None],
    ) -> dict[str, Any]:
        program, finding = row.program, row.best
        rules = []
        conditions: list[Any] = []
        for rule, result in zip(program.rules, finding.results, strict=True):
            for name in result.assumed:
                assumed[name] = None
            outcome = result.outcome
            if outcome > UNKNOWN and detail == "verdicts":
                continue
            for fact in result.facts:
                used[fact] = None
            entry: dict[str, Any] = {
                "rule": rule.kind,
                "outcome": OUTCOMES[outcome],
                "because": result.because,
                "message": {"id": result.mid, "args": result.args},
            }
            if words is not None:
                entry["reason"] = words.say(result.mid, result.args)
            entry["authority"] = (
                rule.authority
                if not result.authority
                else (*rule.authority, *(a for a in result.authority if a not in rule.authority))
            )
            entry["facts"] = result.facts
            rules.append(entry)
            if outcome == UNKNOWN:
                for one in (result, *result.also):
                    mid, args = one.asks or (one.mid, one.args)
                    condition = words.say(mid, args) if words else {"id": mid, "args": args}
                    if condition not in conditions:
                        conditions.append(condition)
                    for fact in one.facts:
                        used[fact] = None
        open_ = finding.verdict > 0
        deadline, rule_of = row.deadline
        return {
            "forum": program.id,
            "respondent": row.state,
            "respondent_kind": program.respondent_kind,
            "venue": None,
            "verdict": VERDICTS[finding.verdict],
            "reaches": row.reaches(),
            "rules": rules,
            "conditions": conditions,
            "deadline": iso(deadline) if deadline is not None else None,
            "deadline_rule": (words.say(*rule_of) if words else {"id": rule_of[0], "args": rule_of[1]})
            if rule_of
            else None,
            "urgent_measures": _urgent(program) if open_ else None,
            "rights": row.provisions,
            "warnings": [],  # of an open row: they depend on the other rows
        }

    def _warnings(
        self, row: _Shown, case: Case, opened: set[tuple[str, str | None]], words: Catalogue | None
    ) -> list[Any]:
        program = row.program
        found: list[tuple[str, Mapping[str, Any]]] = []
        shut = [other for other, _ in self.warned.get(program.id, ()) if (other, row.state) in opened]
        if shut:
            found.append(("warn-closes", {"forums": shut}))
        day = case.day
        seen = self.fresh.get(program.id)
        if seen is not None and seen < day.lo:
            found.append(("warn-data-older", {"seen": iso(seen), "date": show(day)}))
        if any(rule.confidence == "low" for rule in program.rules) or program.file.get("confidence") == "low":
            found.append(("warn-low-confidence", {}))
        if program.file.get("discloses_identity", _discloses(program.file)):
            found.append(("warn-identity", {}))
        for extra in program.file.get("warnings") or ():
            found.append((str(extra["id"]), {}))
        return [words.say(mid, args) if words else {"id": mid, "args": args} for mid, args in found]


def _discloses(file: Mapping[str, Any]) -> bool:
    return str((file.get("anonymity") or {}).get("anonymous_filing")) == "no"


def _telling(program: Program, state: str | None, results: Sequence[Result]) -> tuple[Hashable, ...]:
    """What the text of a closed row depends on with `verdicts`: what is met is not shown, but for what came of it."""
    parts: list[Hashable] = [program.id, state]
    for n, result in enumerate(results):
        extra = result.extra
        if result.outcome <= UNKNOWN or (extra and "deadline" in extra):
            parts.append(result)
        elif result.assumed:
            parts.append((n, result.assumed))
        if extra and result.outcome and "provisions" in extra:
            parts.append((n, *extra["provisions"]))
    return tuple(parts)


class _Shown(NamedTuple):
    """A row as it was written once; of an open one the parts, since its warnings depend on the other rows."""

    program: Program
    state: str | None
    verdict: int
    later: tuple[Any, ...]
    sooner: tuple[Any, ...]
    text: Any
    assumed: tuple[str, ...]
    used: tuple[str, ...]


_later, _sooner = attrgetter("later"), attrgetter("sooner")


@dataclass
class _Row:
    """A forum and a respondent: the best act, and what the forum reaches of the others."""

    program: Program
    state: str | None
    findings: list[Finding]

    def __post_init__(self) -> None:
        self.best = best(self.findings)
        self.reaching = [f for f in self.findings if f.verdict == self.best.verdict or f.verdict > 0]
        self.provisions: list[str] = []
        for f in self.reaching:
            for result in f.results:
                if result.extra and "provisions" in result.extra and result.outcome != NOT_MET:
                    self.provisions.extend(p for p in result.extra["provisions"] if p not in self.provisions)

    @property
    def deadline(self) -> tuple[int | None, tuple[str, Mapping[str, Any]] | None]:
        """The earliest last day of the acts this forum reaches, and how it was counted."""
        found: tuple[int | None, Any] = (None, None)
        for f in self.reaching:
            for result in f.results:
                extra = result.extra
                if extra and "deadline" in extra and (found[0] is None or extra["deadline"] < found[0]):
                    found = (extra["deadline"], extra["rule"])
        return found

    def order(self, urgent: bool) -> tuple[Any, ...]:
        """The order in which an advocate would act."""
        file = self.program.file
        closed = self.best.verdict == 0
        acts_now = urgent and not closed and bool((file.get("urgent") or {}).get("available"))
        deadline = self.deadline[0]
        return (
            closed,
            not acts_now,
            BINDING.get(str(file.get("binding")), 3),
            deadline if deadline is not None else FOREVER,
            self.program.id,
            self.state or "",
        )

    def reaches(self) -> list[dict[str, Any]]:
        """Which part of the facts this forum can look at."""
        if self.best.verdict == 0:
            return []
        shown = []
        for f in self.reaching:
            act = f.act
            lo, hi = act.start.lo, act.end.hi if not act.continuing else FOREVER
            rights = list(act.rights)
            for result in f.results:
                extra = result.extra
                if not extra or result.outcome == NOT_MET:
                    continue
                if "covers" in extra:
                    lo, hi = max(lo, extra["covers"][0]), min(hi, extra["covers"][1])
                if "rights" in extra:
                    rights = extra["rights"]
            shown.append(
                {
                    "act": act.id,
                    "from": iso(lo) if lo > FIRST and (lo != act.start.lo or act.start.exact) else show(act.start),
                    "to": _to(act.end, act.continuing, hi),
                    "rights": rights,
                }
            )
        return shown


def _to(end: Any, continuing: bool | None, hi: int) -> str | None:
    if continuing and hi >= FOREVER:
        return None
    return iso(hi) if continuing or hi != end.hi or end.exact else show(end)


def _urgent(program: Program) -> dict[str, Any] | None:
    urgent = program.file.get("urgent") or {}
    if not urgent.get("available"):
        return None
    return {key: urgent.get(key) for key in ("name", "basis", "binding", "detail")}


ABOUT: Final = (
    "name", "kind", "produces", "binding", "strength", "remedies", "submit", "anonymity", "typical_duration", "cost",
    "language", "confidence", "sources", "notes", "thinner",
)  # fmt: skip


def _about(program: Program) -> dict[str, Any]:
    return {key: program.file[key] for key in ABOUT if key in program.file}


def _freshness(law: Law) -> dict[str, int]:
    """The oldest day on which a table that a forum leans on was seen."""
    seen: dict[str, int] = {}
    tables = law.data["seen"]
    for name, file in law.forums.items():
        days = [parse_date(tables[i]).lo for i in _instruments(file.get("rules") or ()) if tables.get(i)]
        if days:
            seen[name] = min(days)
    return seen


def _instruments(node: Any) -> list[str]:
    if isinstance(node, Mapping):
        found = list(node["bound"]["by"]) if isinstance(node.get("bound"), Mapping) else []
        for value in node.values():
            found.extend(_instruments(value))
        return found
    if isinstance(node, list | tuple):
        return [item for value in node for item in _instruments(value)]
    return []


def encode(answer: Mapping[str, Any]) -> bytes:
    """The canonical bytes of an answer."""
    return orjson.dumps(answer)


def find_forums(case: Case, law: Law, *, detail: str = "full", lang: str = "en") -> dict[str, Any]:
    """Answer one case; for many cases keep a `Finder`."""
    return Finder(law).find(case, detail=detail, lang=lang)


__all__ = ["DETAILS", "Finder", "Result", "encode", "find_forums"]
