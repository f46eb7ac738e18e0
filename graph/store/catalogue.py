"""The reference files as nodes and edges: states, instruments and their articles, rights, tactics, bodies, forums."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from graph.law import Law
from graph.periods import alternatives
from graph.reference import load
from graph.store.port import Batch, Edges, Nodes
from graph.store.rows import Row, cite, edge, node, span_of

ALL_BINDING: Final = "all-binding"  # "whatever treaty binds the respondent" is no node
FORUM: Final = ("kind", "binding", "region", "produces", "confidence", "acronym")
RANGE: Final = re.compile(r"(\d+)-(\d+)")


class Catalogue:
    """The reference files, read once."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self.states: Mapping[str, Any] = load.read_yaml(load.ROOT / "states.yaml")
        self.organisations = load.read_yaml(load.ROOT / "organisations.yaml")["organisations"]
        self.instruments = load.by_id("instruments")
        self.rights = load.read_yaml(load.ROOT / "rights.yaml")["rights"]
        self.tactics = load.read_yaml(load.ROOT / "tactics.yaml")["tactics"]
        self.bodies: Mapping[str, Any] = load.read_yaml(load.ROOT / "bodies.yaml")
        self.known_forums: Mapping[str, Any] = load.read_yaml(load.ROOT / "forum_names.yaml")
        self.closes = [(f"closes/{stem}.yaml", row) for stem, rows in load.folder("closes") for row in rows]
        self.obligations = load.by_id("obligations")

    def nodes(self) -> Iterator[Batch]:
        """Yield every node of the catalogue, a label at a time."""
        yield Nodes("State", [self._state(code, one) for code, one in sorted(self.states.items())])
        yield Nodes("Organisation", [node("Organisation", one["id"], one["name"]) for one in self.organisations])
        yield Nodes("Instrument", [_instrument(one) for one in self.instruments.values()])
        yield Nodes("Provision", [self._provision(key) for key in sorted(self.provisions())])
        yield Nodes("Right", [_right(one) for one in self.rights])
        yield Nodes("Tactic", [_tactic(one) for one in self.tactics])
        yield Nodes("Body", [node("Body", key, one["name"]) for key, one in sorted(self.bodies.items())])
        yield Nodes("Forum", [self._forum(key) for key in sorted({*self.known_forums, *self.law.forums})])

    def edges(self) -> Iterator[Batch]:
        """Yield every edge that comes from a file of the reference."""
        yield Edges("SUCCEEDS", "State", "State", list(self._successions()))
        yield Edges("PART_OF", "State", "State", list(self._territories()))
        yield Edges("PART_OF", "Provision", "Instrument", [_article_of(key) for key in sorted(self.provisions())])
        yield Edges("PART_OF", "Instrument", "Instrument", list(self._clauses()))
        yield Edges("GUARANTEES", "Provision", "Right", list(self._guarantees()))
        yield Edges("ENGAGES", "Tactic", "Right", list(self._engages()))
        yield from self._bodies()
        yield from self._forums()
        yield Edges("CLOSES", "Forum", "Forum", list(self._closings()))

    def provisions(self) -> set[str]:
        """Return each article that an instrument lists or that a rule, a right or a duty cites."""
        found = {f"{name}/{a}" for name, one in self.instruments.items() for a in articles(one.get("articles") or ())}
        cited = [
            *(key for rows in self.law.data["provisions"].values() for _, held in rows for key in held),
            *(item for forum in self.law.forums.values() for item in forum.get("applies") or ()),
            *_authorities(self.law.forums),
            *_authorities([row for _, row in self.closes]),
            *_authorities(self.law.data["doctrines"]),
            *(at for one in self.bodies.values() for key in ("supervises", "runs") for at in one.get(key, {}).values()),
            *(f"{name}/{duty['article']}" for name, one in self.obligations.items() for duty in one["duties"]),
        ]  # fmt: skip
        return found | {key for key in cited if self.is_provision(key)}

    def is_provision(self, authority: str) -> bool:
        """Whether an authority is an article of an instrument of the catalogue."""
        instrument, slash, article = authority.partition("/")
        return bool(slash and article) and instrument in self.instruments

    def _state(self, code: str, one: Mapping[str, Any]) -> Row:
        also = (one.get("official"), *(one.get("aliases") or ()), one.get("alpha2"))
        return node(
            "State", code, one["name"], *also,
            **{key: one.get(key) or None for key in ("kind", "since", "until", "note", "official")},
        )  # fmt: skip

    def _provision(self, key: str) -> Row:
        instrument, _, article = key.partition("/")
        one = self.instruments[instrument]
        word = "article " if one["kind"] in ("treaty", "statute", "acceptance", "declaration") else ""
        return node("Provision", key, f"{one['title']}, {word}{article}", instrument=instrument, article=article)

    def _forum(self, key: str) -> Row:
        file = self.law.forums.get(key, {})
        known = self.known_forums.get(key, {})
        operates = file.get("operates") or {}
        return node(
            "Forum", key, file.get("name") or known["name"], file.get("acronym"),
            **{name: file.get(name) or None for name in FORUM},
            strength=file.get("strength"), since=operates.get("since"), until=operates.get("until"),
            encoded=bool(file), international=known.get("international"),
        )  # fmt: skip

    def _successions(self) -> Iterator[Row]:
        for code, one in sorted(self.states.items()):
            for way in one.get("succeeds") or ():
                earlier, when = way["state"], span_of(way.get("date"))
                yield edge("SUCCEEDS", code, earlier, **when, kind=way.get("mode"), file="states.yaml")

    def _territories(self) -> Iterator[Row]:
        for code, one in sorted(self.states.items()):
            if one["kind"] == "territory" and one.get("of"):
                yield edge("PART_OF", code, one["of"], file="states.yaml")

    def _clauses(self) -> Iterator[Row]:
        for key, one in self.instruments.items():
            if one.get("parent"):
                yield edge("PART_OF", key, one["parent"], file=f"instruments/{key}.yaml")

    def _guarantees(self) -> Iterator[Row]:
        for right, rows in sorted(self.law.data["provisions"].items()):
            for key in sorted({key for _, held in rows for key in held}):
                yield edge("GUARANTEES", key, right, authority=key, file="rights.yaml")

    def _engages(self) -> Iterator[Row]:
        for tactic in self.tactics:
            for right in sorted(set(tactic["rights"])):
                yield edge("ENGAGES", tactic["id"], right, file="tactics.yaml")

    def _bodies(self) -> Iterator[Batch]:
        made: dict[str, list[Row]] = {"PART_OF": [], "SUPERVISES": [], "RUNS": [], "ESTABLISHES": []}
        for body, one in sorted(self.bodies.items()):
            if one.get("of"):
                made["PART_OF"].append(edge("PART_OF", body, one["of"], file="bodies.yaml"))
            for thing, article in (one.get("supervises") or {}).items():
                made["SUPERVISES"].append(edge("SUPERVISES", body, thing, authority=article, file="bodies.yaml"))
            for forum, article in (one.get("runs") or {}).items():
                made["RUNS"].append(edge("RUNS", body, forum, authority=article, file="bodies.yaml"))
                instrument = article.partition("/")[0]
                if self.is_provision(article):
                    made["ESTABLISHES"].append(
                        edge("ESTABLISHES", instrument, forum, article,
                             authority=article, file="bodies.yaml")
                    )  # fmt: skip
        yield Edges("PART_OF", "Body", "Organisation", made["PART_OF"])
        yield Edges("SUPERVISES", "Body", "Instrument", made["SUPERVISES"])
        yield Edges("RUNS", "Body", "Forum", made["RUNS"])
        yield Edges("ESTABLISHES", "Instrument", "Forum", made["ESTABLISHES"])

    def _forums(self) -> Iterator[Batch]:
        applied: dict[str, list[Row]] = {"Instrument": [], "Provision": []}
        needed: dict[str, list[Row]] = {"Instrument": [], "Organisation": []}
        organisations = {one["id"] for one in self.organisations}
        for name, file in sorted(self.law.forums.items()):
            scope = next((rule.get("authority") for rule in file["rules"] if rule["rule"] == "ratione-materiae"), None)
            said = {"authority": cite(scope), "file": f"forums/{name}.yaml"}
            for item in file.get("applies") or ():
                if item != ALL_BINDING:
                    end = "Provision" if "/" in item else "Instrument"
                    applied[end].append(edge("APPLIES", name, item, **said))
            door = next((rule.get("authority") for rule in file["rules"] if rule["rule"] == "ratione-personae"), None)
            for number, every in enumerate(alternatives(file)):
                for thing in every:
                    end = "Organisation" if thing in organisations else "Instrument"
                    needed[end].append(
                        edge("NEEDS", name, thing, str(number), alternative=number, needed=len(every),
                             authority=cite(door), file=f"forums/{name}.yaml")
                    )  # fmt: skip
        for end, rows in applied.items():
            yield Edges("APPLIES", "Forum", end, rows)
        for end, rows in needed.items():
            yield Edges("NEEDS", "Forum", end, rows)

    def _closings(self) -> Iterator[Row]:
        for file, row in self.closes:
            when, same = ", ".join(row["when"]), ", ".join(row.get("same") or ())
            yield edge(
                "CLOSES", row["from"], row["to"], when, same, row["outcome"],
                outcome=row["outcome"], stage=when, same=same, authority=cite(row.get("authority")),
                confidence=row.get("confidence"), file=file,
            )  # fmt: skip


def articles(listed: Iterable[Any]) -> Iterator[str]:
    """Yield each article of the list in an instrument's file: `1-33` is all of these, others stand for themselves."""
    for entry in map(str, listed):
        numbers = RANGE.fullmatch(entry)
        if numbers:
            yield from map(str, range(int(numbers[1]), int(numbers[2]) + 1))
        elif "-" not in entry:
            yield entry


def _authorities(value: Any) -> Iterator[str]:
    """Yield every text under `authority`, and under a doctrine's links, at any depth."""
    if isinstance(value, Mapping):
        for part in value.values():
            yield from _authorities(part)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _authorities(part)


def _instrument(one: Mapping[str, Any]) -> Row:
    return node(
        "Instrument", one["id"], one["title"],
        **{key: one.get(key) or None for key in ("kind", "parent", "binds", "adopted", "in_force", "complete_to")},
        entry_clause=_clause(one.get("entry_into_force")), withdrawal_clause=_clause(one.get("withdrawal")),
        confidence=(one.get("entry_into_force") or {}).get("confidence"),
    )  # fmt: skip


def _clause(clause: Mapping[str, Any] | None) -> str | None:
    """A clause as one text: its rule, then the article that holds it."""
    if not clause:
        return None
    return f"{clause['rule']}, article {clause['article']}" if clause.get("article") else str(clause["rule"])


def _right(one: Mapping[str, Any]) -> Row:
    return node(
        "Right", one["tag"], one["label"], definition=one["definition"], qualification=one["qualified_or_absolute"]
    )


def _tactic(one: Mapping[str, Any]) -> Row:
    return node("Tactic", one["id"], one["name"], group=one["group"], definition=one["definition"])


def _article_of(key: str) -> Row:
    instrument = key.partition("/")[0]
    return edge("PART_OF", key, instrument, file=f"instruments/{instrument}.yaml")
