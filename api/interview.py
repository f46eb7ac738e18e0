"""Asks for the facts of a case, one at a time, and says of each why it is needed.

First what no answer can do without; then always the fact that most bodies are waiting for, as the finder says, until
none is left or whoever answers has had enough. An answer is kept only when the case reads with it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from graph.errors import CaseError
from graph.finder import Finder
from graph.model import case as c
from graph.model.dates import DateRange, parse_date
from graph.model.reading import Vocabulary, read_case
from graph.render import Catalogue

Raw = dict[str, Any]
Ask = Callable[[str], str | None]  # prompts for one line; None when there is no more input
Say = Callable[[str], None]

ENOUGH: Final = "."
HELP: Final = "?"
TRIES: Final = 3
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


class Enough(Exception):
    """Whoever answers has had enough, or there is no more input."""


@dataclass(frozen=True)
class Question:
    """One fact to ask for: a path of the case, of one respondent where it has one each."""

    path: str
    state: str | None = None
    values: tuple[str, ...] = ()
    forums: tuple[str, ...] = field(default=(), compare=False)


@dataclass
class Interview:
    """One case being filled in. `ask` and `say` do the talking, so that a test needs no terminal."""

    finder: Finder
    words: Catalogue
    today: DateRange
    ask: Ask
    say: Say
    raw: Raw = field(default_factory=dict)
    skipped: set[tuple[str, str | None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.vocabulary: Vocabulary = self.finder.law.vocabulary()

    def run(self) -> Raw:
        """Ask until nothing is missing or the answerer has had enough; return the case.

        Raises: CaseError when not even one act is complete.
        """
        self.say(self.words.say("label-ask-intro", {}))
        try:
            self._first_act()
            self._one("urgent", Question("urgent"))
            while (question := self._most_wanted()) is not None:
                self._one(question.path, question)
            self.say(self.words.say("label-ask-done", {}))
        except Enough:
            self.say(self.words.say("label-ask-enough", {}))
        read_case(self.raw, self.vocabulary, self.today)
        return self.raw

    def _first_act(self) -> None:
        acts = self.raw.setdefault("acts", [{}])
        if not (isinstance(acts, list) and acts and isinstance(acts[0], dict)):
            return  # whatever stands there, reading it says what is wrong
        if "from" not in self._act:
            self._must("acts.from")
        if not {"to", "continuing", "planned"} & set(self._act):
            self._last_day()
        if not {"tactic", "rights"} & set(self._act):
            self._must("acts.what")
        if "where" not in self._act:
            self._must("acts.where")
        if "respondents" not in self._act:
            self._must("acts.respondents")
        for state in self._respondents():
            if state != self._act.get("where") and not self._link(self._act, state):
                self._one("acts.link", Question("acts.link", state, c.LINKS))

    @property
    def _act(self) -> Raw:
        act: Raw = self.raw["acts"][0]
        return act

    def _must(self, path: str) -> None:
        """Ask for a fact of the first act, whose checks wait until the act is whole."""
        what = path.partition(".")[2]
        for _ in range(TRIES):
            text = self._line(
                self.words.say(f"label-ask-{what}", {}),
                self.words.say(f"label-ask-{what}-why", {}),
                self._offered(path),
            )
            trial = copy.deepcopy(self.raw)
            try:
                if text:
                    self._put_first(trial["acts"][0], what, text)
                elif what in ("from", "what"):
                    raise CaseError(self.words.say("label-ask-needed", {}), field=path)
                self._check_part(trial)
            except (CaseError, ValueError) as fault:
                self.say(str(fault) if isinstance(fault, CaseError) else self.words.say("label-ask-date", {}))
                continue
            self.raw = trial
            return
        raise Enough

    def _put_first(self, act: Raw, what: str, text: str) -> None:
        parts = split(text)
        if what == "from":
            if parse_date(text).lo > self.today.hi:
                act["planned"] = True
            act["from"] = text
        elif what == "what":
            if len(parts) == 1 and parts[0] not in self.vocabulary.rights:
                act["tactic"] = parts[0]
            else:
                act["rights"] = parts
        elif what == "where":
            act["where"] = text.upper()
        else:
            act["respondents"] = [part.upper() for part in parts]

    def _check_part(self, trial: Raw) -> None:
        """Read the case with stand-ins for what has not been asked yet."""
        whole = copy.deepcopy(trial)
        act = whole["acts"][0]
        if not {"tactic", "rights"} & set(act):
            act["rights"] = [min(self.vocabulary.rights)]
        read_case(whole, self.vocabulary, self.today)

    def _last_day(self) -> None:
        for _ in range(TRIES):
            text = self._line(self.words.say("label-ask-to", {}), self.words.say("label-ask-to-why", {}), ())
            if not text:
                return
            trial = copy.deepcopy(self.raw)
            if YES.get(text.lower()) or text == "continuing":
                trial["acts"][0]["continuing"] = True
            else:
                trial["acts"][0]["to"] = text
            try:
                self._check_part(trial)
            except CaseError as fault:
                self.say(str(fault))
                continue
            self.raw = trial
            return

    def _respondents(self) -> list[str]:
        found: dict[str, None] = {}
        for act in self.raw["acts"]:
            for one in act.get("respondents") or ():
                found[one["state"] if isinstance(one, dict) else one] = None
        return list(found)

    def _link(self, act: Raw, state: str) -> bool:
        own = [one for one in act.get("respondents") or () if isinstance(one, dict) and one.get("state") == state]
        return bool(act.get("link") or any(one.get("link") for one in own))

    def _most_wanted(self) -> Question | None:
        """The question that most open rows are waiting for, of those not yet left unanswered."""
        case = read_case(self.raw, self.vocabulary, self.today)
        answer = self.finder.find(case, detail="compact")
        wanted: dict[tuple[str, str | None], tuple[Question, dict[str, None]]] = {}
        for row in answer["forums"]:
            if row["verdict"] != "conditional":
                continue
            for condition in row["conditions"]:
                question = self._question(condition, row["respondent"])
                key = (question.path, question.state) if question else None
                if question is None or key is None or key in self.skipped:
                    continue
                known, forums = wanted.setdefault(key, (question, {}))
                values = tuple(dict.fromkeys((*known.values, *question.values)))
                wanted[key] = (replace(known, values=values), {**forums, row["forum"]: None})
        if not wanted:
            return None
        key = min(wanted, key=lambda k: (-len(wanted[k][1]), k[0], k[1] or ""))
        return replace(wanted[key][0], forums=tuple(wanted[key][1]))

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
        return Question(path, state, self._offered(path) or values)

    def _one(self, path: str, question: Question) -> None:
        """Ask one question; an empty line leaves the fact unknown, and it is not asked again."""
        key = (question.path, question.state)
        if path == "urgent" and "urgent" in self.raw:
            return
        self.skipped.add(key)
        for _ in range(TRIES):
            text = self._line(*self._told(question), question.values or self._offered(path))
            if not text:
                return
            trial = copy.deepcopy(self.raw)
            try:
                self._put(trial, question, text)
                read_case(trial, self.vocabulary, self.today)
            except CaseError as fault:
                self.say(str(fault))
                continue
            self.raw = trial
            return

    def _told(self, question: Question) -> tuple[str, str]:
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

    def _offered(self, path: str) -> tuple[str, ...]:
        if path in TRUTHS:
            return ("yes", "no")
        if path == "acts.what":
            return tuple(sorted(self.vocabulary.tactics))
        if path == "acts.rights":
            return tuple(sorted(self.vocabulary.rights))
        return WORDS.get(path, ())

    def _line(self, asked: str, why: str, offered: tuple[str, ...]) -> str:
        """Show one question and return the answer; `?` shows what can be answered, `.` ends the interview."""
        self.say("")
        self.say(why)
        if 0 < len(offered) <= 16:
            self.say(", ".join(offered))
        while True:
            text = self.ask(asked)
            if text is None or text.strip() == ENOUGH:
                raise Enough
            if text.strip() != HELP:
                return text.strip()
            self.say(", ".join(offered) if offered else self.words.say("label-ask-free", {}))

    def _put(self, raw: Raw, question: Question, text: str) -> None:
        """Put an answer into the case. A wrong one is found when the case is read."""
        path, state = question.path, question.state
        part, _, key = path.partition(".")
        if path == "proceedings":
            raw["proceedings"] = self._proceedings(text)
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

    def _proceedings(self, text: str) -> list[Raw]:
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
