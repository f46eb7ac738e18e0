"""`find_forums(case, law)`: every body that can hear a case, and for each closed door the rule that closes it.

The Python entry point of the finder. A pure function of facts and law: the same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
from graph.jurisdiction.panel import Panel
from graph.jurisdiction.result import NOT_MET, OUTCOMES, UNKNOWN, Result
from graph.jurisdiction.scope import Scope
from graph.law import Law
from graph.model.case import Act, Case
from graph.model.dates import FIRST, FOREVER, iso, parse_date, show
from graph.render import Catalogue, catalogue
from graph.version import VERSION

KEPT: Final = 8_000  # closed rows kept as text
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
        self.closed: dict[Hashable, _Closed] = {}
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
        words = self.words(lang) if detail == "full" else None
        s = Scope(case, self.law)
        rows: list[_Row | _Closed] = []
        left: list[dict[str, str]] = []
        states = respondents(case)
        pairs = {state: [(act, named) for act in case.acts if (named := named_in(act, state))] for state in states}
        chosen = []
        for program in self.programs:
            if only:
                if program.id in only:
                    chosen.append(program)
            elif relevant(program, s):
                chosen.append(program)
            else:
                left.append({"forum": program.id, "question": str(program.file.get("only_if", "only-if-subject"))})
        names = frozenset(program.id for program in chosen)
        for state in states:
            s.take_respondent(state)
            tables = []
            for act, named in pairs[state]:
                s.take_act(act, named)
                tables.append((act, self.of_states.put(s)))
            rows.extend(self._rows(self.of_states, tables, state, names, detail, lang))
        s.take_respondent(None)
        tables = []
        for act in case.acts:
            s.take_act(act, act.respondents[0] if len(act.respondents) == 1 else None)
            if s.link is None and any(r.state == act.where for r in act.respondents):
                s.link = "on-territory"
            tables.append((act, self.of_others.put(s)))
        rows.extend(self._rows(self.of_others, tables, None, names, detail, lang))
        if not states:  # nobody is named as respondent: each forum says so
            tables = []
            for act in case.acts:
                s.take_act(act, None)
                tables.append((act, self.of_states.put(s)))
            rows.extend(self._rows(self.of_states, tables, None, names, detail, lang))
        return self._answer(case, rows, left, detail, lang, words)

    def _rows(
        self,
        panel: Panel,
        tables: Sequence[tuple[Act, list[list[Result]]]],
        state: str | None,
        names: frozenset[str],
        detail: str,
        lang: str,
    ) -> Iterator[_Row | _Closed]:
        """One row a forum. A closed row of one act depends on its results alone, so its text is kept."""
        single = len(tables) == 1
        for n, program in enumerate(panel.programs):
            if program.id not in names:
                continue
            if not single:
                yield _Row(program, state, [finding(act, table[n]) for act, table in tables])
                continue
            act, table = tables[0]
            results = table[n]
            if all(result.outcome for result in results):  # none of them failed
                yield _Row(program, state, [finding(act, results)])
                continue
            key = _identity(program, state, detail, lang, results)
            kept = self.closed.get(key)
            if kept is None:
                if len(self.closed) >= KEPT:
                    self.closed.clear()
                kept = self.closed[key] = self._closed(_Row(program, state, [finding(act, results)]), detail, lang)
            yield kept

    def _closed(self, row: _Row, detail: str, lang: str) -> _Closed:
        assumed: dict[str, None] = {}
        used: dict[str, None] = {}
        body = self._row(row, None, set(), detail, self.words(lang) if detail == "full" else None, assumed, used)
        return _Closed(row, row.order(False), orjson.Fragment(orjson.dumps(body)), tuple(assumed), tuple(used))

    def words(self, lang: str) -> Catalogue:
        """The catalogue of a language, read once."""
        if lang not in self.catalogues:
            self.catalogues[lang] = catalogue(lang, self.law)
        return self.catalogues[lang]

    def _answer(
        self,
        case: Case,
        rows: list[_Row | _Closed],
        left: list[dict[str, str]],
        detail: str,
        lang: str,
        words: Catalogue | None,
    ) -> dict[str, Any]:
        urgent = bool(case.urgent) or any(act.planned for act in case.acts)
        rows.sort(key=lambda row: row.order(urgent))
        opened = {(row.program.id, row.state) for row in rows if isinstance(row, _Row) and row.best.verdict}
        assumed: dict[str, None] = {}
        used: dict[str, None] = {}
        shown: list[Any] = []
        for row in rows:
            if isinstance(row, _Closed):
                shown.append(row.body)
                assumed.update(dict.fromkeys(row.assumed))
                used.update(dict.fromkeys(row.used))
            else:
                shown.append(self._row(row, case, opened, detail, words, assumed, used))
        statements = self.statements
        data = self.law.data
        named = {row.program.id for row in rows} | {item["forum"] for item in left}
        questions = [
            {
                "forum": item["forum"],
                "question": words.say(item["question"], {}) if words else item["question"],
            }
            for item in left
        ]
        return {
            "case": case.id,
            "as_of": show(case.as_of),
            "filed": show(case.filed) if case.filed else None,
            "law": {
                "hash": self.law.hash,
                "known_on": data["known_on"],
                "data_as_of": data["data_as_of"],
            },
            "version": VERSION,
            "lang": lang,
            "assumed": [words.say(f"assumed-{name}", {}) if words else {"id": f"assumed-{name}", "args": {}}
                        for name in sorted(assumed)],
            "forums": shown,
            "support": [],
            "only_if": questions,
            "about": {name: self.about[name] for name in sorted(named)},
            "statements": {name: statements[name] for name in sorted(used)},
        }  # fmt: skip

    def _row(
        self,
        row: _Row,
        case: Case | None,
        opened: set[tuple[str, str | None]],
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
            "warnings": self._warnings(row, case, opened, words) if open_ and case else [],
        }

    def _warnings(
        self, row: _Row, case: Case, opened: set[tuple[str, str | None]], words: Catalogue | None
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


def _identity(
    program: Program, state: str | None, detail: str, lang: str, results: Sequence[Result]
) -> tuple[Hashable, ...]:
    """What the text of a closed row depends on: its findings, without those that `verdicts` leaves out."""
    if detail != "verdicts":
        return (program.id, state, detail, lang, *map(id, results))
    parts: list[Hashable] = [program.id, state]
    for result in results:
        if result.outcome <= UNKNOWN:
            parts.append(id(result))
        elif result.assumed:
            parts.append(result.assumed)
        extra = result.extra
        if extra and "provisions" in extra and result.outcome:
            parts.append(tuple(extra["provisions"]))
        elif extra and "deadline" in extra:  # how it was counted stands in the row
            parts.append(id(result))
    return tuple(parts)


class _Closed(NamedTuple):
    """A closed row as it was written once; it holds the results by whose identity it is kept."""

    row: _Row
    sort: tuple[Any, ...]
    body: Any
    assumed: tuple[str, ...]
    used: tuple[str, ...]

    @property
    def program(self) -> Program:
        """Its forum."""
        return self.row.program

    def order(self, urgent: bool) -> tuple[Any, ...]:
        """Closed doors stand last whatever is urgent."""
        return self.sort


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
