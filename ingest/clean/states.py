"""Names and codes of states, and what the reference says of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from ingest.clean.names import fold


@dataclass(frozen=True, slots=True)
class States:
    """The shipped table of states and every spelling it knows."""

    records: Mapping[str, Mapping[str, Any]]
    spellings: Mapping[str, str]

    def code(self, name: str) -> str | None:
        """The code of a name or code, None if it is not known."""
        text = name.strip()
        return text if text in self.records else self.spellings.get(fold(text))

    def since(self, code: str) -> str:
        """First day as a state, `` if before 1945 or unknown."""
        return str(self.records[code].get("since", ""))

    def until(self, code: str) -> str:
        """First day it was no longer a state, `` if it still is."""
        return str(self.records[code].get("until", ""))


@cache
def load_states() -> States:
    """Read `graph/reference/states.yaml`."""
    text = (files("graph") / "reference" / "states.yaml").read_text(encoding="utf-8")
    records: dict[str, dict[str, Any]] = yaml.load(text, Loader=yaml.CSafeLoader)
    spellings: dict[str, str] = {}
    for code, record in records.items():
        for name in (record["name"], *record.get("aliases", [])):
            spellings[fold(name)] = code
    return States(records, spellings)
