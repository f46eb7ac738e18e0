"""The catalogue of instruments and organisations, and the names that tables give them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from ingest.clean.dates import effective


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Ids of instruments and organisations, with every alias in use."""

    instruments: Mapping[str, Mapping[str, Any]]
    organisations: Mapping[str, Mapping[str, Any]]
    aliases: Mapping[str, str]

    def id(self, name: str) -> str | None:
        """The id of an alias or id; `-` for a name that stands for no status; None if not known."""
        if name in self.aliases:
            return self.aliases[name]
        return name if name in self.instruments or name in self.organisations else None

    def rule(self, instrument: str) -> str:
        """The rule of entry into force for a state, `` if none is recorded."""
        return str(self.instruments.get(instrument, {}).get("entry_into_force", {}).get("rule", ""))

    def general(self, instrument: str) -> str:
        """The day of general entry into force, `` if none is recorded."""
        return str(self.instruments.get(instrument, {}).get("in_force", "") or "")

    def parent(self, instrument: str) -> str:
        """The treaty an acceptance belongs to, `` if it stands alone."""
        return str(self.instruments.get(instrument, {}).get("parent", ""))

    def effective(self, instrument: str, deposited: str) -> str:
        """The day a deposit binds under the instrument's clause, `` if it cannot be told."""
        return effective(self.rule(instrument), deposited, self.general(instrument))


@cache
def load_catalogue() -> Catalogue:
    """Read the instruments, organisations and aliases under `graph/reference`."""
    root = files("graph") / "reference"
    instruments: dict[str, dict[str, Any]] = {}
    for entry in sorted((root / "instruments").iterdir(), key=lambda one: one.name):
        if entry.name.endswith(".yaml"):
            record: dict[str, Any] = yaml.load(entry.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            instruments[record["id"]] = record
    text = (root / "organisations.yaml").read_text(encoding="utf-8")
    organisations = {one["id"]: one for one in yaml.load(text, Loader=yaml.CSafeLoader)["organisations"]}
    aliases = csv.DictReader(io.StringIO((root / "aliases.csv").read_text(encoding="utf-8"), newline=""))
    return Catalogue(instruments, organisations, {row["alias"]: row["id"] for row in aliases})
