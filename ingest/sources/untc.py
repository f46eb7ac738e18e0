"""The UN Treaty Collection: status pages of any year, and the dump of 2015 with one table for each treaty.

Besides the table of participants a page prints declarations, optional competences and end notes. What a text
means is read here only where a rule can read it (an article number in a section that holds nothing but
acceptances); every other reading is a line in `untc.yaml`, and counts only while the page still holds its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from graph.errors import SourceRefused
from ingest.clean import dates
from ingest.clean.catalogue import Catalogue, load_catalogue
from ingest.clean.states import States, load_states
from ingest.findings import Report
from ingest.read import csv
from ingest.read.untc_page import ACTIONS, Page, Participant, looks_like, read_page
from ingest.snapshot import File, Snapshot
from ingest.source import make, settings
from ingest.statement import Statement

_LEADING = re.compile(r"[\[“\"]?\s*(\d{1,2}\s+[A-Z][a-z]+\s+\d{4})")
_DATE = re.compile(r"\d{1,2}\s+[A-Z][a-z]+\s+\d{4}")
_PREDECESSOR = re.compile(
    r"(former Yugoslavia|Czechoslovakia|German Democratic Republic)\s+(?:had )?"
    r"(signed and ratified|acceded to)[^.;]*? on (\d+ \w+ \d{4})(?: and (\d+ \w+ \d{4}))?"
)
_BONDS = ("ACCEPTS", "PARTY_TO")
_PREDECESSORS = {"former Yugoslavia": "YUG", "Czechoslovakia": "CSK", "German Democratic Republic": "DDR"}
_EFFECT = re.compile(r"with effect from (\d{1,2} \w+ \d{4})")
DUMP_SEEN = "2014-07"


@dataclass(slots=True)
class Reading:
    """One page being read: what it is, and the statements it has given so far."""

    file: str
    page: Page
    instrument: str
    report: Report
    states: States = field(default_factory=load_states)
    catalogue: Catalogue = field(default_factory=load_catalogue)
    party: dict[str, Statement] = field(default_factory=dict)

    def state(self, name: str, row: str) -> str | None:
        """The code of a participant; an unknown one is a finding."""
        code = self.states.code(name)
        if code is None:
            self.report.add("unknown-state", "error", f"{self.file} {row}", "participant not in the table of states")
        return code

    def statement(self, state: str, relation: str, thing: str, **more: str) -> Statement:
        """A statement of this page."""
        return Statement(state=state, relation=relation, object=thing, source="untc", seen=self.page.as_at, **more)

    def words_of(self, state: str) -> str:
        """Everything the page prints of a state: its declarations, and the end notes they point to."""
        texts = [one for one in self.page.texts if self.states.code(one.name) == state]
        rows = [one for one in self.page.participants if self.states.code(one.name) == state]
        numbers = [note for one in texts for note in one.notes] + [note for one in rows for note in one.notes]
        return " ".join([*(one.text for one in texts), *(self.page.notes.get(one, "") for one in numbers)])


def parse(snapshot: Snapshot, report: Report) -> Iterator[Statement]:
    """Yield the statements of each file, page by page. Raises SourceRefused for a file of another kind."""
    for file in snapshot.files:
        if looks_like(file.content):
            yield from _page(file, report)
        else:
            yield from _dump(file, report)


def _page(file: File, report: Report) -> Iterator[Statement]:
    page = read_page(file.name, file.content)
    instrument = load_catalogue().id(page.chapter)
    if instrument is None or instrument == "-":
        raise SourceRefused(
            f"is chapter {page.chapter}, which no instrument of the catalogue has; add its alias first",
            field="file",
            value=file.name,
        )
    reading = Reading(file.name, page, instrument, report)
    rows = list(_participants(reading))
    counted = sum(1 for one in page.participants if one.acted and not one.bracketed)
    if counted != page.parties:
        report.add("count-mismatch", "warning", file.name, f"{counted} parties read, {page.parties} printed")
    rows += _predecessors(reading)
    rows += _competences(reading)
    rows += _readings(reading, rows)
    yield from rows
    yield from _former(rows)


def _participants(reading: Reading) -> Iterator[Statement]:
    periods = settings("untc")["periods"].get(reading.instrument, {})
    for one in reading.page.participants:
        where = f"row {one.row}"
        reading.report.read += 1
        state = reading.states.code(one.name)
        if state is None:
            reading.report.reject("unknown-state", f"{reading.file} {where}", "participant not in the table of states")
            continue
        if one.unread:
            reading.report.reject("bad-date", f"{reading.file} {where}", "a cell holds no date of the known form")
            continue
        reading.report.loaded += 1
        if state in periods:
            found = list(_periods(reading, state, periods[state], where))
        elif one.acted:
            found = [_act(reading, state, one, where)]
        else:
            found = [
                reading.statement(
                    state, "SIGNED", reading.instrument, kind="signature", deposited=one.signed, record=where
                )
            ]
        if one.acted:
            reading.party[state] = found[-1]
        yield from found


def _act(reading: Reading, state: str, one: Participant, where: str) -> Statement:
    since, note = bound_from(reading.catalogue, reading.states, reading.instrument, state, one.action, one.acted)
    if not since:
        reading.report.add(
            "no-effect-day", "warning", f"{reading.file} {where}", "no clause of entry into force is recorded"
        )
    until = _left(reading, one, where) if one.bracketed else ""
    return reading.statement(
        state, "PARTY_TO", reading.instrument, kind=one.action, deposited=one.acted, since=since, until=until,
        record=where, note=note,
    )  # fmt: skip


def bound_from(
    catalogue: Catalogue, states: States, instrument: str, state: str, action: str, acted: str
) -> tuple[str, str]:
    """The first day bound and a note: a successor is bound from its first day as a state, others by the clause."""
    if action == "succession" and states.since(state):
        first = dates.latest(states.since(state), catalogue.general(instrument))
        return first, f"succession deposited {acted}, bound from the first day as a state"
    return catalogue.effective(instrument, acted), ""


def _left(reading: Reading, one: Participant, where: str) -> str:
    """The first day out of a row in brackets, from its end note."""
    text = " ".join(reading.page.notes.get(note, "") for note in one.notes)
    effect = _EFFECT.findall(text)
    if effect:
        return dates.written(effect[-1]) or ""
    notice = dates.all_written(text)
    rule = reading.catalogue.instruments[reading.instrument].get("withdrawal", {}).get("rule", "")
    until = dates.effective(rule, notice[0]) if "denunciation" in text and notice else ""
    if not until:
        reading.report.add(
            "no-effect-day",
            "error",
            f"{reading.file} {where}",
            "in brackets, and no end note says since when",
        )
    return until


def _periods(reading: Reading, state: str, periods: list[dict[str, str]], where: str) -> Iterator[Statement]:
    known = set(dates.all_written(reading.words_of(state)))
    for period in periods:
        if period["deposited"] not in known:
            reading.report.add(
                "fix-not-used", "warning", f"{reading.file} {where}", "a period on record is not in the notes"
            )
        since = period.get("since") or reading.catalogue.effective(reading.instrument, period["deposited"])
        yield reading.statement(
            state, "PARTY_TO", reading.instrument, kind=period["kind"], deposited=period["deposited"], since=since,
            until=period.get("until", ""), confidence=period.get("confidence", "high"),
            record=f"{where} and end notes", note=period.get("note", ""),
        )  # fmt: skip


def _predecessors(reading: Reading) -> list[Statement]:
    found = []
    for number, text in reading.page.notes.items():
        for match in _PREDECESSOR.finditer(text):
            state = _PREDECESSORS[match[1]]
            acted = dates.written(match[4] or match[3])
            if not acted or (match[2] == "signed and ratified" and not match[4]):
                continue
            since = reading.catalogue.effective(reading.instrument, acted)
            until = reading.states.until(state)
            if since and dates.first_day(since) < dates.first_day(until):
                kind = "accession" if match[2] == "acceded to" else "ratification"
                found.append(
                    reading.statement(
                        state,
                        "PARTY_TO",
                        reading.instrument,
                        kind=kind,
                        deposited=acted,
                        since=since,
                        until=until,
                        record=f"end note {number}",
                        note="predecessor state",
                    )
                )
    return found


def _competences(reading: Reading) -> list[Statement]:
    """Acceptances in the sections that hold nothing else, told apart by the article they name."""
    rules = settings("untc")["sections"].get(reading.instrument, {})
    fixes = settings("untc")["competences"].get(reading.instrument, {})
    found = []
    for one in reading.page.texts:
        if one.section not in rules.get("in", ()):
            continue
        state = reading.state(one.name, one.section)
        if state is None or state not in reading.party:
            continue
        fix = fixes.get(state, {})
        bare = _DATE.sub("", one.text)
        articles = fix.get("articles") or [
            article for article in rules["articles"] if _names(article, bare, rules.get("words", {}))
        ]
        if not articles:
            reading.report.add(
                "unread-declaration", "warning", f"{reading.file} {one.section}", f"{state}: no article named"
            )
        leading = _LEADING.match(one.text)
        deposited = (
            fix.get("deposited") or (dates.written(leading[1]) if leading else "") or reading.party[state].deposited
        )
        found += [_acceptance(reading, state, rules["articles"][article], deposited, fix) for article in articles]
    return found


def _names(article: str, text: str, words: Mapping[str, str]) -> bool:
    """Whether a text names an article, by number or by the words that its declarations use."""
    if article == "*":
        return True
    return bool(re.search(rf"\b{article}\b", text) or (article in words and re.search(words[article], text)))


def _acceptance(reading: Reading, state: str, thing: str, deposited: str, more: Mapping[str, Any]) -> Statement:
    since = dates.latest(reading.catalogue.effective(thing, deposited), reading.party[state].since)
    note = str(more.get("note", ""))
    if reading.catalogue.rule(thing) == "not-in-force":
        since, deposited, note = "", "", f"deposited {deposited}; the article is not in force for any state"
    return reading.statement(
        state, "ACCEPTS", thing, kind="declaration", deposited=deposited, since=since, until=more.get("until", ""),
        record=f"declaration of {state}", note=note, confidence=more.get("confidence", "high"),
    )  # fmt: skip


def _readings(reading: Reading, rows: list[Statement]) -> list[Statement]:
    """Limits, opt-outs and acceptances that only a reader can tell: the lines of `untc.yaml`."""
    found = []
    for group in settings("untc")["readings"]:
        if group["page"] != reading.instrument:
            continue
        for state, own in group["states"].items():
            line = {**group, **(own or {})}
            text = reading.page.notes.get(str(line["endnote"]), "") if "endnote" in line else reading.words_of(state)
            where = f"{reading.file} {group['object']} {state}"
            if state not in reading.party or not re.search(line["words"], text, re.IGNORECASE):
                reading.report.add(
                    "limit-not-found", "warning", where, "the page no longer holds the words of this reading"
                )
                continue
            found.append(_reading(reading, state, line, rows))
    return found


def _reading(reading: Reading, state: str, line: Mapping[str, Any], rows: list[Statement]) -> Statement:
    base = next(
        (
            one
            for one in rows
            if one.state == state and one.object == line["object"] and one.relation in ("ACCEPTS", "PARTY_TO")
        ),
        reading.party[state],
    )
    if line["relation"] == "ACCEPTS":
        return _acceptance(reading, state, line["object"], line.get("deposited", base.deposited), line)
    deposited = line.get("deposited", base.deposited)
    after = dates.effective("days+1", deposited)
    detail = line.get("detail", "").replace("$since", base.since).replace("$after", after)
    return reading.statement(
        state, line["relation"], line["object"], kind=line["kind"],
        deposited=deposited, since=line.get("since", base.since),
        until=line.get("until", ""), excludes=line.get("excludes", ""), detail=detail,
        confidence=line.get("confidence", "high"), note=line.get("note", ""),
        record=f"end note {line['endnote']}" if "endnote" in line else f"declaration of {state}",
    )  # fmt: skip


def _former(rows: list[Statement]) -> Iterator[Statement]:
    """The rows of the Soviet Union, which the page prints under the state that continues it."""
    end = load_states().until("SUN")
    for one in rows:
        if (
            one.state == "RUS"
            and one.since
            and one.relation != "SIGNED"
            and dates.first_day(one.since) < dates.first_day(end)
        ):
            until = one.until if one.until and one.until < end else end
            yield replace(one, state="SUN", until=until, note="continued by the Russian Federation without a break")


def _dump(file: File, report: Report) -> Iterator[Statement]:
    header = csv.columns(file.content)
    if header[:1] != ("Participant",):
        raise SourceRefused(
            "is neither a status page nor a table of the dump; give the publisher's own files",
            field="file",
            value=file.name,
        )
    catalogue, states = load_catalogue(), load_states()
    instrument = catalogue.id(file.name.removesuffix(".csv"))
    if instrument is None or instrument == "-":
        report.add("unknown-instrument", "info", file.name, "no forum uses this treaty; left out")
        return
    for row in csv.read_rows(file.content, file.name):
        report.read += 1
        name = re.sub(r"(?<=\D)\s*\d+(\s*,\s*\d+)*$", "", row["Participant"])
        state, cell = states.code(name), row[header[-1]]
        signed = dates.written(row[header[1]]) if len(header) > 2 else None
        acted = dates.written(cell)
        suffix = re.sub(r"\d{1,2}\s+[A-Za-z]+\s+\d{4}", "", cell).strip()
        if state is None or (cell and (not acted or suffix not in ACTIONS)):
            report.reject("unknown-state" if state is None else "bad-date", row.where, "participant or date not known")
            continue
        report.loaded += 1
        base = Statement(
            state=state, relation="SIGNED", object=instrument, kind="signature", deposited=signed or "",
            source="untc-2015", seen=DUMP_SEEN, record=row.where,
        )  # fmt: skip
        if acted:
            kind = ACTIONS[suffix]
            since, note = bound_from(catalogue, states, instrument, state, kind, acted)
            yield replace(base, relation="PARTY_TO", kind=kind, deposited=acted, since=since, note=note)
        elif signed:
            yield base


SOURCE = make("untc", parse)
