"""The shipped status tables, made from the shared data: `python -m ingest.tables SHARED_DIR OUT_DIR`.

The same files give the same bytes. What a person decided stands in `tables.yaml`, with the reason.
"""

from __future__ import annotations

import csv
import io
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from ingest.clean import dates
from ingest.clean.catalogue import load_catalogue
from ingest.clean.states import load_states
from ingest.findings import Report
from ingest.merge import Conflict, clause_conflicts, conflict_rows, merge
from ingest.snapshot import take
from ingest.source import find_source
from ingest.sources.untc import bound_from
from ingest.statement import Statement, to_csv

PARTS: Mapping[str, tuple[str, ...]] = {
    "untc": ("untc-hr-2026/html/*.html", "untc-2015/treaties/*.csv"),
    "treaty_tables": ("expert-knowledge/*.csv", "pages-transcribed/*.csv"),
    "withdrawals": ("withdrawals.csv",),
    "territorial": ("territorial.csv",),
}


@cache
def decisions() -> Mapping[str, Any]:
    """The decisions written down by hand, and which table holds what."""
    found: Mapping[str, Any] = yaml.load(
        (files("ingest") / "tables.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    return found


def read_all(shared: Path, progress: Callable[[str], None] = lambda _: None) -> tuple[list[Statement], list[Report]]:
    """Every statement of every connector. Raises SourceRefused if a file is not what it should be."""
    statements: list[Statement] = []
    reports = []
    for name, patterns in PARTS.items():
        paths = sorted(path for pattern in patterns for path in (shared / "data" / "treaties").glob(pattern))
        skipped = set(decisions()["skip"])
        report = Report(name)
        for path in paths:
            if path.name not in skipped:
                progress(f"{name}: {path.name}")
                statements += find_source(name).parse(take([path]), report)
        reports.append(report)
    return statements, reports


def build(statements: Iterable[Statement]) -> tuple[list[Statement], list[Conflict]]:
    """The statements that ship, and the conflicts behind them."""
    rows = [*statements, *_members_by_convention(statements), *_added()]
    kept, conflicts = merge(rows)
    computed = {one: _clause(one) for one in kept if one.relation == "PARTY_TO" and one.deposited}
    kept, more = _decided(kept)
    known = {(line["state"], line.get("object")) for line in decisions()["decisions"]}
    known |= {(one.state, one.object) for one in more}
    rest = [one for one in (*conflicts, *clause_conflicts(computed)) if (one.state, one.object) not in known]
    return _within_parent(kept), sorted({*rest, *more})


def _added() -> Iterator[Statement]:
    """Statements that stand in a table's note only."""
    for line in decisions()["added"]:
        yield Statement(**{name: value for name, value in line.items() if name != "why"})


def _clause(one: Statement) -> str:
    if one.kind in ("succession", "extension") or "/" in one.since:
        return ""
    since, _ = bound_from(load_catalogue(), load_states(), one.object, one.state, one.kind, one.deposited)
    return since


def _members_by_convention(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Membership of the ILO: every state with a row in the tables of Conventions 87 and 98 is a member."""
    rule = decisions()["ilo"]
    earliest: dict[str, str] = {}
    for one in statements:
        if one.object in rule["objects"] and one.record.startswith(rule["file"]):
            by = one.deposited[:10] if one.relation == "PARTY_TO" and one.deposited else rule["by"]
            earliest[one.state] = min(earliest.get(one.state, rule["by"]), by)
    for state, by in sorted(earliest.items()):
        start = dates.latest(rule["founded"], load_states().since(state))
        first, last = dates.first_day(start), dates.last_day(by)
        yield Statement(
            state=state, relation="MEMBER_OF", object="ilo", kind="join",
            since=dates.span(min(first, last), last), source="general-knowledge", confidence="medium",
            seen=rule["seen"], record=rule["file"], note="day of admission not tabled: a member at the latest by then",
        )  # fmt: skip


def _decided(kept: list[Statement]) -> tuple[list[Statement], list[Conflict]]:
    """Apply the decisions: each drops the rows of a bond and puts its own in their place, or changes an end."""
    conflicts: list[Conflict] = []
    for line in decisions()["decisions"]:
        for thing in line.get("objects") or [line["object"]]:
            mine = [
                one
                for one in kept
                if (one.state, one.object) == (line["state"], thing) and one.relation == line["relation"]
            ]
            rest = [one for one in kept if one not in mine]
            if "periods" in line:
                base = mine[0] if mine else Statement(state=line["state"], relation=line["relation"], object=thing)
                new = [replace(base, **{"note": "", "until": "", **period}) for period in line["periods"]]
            else:
                new = [
                    replace(one, **line["set"]) if not line.get("since") or one.since == line["since"] else one
                    for one in mine
                ]
            kept = rest + new
            if line.get("conflict"):
                conflicts.append(Conflict(line["state"], thing, rule="decision: " + line["why"], **line["conflict"]))
    return kept, conflicts


def _within_parent(kept: list[Statement]) -> list[Statement]:
    """An acceptance never begins before the treaty binds its state, nor outlives the treaty."""
    parties = defaultdict(list)
    for one in kept:
        if one.relation == "PARTY_TO":
            parties[one.state, one.object].append(one)
    found = []
    for one in kept:
        parent = load_catalogue().parent(one.object)
        spells = parties.get((one.state, parent), [])
        if (
            one.relation in ("ACCEPTS", "OPTS_OUT")
            and parent
            and spells
            and one.object not in decisions()["independent"]
        ):
            first = min((spell.since for spell in spells if spell.since), default="")
            if first and (one.since or one.relation == "OPTS_OUT"):
                one = replace(one, since=_not_before(one.since or first, first))  # noqa: PLW2901 - the row as it ships
        found.append(one)
    return found


def _not_before(day: str, floor: str) -> str:
    """A partial date no earlier than another; what is not known to the day stays so."""
    first = dates.first_day(floor)
    return dates.span(max(dates.first_day(day), first), max(dates.last_day(day), first))


def table_of(one: Statement) -> str:
    """The table a statement ships in: by relation where one is named, else by object."""
    tables = decisions()["tables"]
    if one.kind in tables["kinds"]:
        return str(tables["kinds"][one.kind])
    if one.relation in tables["relations"]:
        return str(tables["relations"][one.relation])
    name = next((name for name, things in tables["objects"].items() if one.object in things), "un-other")
    return str(tables["limits"].get(name, name)) if one.relation == "RESERVES" else str(name)


def write_all(statements: Iterable[Statement], conflicts: Iterable[Conflict], out: Path) -> list[str]:
    """Write each table and the conflicts; return their names."""
    tables: dict[str, list[Statement]] = defaultdict(list)
    for one in statements:
        tables[table_of(one)].append(one)
    out.mkdir(parents=True, exist_ok=True)
    for name, rows in sorted(tables.items()):
        (out / f"{name}.csv").write_text(to_csv(rows), encoding="utf-8")
    text = io.StringIO()
    writer = csv.DictWriter(text, [field.name for field in fields(Conflict)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(conflict_rows(conflicts))
    (out / "conflicts.csv").write_text(text.getvalue(), encoding="utf-8")
    return sorted(tables)


def main(arguments: list[str]) -> int:
    """Make the tables from a shared folder."""
    if len(arguments) != 2:
        sys.stderr.write("usage: python -m ingest.tables SHARED_DIR OUT_DIR\n")
        return 2
    statements, reports = read_all(Path(arguments[0]), lambda line: None)
    kept, conflicts = build(statements)
    names = write_all(kept, conflicts, Path(arguments[1]))
    for report in reports:
        sys.stderr.write(f"{report.source}: read {report.read}, loaded {report.loaded}, rejected {report.rejected}\n")
    sys.stderr.write(f"{len(kept)} rows in {len(names)} tables, {len(conflicts)} conflicts\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
