"""Twelve forums encoded twice: the second law, cases made from a seed, and what the two laws make of them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from graph.compile import compile_law
from graph.jurisdiction.engine import Finding, Program, best, compile_programs, named_in, put, respondents
from graph.jurisdiction.result import MET, NOT_APPLICABLE, NOT_MET, OUTCOMES, Result
from graph.jurisdiction.scope import Scope
from graph.law import Law, from_data
from graph.ledger import seed
from graph.model.case import CONDITIONS, FILERS, LINKS, PERPETRATORS, VICTIM_KINDS, Act, Case
from graph.reference.load import read_yaml

HERE = Path(__file__).parent
SEED = 20260203
AS_OF = date(2026, 11, 22)
FORUMS = tuple(sorted(path.stem for path in HERE.glob("[a-z]*.yaml") if path.stem != "settled"))

# Bound at some time by something that one of the twelve asks for, and the days around which that changed.
STATES = (
    *("RUS TUR GBR FRA DEU ESP ITA AUT NOR CHE MDA UKR POL GEO AZE ROU SVN MLT HRV IRL".split()),
    *("BLR KAZ KGZ UZB CHN IRN SAU EGY MAR TUN DZA LBY".split()),
    *("TTO JAM GUY VEN NIC MEX COL PER CHL ARG SLV GTM URY ECU CAN USA CUB HND DOM BRA".split()),
    *("RWA TZA BEN CIV BFA MLI GHA MWI GMB NER GNB KEN NGA UGA BDI COD SEN TGO".split()),
    *("AUS NZL PHL LKA MDV KHM THA JPN KOR IND NPL".split()),
)
CRITICAL = (
    *("1976-03-23 1987-01-28 1987-06-26 1991-10-01 1992-01-01 1996-03-28 1998-01-23 1999-04-05 1999-05-26".split()),
    *("2000-06-27 2004-01-25 2004-03-15 2006-10-19 2007-02-24 2010-12-23 2013-05-05 2013-09-10 2014-04-14".split()),
    *("2017-03-01 2019-04-27 2020-11-22 2021-03-26 2021-04-30 2022-02-01 2022-09-16 2023-02-08 2023-11-19".split()),
    *("2026-03-08 2020-03-16 2020-06-15".split()),
)
OTHERS = (
    *("ecthr iachr-petition iacthr achpr-communication acthpr-direct ecowas-court eacj acerwc".split()),
    *("un-hrcttee-individual un-cat-individual un-cedaw-individual un-cerd-individual un-ced-individual".split()),
    *("un-wgad-regular un-wgad-urgent un-wgeid un-sr-hrd un-hrc-complaint un-ced-urgent-action unesco-104".split()),
    *("ilo-cfa ilo-art24 ipu-chrp coe-ecsr aarhus-accc ecthr-rule-39 iachr-precautionary icc-communication".split()),
    *("interpol-ccf-deletion oecd-ncp ecthr-interstate host-state-civil-suit-state nhri un-upr".split()),
)
RIGHTS = (
    *("life torture humane-detention liberty enforced-disappearance fair-trial effective-remedy expression".split()),
    *("assembly association work-trade-union privacy movement nationality non-refoulement asylum-expulsion".split()),
    *("family child property discrimination gender-violence political-participation education health housing".split()),
    *("petition-without-reprisal minority-culture legal-personality nullum-crimen social-security".split()),
)
GROUNDS = ("race", "sex", "disability", "religion", "opinion", "origin", "ethnic-origin", "orientation")
STATUSES = ("child", "woman", "person-with-disability", "migrant-worker", "journalist", "trade-unionist", "indigenous")
LACKING = Result(NOT_APPLICABLE, "no-rule")
EXHAUSTED = ("yes", "yes", "yes", "no", "unavailable", "ineffective", "unreasonably-prolonged", "dangerous", "unknown")


class Difference(NamedTuple):
    """One rule of one forum on which the two encodings part, for one respondent and one act."""

    forum: str
    rule: str
    first: str
    second: str
    message_first: str
    message_second: str
    about: str  # the link under ratione loci, the other forum under duplication


class Row(NamedTuple):
    """What a law says of one forum and one respondent: the verdict, and the headings that fail."""

    verdict: int
    failing: tuple[str, ...]


def shipped() -> Law:
    """Compile the shipped rules over the shipped status tables."""
    return compile_law(row.mapping() for table in seed.tables() for row in table.rows)


def second(law: Law) -> Law:
    """Put the second encoding of the twelve in the place of everything that the first says of them."""
    forums = {name: read_yaml(HERE / f"{name}.yaml") for name in FORUMS}
    doctrines = {**law.data["doctrines"], **read_yaml(HERE / "_doctrines.yaml")}
    data = {**law.data, "forums": forums, "closes": read_yaml(HERE / "_closes.yaml"), "doctrines": doctrines}
    return from_data(data, "second")


def first(law: Law) -> Law:
    """Keep of a law the twelve forums only."""
    return from_data({**law.data, "forums": {name: law.forums[name] for name in FORUMS}}, law.hash)


@lru_cache(maxsize=1)
def both() -> tuple[Law, Law]:
    """Compile the two laws once a process."""
    law = shipped()
    return first(law), second(law)


def near(chance: random.Random, last: date = AS_OF) -> date:
    """Pick a day: on or beside a critical date, in the years after one, or any."""
    kind = chance.random()
    if kind < 0.45:
        day = date.fromisoformat(chance.choice(CRITICAL)) + timedelta(days=chance.choice((-1, 0, 1, -40, 40, 200)))
    elif kind < 0.6:
        day = date.fromisoformat(chance.choice(CRITICAL)) + timedelta(days=chance.randrange(2000))
    else:
        day = date(chance.randrange(1985, 2027), chance.randrange(1, 13), chance.randrange(1, 29))
    return min(day, last)


def partial(chance: random.Random, day: date) -> str:
    """Write a day, now and then with less precision."""
    text = day.isoformat()
    return text if chance.random() < 0.85 else text[:7] if chance.random() < 0.7 else text[:4]


def made(count: int, start: int = SEED) -> Iterator[dict[str, Any]]:
    """Yield cases in the public form, the same ones for the same seed."""
    for number in range(count):
        yield one(random.Random(f"{start}-{number}"), number)


def one(chance: random.Random, number: int) -> dict[str, Any]:
    """Make one case; facts are left out now and then."""
    filed = near(chance)
    states = chance.sample(STATES, 2)
    acts = [act(chance, states, filed) for _ in range(1 if chance.random() < 0.85 else 2)]
    case: dict[str, Any] = {"id": f"g{number}", "as_of": filed.isoformat(), "acts": acts}
    if chance.random() < 0.7:
        case["filed"] = filed.isoformat()
    case["victim"] = victim(chance, filed)
    filer = chance.choice(FILERS[:6]) if chance.random() < 0.9 else chance.choice(FILERS)
    if filer.startswith("ngo") and chance.random() < 0.6:
        case["filer"] = {"kind": filer, "observer_status": chance.choice((["achpr"], ["ecosoc"], []))}
    elif chance.random() < 0.97:
        case["filer"] = filer
    if chance.random() < 0.95:
        case["remedies"] = [remedy(chance, state, acts[0], filed) for state in states]
    if chance.random() < 0.95:
        case["proceedings"] = [proceeding(chance, filed) for _ in range(chance.choice((0, 0, 1, 1, 2)))]
    return case


def act(chance: random.Random, states: Sequence[str], filed: date) -> dict[str, Any]:
    """Make an act: mostly one respondent, mostly on its territory."""
    planned = chance.random() < 0.06
    begun = filed + timedelta(days=30) if planned else near(chance, filed)
    made: dict[str, Any] = {
        "from": partial(chance, begun),
        "rights": chance.sample(RIGHTS, chance.choice((1, 1, 2, 3))),
    }
    if not planned and date.fromisoformat(f"{made['from']}-01-01"[:10]) > filed:
        made["from"] = begun.isoformat()
    if planned:
        made["from"], made["planned"] = begun.isoformat(), True
    elif chance.random() < 0.3:
        made["continuing"] = True
    elif chance.random() < 0.2:
        made["to"] = min(begun + timedelta(days=chance.randrange(1, 1500)), filed).isoformat()
    made["respondents"] = list(states if chance.random() < 0.15 else states[:1])
    made["where"] = states[0] if chance.random() < 0.6 else states[1]
    if chance.random() < 0.55 or made["where"] != states[0]:
        made["link"] = chance.choice(LINKS) if chance.random() < 0.9 else "on-territory"
    if chance.random() < 0.9:
        made["perpetrator"] = "state-agent" if chance.random() < 0.7 else chance.choice(PERPETRATORS)
    if chance.random() < 0.8:
        made["grounds"] = chance.sample(GROUNDS, chance.choice((0, 1, 1, 2)))
    return made


def victim(chance: random.Random, filed: date) -> dict[str, Any]:
    """Make a victim; what is not drawn is unknown."""
    found: dict[str, Any] = {"status": chance.sample(STATUSES, chance.choice((0, 1, 1, 2)))}
    found["kind"] = "person" if chance.random() < 0.75 else chance.choice(VICTIM_KINDS)
    found["nationality"] = [chance.choice(STATES)]
    if chance.random() < 0.85:
        found["consents"] = chance.random() < 0.85
    if chance.random() < 0.85:
        found["condition"] = "free" if chance.random() < 0.5 else chance.choice(CONDITIONS)
    if chance.random() < 0.5:
        found["born"] = (filed - timedelta(days=chance.randrange(2000, 25000))).isoformat()
    if chance.random() < 0.3:
        found["anonymous"] = chance.random() < 0.3
    return found


def remedy(chance: random.Random, state: str, of: Mapping[str, Any], filed: date) -> dict[str, Any]:
    """Make the remedies of one state."""
    found: dict[str, Any] = {"state": state, "exhausted": chance.choice(EXHAUSTED)}
    if found["exhausted"] == "yes" and chance.random() < 0.9:
        steps = (100, 120, 121, 122, 180, 182, 184, 300, 364, 367, 900, 1830, 2500)
        decided = max(filed - timedelta(days=chance.choice(steps)), date(1960, 1, 1))
        found["final_decision"] = decided.isoformat()
        if chance.random() < 0.4:
            found["notified"] = min(decided + timedelta(days=chance.choice((0, 1, 30))), filed).isoformat()
    if chance.random() < 0.3:
        found["suspensive"] = chance.random() < 0.4
    if chance.random() < 0.2:
        found["raised"] = list(of["rights"])[:1] if chance.random() < 0.6 else ["culture"]
    return found


def proceeding(chance: random.Random, filed: date) -> dict[str, Any]:
    """Make a proceeding elsewhere."""
    found: dict[str, Any] = {
        "forum": chance.choice(OTHERS),
        "status": chance.choice(("pending", "decided", "withdrawn")),
    }
    if found["status"] == "decided":
        found["decided"] = max(
            filed - timedelta(days=chance.choice((30, 400, 1090, 1100, 2200))), date(1960, 1, 1)
        ).isoformat()
        if chance.random() < 0.9:
            found["examined"] = chance.choice(("merits", "substance", "procedure-only"))
    found["same"] = {"person": True, "facts": chance.random() < 0.92, "rights": chance.random() < 0.92}
    if chance.random() < 0.06:
        del found["same"]["rights"]
    return found


def findings(programs: Sequence[Program], law: Law, case: Case) -> dict[tuple[str, str], list[Finding]]:
    """Put every program to every respondent and act that names it."""
    scope = Scope(case, law)
    found: dict[tuple[str, str], list[Finding]] = {}
    for state in respondents(case):
        scope.take_respondent(state)
        for doing in case.acts:
            named = named_in(doing, state)
            if named is None:
                continue
            scope.take_act(doing, named)
            for program in programs:
                found.setdefault((program.id, state), []).append(put(program, scope, doing))
    return found


def row(program: Program, acts: Sequence[Finding]) -> Row:
    """Return what the answer shows of these acts."""
    top = best(acts)
    pairs = zip(program.rules, top.results, strict=True)
    return Row(top.verdict, tuple(rule.kind for rule, result in pairs if result.outcome == NOT_MET))


class Pair:
    """The programs of two laws, put to one case after another."""

    def __init__(self, one: Law, other: Law) -> None:
        self.laws = one, other
        self.programs = compile_programs(one), compile_programs(other)
        self.vocabulary = one.vocabulary()
        self.rows = 0
        self.changed = 0

    def differences(self, case: Case) -> list[Difference]:
        """List the rules with another outcome; a row that differs has at least one of them."""
        found: list[Difference] = []
        mine, theirs = (findings(programs, law, case) for programs, law in zip(self.programs, self.laws, strict=True))
        sides = [{program.id: program for program in programs} for programs in self.programs]
        for key, acts in mine.items():
            forum = key[0]
            self.rows += 1
            here = [d for a, b in zip(acts, theirs[key], strict=True) for d in apart(sides, key, a, b)]
            if row(sides[0][forum], acts) != row(sides[1][forum], theirs[key]):
                self.changed += 1
                assert here
            found.extend(here)
        return found


def apart(sides: Sequence[Mapping[str, Program]], key: tuple[str, str], a: Finding, b: Finding) -> Iterator[Difference]:
    """Compare one act heading by heading; a heading that one side lacks is as one that does not apply.

    "Met" and "does not apply" both leave the door open and are no difference.
    """
    forum, state = key
    mine, theirs = (
        {rule.kind: result for rule, result in zip(side[forum].rules, finding.results, strict=True)}
        for side, finding in zip(sides, (a, b), strict=True)
    )
    for kind in sorted({*mine, *theirs}):
        x, y = mine.get(kind, LACKING), theirs.get(kind, LACKING)
        if x.outcome != y.outcome and min(x.outcome, y.outcome) < MET:
            about = ""
            if kind == "ratione-loci":
                about = link_of(a.act, state)
            elif kind == "duplication":
                lower = x if x.outcome < y.outcome else y
                about = str(lower.args.get("other", ""))
            yield Difference(forum, kind, OUTCOMES[x.outcome], OUTCOMES[y.outcome], x.mid, y.mid, about)


def link_of(doing: Act, state: str) -> str:
    """Return the link that the engine reads for one respondent of an act."""
    named = named_in(doing, state)
    given = (named.link if named else None) or doing.link
    return given or ("on-territory" if doing.where == state else "")


def settled() -> list[dict[str, Any]]:
    """Read the differences that were settled in writing."""
    found: list[dict[str, Any]] = read_yaml(HERE / "settled.yaml")
    return found


def covers(entry: Mapping[str, Any], one: Difference) -> bool:
    """Whether a settled entry is about this difference."""
    return (
        one.forum in entry["forums"]
        and one.rule == entry["rule"]
        and (one.first, one.second) == (entry["first"], entry["second"])
        and one.message_first in entry["messages"]["first"]
        and one.message_second in entry["messages"]["second"]
        and ("about" not in entry or one.about in entry["about"])
    )
