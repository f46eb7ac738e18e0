"""Checks of the shipped status tables: conflicts, counts of parties, what rests on memory, and the reference's notes.

Each function returns rows; a row that is not `ok` is a difference to show, with both sides.
"""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from ingest.clean import dates
from ingest.clean.states import load_states
from ingest.statement import Statement, from_csv

BONDS = ("PARTY_TO", "ACCEPTS", "MEMBER_OF")
SKIP = ("conflicts.csv",)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """One thing checked: what the tables say (`ours`), what the other side says, and whether they agree."""

    check: str
    ok: bool
    state: str = ""
    object: str = ""
    what: str = ""
    ours: str = ""
    theirs: str = ""
    source: str = ""
    settled: str = ""


def tables() -> dict[str, list[Statement]]:
    """The shipped tables by name."""
    folder = files("graph") / "reference" / "status"
    entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    return {
        entry.name.removesuffix(".csv"): from_csv(entry.read_text(encoding="utf-8"))
        for entry in entries
        if entry.name.endswith(".csv") and entry.name not in SKIP
    }


@cache
def notes() -> Mapping[str, Any]:
    """The reference's notes about status, kept for comparison."""
    text = (files("graph") / "reference" / "notes" / "cutoffs.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return found


@cache
def sources() -> Mapping[str, Mapping[str, Any]]:
    """The list of sources by id."""
    text = (files("graph") / "reference" / "sources.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, Any]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return found


def check_all() -> list[CheckRow]:
    """Every check, in a fixed order."""
    shipped = tables()
    rows = [row for name in shipped.values() for row in name]
    return [*conflicts(), *counts(rows), *general_knowledge(shipped), *cutoffs(rows)]


def conflicts() -> list[CheckRow]:
    """Where two sources differ: the one followed and the one not, by which rule. Settled ones are ok."""
    text = (files("graph") / "reference" / "status" / "conflicts.csv").read_text(encoding="utf-8")
    return [
        CheckRow(
            check="conflict",
            ok=row["settled"] == "yes",
            state=row["state"],
            object=row["object"],
            what=row["what"],
            ours=row["winner"],
            theirs=row["loser"],
            source=f"{row['winner_source']} over {row['loser_source']}, {row['rule']}",
            settled=row["settled"],
        )
        for row in csv.DictReader(io.StringIO(text, newline=""))
    ]


def counted(rows: Sequence[Statement], thing: str, day: str) -> int:
    """How many states, and the EU, are bound on a day; former states and extensions to territories are not counted."""
    records = load_states().records
    return len(
        {
            one.state
            for one in rows
            if one.object == thing
            and one.relation in BONDS
            and one.kind != "extension"
            and records[one.state]["kind"] != "former"
            and one.since
            and (dates.first_day(one.since) <= dates.last_day(day) or _acted(one, day))
            and (not one.until or dates.first_day(one.until) > dates.last_day(day))
        }
    )


def _acted(one: Statement, day: str) -> bool:
    """Whether the act was done by then: depositaries count a party from its deposit."""
    return bool(one.deposited) and dates.first_day(one.deposited) <= dates.last_day(day)


def counts(rows: Sequence[Statement]) -> list[CheckRow]:
    """Parties by the tables against the numbers that depositaries and bodies print, on the day of the number."""
    found = []
    for line in notes()["counts"]:
        day = line["on"] or "2026-11-24"
        ours = counted(rows, line["object"], day)
        found.append(
            CheckRow(
                check="count",
                ok=ours == line["count"],
                object=line["object"],
                what=f"parties on {line['on'] or 'an unknown day'}",
                ours=str(ours),
                theirs=str(line["count"]),
                source=line["from"],
            )
        )
    return found


def general_knowledge(shipped: Mapping[str, Sequence[Statement]]) -> list[CheckRow]:
    """For each table, how many rows no page stands behind."""
    memory = {name for name, one in sources().items() if one["general_knowledge"]}
    found = []
    for name, rows in sorted(shipped.items()):
        without = sum(1 for one in rows if one.source in memory)
        found.append(
            CheckRow(
                check="general-knowledge",
                ok=without == 0,
                object=name,
                what="rows that rest on general knowledge",
                ours=str(without),
                theirs=str(len(rows)),
                source="rows in all",
            )
        )
    return found


def cutoffs(rows: Sequence[Statement]) -> list[CheckRow]:
    """Each note of the reference on ends, lists of states, critical dates and limits against the tables."""
    bonds: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    limits: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for one in rows:
        place = bonds if one.relation in BONDS else limits
        place[one.state, one.object].append(one)
    return [*_ends(bonds), *_lists(bonds), *_acts_from(bonds, limits), *_limits(bonds, limits)]


def _status(periods: Sequence[Statement]) -> str:
    """Bound, contested or ended, by the last period; `never` without one."""
    if not periods:
        return "never"
    last = max(periods, key=lambda one: one.since)
    return "contested" if last.confidence == "contested" else "ended" if last.until else "bound"


def _row(ok: bool, line: Mapping[str, Any], what: str, ours: str, theirs: str, state: str = "") -> CheckRow:
    return CheckRow(
        check="note",
        ok=ok,
        state=state or line.get("state", ""),
        object=line["object"],
        what=what,
        ours=ours,
        theirs=theirs,
        source=line["from"],
        settled="yes" if ok else "no",
    )


def _ends(bonds: Mapping[tuple[str, str], Sequence[Statement]]) -> Iterator[CheckRow]:
    for line in notes()["ends"]:
        periods = bonds.get((line["state"], line["object"]), ())
        ends = sorted({one.until for one in periods if one.until})
        says, day, status = line["says"], line.get("date", ""), _status(periods)
        if says == "ended":
            ok = any(dates.agree(end, day) for end in ends)
            yield _row(ok, line, "first day out", "; ".join(ends) or status, day)
        else:
            yield _row(status == says, line, "status", status, f"{says} {day}".strip())


def _lists(bonds: Mapping[tuple[str, str], Sequence[Statement]]) -> Iterator[CheckRow]:
    for line in notes()["lists"]:
        thing = line["object"]
        now = {state for (state, one), periods in bonds.items() if one == thing and _status(periods) == "bound"}
        for state in line.get("bound", ()):
            if state not in now:
                yield _row(False, line, "bound", _status(bonds.get((state, thing), ())), "bound", state)
        for state in line.get("not_bound", ()):
            if state in now:
                yield _row(False, line, "bound", "bound", "not bound", state)
        if line.get("complete"):
            for state in sorted(now - set(line["bound"]) - {"EU"}):
                yield _row(False, line, "bound", "bound", "not in the list", state)
        if line.get("members"):
            members = {
                state for (state, org), rows in bonds.items() if org == line["members"] and _status(rows) == "bound"
            }
            for state in sorted(members - now - set(line["not_bound"])):
                yield _row(False, line, "bound", "not bound", "bound", state)
        yield _row(True, line, "list compared", str(len(now)), str(len(line.get("bound") or line["not_bound"])))


def _acts_from(
    bonds: Mapping[tuple[str, str], Sequence[Statement]], limits: Mapping[tuple[str, str], Sequence[Statement]]
) -> Iterator[CheckRow]:
    for line in notes()["acts_from"]:
        key = line["state"], line["object"]
        days = {one.since for one in bonds.get(key, ()) if one.since}
        for one in limits.get(key, ()):
            days |= {part.split("=")[1] for part in one.detail.split(";") if part.startswith("date=")}
        ok = line["acts_from"] in days
        yield _row(ok, line, "acts from", "; ".join(sorted(days)) or "nothing", line["acts_from"])


def _limits(
    bonds: Mapping[tuple[str, str], Sequence[Statement]], limits: Mapping[tuple[str, str], Sequence[Statement]]
) -> Iterator[CheckRow]:
    for line in notes()["limits"]:
        wanted = line["excludes"]
        for state in line["states"]:
            key = state, line["object"]
            mine = Counter(
                "opt-out" if one.relation == "OPTS_OUT" else one.excludes
                for one in limits.get(key, ())
                if not one.until or one.until > "2026-02-03"
            )
            alike = {"acts-before": ("acts-before", "acts-begun-before")}.get(wanted, (wanted,))
            if wanted == "accepts":
                ok = _status(bonds.get(key, ())) == "bound"
            elif wanted == "none":
                ok = "examined-elsewhere" not in mine
            else:
                ok = any(name in mine for name in alike)
            yield _row(ok, line, f"limit {wanted}", ", ".join(sorted(mine)) or "none", wanted, state)
