"""What an entry point decides once and hands on: where the data is and how to answer."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from platformdirs import user_data_path

from graph.errors import InputError

LEDGER_FILE = "ledger.sqlite"

# What the environment may say, and the field that it sets.
TEXTS = {
    "RECOURSE_LEDGER": "ledger",
    "RECOURSE_STORE": "store",
    "RECOURSE_STORE_USER": "store_user",
    "RECOURSE_STORE_PASSWORD": "store_password",
    "RECOURSE_STORE_DATABASE": "store_database",
    "RECOURSE_STORE_TRUST": "store_trust",
    "RECOURSE_PUBLISHED": "published",
}
NUMBERS = {
    "RECOURSE_STORE_TIMEOUT": "store_timeout",
    "RECOURSE_STORE_CONNECT_TIMEOUT": "store_connect_timeout",
    "RECOURSE_STORE_RETRY": "store_retry",
    "RECOURSE_STORE_POOL": "store_pool",
}
VARIABLES = ("RECOURSE_HOME", *TEXTS, *NUMBERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Frozen settings. Dates are ISO strings, or empty when the caller gave none."""

    home: Path  # the data folder: ledger, compiled law, embedded graph, locks
    store: str = "embedded"  # or bolt://host:port, neo4j://host:port, each with +s for TLS
    store_user: str = "neo4j"
    store_password: str = field(default="", repr=False)
    store_database: str = ""  # empty: the server's own default
    store_trust: str = "system"  # whose certificates are trusted: system, all, or the path of a PEM file
    store_timeout: float = 60.0  # seconds that one statement may take, on either engine
    store_connect_timeout: float = 10.0  # seconds to reach a server, and to wait for a free connection
    store_retry: float = 15.0  # seconds during which a transient error is tried again
    store_pool: int = 32  # connections at most
    ledger: str = ""  # a database URL; empty means SQLite in `home`
    published: str = ""  # "loopback": inside a container whose port is published on the machine's loopback alone
    viewer: str = "public"
    as_of: str = ""
    known_on: str = ""
    lang: str = "en"
    quiet: bool = False
    verbose: int = 0

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ, **given: object) -> Self:
        """Read the variables of `VARIABLES`; what is given outright wins, what is empty counts as not given.

        Raises: InputError for a number that is none.
        """
        known: dict[str, object] = {name: environ[key] for key, name in TEXTS.items() if environ.get(key)}
        known.update({name: _number(key, environ[key]) for key, name in NUMBERS.items() if environ.get(key)})
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


def _number(key: str, text: str) -> float | int:
    """Return a positive number; whole where the variable counts things."""
    whole = key == "RECOURSE_STORE_POOL"
    try:
        value = int(text) if whole else float(text)
    except ValueError:
        value = 0
    if not 0 < value < 1_000_000:
        kind = "a whole number" if whole else "a number of seconds"
        raise InputError(f"{text!r} is not {kind} above 0; write for example 30", field=key, value=text)
    return value


def _default_home() -> Path:
    """Return the platform's data folder for this user."""
    return user_data_path("recourse", appauthor=False)
