"""Structured logs: an event name and fields, on stderr, with what could hurt somebody taken out."""

import logging
import re
import sys
from collections.abc import Mapping
from typing import Final

# Fields that can hold a person's identity or a secret. Ids, codes, counts and dates pass.
PRIVATE: Final = frozenset(
    {"name", "names", "title", "text", "address", "email", "phone", "password", "token", "secret", "value"}
)
_CREDENTIALS: Final = re.compile(r"(?<=://)[^/@\s]+@")
_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


def redact(fields: Mapping[str, object]) -> dict[str, str]:
    """Return the fields as strings, private ones and credentials blanked."""
    clean = {}
    for key, value in fields.items():
        text = "…" if key in PRIVATE else _EMAIL.sub("…", _CREDENTIALS.sub("…@", str(value)))
        clean[key] = " ".join(text.split())
    return clean


class Log:
    """A logger whose calls are an event and its fields: `log.info("source.loaded", source="untc")`."""

    def __init__(self, name: str) -> None:
        self._logger = logging.getLogger(f"recourse.{name}")

    def debug(self, event: str, **fields: object) -> None:
        """Record a detail for a developer (-vv)."""
        self._write(logging.DEBUG, event, fields)

    def info(self, event: str, **fields: object) -> None:
        """Record a step (-v)."""
        self._write(logging.INFO, event, fields)

    def warning(self, event: str, **fields: object) -> None:
        """Record something that a user should look at."""
        self._write(logging.WARNING, event, fields)

    def _write(self, level: int, event: str, fields: Mapping[str, object]) -> None:
        if self._logger.isEnabledFor(level):
            line = " ".join([event, *(f"{key}={text}" for key, text in redact(fields).items())])
            self._logger.log(level, "%s", line)


def start(verbose: int = 0, *, quiet: bool = False) -> None:
    """Send logs to stderr: warnings by default, steps with -v, details with -vv, nothing when quiet."""
    logger = logging.getLogger("recourse")
    logger.handlers = [logging.StreamHandler(sys.stderr)]
    logger.propagate = False
    levels = (logging.WARNING, logging.INFO, logging.DEBUG)
    logger.setLevel(logging.ERROR if quiet else levels[min(verbose, 2)])
