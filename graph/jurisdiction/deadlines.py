"""`within`: time limits. From which day, how long, how it is counted, and what is left when a date is missing.

A start that cannot be dated is bounded by the facts there are: no final decision is older than the act. When the
filing is in time even for the earliest day possible, the rule is met; the deadline shown is then the earliest one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.jurisdiction.bound import limits
from graph.jurisdiction.result import DISCRETION, FACT, MET, NOT_APPLICABLE, NOT_MET, UNKNOWN, Result
from graph.jurisdiction.scope import ACT, Scope
from graph.law import Law
from graph.model.dates import FOREVER, DateRange, add_months, iso, next_working_day, parse_date, show

Test = Callable[[Scope], Result]
EXCUSED = ("unavailable", "ineffective", "unreasonably-prolonged", "dangerous")


@dataclass(frozen=True, slots=True)
class Length:
    """An amount of calendar months or of days; none for "a reasonable time"."""

    months: int
    days: int
    text: str

    @classmethod
    def read(cls, text: str) -> Length | None:
        """Read `6 months`, `1 year`, `90 days`; `reasonable` has no length."""
        if text == "reasonable":
            return None
        amount, _, unit = text.partition(" ")
        n = int(amount)
        unit = unit.rstrip("s")
        if unit == "day":
            return cls(0, n, text)
        if unit == "week":
            return cls(0, 7 * n, text)
        return cls(n * (12 if unit == "year" else 1), 0, text)


@dataclass(frozen=True, slots=True)
class Regime:
    """One limit and the days on which it governs: by decision, by act or by filing."""

    length: Length | None
    chooser: str  # decided, act, filed or "" for always
    since: int
    until: int
    states: frozenset[str] | None
    authority: tuple[str, ...]
    doubt: Length | None = None  # of a reasonable time: how long nobody has called it too long


def make(params: Mapping[str, Any], forum: str, law: Law) -> tuple[Test, int]:
    """Compile one `within` test."""
    hard = params.get("kind", "hard") == "hard"
    regimes = [_regime(row) for row in params.get("regimes") or ()]
    starts = list(params.get("starts") or ())
    count = params.get("count") or {}
    working = count.get("weekend") == "next-working-day"
    added = Length.read(count["added"]) if count.get("added") else None
    pause = law.data["suspensions"].get(params["suspended"]) if params.get("suspended") else None
    stop = params.get("long_stop") or None
    stop_length = Length.read(str(stop["limit"])) if stop else None

    def last_day(start: int, length: Length) -> int:
        end = add_months(start, length.months) + length.days
        if added:
            end = add_months(end, added.months) + added.days
        if pause:
            first, last = parse_date(pause["from"]).lo, parse_date(pause["to"]).lo
            if first <= start <= last or first <= end <= last:
                end = add_months(end, int(pause["months"]))
        return next_working_day(end) if working else end

    def test(s: Scope) -> Result:
        start = _start(s, starts)
        if start.result is not None:
            return start.result
        if start.low is None or start.high is None:
            return Result(NOT_APPLICABLE, "no-clock")
        chosen = _choose(regimes, s, start)
        override = _override(law, s, forum)
        if override is not None:
            length, facts = override
            chosen = [Regime(length, "", 0, FOREVER, None, ())]
        else:
            facts = ()
        if not chosen:
            return Result(NOT_APPLICABLE, "no-limit-then")
        if any(regime.length is None for regime in chosen):
            return _reasonable(chosen, s, start)
        ends = [(last_day(low, regime.length), regime) for regime in chosen for low in (start.low,) if regime.length]
        earliest, regime = min(ends, key=lambda pair: pair[0])
        latest = max(last_day(start.high, r.length) for r in chosen if r.length)
        if stop_length and stop:
            far = _dates(s, list(stop["from"]) if not isinstance(stop["from"], str) else [stop["from"]])
            if far is not None:
                earliest = min(earliest, last_day(far[0].lo, stop_length))
                latest = min(latest, last_day(far[0].hi, stop_length))
        return _verdict(s, start, earliest, latest, regime, hard=hard, facts=facts)

    return test, ACT


@dataclass(frozen=True, slots=True)
class Start:
    """The days between which the clock began, which fact gave them, and a result when nothing is to be counted."""

    low: int | None = None
    high: int | None = None
    path: str = ""
    missing: str = ""
    assumed: tuple[str, ...] = ()
    excused: bool = False
    paused: bool = False
    better: str = ""  # a day that would come first, had the case given it
    result: Result | None = None


def _start(s: Scope, starts: Sequence[Mapping[str, Any]]) -> Start:
    if s.act.planned:
        return Start(result=Result(NOT_APPLICABLE, "clock-not-begun-planned"))
    value = s.remedy.exhausted if s.remedy else None
    always = [row for row in starts if row.get("when", "always") == "always"]
    tried = [row for row in starts if row.get("when") == "remedies-tried"]
    excused = [row for row in starts if row.get("when") == "no-effective-remedy"]
    if always:
        return _from(s, always[0], "always")
    if value in EXCUSED:
        return _from(s, excused[0], "no-effective-remedy") if excused else Start()
    if value == "yes" and tried:
        return _from(s, tried[0], "remedies-tried")
    if value == "no":
        state = {"state": s.state}
        return Start(result=Result(NOT_APPLICABLE, "clock-not-begun", state))
    if not tried and not excused:
        return Start()
    # whether remedies were tried is unknown: the clock began at the earliest with the act
    return _bounded(s, "remedies.exhausted", paused=bool(s.act.continuing))


def _bounded(s: Scope, missing: str, *, paused: bool = False) -> Start:
    return Start(low=s.act.start.lo, high=s.day.hi, missing=missing, paused=paused)


def _from(s: Scope, row: Mapping[str, Any], when: str) -> Start:
    paths = [row["from"]] if isinstance(row["from"], str) else list(row["from"])
    runs = row.get("continuing", "not-started") == "runs"
    on_act = any(path.startswith("acts.") for path in paths)
    if s.act.continuing and not runs and (on_act or when != "remedies-tried"):
        known = _dates(s, [path for path in paths if not path.startswith("acts.")])
        if known is None:
            return Start(result=Result(MET, "clock-not-begun-continuing", {"act": s.act.id}))
        return Start(low=known[0].lo, high=known[0].hi, path=known[1], paused=True)
    if s.act.continuing and runs:
        paths = ["acts.from" if path == "acts.to" else path for path in paths]
    found = _dates(s, paths)
    paused = bool(s.act.continuing) and not runs
    excused = when == "no-effective-remedy"
    if found is None and paths == ["proceedings.decided"] and s.case.proceedings == ():
        return Start()
    if found is None:
        if not paths or (when == "always" and not on_act):
            return Start(low=None, missing=paths[0] if paths else "", result=_missing(paths))
        return Start(low=s.act.start.lo, high=s.day.hi, missing=paths[-1], paused=paused, excused=excused)
    when_found, path, assumed = found
    before = [one for one in paths[: paths.index(path)] if one.startswith("dates.")]
    return Start(when_found.lo, when_found.hi, path, "", assumed, excused, paused, before[0] if before else "")


def _missing(paths: Sequence[str]) -> Result:
    path = paths[0] if paths else "dates"
    return Result(UNKNOWN, "start-unknown", {"path": path}, because=FACT, asks=("ask-path", {"path": path}))


def _dates(s: Scope, paths: Sequence[str]) -> tuple[DateRange, str, tuple[str, ...]] | None:
    """The first of these dates that the case gives, the path it came from, and what was assumed to read it."""
    remedy = s.remedy
    for path in paths:
        part, _, key = path.partition(".")
        when: DateRange | None = None
        assumed: tuple[str, ...] = ()
        if path == "remedies.notified" and remedy:
            when = remedy.notified
            if when is None and remedy.final_decision:
                when, assumed = remedy.final_decision, ("served-same-day",)
        elif path == "remedies.final_decision" and remedy:
            when = remedy.final_decision
        elif path == "acts.known":
            when = s.act.known
            if when is None:
                when, assumed = (s.act.start if s.act.continuing else s.act.end), ("known-same-day",)
        elif path == "acts.to":
            when = s.act.end
        elif path == "acts.from":
            when = s.act.start
        elif part == "dates":
            when = s.case.dates.get(key)
        elif path == "proceedings.decided":
            ended = [p for p in s.case.proceedings or () if p.decided or p.status in (None, "decided")]
            decided = [p.decided for p in ended if p.decided]
            when = max(decided) if decided and len(decided) == len(ended) else None
        elif part in ("notice", "platform", "project"):
            section = getattr(s.case, part)
            value = section.get(key) if section else None
            when = value if isinstance(value, DateRange) else None
        if when is not None:
            return when, path, assumed
    return None


def _choose(regimes: Sequence[Regime], s: Scope, start: Start) -> list[Regime]:
    """The regimes that may govern: one when the choosing day is certain, perhaps two when it is not."""
    chosen = []
    for regime in regimes:
        if regime.states is not None and s.state not in regime.states:
            continue
        if not regime.chooser:
            chosen.append(regime)
            continue
        if regime.chooser == "filed":
            day = s.day
        elif regime.chooser == "act" or start.excused:
            day = s.act.end if not s.act.continuing else DateRange(s.act.start.lo, s.day.hi)
        elif s.remedy and s.remedy.final_decision:
            day = s.remedy.final_decision
        else:
            day = DateRange(start.low or 0, start.high or FOREVER)
        if day.hi >= regime.since and day.lo < regime.until:
            chosen.append(regime)
    only = [regime for regime in chosen if regime.states is not None]
    return only or chosen


def _regime(row: Mapping[str, Any]) -> Regime:
    chooser, since, until = "", 0, FOREVER
    for name in ("decided", "act", "filed"):
        if row.get(f"{name}_from"):
            chooser, since = name, parse_date(str(row[f"{name}_from"])).lo
        if row.get(f"{name}_before"):
            chooser, until = name, parse_date(str(row[f"{name}_before"])).lo
    states = frozenset(row["states"]) if row.get("states") else None
    doubt = Length.read(str(row["doubt_after"])) if row.get("doubt_after") else None
    authority = tuple(row.get("authority") or ())
    return Regime(Length.read(str(row["limit"])), chooser, since, until, states, authority, doubt)


def _override(law: Law, s: Scope, forum: str) -> tuple[Length, tuple[str, ...]] | None:
    if s.state is None or s.state not in law.reservations:
        return None
    for r in limits(law, s.state, forum, ("time-limit",), s.day):
        length = Length.read(r.detail["limit"])
        if length is not None:
            return length, (r.statement,)
    return None


def _reasonable(chosen: Sequence[Regime], s: Scope, start: Start) -> Result:
    regime = chosen[0]
    if regime.doubt is not None and start.low is not None and not start.missing and not start.paused:
        last = add_months(start.low, regime.doubt.months) + regime.doubt.days
        if s.day.lo > last:
            args = {"date": show(s.day), "last": iso(last), "path": start.path}
            asks = ("ask-delay", {"last": iso(last)})
            return Result(
                UNKNOWN, "reasonable-time-doubtful", args, because=DISCRETION, asks=asks, authority=regime.authority,
                assumed=start.assumed,
            )  # fmt: skip
    return Result(MET, "reasonable-time", authority=regime.authority)


def _verdict(
    s: Scope, start: Start, earliest: int, latest: int, regime: Regime, *, hard: bool, facts: tuple[str, ...]
) -> Result:
    day = s.day
    length = regime.length.text if regime.length else ""
    path = start.path or start.missing
    args: dict[str, Any] = {
        "limit": length,
        "path": path,
        "start": show(DateRange(start.low or 0, start.high or 0)) if not start.missing else "",
        "last": iso(earliest),
        "date": show(day),
    }
    rule = ("deadline-bounded" if start.missing else "deadline-counted") if hard else "deadline-soft"
    extra = {"deadline": earliest, "rule": (rule, args)}
    common: dict[str, Any] = {"facts": facts, "authority": regime.authority, "assumed": start.assumed}
    if day.hi <= earliest:
        mid = "in-time-at-least" if start.missing else "in-time"
        return Result(MET, mid, args, extra=extra, **common)
    if day.lo > latest:
        if start.paused:
            asks = ("ask-continuing-clock", {"last": iso(latest)})
            return Result(UNKNOWN, "late-but-continuing", {**args, "last": iso(latest)}, because=DISCRETION, asks=asks,
                          **common)  # fmt: skip
        if start.better:
            asks = ("ask-path", {"path": start.better})
            return Result(UNKNOWN, "start-unknown", {"path": start.better}, because=FACT, asks=asks, **common)
        if hard:
            past = {**args, "last": iso(latest)}
            return Result(NOT_MET, "out-of-time", past, extra={"deadline": latest, "rule": (rule, past)}, **common)
        asks = ("ask-delay", {"last": iso(latest)})
        return Result(UNKNOWN, "late-soft", {**args, "last": iso(latest)}, because=DISCRETION, asks=asks, **common)
    if start.missing:
        if start.paused:
            return Result(MET, "clock-not-begun-continuing", {"act": s.act.id}, **common)
        asks = ("ask-path", {"path": start.missing})
        return Result(UNKNOWN, "start-unknown", {"path": start.missing}, because=FACT, asks=asks, extra=extra, **common)
    asks = ("ask-exact-date", {"path": path, "last": iso(earliest)})
    return Result(UNKNOWN, "start-imprecise", args, because=FACT, asks=asks, extra=extra, **common)
