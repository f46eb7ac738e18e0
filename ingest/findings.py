"""What a load found: findings with their codes, and the report of the load."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["info", "warning", "error"]

CODES: Mapping[str, str] = {
    "unknown-state": "a participant that the table of states does not know",
    "unknown-instrument": "an instrument that the catalogue and its aliases do not know",
    "bad-date": "a date that is no date",
    "date-mismatch": "the printed day of effect is not the one the clause gives",
    "no-effect-day": "the day of effect cannot be computed from the clause",
    "count-mismatch": "the number of parties read is not the number printed",
    "limit-not-found": "a limit on record whose words the page no longer holds",
    "fix-not-used": "a hand-made fix that met no row",
    "unread-declaration": "a declaration that no rule or fix reads",
    "unknown-action": "an action that no rule reads",
    "not-a-record": "a rule of the treaty, not of a state",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing worth a look; `where` names file and row, never a person."""

    code: str
    severity: Severity
    where: str
    message: str
    count: int = 1


@dataclass(slots=True)
class Report:
    """The load report of `recourse ingest`, filled while a source is read."""

    source: str
    snapshot: str = ""
    published: str = ""
    dry_run: bool = False
    read: int = 0
    loaded: int = 0
    unchanged: int = 0
    rejected: int = 0
    added: int = 0
    closed: int = 0
    same: int = 0
    nodes: dict[str, int] = field(default_factory=dict)
    edges: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, code: str, severity: Severity, where: str, message: str) -> None:
        """File a finding; the code must be in the catalogue."""
        assert code in CODES, code
        self.findings.append(Finding(code, severity, where, message))

    def reject(self, code: str, where: str, message: str) -> None:
        """File an error finding for a record that yields no statement."""
        self.rejected += 1
        self.add(code, "error", where, message)

    @property
    def exit_code(self) -> int:
        """0 if every record was read, else 1."""
        return 1 if self.rejected else 0

    def as_dict(self) -> dict[str, Any]:
        """The report in its documented form."""
        return {
            "source": self.source,
            "snapshot": self.snapshot,
            "published": self.published,
            "dry_run": self.dry_run,
            "records": {
                "read": self.read,
                "loaded": self.loaded,
                "unchanged": self.unchanged,
                "rejected": self.rejected,
            },
            "statements": {"added": self.added, "closed": self.closed, "unchanged": self.same},
            "nodes": dict(sorted(self.nodes.items())),
            "edges": dict(sorted(self.edges.items())),
            "findings": [
                {name: getattr(one, name) for name in ("code", "severity", "where", "message", "count")}
                for one in self.findings
            ],
            "seconds": self.seconds,
        }
