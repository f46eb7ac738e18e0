"""Made-up raw cases over the ids of a law: from a seed, or drawn by hypothesis. No case here was ever decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from graph.law import Law
from graph.model import case as c

YEARS = (1976, 2026)
LAST = date(2026, 11, 24)
GROUNDS = ("race", "sex", "disability", "religion", "opinion", "orientation", "origin")
COMMON_RIGHTS = ("torture", "life", "liberty", "fair-trial", "expression", "privacy", "discrimination", "property")
COMMON_STATES = ("TUR", "RUS", "MEX", "VEN", "TZA", "RWA", "BEN", "GHA", "EGY", "FRA", "GBR", "USA", "CAN", "ESP",
                 "MDA", "BLR", "CHN", "ARG", "PER", "KEN", "UGA", "NGA", "TUN", "ARE", "KAZ", "ITA", "AUT")  # fmt: skip
DAY_NAMES = ("arrival", "loan-closing", "platform-decision", "knowledge", "publication")


class Maker:
    """Makes raw cases over one law; the random numbers are handed in."""

    def __init__(self, law: Law) -> None:
        self.lives: dict[str, tuple[int, int]] = {
            code: (low, high) for code, (low, high) in sorted(law.data["lives"].items())
        }
        self.common = [code for code in COMMON_STATES if code in self.lives]
        self.codes: list[str] = list(self.lives)
        self.rights = sorted(law.data["rights"])
        self.usual = [right for right in COMMON_RIGHTS if right in law.data["rights"]]
        self.tactics = sorted(law.data["tactics"])
        self.forums = sorted(law.data["forum_ids"])
        self.closing = sorted({row["from"] for row in law.data["closes"]})

    def case(self, rng: Random) -> dict[str, Any]:
        """One case that the reader accepts; each optional field is there about as often as not."""
        as_of = _day(rng, date(YEARS[0] + 3, 1, 1), LAST)
        raw: dict[str, Any] = {"id": f"made-{rng.randrange(10**6)}", "as_of": as_of.isoformat()}
        if rng.random() < 0.4:
            raw["filed"] = as_of.isoformat()
        raw["acts"] = [self._act(rng, as_of, n) for n in range(rng.choice((1, 1, 1, 2, 2, 3)))]
        states = sorted({_code(one) for act in raw["acts"] for one in act.get("respondents", ())})
        first = date(YEARS[0], 1, 1)
        if rng.random() < 0.85:
            raw["victim"] = self._victim(rng, as_of)
        if rng.random() < 0.85:
            raw["filer"] = self._filer(rng, as_of)
        if rng.random() < 0.8:
            raw["remedies"] = [self._remedy(rng, state, first, as_of) for state in states if rng.random() < 0.9]
        if rng.random() < 0.8:
            raw["proceedings"] = [self._proceeding(rng, first, as_of) for _ in range(rng.choice((0, 0, 0, 1, 2)))]
        if rng.random() < 0.2:
            raw["dates"] = {name: _date(rng, first, as_of) for name in rng.sample(DAY_NAMES, rng.randint(1, 3))}
        raw.update(self._special(rng, first, as_of))
        if rng.random() < 0.5:
            raw["urgent"] = rng.random() < 0.3
        return raw

    def plain(self, rng: Random) -> dict[str, Any]:
        """One act, one respondent, the facts that most cases give: the shape of a decided case."""
        as_of = _day(rng, date(YEARS[0] + 10, 1, 1), LAST)
        start = _day(rng, as_of - timedelta(days=3000), as_of)
        state = self._state(rng, start - timedelta(days=400), as_of)
        remedy: dict[str, Any] = {"state": state, "exhausted": rng.choice(("yes", "yes", "no", *c.EXHAUSTED))}
        if remedy["exhausted"] == "yes":
            remedy["final_decision"] = _day(rng, start, as_of).isoformat()
        act = {
            "id": "a1",
            "from": start.isoformat(),
            "rights": rng.sample(self.usual, rng.choice((1, 1, 2, 3))),
            "where": state,
            "respondents": [state],
            "perpetrator": "state-agent",
            "link": "on-territory",
        }
        victim = {"kind": "person", "consents": True, "nationality": [state]}
        return {
            "id": f"made-{rng.randrange(10**6)}",
            "as_of": as_of.isoformat(),
            "filed": as_of.isoformat(),
            "acts": [act],
            "remedies": [remedy],
            "victim": {**victim, "status": rng.sample(c.VICTIM_STATUSES, rng.choice((0, 0, 0, 1)))},
            "filer": rng.choice(("victim", "victim", "victim", "relative", "lawyer", "ngo")),
            "proceedings": [],
        }

    def _state(self, rng: Random, first: date, last: date) -> str:
        low, high = first.toordinal(), last.toordinal()
        for _ in range(20):
            code = rng.choice(self.common if rng.random() < 0.6 else self.codes)
            since, until = self.lives[code]
            if since <= low and high < until:
                return code
        return "FRA"

    def _act(self, rng: Random, as_of: date, n: int) -> dict[str, Any]:
        start = _day(rng, max(date(YEARS[0], 1, 1), as_of - timedelta(days=365 * 20)), as_of)
        act: dict[str, Any] = {"id": f"a{n + 1}", "from": _precise(rng, start)}
        last = start
        if rng.random() < 0.25:
            last = _day(rng, start, as_of)
            act["to"] = last.isoformat()
        if rng.random() < 0.4:
            act["continuing"] = rng.random() < 0.5
        if rng.random() < 0.15:
            act["planned"] = rng.random() < 0.4
        if rng.random() < 0.2:
            act["known"] = _date(rng, last, as_of)
        if rng.random() < 0.9:
            pool = self.usual if rng.random() < 0.6 else self.rights
            act["rights"] = rng.sample(pool, rng.choice((1, 1, 2, 3)))
        if "rights" not in act or rng.random() < 0.2:
            act["tactic"] = rng.choice(self.tactics)
        if rng.random() < 0.25:
            act["grounds"] = rng.sample(GROUNDS, rng.randint(0, 2))
        names = [self._state(rng, start - timedelta(days=400), as_of) for _ in range(rng.choice((0, 1, 1, 1, 1, 2, 3)))]
        names = list(dict.fromkeys(names))
        act["respondents"] = [self._respondent(rng, name) for name in names]
        if rng.random() < 0.85:
            at_home = names and rng.random() < 0.7
            act["where"] = names[0] if at_home else self._state(rng, start - timedelta(days=400), as_of)
        if rng.random() < 0.15:
            act["destination"] = self._state(rng, start, as_of)
        if rng.random() < 0.5:
            act["link"] = rng.choice(c.LINKS)
        if rng.random() < 0.8:
            act["perpetrator"] = rng.choice(("state-agent", *c.PERPETRATORS))
        if rng.random() < 0.15:
            act["perpetrator_nationality"] = [self._state(rng, start, as_of)]
        if rng.random() < 0.1:
            act["headquarters"] = [self._state(rng, start, as_of)]
        if rng.random() < 0.2:
            act["systematic"] = rng.random() < 0.5
        return act

    def _respondent(self, rng: Random, state: str) -> Any:
        if rng.random() < 0.7:
            return state
        return {"state": state, "link": rng.choice(c.LINKS), "perpetrator": rng.choice(c.PERPETRATORS)}

    def _victim(self, rng: Random, as_of: date) -> dict[str, Any]:
        all_: dict[str, Any] = {
            "kind": rng.choice(("person", "person", *c.VICTIM_KINDS)),
            "count": rng.choice((1, 1, 2, 5, 40)),
            "nationality": [self._state(rng, as_of, as_of) for _ in range(rng.choice((0, 1, 1, 2)))],
            "residence": self._state(rng, as_of, as_of),
            "born": _date(rng, date(1930, 1, 1), as_of),
            "condition": rng.choice(("free", *c.CONDITIONS)),
            "status": rng.sample(c.VICTIM_STATUSES, rng.choice((0, 1, 1, 2))),
            "cooperated_with": rng.sample(("un", "iachr", "achpr", "ecthr"), rng.randint(0, 1)),
            "consents": rng.random() < 0.85,
            "anonymous": rng.random() < 0.15,
        }
        return {key: value for key, value in all_.items() if rng.random() < 0.6}

    def _filer(self, rng: Random, as_of: date) -> Any:
        kind = rng.choice(("victim", "victim", *c.FILERS))
        if rng.random() < 0.6:
            return kind
        all_: dict[str, Any] = {
            "kind": kind,
            "observer_status": rng.sample(c.OBSERVER_STATUSES, rng.randint(0, 2)),
            "mandate": rng.random() < 0.7,
            "residence": self._state(rng, as_of, as_of),
            "state": self._state(rng, as_of, as_of),
        }
        return {key: value for key, value in all_.items() if rng.random() < 0.6}

    def _remedy(self, rng: Random, state: str, first: date, as_of: date) -> dict[str, Any]:
        decided = _day(rng, max(first, as_of - timedelta(days=1500)), as_of)
        all_: dict[str, Any] = {
            "exhausted": rng.choice(("yes", "yes", "no", *c.EXHAUSTED)),
            "suspensive": rng.random() < 0.5,
            "raised": rng.sample(self.rights, rng.randint(0, 2)) + rng.sample(self.usual, 1),
            "final_decision": _precise(rng, decided),
            "notified": _day(rng, decided, as_of).isoformat(),
        }
        wanted = {"exhausted": 0.9, "final_decision": 0.5}
        kept = {key: value for key, value in all_.items() if rng.random() < wanted.get(key, 0.25)}
        return {"state": state, **kept}

    def _proceeding(self, rng: Random, first: date, as_of: date) -> dict[str, Any]:
        filed, status = _day(rng, first, as_of), rng.choice(c.PROCEEDING_STATUSES)
        all_: dict[str, Any] = {"status": status, "filed": filed.isoformat()}
        if status == "decided":
            all_["decided"] = _day(rng, filed, as_of).isoformat()
            all_["examined"] = rng.choice(c.EXAMINED)
        all_["same"] = rng.choice((True, {part: rng.random() < 0.8 for part in c.SAME_PARTS}, {"person": True}))
        forum = rng.choice(self.closing if self.closing and rng.random() < 0.8 else self.forums)
        return {"forum": forum, **{key: value for key, value in all_.items() if rng.random() < 0.7}}

    def _special(self, rng: Random, first: date, as_of: date) -> dict[str, Any]:
        out: dict[str, Any] = {}
        state = self._state(rng, as_of, as_of)
        if rng.random() < 0.1:
            out["project"] = _some(rng, bank=rng.choice(("World Bank", "IDB", "EIB")), country=state,
                                   closed=_date(rng, first, as_of))  # fmt: skip
        if rng.random() < 0.1:
            out["company"] = _some(rng, home=state, listed=rng.random() < 0.5, sector="mining",
                                   employees=rng.choice((10, 900, 6000)))  # fmt: skip
        if rng.random() < 0.1:
            out["platform"] = _some(rng, name="a platform", decision=_date(rng, first, as_of), appealed=True)
        if rng.random() < 0.1:
            out["notice"] = _some(rng, kind=rng.choice(("red", "blue", "diffusion")), requested_by=state,
                                  known=_date(rng, first, as_of))  # fmt: skip
        return out


def cases(law: Law, amount: int, seed: int = 0, *, plain: bool = False) -> Iterator[dict[str, Any]]:
    """The same made-up cases for the same law, amount and seed."""
    maker, rng = Maker(law), Random(seed)
    for _ in range(amount):
        yield maker.plain(rng) if plain else maker.case(rng)


def _some(rng: Random, **all_: Any) -> dict[str, Any]:
    return {key: value for key, value in all_.items() if rng.random() < 0.7}


def _code(respondent: Any) -> str:
    return str(respondent["state"] if isinstance(respondent, dict) else respondent)


def _day(rng: Random, first: date, last: date) -> date:
    return first + timedelta(days=rng.randint(0, max(0, (last - first).days)))


def _date(rng: Random, first: date, last: date) -> str:
    return _precise(rng, _day(rng, first, last))


def _precise(rng: Random, day: date) -> str:
    """The day, its month or its year."""
    return day.isoformat()[: rng.choice((10, 10, 10, 7, 4))]
