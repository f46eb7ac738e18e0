"""Facts from outside (YAML or JSON, already parsed) to a checked `Case`.

Every error names the field, the value and the nearest valid one. Nothing is guessed: `exhausted: no` is the word,
a bare country code is a code, a number where a word belongs is an error.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NoReturn

from graph.errors import CaseError, shorten
from graph.model import case as c
from graph.model.dates import DateRange, parse_date, show


class Plain(str):
    """A plain (unquoted) YAML scalar: it may still be a truth value or a number where the field asks for one."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The ids that a case may use. `states` gives the days (first, first day out) on which each existed."""

    states: Mapping[str, tuple[int, int]]
    territories: frozenset[str]
    rights: frozenset[str]
    tactics: Mapping[str, tuple[str, ...]]
    forums: frozenset[str]


MAX_ACTS = 200
MAX_ITEMS = 200
MAX_TEXT = 2_000


def read_case(raw: object, vocabulary: Vocabulary, today: DateRange | None = None) -> c.Case:
    """Check one case.

    Args: raw is the parsed mapping; today stands for `as_of` when neither it nor `filed` is given.
    Raises: CaseError, naming field, value and way out.
    """
    top = _mapping(raw, "case", _TOP)
    filed = _day(top, "filed")
    as_of = _day(top, "as_of") or filed or today
    if as_of is None:
        _fail("as_of", None, "no day was given; add `as_of: YYYY-MM-DD`")
    if filed and filed.lo > as_of.hi:
        _fail("filed", show(filed), f"lies after as_of {show(as_of)}; give the day of the question as `as_of`")
    acts = _acts(top, vocabulary, as_of)
    return c.Case(
        id=_text(top, "id", "id"),
        title=_text(top, "title", "title"),
        as_of=as_of,
        filed=filed,
        known_on=_day(top, "known_on"),
        acts=acts,
        victim=_victim(top.get("victim"), vocabulary, as_of),
        filer=_filer(top.get("filer"), vocabulary, as_of),
        remedies=_remedies(top, vocabulary, as_of),
        proceedings=_proceedings(top, vocabulary),
        dates=_dates(top.get("dates")),
        project=_part(top, "project", _PROJECT, vocabulary, as_of),
        company=_part(top, "company", _COMPANY, vocabulary, as_of),
        platform=_part(top, "platform", _PLATFORM, vocabulary, as_of),
        notice=_part(top, "notice", _NOTICE, vocabulary, as_of),
        urgent=_truth(top, "urgent", "urgent"),
    )


_TOP = frozenset(
    "id title as_of filed known_on acts victim filer remedies proceedings dates project company platform notice "
    "urgent".split()
)
_ACT = frozenset(
    "id from to continuing planned known tactic rights grounds where destination respondents link perpetrator "
    "perpetrator_nationality headquarters systematic".split()
)
_VICTIM = frozenset("kind count nationality residence born condition status cooperated_with consents anonymous".split())
_FILER = frozenset("kind observer_status mandate residence state".split())
_REMEDY = frozenset("state exhausted suspensive raised final_decision notified".split())
_PROCEEDING = frozenset("forum status filed decided examined same".split())
_RESPONDENT = frozenset("state link perpetrator".split())
_PROJECT = {"bank": "text", "country": "state", "closed": "date-or-truth"}
_COMPANY = {"home": "state", "listed": "truth-or-states", "sector": "text", "employees": "number"}
_PLATFORM = {"name": "text", "decision": "date", "appealed": "truth"}
_NOTICE = {"kind": "text", "requested_by": "state", "known": "date"}


def _fail(field: str, value: object, message: str, choices: Iterable[str] = ()) -> NoReturn:
    near = difflib.get_close_matches(str(value), list(choices), 1, 0.5) if value is not None else []
    nearest = near[0] if near else None
    if nearest:
        message = f"{message}; did you mean {nearest}?"
    shown = "" if value is None else f"{shorten(value)!r} "
    raise CaseError(f"{shown}{message}", field=field, value=value, nearest=nearest)


def _mapping(raw: object, field: str, allowed: Iterable[str]) -> Mapping[str, object]:
    if not isinstance(raw, dict):
        _fail(field, type(raw).__name__, "is not a mapping of fields; write `name: value` lines")
    for key in raw:
        if key not in allowed:
            where = field if field != "case" else ""
            name = f"{where}.{key}" if where else str(key)
            _fail(shorten(name), key, "is not a field of the case format", sorted(allowed))
    return raw


def _list(raw: object, field: str) -> list[object]:
    if not isinstance(raw, list):
        _fail(field, raw, "is not a list; write `[a, b]`")
    if len(raw) > MAX_ITEMS:
        _fail(field, len(raw), f"entries are more than the {MAX_ITEMS} that one case can hold; split the case")
    return raw


def _text(source: Mapping[str, object], key: str, field: str) -> str | None:
    value = source.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        _fail(field, value, "is not text; put it in quotes")
    if len(value) > MAX_TEXT:
        _fail(field, value[:20], f"is longer than {MAX_TEXT} characters; shorten it")
    return str(value)


def _truth(source: Mapping[str, object], key: str, field: str) -> bool | None:
    value = source.get(key)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Plain) and value in ("true", "false"):
        return value == "true"
    _fail(field, value, "is neither true nor false; write `true` or `false`, or leave it out if not known")


def _number(source: Mapping[str, object], key: str, field: str) -> int | None:
    value = source.get(key)
    if value is None:
        return None
    if isinstance(value, Plain) and value.isascii() and value.isdigit() and len(value) < 10:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        _fail(field, value, "is not a whole number from 0 up")
    return value


def _date(value: object, field: str) -> DateRange:
    if isinstance(value, int) and not isinstance(value, bool) and 1000 <= value <= 9999:
        value = str(value)
    if not isinstance(value, str):
        _fail(field, value, "is not a date; write YYYY, YYYY-MM or YYYY-MM-DD")
    try:
        return parse_date(value)
    except ValueError:
        _fail(field, value, "is not a date; write YYYY, YYYY-MM or YYYY-MM-DD, a day that exists")


def _day(source: Mapping[str, object], key: str) -> DateRange | None:
    value = source.get(key)
    if value is None:
        return None
    when = _date(value, key)
    if not when.exact:
        _fail(key, value, "is not a single day; write YYYY-MM-DD")
    return when


def _optional_date(source: Mapping[str, object], key: str, field: str) -> DateRange | None:
    value = source.get(key)
    return None if value is None else _date(value, field)


def _word(source: Mapping[str, object], key: str, field: str, choices: tuple[str, ...]) -> str | None:
    value = source.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        if isinstance(value, bool) and "yes" in choices:
            _fail(field, value, f"is a truth value here; write one of the words {', '.join(choices)}")
        _fail(field, value, f"is not one of {', '.join(choices)}")
    if value not in choices:
        _fail(field, value, f"is not one of {', '.join(choices)}", choices)
    return str(value)


def _words(source: Mapping[str, object], key: str, field: str, choices: tuple[str, ...]) -> tuple[str, ...] | None:
    value = source.get(key)
    if value is None:
        return None
    return tuple(
        _word({"": item}, "", f"{field}[{n}]", choices) or _fail(f"{field}[{n}]", None, "is empty; leave it out")
        for n, item in enumerate(_list(value, field))
    )


def _free_words(source: Mapping[str, object], key: str, field: str) -> tuple[str, ...] | None:
    value = source.get(key)
    if value is None:
        return None
    words = []
    for n, item in enumerate(_list(value, field)):
        word = _text({"": item}, "", f"{field}[{n}]")
        if word is None:
            _fail(f"{field}[{n}]", None, "is empty; leave it out")
        words.append(word)
    return tuple(words)


def _state(value: object, field: str, vocabulary: Vocabulary, day: DateRange | None) -> str:
    if not isinstance(value, str):
        _fail(field, value, 'is not a state code; quote the three letters, as "NOR"')
    life = vocabulary.states.get(value)
    if life is None:
        if value in vocabulary.territories:
            return str(value)
        _fail(field, value, "is not the code of a state (ISO 3166-1 alpha-3)", vocabulary.states)
    if day is not None and (day.hi < life[0] or day.lo >= life[1]):
        successor = " (see `recourse state`)"
        _fail(field, value, f"was not a state on {show(day)}; name the state that existed then{successor}")
    return str(value)


def _states(source: Mapping[str, object], key: str, field: str, vocabulary: Vocabulary) -> tuple[str, ...] | None:
    value = source.get(key)
    if value is None:
        return None
    return tuple(_state(item, f"{field}[{n}]", vocabulary, None) for n, item in enumerate(_list(value, field)))


def _one_state(
    source: Mapping[str, object], key: str, field: str, vocabulary: Vocabulary, day: DateRange | None
) -> str | None:
    value = source.get(key)
    return None if value is None else _state(value, field, vocabulary, day)


def _acts(top: Mapping[str, object], vocabulary: Vocabulary, as_of: DateRange) -> tuple[c.Act, ...]:
    raw = top.get("acts")
    if raw is None:
        _fail("acts", None, "a case needs at least one act; add `acts:` with `from` and `rights` or `tactic`")
    items = _list(raw, "acts")
    if not items:
        _fail("acts", None, "the list is empty; a case needs at least one act")
    acts = tuple(_act(item, f"acts[{n}]", f"a{n + 1}", vocabulary, as_of) for n, item in enumerate(items))
    seen: set[str] = set()
    for n, act in enumerate(acts):
        if act.id in seen:
            _fail(f"acts[{n}].id", act.id, "is used twice; give each act its own id")
        seen.add(act.id)
    return acts


def _act(raw: object, field: str, name: str, vocabulary: Vocabulary, as_of: DateRange) -> c.Act:
    act = _mapping(raw, field, _ACT)
    if act.get("from") is None:
        _fail(f"{field}.from", None, "the day of the act is missing; a year alone is enough")
    start = _date(act["from"], f"{field}.from")
    end = _optional_date(act, "to", f"{field}.to")
    continuing = _truth(act, "continuing", f"{field}.continuing")
    planned = _truth(act, "planned", f"{field}.planned")
    if end and end.hi < start.lo:
        _fail(f"{field}.to", act["to"], f"lies before from {show(start)}; swap them or correct one")
    latest = (end or start).lo
    if not planned and latest > as_of.hi:
        _fail(
            f"{field}.{'to' if end else 'from'}",
            show(end or start),
            f"lies after {show(as_of)}; set `planned: true` for what has not happened yet",
        )
    known = _optional_date(act, "known", f"{field}.known")
    if known and known.hi < start.lo and not planned:
        _fail(
            f"{field}.known",
            show(known),
            f"lies before the act of {show(start)}; give the day the victim learned of it",
        )
    rights = _ids(act, "rights", f"{field}.rights", vocabulary.rights, "right")
    tactic = _id(act, "tactic", f"{field}.tactic", vocabulary.tactics, "tactic")
    if rights is None:
        if tactic is None:
            _fail(f"{field}.rights", None, "neither `rights` nor `tactic` was given; one of them is needed")
        rights = vocabulary.tactics[tactic]
    elif not rights:
        _fail(f"{field}.rights", None, "the list is empty; name at least one right or leave it to `tactic`")
    return c.Act(
        id=_text(act, "id", f"{field}.id") or name,
        start=start,
        end=end or start,
        single=end is None and not continuing,
        continuing=continuing,
        planned=planned,
        known=known,
        tactic=tactic,
        rights=rights,
        grounds=_free_words(act, "grounds", f"{field}.grounds"),
        where=_one_state(act, "where", f"{field}.where", vocabulary, start if end is None else None),
        destination=_one_state(act, "destination", f"{field}.destination", vocabulary, None),
        respondents=_respondents(act, field, vocabulary, end or start, bool(continuing), as_of),
        link=_word(act, "link", f"{field}.link", c.LINKS),
        perpetrator=_word(act, "perpetrator", f"{field}.perpetrator", c.PERPETRATORS),
        perpetrator_nationality=_states(act, "perpetrator_nationality", f"{field}.perpetrator_nationality", vocabulary),
        headquarters=_states(act, "headquarters", f"{field}.headquarters", vocabulary),
        systematic=_truth(act, "systematic", f"{field}.systematic"),
    )


def _respondents(
    act: Mapping[str, object],
    field: str,
    vocabulary: Vocabulary,
    last: DateRange,
    continuing: bool,
    as_of: DateRange,
) -> tuple[c.Respondent, ...]:
    raw = act.get("respondents")
    if raw is None:
        return ()
    found: list[c.Respondent] = []
    for n, item in enumerate(_list(raw, f"{field}.respondents")):
        at = f"{field}.respondents[{n}]"
        parts = _mapping(item, at, _RESPONDENT) if isinstance(item, dict) else {"state": item}
        if parts.get("state") is None:
            _fail(f"{at}.state", None, "the state is missing")
        state = _state(parts["state"], at, vocabulary, as_of if continuing else last)
        if any(other.state == state for other in found):
            _fail(at, state, "is named twice for one act; name it once")
        link = _word(parts, "link", f"{at}.link", c.LINKS)
        found.append(c.Respondent(state, link, _word(parts, "perpetrator", f"{at}.perpetrator", c.PERPETRATORS)))
    return tuple(found)


def _id(source: Mapping[str, object], key: str, field: str, known: Iterable[str], what: str) -> str | None:
    value = source.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        _fail(field, value, f"is not the id of a {what}")
    if value not in known:
        _fail(field, value, f"is not the id of a {what}", known)
    return str(value)


def _ids(
    source: Mapping[str, object], key: str, field: str, known: frozenset[str], what: str
) -> tuple[str, ...] | None:
    value = source.get(key)
    if value is None:
        return None
    found: dict[str, None] = {}
    for n, item in enumerate(_list(value, field)):
        if not isinstance(item, str) or item not in known:
            _fail(f"{field}[{n}]", item, f"is not the id of a {what}", known)
        found[str(item)] = None
    return tuple(found)


def _victim(raw: object, vocabulary: Vocabulary, as_of: DateRange) -> c.Victim:
    if raw is None:
        return c.Victim()
    v = _mapping(raw, "victim", _VICTIM)
    born = _optional_date(v, "born", "victim.born")
    if born and born.lo > as_of.hi:
        _fail("victim.born", show(born), f"lies after {show(as_of)}")
    return c.Victim(
        kind=_word(v, "kind", "victim.kind", c.VICTIM_KINDS),
        count=_number(v, "count", "victim.count"),
        nationality=_states(v, "nationality", "victim.nationality", vocabulary),
        residence=_one_state(v, "residence", "victim.residence", vocabulary, as_of),
        born=born,
        condition=_word(v, "condition", "victim.condition", c.CONDITIONS),
        status=_words(v, "status", "victim.status", c.VICTIM_STATUSES),
        cooperated_with=_free_words(v, "cooperated_with", "victim.cooperated_with"),
        consents=_truth(v, "consents", "victim.consents"),
        anonymous=_truth(v, "anonymous", "victim.anonymous"),
    )


def _filer(raw: object, vocabulary: Vocabulary, as_of: DateRange) -> c.Filer:
    if raw is None:
        return c.Filer()
    f = _mapping(raw, "filer", _FILER) if isinstance(raw, dict) else {"kind": raw}
    at = "filer.kind" if isinstance(raw, dict) else "filer"
    return c.Filer(
        kind=_word(f, "kind", at, c.FILERS),
        observer_status=_words(f, "observer_status", "filer.observer_status", c.OBSERVER_STATUSES),
        mandate=_truth(f, "mandate", "filer.mandate"),
        residence=_one_state(f, "residence", "filer.residence", vocabulary, as_of),
        state=_one_state(f, "state", "filer.state", vocabulary, as_of),
    )


def _remedies(top: Mapping[str, object], vocabulary: Vocabulary, as_of: DateRange) -> tuple[c.Remedy, ...] | None:
    raw = top.get("remedies")
    if raw is None:
        return None
    found: list[c.Remedy] = []
    for n, item in enumerate(_list(raw, "remedies")):
        at = f"remedies[{n}]"
        r = _mapping(item, at, _REMEDY)
        if r.get("state") is None:
            _fail(f"{at}.state", None, "say whose remedies these are")
        state = _state(r["state"], f"{at}.state", vocabulary, None)
        if any(other.state == state for other in found):
            _fail(f"{at}.state", state, "has two entries; keep one")
        decided = _optional_date(r, "final_decision", f"{at}.final_decision")
        notified = _optional_date(r, "notified", f"{at}.notified")
        if decided and notified and notified.hi < decided.lo:
            _fail(f"{at}.notified", show(notified), f"lies before the decision of {show(decided)}")
        for key, when in (("final_decision", decided), ("notified", notified)):
            if when and when.lo > as_of.hi:
                _fail(f"{at}.{key}", show(when), f"lies after {show(as_of)}")
        found.append(
            c.Remedy(
                state=state,
                exhausted=_word(r, "exhausted", f"{at}.exhausted", c.EXHAUSTED),
                suspensive=_truth(r, "suspensive", f"{at}.suspensive"),
                raised=_ids(r, "raised", f"{at}.raised", vocabulary.rights, "right"),
                final_decision=decided,
                notified=notified,
            )
        )
    return tuple(found)


def _proceedings(top: Mapping[str, object], vocabulary: Vocabulary) -> tuple[c.Proceeding, ...] | None:
    raw = top.get("proceedings")
    if raw is None:
        return None
    found = []
    for n, item in enumerate(_list(raw, "proceedings")):
        at = f"proceedings[{n}]"
        p = _mapping(item, at, _PROCEEDING)
        forum = _id(p, "forum", f"{at}.forum", vocabulary.forums, "forum")
        if forum is None:
            _fail(f"{at}.forum", None, "say before which forum")
        filed = _optional_date(p, "filed", f"{at}.filed")
        decided = _optional_date(p, "decided", f"{at}.decided")
        if filed and decided and decided.hi < filed.lo:
            _fail(f"{at}.decided", show(decided), f"lies before the filing of {show(filed)}")
        status = _word(p, "status", f"{at}.status", c.PROCEEDING_STATUSES)
        examined = _word(p, "examined", f"{at}.examined", c.EXAMINED)
        found.append(c.Proceeding(forum, status, filed, decided, examined, _same(p.get("same"), f"{at}.same")))
    return tuple(found)


def _same(raw: object, field: str) -> tuple[bool | None, bool | None, bool | None]:
    if raw is None:
        return (None, None, None)
    if isinstance(raw, dict):
        parts = _mapping(raw, field, c.SAME_PARTS)
        person, facts, rights = (_truth(parts, part, f"{field}.{part}") for part in c.SAME_PARTS)
        return (person, facts, rights)
    if isinstance(raw, list):  # the parts that are the same
        words = _words({"": raw}, "", field, c.SAME_PARTS) or ()
        return ("person" in words, "facts" in words, "rights" in words)
    whole = _truth({"": raw}, "", field)
    return (whole, whole, whole)


def _dates(raw: object) -> dict[str, DateRange]:
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        _fail("dates", type(raw).__name__, "is not a mapping of names to days")
    if len(raw) > MAX_ITEMS:
        _fail("dates", len(raw), f"entries are more than {MAX_ITEMS}")
    return {str(key): _date(value, f"dates.{shorten(key)}") for key, value in raw.items()}


def _part(
    top: Mapping[str, object], name: str, fields: Mapping[str, str], vocabulary: Vocabulary, as_of: DateRange
) -> dict[str, object] | None:
    raw = top.get(name)
    if raw is None:
        return None
    part = _mapping(raw, name, fields)
    readers: dict[str, Callable[[str, str], object]] = {
        "text": lambda key, at: _text(part, key, at),
        "state": lambda key, at: _one_state(part, key, at, vocabulary, None),
        "states": lambda key, at: _states(part, key, at, vocabulary),
        "date": lambda key, at: _optional_date(part, key, at),
        "truth": lambda key, at: _truth(part, key, at),
        "date-or-truth": lambda key, at: (_truth if _is_truth(part[key]) else _optional_date)(part, key, at),
        "truth-or-states": lambda key, at: (
            _truth(part, key, at) if _is_truth(part[key]) else _states(part, key, at, vocabulary)
        ),
        "number": lambda key, at: _number(part, key, at),
    }
    return {key: readers[kind](key, f"{name}.{key}") for key, kind in fields.items() if part.get(key) is not None}


def _is_truth(value: object) -> bool:
    return isinstance(value, bool) or (isinstance(value, Plain) and value in ("true", "false"))
