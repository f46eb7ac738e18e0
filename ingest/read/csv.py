"""CSV bytes to rows with their line numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a table: its cells by column, its file and its line."""

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    @property
    def where(self) -> str:
        """File and line, as findings print it."""
        return f"{self.file} line {self.line}"


def columns(content: bytes) -> tuple[str, ...]:
    """The header of a table, empty if the bytes are not text or hold no comma."""
    try:
        first = content.decode("utf-8-sig").split("\n", 1)[0]
    except UnicodeDecodeError:
        return ()
    return tuple(next(csv.reader([first.rstrip("\r")]), ())) if "," in first else ()


def read_rows(content: bytes, name: str) -> Iterator[Row]:
    """Each record of a table with a header. Raises UnicodeDecodeError if the bytes are not UTF-8."""
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    for cells in reader:
        yield Row(name, reader.line_num, {key: (value or "").strip() for key, value in cells.items() if key})
