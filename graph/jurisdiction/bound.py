"""`bound`: was a state bound by an instrument, an acceptance or an organisation on the day that counts?

The day is that of the filing or those of the act. An act that lasts is cut to the days on which the state was bound;
what is left is reported as `covers`. Status rows that are contested or of low confidence never decide alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from graph.jurisdiction.facts import PATHS, nationality
from graph.jurisdiction.result import CONTESTED, DATA, FACT, MET, NOT_MET, UNKNOWN, Result, every, merge, some
from graph.jurisdiction.scope import Scope
from graph.law import Law, Period, Reservation
from graph.model.dates import FIRST, FOREVER, DateRange, parse_date, show

Test = Callable[[Scope], Result]
WHO: Mapping[str, Callable[[Scope], Any]] = {
    "acts.where": lambda s: s.act.where,
    "acts.perpetrator_nationality": lambda s: nationality(s)[0],
    "victim.nationality": lambda s: s.case.victim.nationality,
    "filer.residence": PATHS["filer.residence"][0],
    "filer.state": lambda s: s.case.filer.state,
}


def make(params: Mapping[str, Any], forum: str, law: Law) -> tuple[Test, int]:
    """Compile one `bound` test; returns it with the part of the scope that it depends on."""
    by = tuple(params["by"])
    on = params.get("on", "filing")
    continuing = params.get("continuing", "extends")
    heed = params.get("reservations", "apply") == "apply"
    who = params.get("who", "respondent")
    paths = [who] if isinstance(who, str) else list(who)
    check = _on_act(by, forum, law, continuing, heed) if on == "act" else _on_day(by, forum, law, ever=on == "ever")
    if paths == ["respondent"]:
        return _for_respondent(check, by), 2 if on == "act" else 1
    return _for_others(check, by, paths), 2


Check = Callable[[Scope, str], Result]


def _for_respondent(check: Check, by: Sequence[str]) -> Test:
    unnamed = Result(UNKNOWN, "respondent-unknown", because=FACT, asks=("ask-respondent", {"instruments": list(by)}))

    def test(s: Scope) -> Result:
        return check(s, s.state) if s.state is not None else unnamed

    return test


def _for_others(check: Check, by: Sequence[str], paths: Sequence[str]) -> Test:
    def test(s: Scope) -> Result:
        found: list[Result] = []
        for path in paths:
            if path == "respondent":
                states: Any = s.state
            else:
                states = WHO[path](s)
            if states is None:
                found.append(
                    Result(
                        UNKNOWN,
                        "who-unknown",
                        {"path": path, "instruments": list(by)},
                        because=FACT,
                        asks=("ask-path", {"path": path}),
                    )
                )
                continue
            assumed = nationality(s)[1] if path == "acts.perpetrator_nationality" else ()
            for state in (states,) if isinstance(states, str) else states:
                result = check(s, state)
                found.append(merge(result, [Result(MET, "", assumed=assumed)]) if assumed else result)
        if not found:
            return Result(NOT_MET, "nobody-bound", {"paths": list(paths), "instruments": list(by)})
        return some(found)

    return test


def _on_day(by: Sequence[str], forum: str, law: Law, *, ever: bool) -> Check:
    def check(s: Scope, state: str) -> Result:
        day = s.day
        if ever:
            return every([_ever(law, state, thing) for thing in by])
        found = [_one_day(law, state, thing, day) for thing in by]
        if s.case.victim.kind == "group" and state in law.reservations:
            found.extend(_groups(law, state, forum, by, day))
        if len(found) == 1:
            return found[0]
        result = every(found)
        if result.outcome == MET:
            latest = max(found, key=lambda one: parse_date(one.args["since"]).hi)
            since = latest.args["since"]
            result.mid = "bound-by-all-on-day"
            result.args = {"state": state, "instruments": list(by), "date": show(day), "since": since}
        return result

    return check


def _groups(law: Law, state: str, forum: str, by: Sequence[str], day: DateRange) -> list[Result]:
    """Declarations that speak of individuals only: whether a group may complain is not settled."""
    return [
        Result(UNKNOWN, "reserved-groups", {"state": state, "instrument": r.instrument}, because=CONTESTED,
               facts=(r.statement,), asks=("ask-groups", {"state": state, "instrument": r.instrument}))
        for r in limits(law, state, forum, ("persons",), day)
        if r.instrument in by and r.detail.get("kind") == "groups"
    ]  # fmt: skip


def _ever(law: Law, state: str, thing: str) -> Result:
    periods = law.periods(state, thing)
    if periods:
        args = {"state": state, "instrument": thing, "since": _since(periods[0])}
        facts = tuple(p.statement for p in periods)
        if any(p.firm for p in periods):
            return Result(MET, "was-bound", args, facts=facts)
        return Result(UNKNOWN, "bound-uncertain", args, because=_why(periods), facts=facts, asks=_check(state, thing))
    return absent(law, state, thing)


def _why(periods: Sequence[Period]) -> str:
    return CONTESTED if any(p.confidence == "contested" for p in periods) else DATA


def _check(state: str, thing: str) -> tuple[str, Mapping[str, Any]]:
    return ("ask-depositary", {"state": state, "instrument": thing})


def _since(period: Period) -> str:
    return show(DateRange(period.since_lo, period.since_hi))


def _until(period: Period) -> str:
    return show(DateRange(period.until_lo, period.until_hi))


def absent(law: Law, state: str, thing: str) -> Result:
    """No period at all: a fact where the table is complete or says so, otherwise unknown. One result for all days."""
    kept = law.absences.get((state, thing))
    if kept is None:
        kept = law.absences[(state, thing)] = _absent(law, state, thing)
    return kept


def _absent(law: Law, state: str, thing: str) -> Result:
    args: dict[str, Any] = {"state": state, "instrument": thing}
    denial = law.denied.get(state, {}).get(thing)
    if denial:
        return Result(NOT_MET, "not-party", args, facts=(denial,))
    if thing in law.data["complete"]:
        return Result(NOT_MET, "not-party", args)
    return Result(UNKNOWN, "party-unknown", args, because=DATA, asks=_check(state, thing))


def _one_day(law: Law, state: str, thing: str, day: DateRange) -> Result:
    periods = law.periods(state, thing)
    if not periods:
        return absent(law, state, thing)
    doubtful: Period | None = None
    for p in periods:
        if p.since_hi <= day.lo and day.hi < p.until_lo:
            args = {"state": state, "instrument": thing, "date": show(day), "since": _since(p)}
            if p.confidence in ("high", "medium"):
                return Result(MET, "bound-on-day", args, facts=(p.statement,))
            return Result(
                UNKNOWN,
                "bound-uncertain",
                args,
                because=_why((p,)),
                facts=(p.statement,),
                asks=_check(state, thing),
            )
        if not (day.hi < p.since_lo or day.lo >= p.until_hi):
            doubtful = p
    if doubtful is not None:
        args = {"state": state, "instrument": thing, "date": show(day), "since": _since(doubtful)}
        args["until"] = _until(doubtful) if doubtful.until_lo < FOREVER else ""
        return Result(
            UNKNOWN,
            "bound-day-uncertain",
            args,
            because=DATA,
            facts=(doubtful.statement,),
            asks=_check(state, thing),
        )
    return _outside(periods, state, thing, day, "day")


def _outside(periods: Sequence[Period], state: str, thing: str, day: DateRange, what: str) -> Result:
    before = [p for p in periods if p.until_hi <= day.lo]
    after = [p for p in periods if p.since_lo > day.hi]
    facts = tuple(p.statement for p in periods)
    args: dict[str, Any] = {"state": state, "instrument": thing, "date": show(day)}
    if before:
        args["until"] = _until(before[-1])
        return Result(NOT_MET, f"{what}-after-end", args, facts=facts)
    args["since"] = _since(after[0]) if after else ""
    return Result(NOT_MET, f"{what}-before-start", args, facts=facts)


def narrowed(law: Law, forum: str) -> bool:
    """Whether any reservation of any state narrows one forum."""
    own = law.data["leans_on"].get(forum, ())
    return any(
        r.instrument in own or forum in r.detail.get("forums", "").split("|")
        for rows in law.reservations.values()
        for r in rows
    )


def limits(law: Law, state: str, forum: str, excludes: Sequence[str], day: DateRange) -> list[Reservation]:
    """The reservations of a state that narrow one forum on a day."""
    found = []
    own = law.data["leans_on"].get(forum, ())
    for r in law.reservations.get(state, ()):
        if r.excludes in excludes and r.since_lo <= day.hi and day.lo < r.until_hi:
            forums = r.detail.get("forums")
            if r.instrument in own if forums is None else forum in forums.split("|"):
                found.append(r)
    return found


def _on_act(by: Sequence[str], forum: str, law: Law, continuing: str, heed: bool) -> Check:
    things = frozenset(by)

    def check(s: Scope, state: str) -> Result:
        found = [act_under(s, state, thing, continuing) for thing in by]
        if len(found) == 1:
            if found[0].outcome == NOT_MET:
                return found[0]
            result = merge(found[0], ())
        else:
            result = every(_latest_first(found))
            if result.outcome == NOT_MET:
                return result
        result = _cover(result, found, s)
        if heed and state in law.reservations:
            for r in limits(law, state, forum, ("acts-before", "acts-begun-before"), s.day):
                if r.instrument in things or r.detail.get("forums"):  # else another door to the same forum
                    result = _reserve(result, r, s, state, continuing)
        return result

    return check


def _latest_first(found: list[Result]) -> list[Result]:
    """What came into force last decides the critical date; it is named first."""
    return sorted(found, key=lambda one: -parse_date(one.args["since"]).lo if one.args.get("since") else 0)


def act_under(s: Scope, state: str, thing: str, continuing: str) -> Result:
    """Whether some part of the act lies on days on which the state was bound by one thing."""
    key = (state, thing, continuing)
    cached = s.act_cache.get(key)
    if cached is None:
        cached = s.act_cache[key] = _act_under(s, state, thing, continuing)
    return cached


def _act_under(s: Scope, state: str, thing: str, continuing: str) -> Result:
    law, act = s.law, s.act
    periods = law.periods(state, thing)
    if not periods:
        return absent(law, state, thing)
    start = act.start
    end = s.end if continuing == "extends" else start
    assumed = ("not-continuing",) if act.continuing is None and continuing == "extends" else ()
    best: Result | None = None
    for p in periods:
        if act.single or end is start:
            inside = p.since_hi <= start.lo and start.hi < p.until_lo
        else:
            inside = p.since_hi <= end.lo and start.hi < p.until_lo
        if end.hi < p.since_lo or start.lo >= p.until_hi:
            continue
        args: dict[str, Any] = {"state": state, "instrument": thing, "since": _since(p)}
        args["act"] = act.id
        args["from"] = show(start)
        covers = (max(start.lo, p.since_hi), min(end.hi, p.until_lo - 1))
        extra = {"covers": covers}
        if inside and p.firm:
            cut = start.lo < p.since_lo and not act.single
            mid = "act-continued-into" if cut else "act-while-bound"
            result = Result(MET, mid, args, facts=(p.statement,), extra=extra, assumed=assumed if cut else ())
            if best is not None and best.outcome == MET and best.extra:  # bound twice: the days together
                lo, hi = best.extra["covers"]
                result.extra = {"covers": (min(lo, covers[0]), max(hi, covers[1]))}
                result.facts = best.facts + result.facts
            best = result
            continue
        if best is not None and best.outcome == MET:
            continue
        extra = {"covers": (max(start.lo, p.since_lo), min(end.hi, p.until_hi - 1))}
        if not p.firm:
            best = Result(
                UNKNOWN, "act-bound-uncertain", args, because=_why((p,)), facts=(p.statement,), extra=extra,
                asks=_check(state, thing),
            )  # fmt: skip
        elif start.lo == start.hi and end.lo == end.hi:
            args["until"] = _until(p) if p.until_lo < FOREVER else ""
            best = Result(
                UNKNOWN, "act-day-uncertain", args, because=DATA, facts=(p.statement,), extra=extra,
                asks=_check(state, thing),
            )  # fmt: skip
        else:
            args["until"] = _until(p) if p.until_lo < FOREVER else ""
            best = Result(
                UNKNOWN, "act-day-needed", args, because=FACT, facts=(p.statement,), extra=extra,
                asks=("ask-act-day", {"act": act.id, "from": show(start)}),
            )  # fmt: skip
    if best is not None:
        return best
    result = _outside(periods, state, thing, DateRange(start.lo, end.hi), "act")
    result.assumed = assumed if result.mid == "act-before-start" else ()
    if continuing == "commencement-only" and act.continuing and result.mid == "act-before-start":
        result.mid = "act-began-before"
    return result


def _cover(result: Result, found: Sequence[Result], s: Scope) -> Result:
    lo, hi = FIRST, FOREVER
    critical: str | None = None
    for one in found:
        if one.extra and "covers" in one.extra:
            first, last = one.extra["covers"]
            if first > lo:
                lo, critical = first, one.args.get("instrument")
            hi = min(hi, last)
    if lo > hi:  # each bound some part, but never on the same day
        args = {
            "state": result.args.get("state"),
            "instruments": [one.args.get("instrument") for one in found],
        }
        return Result(NOT_MET, "never-bound-together", args, facts=result.facts)
    if s.act.single and result.outcome == MET and s.act.start.lo != s.act.start.hi:
        lo, hi = max(lo, s.act.start.lo), min(hi, s.act.start.hi)
    result.extra = {**(result.extra or {}), "covers": (lo, hi), "critical": critical}
    return result


def _reserve(result: Result, r: Reservation, s: Scope, state: str, continuing: str) -> Result:
    """Apply a declaration that leaves out acts before a day (or acts that began before it)."""
    if result.outcome == NOT_MET or "date" not in r.detail:
        return result
    start, end = s.act.start, s.end if continuing == "extends" else s.act.start
    limit = parse_date(r.detail["date"]).lo
    args = {"state": state, "instrument": r.instrument, "date": r.detail["date"], "from": show(start)}
    facts = (*result.facts, r.statement)
    begun = r.excludes == "acts-begun-before"
    inside = start.lo >= limit if begun or s.act.single else end.lo >= limit
    outside = start.hi < limit if begun else end.hi < limit
    if inside:
        if result.extra and not begun:
            lo, hi = result.extra["covers"]
            result.extra = {**result.extra, "covers": (max(lo, limit), hi)}
        result.facts = facts
        return result
    if outside:
        if r.confidence in ("high", "medium"):
            mid = "reserved-acts-begun-before" if begun else "reserved-acts-before"
            assumed = ("not-continuing",) if s.act.continuing is None and not begun else ()
            return Result(NOT_MET, mid, args, facts=facts, assumed=assumed)
        because = CONTESTED if r.confidence == "contested" else DATA
        return Result(UNKNOWN, "reserved-acts-uncertain", args, because=because, facts=facts, extra=result.extra,
                      asks=_check(state, r.instrument))  # fmt: skip
    return Result(UNKNOWN, "act-day-needed", {**args, "act": s.act.id, "since": r.detail["date"], "until": ""},
                  because=FACT, facts=facts, extra=result.extra,
                  asks=("ask-act-day", {"act": s.act.id, "from": show(start)}))  # fmt: skip
