"""What an entry point decides once and hands on: where the data is and how to answer."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from platformdirs import user_data_path

LEDGER_FILE = "ledger.sqlite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Frozen settings. Dates are ISO strings, or empty when the caller gave none."""

    home: Path  # the data folder: ledger, compiled law, lock
    store: str = "embedded"  # or bolt://host:port
    ledger: str = ""  # a database URL; empty means SQLite in `home`
    viewer: str = "public"
    as_of: str = ""
    known_on: str = ""
    lang: str = "en"
    quiet: bool = False
    verbose: int = 0

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ, **given: object) -> Self:
        """Read RECOURSE_HOME, RECOURSE_LEDGER and RECOURSE_STORE; what is given outright wins."""
        known: dict[str, object] = {
            "store": environ.get("RECOURSE_STORE") or "embedded",
            "ledger": environ.get("RECOURSE_LEDGER") or "",
        }
        known.update({name: value for name, value in given.items() if value not in (None, "")})
        home = known.get("home") or environ.get("RECOURSE_HOME") or _default_home()
        known["home"] = Path(str(home)).expanduser()
        return cls(**known)  # type: ignore[arg-type]  # the names are checked by __init__

    def but(self, **changes: object) -> Self:
        """Return a copy with some values changed."""
        return replace(self, **changes)  # type: ignore[arg-type]  # the names are checked by replace

    @property
    def ledger_url(self) -> str:
        """Return the database URL of the ledger."""
        return self.ledger or f"sqlite:///{self.home / LEDGER_FILE}"


def _default_home() -> Path:
    """Return the platform's data folder for this user."""
    return user_data_path("recourse", appauthor=False)
