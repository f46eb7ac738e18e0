"""What must hold of every answer, whatever the facts: put to made-up cases over the shipped law."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import CaseError
from graph.finder import Finder, encode
from graph.jurisdiction import engine
from graph.jurisdiction.result import NOT_MET, OUTCOMES, Result
from graph.jurisdiction.scope import Scope
from graph.law import Law, from_data
from graph.model import case as c
from graph.model.dates import parse_date
from graph.model.reading import read_case
from graph.render import SIMPLE
from tests.graph.generate import Maker, cases

Ask = Callable[..., dict[str, Any]]
Raw = dict[str, Any]
Key = tuple[str, str | None]
ROOT = Path(__file__).parents[2]
RANK = {"unavailable": 0, "conditional": 1, "available": 2}
few = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
randoms = st.randoms(use_true_random=False)
seeds = st.integers(0, 2**31)


@pytest.fixture(scope="session")
def maker(law: Law) -> Maker:
    """Makes raw cases over the shipped law."""
    return Maker(law)


@pytest.fixture(scope="session")
def every_forum(finder: Finder) -> list[str]:
    """All forums, those of a special subject too."""
    return [program.id for program in finder.programs]


def single_acts(raw: Raw) -> Iterator[Raw]:
    """One case for each act, since a row shows the best act only."""
    for act in raw["acts"]:
        yield {**raw, "acts": [act]}


def outcomes(answer: Raw) -> dict[Key, dict[str, str]]:
    """Row by row, rule by rule."""
    return {(row["forum"], row["respondent"]): {rule["rule"]: rule["outcome"] for rule in row["rules"]}
            for row in answer["forums"]}  # fmt: skip


# The declared assumptions of case.md and the project's own: absence says something there.
DECLARED = set("to continuing planned systematic known anonymous urgent project platform notice".split())
NEEDED = set("id title as_of filed known_on acts from respondents state forum dates".split())


def removals(raw: Raw) -> Iterator[tuple[str, Raw]]:
    """The case without one fact, for each fact whose absence means that it is not known."""
    act = raw["acts"][0]
    names = [one["state"] if isinstance(one, dict) else one for one in act.get("respondents", ())]

    def walk(node: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
        if isinstance(node, dict):
            for key, value in node.items():
                yield (*path, key)
                yield from walk(value, (*path, key))
        elif isinstance(node, list):
            for n, value in enumerate(node):
                yield from walk(value, (*path, n))

    for path in walk(raw, ()):
        key = path[-1]
        last = path[0] == "acts"
        if (key in NEEDED and path[0] != "dates") or path == ("dates",):
            continue
        if key in DECLARED and not (path[0] in ("project", "platform", "notice") and len(path) > 1):
            continue
        if last and (key == "rights" or (key == "tactic" and "rights" not in act)):  # each can stand for the other
            continue
        if last and key == "link" and (act.get("where") in names or (len(path) > 3 and act.get("link"))):
            continue  # then it is plain from `where`, or the act's own link holds
        if last and key == "perpetrator" and len(path) > 3 and act.get("perpetrator"):
            continue
        if key in ("perpetrator_nationality", "observer_status"):  # agents-own-nationals, no-observer-status
            continue
        if key == "notified" and parent(raw, path).get("final_decision"):  # served-same-day
            continue
        if path == ("filer", "residence") and kind_of(raw) == "victim":  # the victim's residence is then the filer's
            continue
        changed = deepcopy(raw)
        parent(changed, path).pop(key)
        yield ".".join(map(str, path)), changed


def parent(raw: Any, path: tuple[Any, ...]) -> Any:
    """The mapping that holds the last key of a path."""
    for key in path[:-1]:
        raw = raw[key]
    return raw


def kind_of(raw: Raw) -> str | None:
    """Who files."""
    filer = raw.get("filer")
    return filer.get("kind") if isinstance(filer, dict) else filer


@given(rng=randoms)
@few
def test_every_made_case_is_read(rng: Random, maker: Maker, law: Law) -> None:
    read_case(maker.case(rng), law.vocabulary())


@given(seed=seeds)
@few
def test_a_fact_more_never_mends_a_failed_rule(seed: int, maker: Maker, ask: Ask, every_forum: list[str]) -> None:
    for raw in single_acts(maker.case(Random(seed))):
        known = outcomes(ask(raw, forums=every_forum, detail="compact"))
        for path, without in removals(raw):
            for key, rules in outcomes(ask(without, forums=every_forum, detail="compact")).items():
                mended = [rule for rule, one in rules.items() if one == "not-met" and known[key][rule] != "not-met"]
                assert not mended, f"{key}: {mended} failed before {path} was known"


@given(seed=seeds, outcome=st.integers(0, 3))
@few
def test_one_more_rule_never_opens_a_forum(seed: int, outcome: int, maker: Maker, finder: Finder) -> None:
    case = read_case(maker.case(Random(seed)), finder.law.vocabulary())
    extra = engine.Rule("form", lambda _: Result(outcome, "not-required"), ("made-up",), "high")
    s = Scope(case, finder.law)
    for state in engine.respondents(case):
        s.take_respondent(state)
        for act in case.acts:
            named = engine.named_in(act, state)
            if named is None:
                continue
            s.take_act(act, named)
            for program in finder.programs:
                longer = replace(program, rules=(*program.rules, extra))
                before, after = engine.put(program, s, act), engine.put(longer, s, act)
                assert after.verdict <= before.verdict
                assert outcome != NOT_MET or after.verdict == 0


@given(seed=seeds)
@few
def test_the_same_case_gives_the_same_bytes(seed: int, maker: Maker, finder: Finder, law: Law) -> None:
    raw = maker.case(Random(seed))
    first = encode(finder.find(read_case(raw, law.vocabulary())))
    assert encode(finder.find(read_case(deepcopy(raw), law.vocabulary()))) == first


PROCESS = """
import hashlib, sys
from graph.compile import compile_law
from graph.errors import CaseError
from graph.finder import Finder, encode
from graph.ledger import seed
from graph.model.reading import read_case
from tests.graph.generate import cases
law = compile_law([row.mapping() for table in seed.tables() for row in table.rows])
finder, vocabulary, digest = Finder(law), law.vocabulary(), hashlib.sha256()
made = list(cases(law, 40, 5))
for raw in made[::-1] if sys.argv[1] == "2" else made:
    finder.find(read_case(raw, vocabulary))
for raw in made:
    for detail in ("full", "compact", "verdicts"):
        digest.update(encode(finder.find(read_case(raw, vocabulary), detail=detail)))
print(digest.hexdigest())
"""


def test_two_processes_give_the_same_bytes() -> None:
    found = set()
    for hash_seed in ("1", "2"):  # the second has answered the cases in another order before
        done = subprocess.run(
            [sys.executable, "-c", PROCESS, hash_seed], cwd=ROOT, env={"PYTHONHASHSEED": hash_seed}, check=True,
            capture_output=True, text=True,
        )  # fmt: skip
        found.add(done.stdout)
    assert len(found) == 1


def test_what_was_answered_before_does_not_show(law: Law, maker: Maker) -> None:
    """A finder that has seen other cases answers as a fresh one does."""
    vocabulary = law.vocabulary()
    used = Finder(law)
    for raw in cases(law, 60, 11):
        used.find(read_case(raw, vocabulary), detail="verdicts")
    for raw in cases(law, 8, 12):
        for detail in ("verdicts", "compact", "full"):
            case = read_case(raw, vocabulary)
            assert encode(used.find(case, detail=detail)) == encode(Finder(law).find(case, detail=detail))


def neighbours(raw: Raw, rng: Random) -> Iterator[Raw]:
    """The case with one day moved, one truth turned, one fact less: what could be taken for it and is not."""

    def walk(node: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
        steps = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        for step, value in steps:
            yield (*path, step)
            yield from walk(value, (*path, step))

    for path in list(walk(raw, ())):
        value = parent(raw, path)[path[-1]]
        changed = deepcopy(raw)
        holder = parent(changed, path)
        if isinstance(value, bool):
            holder[path[-1]] = not value
        elif isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            moved = date.fromisoformat(value).toordinal() + rng.choice((-1, 1))
            holder[path[-1]] = date.fromordinal(moved).isoformat()
            if path in (("as_of",), ("filed",)) and "filed" in raw:
                changed["as_of"] = changed["filed"] = holder[path[-1]]
        else:
            holder.pop(path[-1])
        yield changed


def test_a_neighbouring_case_lends_nothing(law: Law) -> None:
    """Whatever a finder keeps of one case, it gives the bytes of a fresh one for a case that differs in one fact."""
    vocabulary, rng, compared = law.vocabulary(), Random(4), 0
    for n, raw in enumerate(cases(law, 3, 21)):
        detail = ("verdicts", "compact", "full")[n % 3]
        used = Finder(law)
        told = {orjson.dumps(raw): encode(used.find(read_case(raw, vocabulary), detail=detail))}
        for changed in neighbours(raw, rng):
            try:
                case = read_case(changed, vocabulary)
            except CaseError:
                continue
            told[orjson.dumps(changed)] = encode(used.find(case, detail=detail))
        for text, answer in told.items():
            fresh = Finder(law).find(read_case(orjson.loads(text), vocabulary), detail=detail)
            assert encode(fresh) == answer, text
            compared += 1
    assert compared > 50


@pytest.mark.parametrize("detail", ["verdicts", "compact", "full"])
def test_a_deadline_in_a_closed_row_is_that_of_its_own_case(law: Law, detail: str) -> None:
    """The last day is the same, the day that counts is not, and another rule closes both doors."""
    used, vocabulary = Finder(law), law.vocabulary()
    for day in ("2020-02-01", "2020-02-03"):
        raw = {
            "as_of": day,
            "filed": day,
            "acts": [{"from": "2018-05-05", "rights": ["torture"], "where": "TUR", "respondents": ["TUR"]}],
            "victim": {"anonymous": True},
            "remedies": [{"state": "TUR", "exhausted": "yes", "final_decision": "2020-01-01"}],
        }
        case = read_case(raw, vocabulary)
        assert encode(used.find(case, detail=detail)) == encode(Finder(law).find(case, detail=detail))


def dated(raw: Raw) -> Iterator[tuple[Any, ...]]:
    """The paths of the partial dates of a case."""

    def walk(node: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
        if isinstance(node, dict):
            for key, value in node.items():
                yield from walk(value, (*path, key))
        elif isinstance(node, list):
            for n, value in enumerate(node):
                yield from walk(value, (*path, n))
        elif isinstance(node, str) and re.fullmatch(r"\d{4}(-\d{2})?", node):
            yield path

    yield from walk(raw, ())


@given(seed=seeds, rng=randoms)
@few
def test_a_year_decides_only_what_every_day_of_it_decides(
    seed: int, rng: Random, maker: Maker, ask: Ask, every_forum: list[str]
) -> None:
    for raw in single_acts(maker.case(Random(seed))):
        raw["acts"][0]["from"] = str(raw["acts"][0]["from"])[:4]
        broad = outcomes(ask(raw, forums=every_forum, detail="compact"))
        for path in dated(raw):
            holder = parent(raw, path)
            span = parse_date(holder[path[-1]])
            top = date.fromisoformat(raw["as_of"]).toordinal()
            if path[-1] == "from" and "to" in holder:
                top = min(top, parse_date(holder["to"]).hi)
            if path[-1] == "final_decision" and "notified" in holder:
                top = min(top, parse_date(holder["notified"]).hi)
            for day in (span.lo, min(span.hi, top), rng.randint(span.lo, max(span.lo, min(span.hi, top)))):
                changed = deepcopy(raw)
                parent(changed, path)[path[-1]] = date.fromordinal(day).isoformat()
                exact = outcomes(ask(changed, forums=every_forum, detail="compact"))
                for key, rules in broad.items():
                    for rule, outcome in rules.items():
                        if outcome in ("met", "not-met"):
                            told = (key, rule, path, date.fromordinal(day).isoformat())
                            assert exact[key][rule] in (outcome, "not-applicable"), told


@given(seed=seeds, rng=randoms)
@few
def test_the_order_of_acts_and_respondents_decides_nothing(
    seed: int, rng: Random, maker: Maker, ask: Ask, every_forum: list[str]
) -> None:
    raw = maker.case(Random(seed))
    mixed = deepcopy(raw)
    rng.shuffle(mixed["acts"])
    for act in mixed["acts"]:
        rng.shuffle(act["respondents"])
    told = [
        {(row["forum"], row["respondent"]): (row["verdict"], row["deadline"], sorted(row["rights"]),
                                             sorted(reach["act"] for reach in row["reaches"]))
         for row in ask(one, forums=every_forum, detail="verdicts")["forums"]}
        for one in (raw, mixed)
    ]  # fmt: skip
    assert told[0] == told[1]


def doubtful(law: Law, confidence: str) -> Law:
    """The same law, with every status row of one confidence."""
    data = {
        **law.data,
        "status": {state: {thing: [[*row[:4], confidence, row[5]] for row in rows] for thing, rows in things.items()}
                   for state, things in law.data["status"].items()},
    }  # fmt: skip
    return from_data(data, law.hash)


@pytest.mark.parametrize("confidence", ["low", "contested"])
def test_a_doubtful_status_never_makes_a_row_available(law: Law, finder: Finder, confidence: str) -> None:
    other, vocabulary, leaned = Finder(doubtful(law, confidence)), law.vocabulary(), 0
    for raw in cases(law, 150, 3):
        case = read_case(raw, vocabulary)
        sure = {(row["forum"], row["respondent"]): row for row in finder.find(case, detail="compact")["forums"]}
        for row in orjson.loads(encode(other.find(case, detail="compact")))["forums"]:
            if row["verdict"] == "available":
                assert not any(rule["facts"] for rule in row["rules"]), row["forum"]
            elif sure[row["forum"], row["respondent"]]["verdict"] == "available":
                leaned += 1
    assert leaned > 10


def test_an_unknown_status_never_makes_a_row_available(law: Law) -> None:
    other = Finder(from_data({**law.data, "status": {}, "denied": {}, "complete": []}, law.hash))
    asked = 0
    for raw in cases(law, 100, 4):
        for row in other.find(read_case(raw, law.vocabulary()), detail="compact")["forums"]:
            if row["verdict"] == "available":
                program = next(one for one in other.programs if one.id == row["forum"])
                assert b'"bound":' not in orjson.dumps(program.file["rules"]), row["forum"]
            asked += 1
    assert asked


def test_a_rule_of_low_confidence_decides_nothing(law: Law, finder: Finder) -> None:
    low = {program.id: {rule.kind for rule in program.rules if rule.confidence == "low"} for program in finder.programs}
    for raw in cases(law, 60, 6):
        for row in finder.find(read_case(raw, law.vocabulary()), detail="compact")["forums"]:
            for rule in orjson.loads(orjson.dumps(row["rules"])):
                if rule["rule"] in low[row["forum"]]:
                    assert rule["outcome"] in ("unknown", "not-applicable"), (row["forum"], rule)


@given(seed=seeds)
@few
def test_every_detail_carries_the_same_verdicts(seed: int, maker: Maker, ask: Ask) -> None:
    raw = maker.case(Random(seed))
    told = []
    for detail in ("full", "compact", "verdicts"):
        answer = ask(raw, detail=detail)
        told.append([
            (row["forum"], row["respondent"], row["verdict"], row["deadline"], row["rights"], row["reaches"],
             len(row["warnings"]),
             [(rule["rule"], rule["outcome"], rule["because"], rule["message"], rule["authority"], rule["facts"])
              for rule in row["rules"] if rule["outcome"] in ("not-met", "unknown")])
            for row in answer["forums"]
        ])  # fmt: skip
    assert told[0] == told[1] == told[2]


# Messages ----------------------------------------------------------------------------------------------------------

IDS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
ENUMS = {*c.LINKS, *c.PERPETRATORS, *c.VICTIM_STATUSES, *c.FILERS, *c.EXHAUSTED, *c.EXAMINED} - {"trade-union"}
WORDS_OF_RULES = {
    "extends", "commencement-only", "acts-before", "acts-begun-before", "examined-elsewhere", "submitted-elsewhere",
    "time-limit", "all-binding", "all-states", "next-working-day", "remedies-tried", "no-effective-remedy",
    "procedure-only", "state-agent", "on-territory", "not-met", "not-applicable", "ratione-personae",
    "ratione-materiae", "ratione-temporis", "ratione-loci", "ngo-with-observer-status", "unreasonably-prolonged",
    "not-started", "quasi-judicial", "non-binding",
}  # fmt: skip


def spoken(finder: Finder) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """Message id, arguments and sentence of everything that made-up cases bring out."""
    words, vocabulary = finder.words("en"), finder.law.vocabulary()
    for raw in cases(finder.law, 250, 9):
        answer = finder.find(read_case(raw, vocabulary), detail="compact", forums=list(finder.about))
        plain = orjson.loads(encode(answer))
        for row in plain["forums"]:
            said = [rule["message"] for rule in row["rules"]] + row["conditions"] + row["warnings"]
            for message in [*said, row["deadline_rule"]]:
                if message:
                    yield message["id"], message["args"], words.say(message["id"], message["args"])
        for message in plain["assumed"]:
            yield message["id"], message["args"], words.say(message["id"], message["args"])


@pytest.fixture(scope="module")
def told(finder: Finder) -> dict[tuple[str, str], tuple[Mapping[str, Any], str]]:
    """Each message once for each sentence."""
    return {(mid, sentence): (args, sentence) for mid, args, sentence in spoken(finder)}


def test_every_message_has_a_sentence_and_every_place_in_it_is_filled(
    told: Mapping[tuple[str, str], tuple[Mapping[str, Any], str]], finder: Finder
) -> None:
    words = finder.words("en")
    patterns = texts(words.sources)
    wrong = set()
    for (mid, _), (args, _) in told.items():
        if mid not in words:
            wrong.add(f"{mid}: no sentence")
        else:
            missing = sorted(set(re.findall(r"\$([a-z_]+)", patterns[mid])) - set(args))
            wrong.update(f"{mid}: {name}" for name in missing)
    assert len({mid for mid, _ in told}) > 90
    assert not wrong, sorted(wrong)


def texts(sources: list[str]) -> dict[str, str]:
    """The pattern of each message of the catalogue."""
    found: dict[str, str] = {}
    for source in sources:
        for block in re.split(r"\n(?=[a-z#])", source):
            name, _, pattern = block.partition("=")
            if not block.startswith("#"):
                found[name.strip()] = pattern
    return found


def test_no_sentence_shows_an_id_or_a_gap(
    told: Mapping[tuple[str, str], tuple[Mapping[str, Any], str]], finder: Finder
) -> None:
    messages = set(finder.words("en").messages)
    wrong = set()
    for (mid, _), (_, sentence) in told.items():
        if re.search(r"(?:^|[ (,])\?|\{|\}|\bNone\b|\[|\bfalse\b|\btrue\b", sentence):
            wrong.add(f"{mid}: {sentence}")
        for word in IDS.findall(sentence):
            if word in messages | ENUMS or word in finder.about:
                wrong.add(f"{mid}: {word}: {sentence}")
        if re.search(r"\b(?:acts|victim|filer|remedies|dates|project|platform|notice|company)\.[a-z]", sentence):
            wrong.add(f"{mid}: {sentence}")
    assert not wrong, sorted(wrong)[:40]


def test_every_message_id_in_the_code_has_a_sentence(finder: Finder) -> None:
    words = finder.words("en")
    missing: set[str] = set()
    for path in sorted((ROOT / "graph" / "jurisdiction").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and IDS.fullmatch(node.value):
                mid = node.value
                if mid not in words and f"assumed-{mid}" not in words and mid not in WORDS_OF_RULES | ENUMS:
                    missing.add(f"{path.name}: {mid}")
    assert not missing, sorted(missing)


def test_every_message_id_in_the_rule_files_has_a_sentence(finder: Finder) -> None:
    words = finder.words("en")
    missing: set[str] = set()

    def ids(node: Any) -> Iterator[str]:
        if isinstance(node, Mapping):
            if isinstance(node.get("judgement"), Mapping):
                yield str(node["judgement"]["question"])
            for value in node.values():
                yield from ids(value)
        elif isinstance(node, list):
            for value in node:
                yield from ids(value)

    for program in finder.programs:
        file = program.file
        named = [*ids(file["rules"]), *(str(one["id"]) for one in file.get("warnings") or ())]
        if file.get("only_if"):
            named.append(str(file["only_if"]))
        for stop in (file.get("operates") or {}).get("suspended") or ():
            named.extend(str(stop[key]) for key in ("message",) if stop.get(key))
        missing.update(f"{program.id}: {mid}" for mid in named if mid not in words)
    assert not missing, sorted(missing)


def test_every_place_in_the_catalogue_has_a_known_type(finder: Finder) -> None:
    words = finder.words("en")
    patterns = texts(words.sources)
    assert set(filter(None, patterns)) - {"end-of-file"} <= set(words.messages)
    for mid, pattern in patterns.items():
        if "->" not in pattern:
            assert len(SIMPLE.findall(pattern)) == pattern.count("$"), mid


def test_outcomes_are_the_closed_list() -> None:
    assert OUTCOMES == ("not-met", "unknown", "met", "not-applicable")
    assert set(RANK) == set(engine.VERDICTS)
