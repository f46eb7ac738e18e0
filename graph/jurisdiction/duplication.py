"""`clear`: is the same matter before another procedure, or was it, and does that close this one?

Which procedures count is the relation `closes`; when they count is the rule's `when`, widened by reservations of the
respondent (a matter already examined elsewhere, or submitted elsewhere at all).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graph.jurisdiction.bound import limits
from graph.jurisdiction.result import CONTESTED, FACT, MET, NOT_MET, UNKNOWN, Result, every
from graph.jurisdiction.scope import RESPONDENT, Scope
from graph.law import Law
from graph.model.case import SAME_PARTS, Proceeding

Test = Callable[[Scope], Result]
NO_PROCEEDINGS = Result(MET, "no-other-proceedings")
UNKNOWN_PROCEEDINGS = Result(UNKNOWN, "proceedings-unknown", because=FACT, asks=("ask-proceedings", {}))


def make(params: Mapping[str, Any], file: Mapping[str, Any], law: Law) -> tuple[Test, int]:
    """Compile one `clear` test."""
    forum = str(file["id"])
    when = frozenset(params.get("when") or ())
    parts = tuple(SAME_PARTS.index(part) for part in params.get("same") or SAME_PARTS)
    heed = params.get("reservations") == "apply"
    default = file.get("closes_default", "contested")
    domestic = frozenset(law.data["domestic"])  # a court of a state is no international procedure
    rows: dict[str, list[Mapping[str, Any]]] = {}
    for row in law.data["closes"]:
        if row["to"] == forum:
            rows.setdefault(row["from"], []).append(row)

    def test(s: Scope) -> Result:
        proceedings = s.case.proceedings
        if proceedings is None:
            return UNKNOWN_PROCEEDINGS if when or _reserved(s) else Result(MET, "no-other-proceedings")
        if not proceedings:
            return NO_PROCEEDINGS
        return every([one(s, p) for p in proceedings])

    def _reserved(s: Scope) -> bool:
        kinds = ("examined-elsewhere", "submitted-elsewhere")
        return bool(heed and s.state and s.state in law.reservations and limits(law, s.state, forum, kinds, s.day))

    def one(s: Scope, p: Proceeding) -> Result:
        args: dict[str, Any] = {"other": p.forum, "state": s.state}
        known = [p.same[part] for part in parts]
        if False in known:
            return Result(MET, "not-the-same-matter", args)
        matched = rows.get(p.forum, [])
        counted = [row for row in matched if row["outcome"] in ("bars", "contested", "warns")]
        if p.forum == forum:
            return _again(p, args, unsure=None in known)
        if matched and not counted:
            return Result(MET, "does-not-count", args, authority=tuple(matched[0].get("authority") or ()))
        if not matched and (default == "clear" or p.forum in domestic):
            return Result(MET, "does-not-count", args)
        state = _state_of(p)
        if state is None:
            return Result(UNKNOWN, "proceeding-status-unknown", args, because=FACT, asks=("ask-proceeding", args))
        args["status"] = state
        bars, facts, authority = False, (), ()
        contested = not matched
        for row in counted:
            bites = _bites(frozenset(row["when"]) & when, state, p)
            if bites is None:
                return Result(UNKNOWN, "proceeding-status-unknown", args, because=FACT, asks=("ask-proceeding", args))
            if bites:
                authority = tuple(row.get("authority") or ())
                bars = bars or (row["outcome"] == "bars" and row.get("confidence") != "low")
                contested = contested or row["outcome"] == "contested" or row.get("confidence") == "low"
                if row["outcome"] == "warns":
                    return Result(MET, "counts-as-warning", args, authority=authority)
        if matched and not bars and heed and s.state in law.reservations:
            widened = _widened(s, p, state)
            if widened is not None and (widened.outcome != NOT_MET or any(r["outcome"] == "bars" for r in matched)):
                return widened
            if widened is not None:
                return Result(UNKNOWN, "other-contested", args, because=CONTESTED, facts=widened.facts,
                              asks=("ask-counts", args), authority=authority)  # fmt: skip
        if bars:
            if None in known:
                return Result(UNKNOWN, "same-unknown", args, because=FACT, asks=("ask-same", args), authority=authority)
            return Result(NOT_MET, "barred-by-other", args, facts=facts, authority=authority)
        if contested and state != "withdrawn" and (not matched or _any_bite(counted, when, state, p)):
            return Result(
                UNKNOWN,
                "other-contested",
                args,
                because=CONTESTED,
                asks=("ask-counts", args),
                authority=authority,
            )
        return Result(MET, "other-does-not-bar", args)

    def _widened(s: Scope, p: Proceeding, state: str) -> Result | None:
        assert s.state is not None
        for r in limits(law, s.state, forum, ("examined-elsewhere", "submitted-elsewhere"), s.day):
            organs = r.detail.get("organs", "all")
            if organs != "all" and p.forum not in organs.split("|"):
                continue
            args = {"other": p.forum, "state": s.state, "instrument": r.instrument, "status": state}
            submitted = r.excludes == "submitted-elsewhere"
            bites = True if submitted else _bites(frozenset(("pending", "examined")), state, p)
            if bites is None:
                return Result(UNKNOWN, "proceeding-status-unknown", args, because=FACT, facts=(r.statement,),
                              asks=("ask-proceeding", args))  # fmt: skip
            if not bites:
                continue
            if None in [p.same[part] for part in parts]:
                return Result(UNKNOWN, "same-unknown", args, because=FACT, asks=("ask-same", args))
            if r.confidence in ("high", "medium"):
                return Result(NOT_MET, "barred-by-reservation", args, facts=(r.statement,))
            return Result(UNKNOWN, "other-contested", args, because=CONTESTED, facts=(r.statement,),
                          asks=("ask-counts", args))  # fmt: skip
        return None

    return test, RESPONDENT


def _again(p: Proceeding, args: Mapping[str, Any], *, unsure: bool) -> Result:
    if p.status == "withdrawn" or (p.status == "decided" and p.examined == "procedure-only"):
        return Result(MET, "other-does-not-bar", args)
    state = _state_of(p)
    if state is None or (state == "decided" and p.examined is None):
        return Result(UNKNOWN, "proceeding-status-unknown", args, because=FACT, asks=("ask-proceeding", args))
    if unsure:
        return Result(UNKNOWN, "same-unknown", args, because=FACT, asks=("ask-same", args))
    if state == "decided":
        return Result(NOT_MET, "already-decided-here", args)
    return Result(NOT_MET, "already-pending-here", args)


def _state_of(p: Proceeding) -> str | None:
    return p.status or ("decided" if p.decided or p.examined else None)


def _bites(when: frozenset[str], state: str, p: Proceeding) -> bool | None:
    """Whether a proceeding in this state is one of those that count; None when that turns on a missing fact."""
    if state == "withdrawn":
        return False
    if state == "pending":
        return "pending" in when
    if "decided" in when:
        return True
    if "examined" in when:
        return None if p.examined is None else p.examined in ("merits", "substance")
    return False


def _any_bite(rows: list[Mapping[str, Any]], when: frozenset[str], state: str, p: Proceeding) -> bool:
    return any(_bites(frozenset(row["when"]) & when, state, p) is not False for row in rows)
