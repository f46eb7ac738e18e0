"""The closed list of tests, one function each: what a rule file may ask, and what may come of it.

`bound`, `within` and `clear` have modules of their own. A maker turns the parameters of a rule into a closure once a
process; it returns the closure and the part of the scope (case, respondent, act) that the closure looks at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from graph.jurisdiction import bound
from graph.jurisdiction.facts import ASSUMED, PATHS, absent_section
from graph.jurisdiction.result import (
    CONTESTED,
    DATA,
    DISCRETION,
    FACT,
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    STEP,
    UNKNOWN,
    Result,
)  # fmt: skip
from graph.jurisdiction.scope import ACT, CASE, Scope
from graph.law import Law, Reservation
from graph.model.dates import FIRST, FOREVER, DateRange, parse_date, show

Test = Callable[[Scope], Result]
MESSAGE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def exists(file: Mapping[str, Any]) -> tuple[Test, int]:
    """Was the body or procedure operating on the legal day?"""
    operates = file.get("operates") or {}
    since = parse_date(operates["since"]) if operates.get("since") else DateRange(FIRST, FIRST)
    until = parse_date(operates["until"]) if operates.get("until") else DateRange(FOREVER, FOREVER)
    stops = [
        (
            parse_date(stop["from"]).lo,
            parse_date(stop["to"]).hi if stop.get("to") else FOREVER,
            str(stop["from"]),
            str(stop.get("message") or stop.get("why") or "suspended"),
        )
        for stop in operates.get("suspended") or ()
    ]

    def test(s: Scope) -> Result:
        day = s.day
        args = {"date": show(day)}
        if day.hi < since.lo:
            return Result(NOT_MET, "not-yet-operating", {**args, "since": show(since)})
        if day.lo >= until.hi:
            return Result(NOT_MET, "no-longer-operating", {**args, "until": show(until)})
        for first, last, text, why in stops:
            if first <= day.lo and day.hi <= last:
                mid = why if MESSAGE.fullmatch(why) else "suspended"
                return Result(NOT_MET, mid, {**args, "since": text})
        if day.lo < since.hi or day.hi >= until.lo:
            return Result(UNKNOWN, "operating-uncertain", args, because=DATA, asks=("ask-operating", {}))
        return Result(MET, "operating", args)

    return test, CASE


def judgement(params: Mapping[str, Any]) -> tuple[Test, int]:
    """A question that only the body can answer."""
    question = str(params["question"])
    result = Result(UNKNOWN, question, because=DISCRETION, asks=(question, {}))
    return (lambda s: result), CASE


def fact(params: Mapping[str, Any]) -> tuple[Test, int]:
    """Is a fact of the case one of these, in this range, none of these?"""
    ((path, wanted),) = params.items()
    read, depends = PATHS[path]
    if isinstance(wanted, Mapping) and ("min" in wanted or "max" in wanted):
        return _in_range(path, read, wanted), depends
    excluded = isinstance(wanted, Mapping)
    values = list(wanted["except"] if isinstance(wanted, Mapping) else wanted)
    references = [str(value)[1:] for value in values if str(value).startswith("$")]
    fixed = frozenset(value for value in values if not str(value).startswith("$"))
    hit, miss = (NOT_MET, MET) if excluded else (MET, NOT_MET)
    names = [str(value).lower() if isinstance(value, bool) else str(value) for value in values]
    absence = wanted.get("absent") if isinstance(wanted, Mapping) else None  # what absence is declared to mean
    asks = ("ask-fact", {"path": path, "values": names})
    unknown = Result(UNKNOWN, "fact-unknown", {"path": path, "values": names}, because=FACT, asks=asks)
    found: dict[Any, Result] = {}
    if references:
        depends = max([depends, *(PATHS[name][1] for name in references)])

    def test(s: Scope) -> Result:
        value = read(s)
        assumed: tuple[str, ...] = ()
        if value is None:
            if path in ASSUMED:
                value, why = ASSUMED[path]
                assumed = (why,)
            else:
                absent = absent_section(path, s)
                if absent is None and absence == "met":
                    return Result(MET, "fact-not-excluded", {"path": path}, assumed=(f"not-{names[0]}",))
                if absent is None:
                    return unknown
                value, assumed = (), (absent,)
        allowed = fixed
        for name in references:
            other = PATHS[name][0](s)
            if other is None:
                return unknown if absent_section(name, s) is None else _absent(name, s, miss)
            allowed = allowed | (frozenset(other) if isinstance(other, tuple) else {other})
        key = (value, assumed, allowed) if references else (value, assumed)
        result = found.get(key)
        if result is None:
            is_in = any(item in allowed for item in value) if isinstance(value, tuple) else value in allowed
            shown = [str(item) for item in value] if isinstance(value, tuple) else [_word(value)]
            mid = ("fact-is-not" if excluded else "fact-is") if (is_in != excluded) else "fact-fails"
            args = {"path": path, "value": shown, "values": names}
            if mid == "fact-fails" and excluded:
                mid = "fact-excluded"
            result = Result(hit if is_in else miss, mid, args, assumed=assumed)
            if len(found) < 4096:
                found[key] = result
        return result

    return test, depends


def _word(value: Any) -> str:
    return (
        show(value) if isinstance(value, DateRange) else str(value).lower() if isinstance(value, bool) else str(value)
    )


def _absent(name: str, s: Scope, outcome: int) -> Result:
    assumption = absent_section(name, s)
    return Result(outcome, "section-absent", {"path": name}, assumed=(assumption,) if assumption else ())


def _in_range(path: str, read: Callable[[Scope], Any], wanted: Mapping[str, Any]) -> Test:
    dated = path in ("acts.from", "acts.to", "notice.known", "platform.decision", "project.closed")
    lowest: int = _bound(wanted.get("min"), dated, FIRST if dated else 0, first=True)
    highest: int = _bound(wanted.get("max"), dated, FOREVER if dated else 10**9, first=False)
    if dated:
        args = {"path": path, "since": str(wanted.get("min", "")), "until": str(wanted.get("max", ""))}
        kind = "day"
    else:
        args = {"path": path, "min": str(wanted.get("min", "")), "max": str(wanted.get("max", ""))}
        kind = "number"
    ends = "between" if "min" in wanted and "max" in wanted else "least" if "min" in wanted else "most"

    def test(s: Scope) -> Result:
        value = read(s)
        if value is None:
            absent = absent_section(path, s)
            if absent is not None:
                return _absent(path, s, NOT_MET)
            return Result(UNKNOWN, f"{kind}-unknown-{ends}", args, because=FACT, asks=("ask-path", {"path": path}))
        lo, hi = (value.lo, value.hi) if isinstance(value, DateRange) else (value, value)
        told = {"date": show(DateRange(lo, hi))} if dated else {"value": str(lo) if lo == hi else f"{lo}-{hi}"}
        if lowest <= lo and hi <= highest:
            return Result(MET, f"{kind}-in-range", {**args, **told})
        if hi < lowest or lo > highest:
            return Result(NOT_MET, f"{kind}-outside-{ends}", {**args, **told})
        return Result(UNKNOWN, f"{kind}-unknown-{ends}", args, because=FACT, asks=("ask-path", {"path": path}))

    return test


def _bound(value: Any, dated: bool, default: int, *, first: bool) -> int:
    if value is None:
        return default
    if not dated:
        return int(value)
    when = parse_date(str(value))
    return when.lo if first else when.hi


def linked(params: Mapping[str, Any], forum: str, law: Law) -> tuple[Test, int]:
    """Does the respondent's link to the victim fall under this body's doctrine?"""
    doctrine = law.data["doctrines"][params["doctrine"]]
    met = dict(doctrine.get("met") or {})
    contested = dict(doctrine.get("contested") or {})
    closed = dict(doctrine.get("closed") or {})
    if set(params.get("how", met)) != set(met):
        raise ValueError(f"`how` and the links met in doctrine {params['doctrine']} differ")
    helpful = sorted(met)

    def test(s: Scope) -> Result:
        link, state, where = s.link, s.state, s.act.where
        args: dict[str, Any] = {"state": state, "link": link, "where": where}
        if link is None:
            perhaps = [one for one in helpful if where is None or one != "on-territory"]
            asked = {"state": state, "links": perhaps}
            return Result(UNKNOWN, "link-unknown", asked, because=FACT, asks=("ask-link", asked))
        if link in met:
            authority = _as_tuple(met[link])
            if state is not None and state in law.reservations:
                for r in bound.limits(law, state, forum, ("territory",), s.day):
                    limited = _limited(r, state, where, link, authority)
                    if limited is not None:
                        return limited
            return Result(MET, "linked", args, authority=authority)
        if link in contested:
            return Result(
                UNKNOWN, "link-contested", args, because=CONTESTED, asks=("ask-contested-link", {"link": link}),
                authority=_as_tuple(contested[link]),
            )  # fmt: skip
        return Result(NOT_MET, "not-linked", args, authority=_as_tuple(closed.get(link, ())))

    return test, ACT


def _limited(r: Reservation, state: str, where: str | None, link: str, authority: tuple[str, ...]) -> Result | None:
    """What a territorial limit does to an act in one place: nothing, a doubt, or the end of it."""
    args = {"state": state, "instrument": r.instrument, "where": where, "link": link}
    outside = r.detail.get("outside")
    if outside is not None:
        if where not in outside.split("|"):
            return None
        if r.confidence in ("high", "medium"):
            return Result(NOT_MET, "territory-excluded", args, facts=(r.statement,), authority=authority)
    elif where == state or (where is None and link == "on-territory"):
        return None
    return Result(
        UNKNOWN, "reserved-territory", args, because=CONTESTED, facts=(r.statement,),
        asks=("ask-reservation", {"state": state, "instrument": r.instrument}), authority=authority,
    )  # fmt: skip


def _as_tuple(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def engages(file: Mapping[str, Any], law: Law) -> tuple[Test, int]:
    """Does at least one right of the act map to a provision that this body applies and that binds the respondent?

    The day is that of the act: a protocol that the state joined later protects nothing that was over by then.
    """
    forum = str(file["id"])
    tested = always_tested(file)
    table: dict[str, list[tuple[str, tuple[str, ...]]]] = law.data["provisions"]
    applies = list(file.get("applies") or ())
    everything = "all-binding" in applies
    whole = frozenset(applies)
    single = frozenset(item for item in applies if "/" in item)
    instruments = law.instruments
    mapped: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    for right, cells in table.items():
        kept = []
        for instrument, provisions in cells:
            if instrument in whole or (everything and instruments.get(instrument, {}).get("binds") == "parties"):
                kept.append((instrument, tuple(provisions)))
            elif single:
                some = tuple(p for p in provisions if p in single)
                if some:
                    kept.append((instrument, some))
        mapped[right] = tuple(kept)

    def test(s: Scope) -> Result:
        state = s.state
        provisions: list[str] = []
        unsure: list[str] = []
        refused: list[str] = []
        rights: list[str] = []
        maybe: list[str] = []
        facts: list[str] = []
        doubt: Result | None = None
        assumed: tuple[str, ...] = ()
        reserved: tuple[str, ...] = ()
        excluded = _excluded(s, state, forum)
        for right in s.act.rights:
            firm = soft = False
            for instrument, articles in mapped[right]:
                outcome, result = (MET, None) if instrument in tested else _binds(s, state, instrument)
                if outcome == MET:
                    kept = [a for a in articles if (a, right) not in excluded and (instrument, right) not in excluded]
                    if len(kept) != len(articles):
                        reserved = excluded.get((instrument, right), reserved)
                    if not kept:
                        refused.append(instrument)
                        continue
                    firm = True
                    provisions.extend(a for a in kept if a not in provisions)
                elif outcome == UNKNOWN:
                    soft = True
                    unsure.extend(a for a in articles if a not in unsure)
                    doubt = doubt or result
                else:
                    refused.append(instrument)
                    if result is not None and result.assumed:
                        assumed = result.assumed
                if result is not None:
                    facts.extend(f for f in result.facts if f not in facts)
            if firm:
                rights.append(right)
            elif soft:
                maybe.append(right)
        if provisions:
            reached = {"provisions": provisions, "rights": rights}
            return Result(MET, "engages", reached, facts=tuple(facts), extra=reached)
        if doubt is not None:
            return Result(
                UNKNOWN, "engages-uncertain", {"provisions": unsure, "state": state}, because=doubt.because,
                facts=tuple(facts), asks=doubt.asks, extra={"rights": maybe, "provisions": unsure},
            )  # fmt: skip
        args: dict[str, Any] = {"rights": list(s.act.rights), "state": state}
        if refused:
            named = sorted(set(refused))
            return Result(
                NOT_MET, "right-not-binding", {**args, "instruments": named}, facts=tuple(facts) + reserved,
                assumed=assumed,
            )  # fmt: skip
        return Result(NOT_MET, "right-not-applied", args)

    return test, ACT


def always_tested(file: Mapping[str, Any]) -> frozenset[str]:
    """Instruments that the forum's ratione temporis asks about in any case: materiae need not fail for them too."""
    found: set[str] = set()
    for rule in file.get("rules") or ():
        if rule.get("rule") == "ratione-temporis" and "when" not in rule:
            for row in (rule, *(rule.get("all") or ())):
                if "when" not in row and isinstance(row.get("bound"), Mapping) and row["bound"].get("on") == "act":
                    who = row["bound"].get("who", "respondent")
                    found.update(row["bound"]["by"] if who == "respondent" else ())
    return frozenset(found)


def _binds(s: Scope, state: str | None, instrument: str) -> tuple[int, Result | None]:
    binds = s.law.instruments.get(instrument, {}).get("binds", "parties")
    if state is None or binds == "all-states":
        return MET, None
    if binds.startswith(("members:", "parties:")):
        instrument = binds.partition(":")[2]
    result = bound.act_under(s, state, instrument, "extends")
    return result.outcome, result


def _excluded(s: Scope, state: str | None, forum: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """(instrument, right) pairs that a reservation of the state takes out of this forum's reach."""
    if state is None or state not in s.law.reservations:
        return {}
    out: dict[tuple[str, str], tuple[str, ...]] = {}
    for r in bound.limits(s.law, state, forum, ("rights",), s.day):
        if r.confidence in ("high", "medium"):
            for right in filter(None, r.detail.get("rights", "").split("|")):
                out[(r.instrument, right)] = (r.statement,)
            for article in filter(None, r.detail.get("articles", "").split("|")):
                for right in s.act.rights:
                    out[(article, right)] = (r.statement,)
    return out


TRIED = ("yes",)


def exhausted(params: Mapping[str, Any]) -> tuple[Test, int]:
    """What became of the remedies of the respondent: a remedy still open is a step, or a failure once filed."""
    exceptions = frozenset(params.get("exceptions") or ())
    suspensive = frozenset(params.get("suspensive_only_for") or ())

    def test(s: Scope) -> Result:
        remedy, state = s.remedy, s.state
        args: dict[str, Any] = {"state": state}
        value = remedy.exhausted if remedy else None
        if remedy is None or value is None or value == "unknown":
            return Result(UNKNOWN, "remedies-unknown", args, because=FACT, asks=("ask-remedies", args))
        if value in TRIED:
            if remedy.raised is not None and not any(right in remedy.raised for right in s.act.rights):
                return Result(NOT_MET, "not-raised", {**args, "rights": list(s.act.rights)})
            return Result(MET, "exhausted", args)
        if value in exceptions:
            return Result(MET, "exhaustion-excused", {**args, "reason": value})
        if value == "no":
            if suspensive and remedy.suspensive is False and any(right in suspensive for right in s.act.rights):
                return Result(MET, "only-suspensive-remedies", args)
            if s.filed:
                return Result(NOT_MET, "remedies-open-at-filing", {**args, "date": show(s.day)})
            return Result(UNKNOWN, "remedies-open", args, because=STEP, asks=("ask-exhaust", args))
        return Result(UNKNOWN, "exception-not-listed", {**args, "reason": value}, because=DISCRETION,
                      asks=("ask-exception", {"reason": value}))  # fmt: skip

    return test, ACT


def not_required() -> tuple[Test, int]:
    """The body asks nothing under this heading; the authority says so."""
    result = Result(NOT_APPLICABLE, "not-required")
    return (lambda s: result), CASE
