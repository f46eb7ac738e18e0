"""The ledger and the compiled law as edges: what binds whom, from when until when, on what statement.

The days of a bond are those of the law, acceptance by acceptance. What the law does not use is drawn as the ledger has
it: a statement that its source took back, or that a better one overruled, keeps its edge with `closed_on`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from graph.law import Law, Period
from graph.ledger import StatementRow
from graph.model.dates import ALWAYS, NEVER, DateRange, parse_date
from graph.periods import accepted, alternatives
from graph.store.catalogue import Catalogue
from graph.store.port import Batch, Edges
from graph.store.rows import Row, edge, known, span

BONDS: Final = ("PARTY_TO", "ACCEPTS", "MEMBER_OF")
USED: Final = (*BONDS, "NOT_PARTY", "RESERVES", "OPTS_OUT")  # what the law is compiled from
PLAIN: Final = ("SIGNED", "OPTS_OUT", "NOT_PARTY", "SUSPENDED", "RESERVES")


@dataclass(frozen=True)
class Known:
    """A statement of the ledger with the day on which it ceased to stand, or nothing."""

    row: StatementRow
    closed: str = ""
    overruled: bool = False


def weighed(history: Mapping[str, tuple[StatementRow, str]], law: Law) -> dict[str, Known]:
    """Return every statement, those that the law passed over marked with the day of what overruled them."""
    latest: dict[tuple[str, str, str], str] = {}
    for row, _ in history.values():
        bond = (row.subject, row.relation, row.object)
        latest[bond] = max(latest.get(bond, ""), row.recorded[:10])
    found = {}
    for key, (row, closed) in history.items():
        passed = not closed and row.relation in USED and key not in law.statements
        overruled_on = latest[(row.subject, row.relation, row.object)] if passed else ""
        found[key] = Known(row, closed or overruled_on, passed)
    return found


class Bonds:
    """Edges between states and what they are bound by."""

    def __init__(self, law: Law, catalogue: Catalogue, statements: Mapping[str, Known]) -> None:
        self.law, self.catalogue, self.statements = law, catalogue, statements
        self.organisations = {one["id"] for one in catalogue.organisations}
        self.used: set[tuple[str, str]] = set()  # statement and object that the law made an edge of

    def edges(self) -> Iterator[Batch]:
        """Yield the bonds, then the statements of other kinds."""
        made: dict[tuple[str, str], list[Row]] = {}
        for relation, end, row in (*self._in_force(), *self._not_in_force(), *self._plain()):
            made.setdefault((relation, end), []).append(row)
        for (relation, end), rows in sorted(made.items()):
            yield Edges(relation, "State", end, rows)
        yield Edges("ACCEPTS", "State", "Forum", list(self._forums()))

    def _in_force(self) -> Iterator[tuple[str, str, Row]]:
        for state, things in self.law.status.items():
            for thing, periods in things.items():
                relation, end = self._relation(thing)
                seen: Counter[str] = Counter()
                for period in periods:
                    number, seen[period.statement] = seen[period.statement], seen[period.statement] + 1
                    made = self._of_period(period, thing)
                    yield relation, end, edge(relation, state, thing, period.statement, str(number), **made)
                    self.used.add((period.statement, thing))

    def _relation(self, thing: str) -> tuple[str, str]:
        if thing in self.organisations:
            return "MEMBER_OF", "Organisation"
        kind = (self.catalogue.instruments.get(thing) or {}).get("kind")
        return ("ACCEPTS" if kind == "acceptance" else "PARTY_TO"), "Instrument"

    def _of_period(self, period: Period, thing: str) -> Row:
        """The properties of a bond that the law knows, its statement's own or derived by a rule."""
        said = self.law.statements[period.statement]
        ours = self.statements.get(period.statement)
        own = said["object"] == thing
        made: Row = {
            **span(DateRange(period.since_lo, period.since_hi), DateRange(period.until_lo, period.until_hi)),
            **known(ours.row.recorded if ours else "", ours.closed if ours else ""),
            "statement": period.statement,
            "source": said["source"],
            "confidence": period.confidence,
            "note": said.get("note"),
            "deposited": ours.row.deposited if ours and own else None,
        }
        if thing in self.catalogue.instruments and self.catalogue.instruments[thing]["kind"] == "acceptance":
            made["acceptance"] = thing
        return made | ({"kind": said.get("kind")} if own else self._derived(thing, said["object"]))

    def _derived(self, thing: str, through: str) -> Row:
        """Why a statement about one thing binds by another: membership, or a clause that was not opted out of."""
        if through in self.organisations:
            return {"kind": "membership", "file": "organisations.yaml", "authority": through}
        clause = (self.catalogue.instruments[thing].get("entry_into_force") or {}).get("article")
        return {
            "kind": "without-opt-out",
            "file": f"instruments/{thing}.yaml",
            "authority": f"{through}/{clause}" if clause else through,
        }

    def _not_in_force(self) -> Iterator[tuple[str, str, Row]]:
        """What a source said and the law does not hold: taken back, overruled, or deposited and never in force."""
        for key, one in self.statements.items():
            if one.row.relation not in BONDS or (key, one.row.object) in self.used:
                continue
            relation, end = self._relation(one.row.object)
            made = {**_of_row(one, beginning=NEVER), "deposited": one.row.deposited, "kind": one.row.kind}
            if relation == "ACCEPTS":
                made["acceptance"] = one.row.object
            yield relation, end, edge(relation, one.row.subject, one.row.object, key, **made)

    def _plain(self) -> Iterator[tuple[str, str, Row]]:
        for key, one in self.statements.items():
            row = one.row
            if row.relation not in PLAIN:
                continue
            end = "Organisation" if row.object in self.organisations else "Instrument"
            made = {**_of_row(one, beginning=ALWAYS), "kind": row.kind}
            if row.relation != "NOT_PARTY":
                made["deposited"] = row.deposited
            if row.relation == "RESERVES":
                made |= {"excludes": row.excludes, "detail": row.detail}
            yield row.relation, end, edge(row.relation, row.subject, row.object, key, **made)

    def _forums(self) -> Iterator[Row]:
        for state in self.law.status:
            for forum in sorted(self.law.forums):
                for number, period in enumerate(accepted(self.law, state, forum)):
                    clause = self._clause(state, forum, period.statement)
                    made = self._of_period(period, clause) | {"acceptance": clause, "file": f"forums/{forum}.yaml"}
                    yield edge("ACCEPTS", state, forum, str(number), **made)

    def _clause(self, state: str, forum: str, statement: str) -> str:
        """The instrument or clause whose statement begins the acceptance of a procedure; the last that is needed."""
        things = [thing for every in alternatives(self.law.forums[forum]) for thing in reversed(every)]
        return next(t for t in things if any(p.statement == statement for p in self.law.periods(state, t)))


def _of_row(one: Known, *, beginning: DateRange) -> Row:
    """The properties of an edge that stands as the ledger has it."""
    row: Any = one.row
    since = row.since or (row.deposited if row.relation == "SIGNED" else "")
    return {
        **span(parse_date(since) if since else beginning, parse_date(row.until) if row.until else NEVER),
        **known(row.recorded, one.closed),
        "statement": row.id,
        "source": row.source,
        "confidence": row.confidence,
        "note": row.note,
    }
