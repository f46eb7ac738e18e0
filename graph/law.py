"""The compiled law: who is bound by what, when, and every rule, as one immutable file named by its hash.

`Law` is made by `graph.compile` from the ledger and the rule files, and read here without either. Its parts are plain
data (dicts, lists, texts, day ordinals), so that a cold start is one read of one file.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple, cast

import orjson

from graph.errors import DiskFull, HomeMissing, LawDamaged
from graph.model.dates import FOREVER
from graph.model.reading import Vocabulary

FORMAT: Final = 2
POINTER: Final = "law"


class Period(NamedTuple):
    """Days on which a state was bound: the first day in, the first day out, each perhaps a range."""

    since_lo: int
    since_hi: int
    until_lo: int
    until_hi: int
    confidence: str  # high, medium, low or contested
    statement: str

    @property
    def firm(self) -> bool:
        """Whether the row may decide alone."""
        return self.confidence in ("high", "medium")


class Reservation(NamedTuple):
    """What a state excluded when it joined, as the engine reads it."""

    instrument: str
    excludes: str
    detail: dict[str, str]
    since_lo: int
    until_hi: int
    confidence: str
    statement: str


NO_PERIODS: Final[tuple[Period, ...]] = ()


@dataclass(frozen=True)
class Law:
    """Status and rules on one vintage of the data.

    `status[state][object]` are periods, `reservations[state]` rows, `denied[state][object]` the statement that says
    the state is no party; `data` holds everything else by name (forums, rights, tactics, closes, doctrines …).
    """

    data: Mapping[str, Any]
    hash: str
    status: Mapping[str, Mapping[str, tuple[Period, ...]]] = field(repr=False)
    denied: Mapping[str, Mapping[str, str]] = field(repr=False)
    reservations: Mapping[str, tuple[Reservation, ...]] = field(repr=False)
    absences: dict[tuple[str, str], Any] = field(default_factory=dict, repr=False, compare=False)  # what was worked out

    @property
    def forums(self) -> Mapping[str, Mapping[str, Any]]:
        """The rule files by forum id."""
        return cast(Mapping[str, Mapping[str, Any]], self.data["forums"])

    @property
    def instruments(self) -> Mapping[str, Mapping[str, Any]]:
        """Instruments and acceptances by id: title, days, `binds`, `complete_to` …"""
        return cast(Mapping[str, Mapping[str, Any]], self.data["instruments"])

    @property
    def statements(self) -> Mapping[str, Mapping[str, Any]]:
        """What an answer shows of each status statement."""
        return cast(Mapping[str, Mapping[str, Any]], self.data["statements"])

    def periods(self, state: str, thing: str) -> tuple[Period, ...]:
        """The periods in which a state was bound by an instrument, an acceptance or an organisation."""
        return self.status.get(state, {}).get(thing, NO_PERIODS)

    def vocabulary(self) -> Vocabulary:
        """The ids that a case may use."""
        return Vocabulary(
            states={code: (life[0], life[1]) for code, life in self.data["lives"].items()},
            territories=frozenset(self.data["territories"]),
            rights=frozenset(self.data["rights"]),
            tactics={name: tuple(tactic["rights"]) for name, tactic in self.data["tactics"].items()},
            forums=frozenset(self.data["forum_ids"]),
        )


def from_data(data: Mapping[str, Any], digest: str) -> Law:
    """Wrap plain data as a law: rows become tuples."""
    return Law(
        data=data,
        hash=digest,
        status={
            state: {thing: tuple(Period(*row) for row in rows) for thing, rows in things.items()}
            for state, things in data["status"].items()
        },
        denied=data["denied"],
        reservations={state: tuple(Reservation(*row) for row in rows) for state, rows in data["reservations"].items()},
    )


def encode(data: Mapping[str, Any]) -> tuple[bytes, str]:
    """The canonical bytes of a law's data and the hash that names them."""
    body = orjson.dumps(data, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)
    return body, hashlib.sha256(body).hexdigest()[:16]


def save(law: Law, home: Path) -> Path:
    """Write the law beside the ledger and point to it; a crash leaves the law that was there.

    Raises: DiskFull when there is no room; the earlier law stays in force.
    """
    body, digest = encode(law.data)
    path = home / f"law-{digest}.json"
    try:
        if not path.exists() or path.read_bytes() != body:
            _replace(path, body)
        _replace(home / POINTER, f"{digest}\n".encode())
        for old in home.glob("law-*.json"):
            if old != path:
                old.unlink()
    except OSError as error:
        raise DiskFull(
            f"could not be written ({error.strerror}); free some room in the data folder, then run `recourse init`",
            field="law",
        ) from error
    return path


def _replace(path: Path, body: bytes) -> None:
    handle, temporary = tempfile.mkstemp(prefix=".law-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def load(home: Path) -> Law:
    """Read the law in force in a data folder and check it against its name.

    Raises: HomeMissing when there is none, LawDamaged when it does not match its hash.
    """
    try:
        digest = (home / POINTER).read_text(encoding="ascii").strip()
        body = (home / f"law-{digest}.json").read_bytes()
    except (OSError, UnicodeDecodeError) as error:
        raise HomeMissing("no compiled law in the data folder; run `recourse init` once", field="home") from error
    if hashlib.sha256(body).hexdigest()[:16] != digest:
        raise LawDamaged("does not match its hash; run `recourse init` to compile it again", field="law")
    try:
        data = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise LawDamaged("is not readable; run `recourse init` to compile it again", field="law") from error
    if data.get("format") != FORMAT:
        raise LawDamaged("was compiled by another version; run `recourse init`", field="law")
    return from_data(data, digest)


def open_ended(day: int) -> bool:
    """Whether a first day out stands for none."""
    return day >= FOREVER
