"""What a command is handed: settings, a clock, and the few ways to print."""

import json
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from textwrap import wrap

from graph.settings import Settings

WIDTH = 80  # columns that every table fits


@dataclass(frozen=True, slots=True)
class Terminal:
    """The state of one call of the command line; tests build their own."""

    settings: Settings
    clock: Callable[[], datetime]  # aware, UTC; the core never reads one

    def now(self) -> str:
        """Return the time of this call, ISO 8601, to the second, in UTC."""
        return self.clock().strftime("%Y-%m-%dT%H:%M:%SZ")

    def today(self) -> date:
        """Return the day that is meant when a call gives none."""
        return self.clock().date()

    def note(self, text: str) -> None:
        """Tell a person something, on stderr; --quiet silences it."""
        if not self.settings.quiet:
            print(text, file=sys.stderr, flush=True)

    def progress(self, done: int, total: int, what: str) -> None:
        """Redraw one line of progress on a terminal; elsewhere say only the end."""
        if self.settings.quiet:
            return
        if sys.stderr.isatty():
            filled = 24 * done // max(total, 1)
            bar = "█" * filled + "·" * (24 - filled)
            end = "\n" if done >= total else ""
            print(f"\r{bar} {done:>6}/{total} {what:<40.40}", file=sys.stderr, end=end, flush=True)
        elif done >= total:
            print(f"{what}: {done}", file=sys.stderr, flush=True)


def print_json(value: object) -> None:
    """Print one JSON document, in the order it was built, the same bytes for the same value."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows as a table no wider than 80 columns, or than the terminal when that is wider."""
    width = max(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns) if sys.stdout.isatty() else WIDTH
    for line in table(headers, rows, width):
        print(line)


def table(headers: Sequence[str], rows: Iterable[Sequence[object]], width: int = WIDTH) -> list[str]:
    """Lay rows out in columns; cells that do not fit are folded, the widest columns first."""
    cells = [[" ".join(str(cell).split()) for cell in row] for row in rows]
    if not cells:
        return []
    grid = [list(headers), *cells]
    wide = [max(len(row[i]) for row in grid) for i in range(len(headers))]
    while sum(wide) + 2 * (len(wide) - 1) > width and max(wide) > 6:  # two spaces between
        wide[wide.index(max(wide))] -= 1
    lines = []
    for row in [grid[0], ["─" * n for n in wide], *grid[1:]]:
        folded = [wrap(cell, n) or [""] for cell, n in zip(row, wide, strict=True)]
        for k in range(max(map(len, folded))):
            parts = [(f[k] if k < len(f) else "").ljust(n) for f, n in zip(folded, wide, strict=True)]
            lines.append("  ".join(parts).rstrip())
    return lines
