"""The form of the pages as facts of a case, and back. Nothing is kept: each page carries the case to the next."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from api.lookup import state_code
from api.questions import LISTS, TRUTHS, WORDS, Key, Question, Questions, Raw
from graph.casefile import read_bytes
from graph.errors import CaseError, InputError, RecourseError
from graph.reference import load
from graph.render import Catalogue
from viz.web.pages.find import Asked, Choices, First

BATCH: Final = 3  # questions on one page
FIELDS: Final = 500  # of one form
FORUMS: Final = 3  # named in the reason for a question
CODES: Final = ("nationality", "residence", "headquarters", "destination", "where", "home", "requested_by", "country")
DAYS: Final = ("born", "final_decision", "notified", "known", "from", "to", "decision")
FIRST: Final = ("from", "to", "continuing", "planned", "tactic", "rights", "where", "respondents")
PLACES: Final[Mapping[str, str]] = {
    "from": "from", "to": "to", "continuing": "to", "planned": "to", "tactic": "what", "rights": "what",
    "where": "where", "respondents": "respondent-1", "as_of": "as_of",
}  # fmt: skip


@dataclass(frozen=True)
class Fields:
    """What a form sent: each field with its values."""

    values: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def one(self, name: str) -> str:
        """Return the value of a field, stripped; empty when it is not there."""
        found = self.values.get(name)
        return found[0].strip() if found else ""

    def all(self, name: str) -> list[str]:
        """Return every value of a field that is not empty."""
        return [text for value in self.values.get(name, ()) if (text := value.strip())]


def fields(body: bytes) -> Fields:
    """Read the body of a form.

    Raises: InputError when it is none of ours.
    """
    from urllib.parse import parse_qsl

    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=FIELDS, errors="strict")
    except ValueError:
        raise InputError(
            "is not a form that this page sends; go back and send it again", field="form", code="form"
        ) from None
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return Fields(found)


def carried(sent: Fields) -> tuple[Raw, set[Key]]:
    """Return the case that a page carried, and the questions that were left unanswered.

    Raises: CaseError, InputError.
    """
    text = sent.one("case")
    raw = read_bytes(text.encode(), json=True) if text else {"acts": [{}]}
    acts = raw.get("acts") if isinstance(raw, dict) else None
    if not isinstance(acts, list) or not acts or not isinstance(acts[0], dict):
        raise CaseError("is not a case with at least one act; start again with the first form", field="case")
    skipped = {(path, state or None) for path, _, state in (text.partition(":") for text in sent.all("skipped"))}
    return raw, skipped


def hidden(raw: Raw, skipped: Iterable[Key] = ()) -> list[tuple[str, str]]:
    """Return the hidden fields that carry a case and what was left unanswered."""
    return [("case", orjson.dumps(raw).decode()), *(("skipped", key_of(*key)) for key in sorted(skipped, key=str))]


def key_of(path: str, state: str | None) -> str:
    """Return the name of the field of a question."""
    return f"{path}:{state}" if state else path


# The first form


def choices(questions: Questions) -> Choices:
    """Return what the first form offers."""
    names: Mapping[str, Mapping[str, str]] = questions.finder.law.data["names"]
    words = questions.words
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in load.read_yaml(load.ROOT / "tactics.yaml")["tactics"]:
        groups.setdefault(str(one["group"]), []).append((str(one["id"]), str(one["name"])))
    return Choices(
        states=sorted(names["states"].items(), key=lambda pair: pair[1]),
        rights=sorted(names["rights"].items(), key=lambda pair: pair[1]),
        groups=[(words.say(f"web-group-{group}", {}), tactics) for group, tactics in groups.items()],
    )


def entered(sent: Fields) -> First:
    """Return what stands in the fields of the first form."""
    numbered = sorted((name for name in sent.values if re.fullmatch(r"respondent-\d{1,3}", name)), key=_number)
    return First(
        begun=sent.one("from"),
        over=sent.one("over") or "over",
        to=sent.one("to"),
        tactic=sent.one("tactic"),
        rights=sent.all("rights"),
        where=sent.one("where"),
        respondents=[sent.one(name) for name in numbered],
        urgent=sent.one("urgent"),
        as_of=sent.one("as_of"),
    )


def _number(name: str) -> int:
    return int(name.rpartition("-")[2])


def first_of(raw: Raw) -> First:
    """Return a case as the fields of the first form."""
    act = raw["acts"][0]
    over = "continuing" if _true(act.get("continuing")) else "planned" if _true(act.get("planned")) else "over"
    urgent = raw.get("urgent")
    return First(
        begun=str(act.get("from") or ""),
        over=over,
        to=str(act.get("to") or ""),
        tactic=str(act.get("tactic") or ""),
        rights=[str(one) for one in act.get("rights") or ()],
        where=str(act.get("where") or ""),
        respondents=[str(one.get("state") if isinstance(one, dict) else one) for one in act.get("respondents") or ()],
        urgent="" if urgent is None else "yes" if _true(urgent) else "no",
        as_of=str(raw.get("as_of") or ""),
    )


def _true(value: Any) -> bool:
    return value is True or value == "true"


def first_facts(values: First, raw: Raw, questions: Questions) -> tuple[Raw, dict[str, str]]:
    """Return the case with the first facts in it, and what is wrong with them, by field."""
    trial = copy.deepcopy(raw)
    act = trial["acts"][0]
    law = questions.finder.law
    before = {one["state"]: one for one in act.get("respondents") or () if isinstance(one, dict) and "state" in one}
    for name in FIRST:
        act.pop(name, None)
    errors: dict[str, str] = {}
    act["from"] = values.begun
    if values.to:
        act["to"] = values.to
    if values.over in ("continuing", "planned"):
        act[values.over] = True
    if values.tactic:
        act["tactic"] = values.tactic
    if values.rights:
        act["rights"] = list(values.rights)
    named = {"where": values.where, **{f"respondent-{n}": s for n, s in enumerate(values.respondents, start=1)}}
    codes = {}
    for name, text in named.items():
        try:
            codes[name] = state_code(text, law, name) if text else ""
        except InputError as error:
            errors[name] = error.message
    if codes.get("where"):
        act["where"] = codes.pop("where")
    states = list(dict.fromkeys(code for name, code in codes.items() if code and name != "where"))
    if states:
        act["respondents"] = [before.get(state, state) for state in states]
    for name, given in (("urgent", {"yes": True, "no": False}.get(values.urgent)), ("as_of", values.as_of or None)):
        trial.pop(name, None)
        if given is not None:
            trial[name] = given
    errors.update(_mistakes(trial, act, questions))
    return trial, errors


def _mistakes(trial: Raw, act: Raw, questions: Questions) -> dict[str, str]:
    """Read the case, setting aside what is wrong, until it reads: so that every mistake is told at once."""
    needed = questions.words.say("label-ask-needed", {})
    errors: dict[str, str] = {}
    whole = copy.deepcopy(trial)
    mine = whole["acts"][0]
    if not act["from"]:
        errors["from"] = needed
        mine["from"] = trial.get("as_of") or str(questions.today.lo)
    if not {"tactic", "rights"} & set(act):
        errors["what"] = needed
        mine["rights"] = [min(questions.vocabulary.rights)]
    if not act["from"]:
        return errors
    for _ in PLACES:
        try:
            questions.read(whole)
        except CaseError as error:
            last = re.split(r"[.\[\]]+", error.field.removesuffix("]"))
            place = next((part for part in reversed(last) if part in PLACES), "")
            if not place or place == "from":
                errors[PLACES.get(place, "from")] = str(error) if not place else error.message
                break
            errors[PLACES[place]] = error.message
            if place == "as_of":
                whole.pop(place, None)
            else:
                mine.pop(place, None)
            if not {"tactic", "rights"} & set(mine):
                mine["rights"] = [min(questions.vocabulary.rights)]
        else:
            break
    return errors


# The questions that follow


def asked(
    questions: Questions, raw: Raw, skipped: set[Key], given: Mapping[str, Sequence[str]] | None = None
) -> list[Asked]:
    """Return the next questions as the form shows them: how states were linked, then what most bodies wait for."""
    links = [question for question in questions.links(raw) if question.key not in skipped]
    batch = links or questions.wanted(raw, skipped)[:BATCH]
    return [
        _asked(f"q{n}", question, questions, (given or {}).get(key_of(*question.key), ()))
        for n, question in enumerate(batch, start=1)
    ]


def _asked(name: str, question: Question, questions: Questions, given: Sequence[str]) -> Asked:
    words = questions.words
    _, why = questions.told(question)
    if question.forums:
        why = words.say("web-ask-waiting", {"count": len(question.forums), "forums": list(question.forums[:FORUMS])})
    offered = () if question.path == "proceedings" else question.values
    options = [(value, words.say("web-value", {"path": question.path, "value": value})) for value in offered]
    closed = question.path in WORDS or question.path in TRUTHS or question.path == "acts.rights"
    known = {value for value, _ in options}
    hint = "" if options else _hint(question.path, words)
    return Asked(
        id=name,
        key=key_of(*question.key),
        asked=words.say(
            "web-fact-state" if question.state else "web-fact", {"path": question.path, "state": question.state}
        ),
        why=" ".join(filter(None, (why, hint))),
        options=options,
        several=question.path in LISTS,
        open=bool(options) and not closed,
        given=given,
        text=", ".join(text for text in given if text not in known),
    )


def _hint(path: str, words: Catalogue) -> str:
    last = path.rpartition(".")[2]
    if path == "proceedings":
        return words.say("web-ask-proceedings-hint", {})
    if last in DAYS or path.startswith("dates."):
        return words.say("web-ask-day-hint", {})
    if last in CODES or last.endswith("nationality"):
        return words.say("web-find-place-hint", {}) + (
            " " + words.say("web-ask-list-hint", {}) if path in LISTS else ""
        )
    return words.say("web-ask-list-hint", {}) if path in LISTS else ""


def answered(questions: Questions, sent: Fields, raw: Raw, skipped: set[Key]) -> tuple[Raw, dict[str, str]]:
    """Put the answers of a form into the case; what was left open is remembered in `skipped`, what is wrong told.

    Returns: the case with every answer that reads, and the mistakes by the name of the field.
    """
    errors: dict[str, str] = {}
    for key in sent.all("shown"):
        path, _, state = key.partition(":")
        given = sent.all(key)
        if given:
            try:
                text = _text(path, given, questions)
                raw = questions.put(raw, Question(path, state or None), text)
            except RecourseError as error:
                errors[key] = error.message
                continue
        skipped.add((path, state or None))
    return raw, errors


def _text(path: str, given: Sequence[str], questions: Questions) -> str:
    """Return an answer as the terminal would have been given it; names of states become codes."""
    last = path.rpartition(".")[2]
    if last not in CODES and not last.endswith("nationality"):
        return ", ".join(given)
    law = questions.finder.law
    parts = [part.strip() for one in given for part in one.split(",") if part.strip()]
    return ", ".join(state_code(part, law, path) for part in parts)


def known(raw: Raw, words: Catalogue) -> list[tuple[str, str]]:
    """Return the facts of a case, each with what it is called."""
    return [(label, text) for label, text in _facts(raw, words) if text]


def _facts(raw: Raw, words: Catalogue) -> Iterator[tuple[str, str]]:
    acts = raw["acts"]
    for n, act in enumerate(acts, start=1):
        for name, value in act.items():
            if name != "id":
                path = f"acts.{name}"
                label = words.say("web-fact", {"path": path})
                if len(acts) > 1:
                    label = words.say("web-fact-act", {"act": act.get("id") or f"a{n}", "path": path})
                yield label, _said(path, value, words)
    for part, value in raw.items():
        if part in ("acts", "id", "title"):
            continue
        if isinstance(value, dict):
            for name, inner in value.items():
                yield words.say("web-fact", {"path": f"{part}.{name}"}), _said(f"{part}.{name}", inner, words)
        else:
            yield words.say("web-fact", {"path": part}), _said(part, value, words)


def _said(path: str, value: Any, words: Catalogue) -> str:
    if isinstance(value, dict):
        return ", ".join(_said(f"{path}.{name}", inner, words) for name, inner in value.items())
    if isinstance(value, list):
        return "; ".join(_said(path, one, words) for one in value) or words.say("web-none", {})
    if isinstance(value, bool):
        return words.say("web-yes" if value else "web-no", {})
    text = str(value)
    if re.fullmatch(r"\d{4}(-\d\d){0,2}(/\d{4}(-\d\d){0,2})?", text):
        return words.say("web-day", {"date": text})
    return words.say("web-value", {"path": path, "value": text})
