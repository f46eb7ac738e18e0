"""The questions of an interview: which facts are missing, why each is needed, and how an answer enters the case.

First what no answer can do without; then always the fact that most bodies are waiting for, as the finder says. The
terminal (`api/interview.py`) and the form of the pages (`api/rest/pages.py`) ask the same ones. Nothing is kept here:
the facts and what was left unanswered are handed in.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from graph.finder import Finder
from graph.model import case as c
from graph.model.dates import DateRange, parse_date
from graph.model.reading import Plain, Vocabulary, read_case
from graph.render import Catalogue

Raw = dict[str, Any]
Key = tuple[str, str | None]

WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "acts.link": c.LINKS, "acts.perpetrator": c.PERPETRATORS, "victim.kind": c.VICTIM_KINDS,
    "victim.condition": c.CONDITIONS, "victim.status": c.VICTIM_STATUSES, "filer.kind": c.FILERS,
    "filer.observer_status": c.OBSERVER_STATUSES, "remedies.exhausted": c.EXHAUSTED,
}  # fmt: skip
LISTS: Final = frozenset(
    "acts.rights acts.grounds acts.perpetrator_nationality acts.headquarters victim.nationality victim.status "
    "victim.cooperated_with filer.observer_status".split()
)
TRUTHS: Final = frozenset(
    "acts.systematic acts.continuing acts.planned victim.consents victim.anonymous filer.mandate remedies.suspensive "
    "urgent platform.appealed project.closed".split()
)
NUMBERS: Final = frozenset(("victim.count", "company.employees"))
INSTEAD: Final = {"victim.age": "victim.born", "acts.to": "acts.to", "proceedings.decided": "proceedings"}
YES: Final = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


@dataclass(frozen=True)
class Question:
    """One fact to ask for: a path of the case, of one respondent where it has one each."""

    path: str
    state: str | None = None
    values: tuple[str, ...] = ()
    forums: tuple[str, ...] = field(default=(), compare=False)

    @property
    def key(self) -> Key:
        """What it is remembered by once it was asked."""
        return self.path, self.state


@dataclass
class Questions:
    """What can be asked about a case over one law, in one language, on one day."""

    finder: Finder
    words: Catalogue
    today: DateRange

    def __post_init__(self) -> None:
        self.vocabulary: Vocabulary = self.finder.law.vocabulary()

    def read(self, raw: Raw) -> c.Case:
        """Read the facts as a case.

        Raises: CaseError when they are none.
        """
        return read_case(raw, self.vocabulary, self.today)

    def put_first(self, raw: Raw, what: str, text: str) -> Raw:
        """Return the case with one fact of its first act: `from`, `to`, `what`, `where` or `respondents`.

        The checks of the act as a whole wait until it is complete.
        Raises: CaseError, or ValueError for a date that is none.
        """
        trial = copy.deepcopy(raw)
        act = trial["acts"][0]
        parts = split(text)
        if what == "from":
            if text and parse_date(text).lo > self.today.hi:
                act["planned"] = True
            act["from"] = text
        elif what == "to":
            if YES.get(text.lower()) or text == "continuing":
                act["continuing"] = True
            else:
                act["to"] = text
        elif what == "what":
            if len(parts) == 1 and parts[0] not in self.vocabulary.rights:
                act["tactic"] = parts[0]
            else:
                act["rights"] = parts
        elif what == "where":
            act["where"] = text.upper()
        else:
            act["respondents"] = [part.upper() for part in parts]
        self._check_part(trial)
        return trial

    def _check_part(self, trial: Raw) -> None:
        """Read the case with stand-ins for what has not been asked yet."""
        whole = copy.deepcopy(trial)
        act = whole["acts"][0]
        if not {"tactic", "rights"} & set(act):
            act["rights"] = [min(self.vocabulary.rights)]
        self.read(whole)

    def links(self, raw: Raw) -> list[Question]:
        """Ask how the power of each respondent reached the victim, where that is not plain from the place."""
        act = raw["acts"][0]
        states = [state for state in respondents(raw) if state != act.get("where") and not linked(act, state)]
        return [Question("acts.link", state, c.LINKS) for state in states]

    def wanted(self, raw: Raw, skipped: Collection[Key] = ()) -> list[Question]:
        """Return the questions that open rows are waiting for, the one that most of them wait for first."""
        answer = self.finder.find(self.read(raw), detail="compact")
        found: dict[Key, tuple[Question, dict[str, None]]] = {}
        for row in answer["forums"]:
            if row["verdict"] != "conditional":
                continue
            for condition in row["conditions"]:
                question = self._question(condition, row["respondent"])
                if question is None or question.key in skipped:
                    continue
                known, forums = found.setdefault(question.key, (question, {}))
                values = tuple(dict.fromkeys((*known.values, *question.values)))
                found[question.key] = (replace(known, values=values), {**forums, row["forum"]: None})
        order = sorted(found, key=lambda k: (-len(found[k][1]), k[0], k[1] or ""))
        return [replace(found[key][0], forums=tuple(found[key][1])) for key in order]

    def _question(self, condition: Mapping[str, Any], respondent: str | None) -> Question | None:
        args = condition["args"]
        match condition["id"]:
            case "ask-fact":
                path, values = str(args["path"]), tuple(args["values"])
            case "ask-path" | "ask-exact-date":
                path, values = str(args["path"]), ()
            case "ask-link":
                return Question("acts.link", args["state"], tuple(args["links"]))
            case "ask-remedies":
                return Question("remedies.exhausted", args["state"], c.EXHAUSTED)
            case "ask-proceedings":
                return Question("proceedings")
            case "ask-respondent":
                return Question("acts.respondents")
            case "ask-act-day":
                return Question("acts.from")
            case _:
                return None
        path = INSTEAD.get(path, path)
        state = respondent if path.startswith("remedies.") or path == "acts.link" else None
        return Question(path, state, self.offered(path) or values)

    def told(self, question: Question) -> tuple[str, str]:
        """Return a question as it is put, and why it is."""
        args = {"path": question.path, "state": question.state}
        asked = self.words.say("label-ask-state" if question.state else "label-ask-fact", args)
        if question.path == "proceedings":
            asked = self.words.say("label-ask-proceedings", {})
        if question.path == "urgent":
            return asked, self.words.say("label-ask-urgent-why", {})
        if not question.forums:
            return asked, self.words.say("label-ask-link-why", {})
        waiting = {"count": len(question.forums), "names": list(question.forums[:6])}
        return asked, self.words.say("label-ask-why", waiting)

    def offered(self, path: str) -> tuple[str, ...]:
        """Return what can be answered where that is a closed list."""
        if path in TRUTHS:
            return ("yes", "no")
        if path == "acts.what":
            return tuple(sorted(self.vocabulary.tactics))
        if path == "acts.rights":
            return tuple(sorted(self.vocabulary.rights))
        return WORDS.get(path, ())

    def put(self, raw: Raw, question: Question, text: str) -> Raw:
        """Return the case with an answer in it.

        Raises: CaseError when the case does not read with it.
        """
        trial = copy.deepcopy(raw)
        _put(trial, question.path, question.state, text)
        self.read(trial)
        return trial


def respondents(raw: Raw) -> list[str]:
    """Return the states named in a case, each once."""
    found: dict[str, None] = {}
    for act in raw["acts"]:
        for one in act.get("respondents") or ():
            found[one["state"] if isinstance(one, dict) else one] = None
    return list(found)


def linked(act: Raw, state: str) -> bool:
    """Whether an act says how a state's power reached the victim."""
    own = [one for one in act.get("respondents") or () if isinstance(one, dict) and one.get("state") == state]
    return bool(act.get("link") or any(one.get("link") for one in own))


def _put(raw: Raw, path: str, state: str | None, text: str) -> None:
    part, _, key = path.partition(".")
    if path == "proceedings":
        raw["proceedings"] = _proceedings(text)
    elif path == "acts.respondents":
        raw["acts"][0]["respondents"] = [one.upper() for one in split(text)]
    elif path == "acts.link" and state:
        _of_respondent(raw, state, text)
    elif part == "acts":
        for act in raw["acts"]:
            if key not in act or key in ("from", "to"):
                act[key] = value(path, text)
    elif part == "remedies":
        _of_remedy(raw, str(state), key, value(path, text))
    elif part == "urgent":
        raw["urgent"] = value(path, text)
    else:
        section = raw.get(part)
        if isinstance(section, str):
            section = {"kind": section}
        raw[part] = {**(section or {}), key: value(path, text)}


def _proceedings(text: str) -> list[Raw]:
    if YES.get(text.lower()) is False or text.lower() == "none":
        return []
    found = []
    for one in split(text):
        forum, _, status = one.partition(":")
        found.append({"forum": forum.strip(), **({"status": status.strip()} if status else {})})
    return found


def _of_respondent(raw: Raw, state: str, link: str) -> None:
    for act in raw["acts"]:
        named = []
        for one in act.get("respondents") or ():
            entry = dict(one) if isinstance(one, dict) else {"state": one}
            if entry.get("state") == state and not entry.get("link"):
                entry["link"] = link
            named.append(entry if len(entry) > 1 else entry["state"])
        act["respondents"] = named


def _of_remedy(raw: Raw, state: str, key: str, given: Any) -> None:
    remedies = raw.setdefault("remedies", [])
    for one in remedies:
        if one.get("state") == state:
            one[key] = given
            return
    remedies.append({"state": state, key: given})


def value(path: str, text: str) -> Any:
    """Return an answer in the type that the fact has; reading the case checks the rest."""
    if path in TRUTHS:
        return YES.get(text.lower(), text)
    if path in NUMBERS and text.isascii() and text.isdigit():
        return int(text)
    if path in LISTS:
        return [coded(path, part) for part in split(text)]
    return coded(path, text)


def coded(path: str, text: str) -> str:
    """Return the code of a state in capitals; other words as they are."""
    codes = ("where", "destination", "nationality", "residence", "headquarters", "state", "country", "requested_by")
    return text.upper() if path.endswith(codes) and len(text) == 3 else text


def split(text: str) -> list[str]:
    """Return the words of an answer, parted by commas or spaces."""
    return [part for part in text.replace(",", " ").split() if part]


def written(raw: Raw) -> str:
    """Return a case as YAML, in the order in which the facts were given."""
    import yaml

    return str(yaml.safe_dump(plain(raw), sort_keys=False, allow_unicode=True, width=100))


def plain(value: Any) -> Any:
    """Return facts as read from YAML in the types that a writer of YAML knows."""
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [plain(part) for part in value]
    if not isinstance(value, Plain):
        return value
    if value in ("true", "false"):
        return value == "true"
    return int(value) if value.isascii() and value.isdigit() and str(int(value)) == value else str(value)
