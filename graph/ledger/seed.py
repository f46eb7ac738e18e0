"""The shipped status tables as statements: what a new ledger starts with."""

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from graph.errors import ReferenceFault
from graph.ledger.rows import Load, SnapshotRow, StatementRow
from graph.model.dates import iso, parse_date

LEFT_OUT = {"conflicts.csv"}  # a list for people, not statements
TABLE_COLUMNS = (
    *("state", "relation", "object", "kind", "deposited", "since", "until", "excludes", "detail"),
    *("source", "confidence", "seen", "record", "note"),
)


@dataclass(frozen=True, slots=True)
class Table:
    """One shipped table: its name, its bytes' hash and its statements."""

    name: str
    snapshot: SnapshotRow
    vintage: str  # the newest day on which one of its sources was seen
    rows: tuple[StatementRow, ...]

    def load(self, recorded: str) -> Load:
        """Return the load that brings this table in."""
        return Load(
            source=self.name,
            recorded=recorded,
            snapshot=self.snapshot.sha256,
            snapshots=(self.snapshot,),
            published=self.vintage,
            records_read=len(self.rows),
        )


def names(folder: Traversable | None = None) -> list[str]:
    """Return the names of the shipped tables, sorted."""
    found = (folder or _status()).iterdir()
    return sorted(p.name[:-4] for p in found if p.name.endswith(".csv") and p.name not in LEFT_OUT)


def tables(folder: Traversable | None = None) -> Iterator[Table]:
    """Read the shipped tables one by one, by name.

    Raises: ReferenceFault naming the file and the line that cannot be read.
    """
    folder = folder or _status()
    for name in names(folder):
        yield _read(name, (folder / f"{name}.csv").read_bytes())


def _status() -> Traversable:
    return files("graph") / "reference" / "status"


def _read(name: str, content: bytes) -> Table:
    sha256 = hashlib.sha256(content).hexdigest()
    reader = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
    missing = set(TABLE_COLUMNS) - set(reader.fieldnames or ())
    if missing:
        raise ReferenceFault(
            f"its header lacks {', '.join(sorted(missing))}; add the columns",
            field=f"status/{name}.csv",
            line=1,
        )
    records = [(reader.line_num, record) for record in reader]
    seen = [_last_day(record["seen"], name, line) for line, record in records if record["seen"]]
    if records and not seen:
        raise ReferenceFault("no row says when its source was seen; fill `seen`", field=f"status/{name}.csv")
    vintage = max(seen, default="")
    rows = tuple(_statement(record, name, line, sha256, vintage) for line, record in records)
    return Table(name, SnapshotRow(sha256=sha256, size=len(content), source=name, file=f"{name}.csv"), vintage, rows)


def _statement(record: dict[str, str], name: str, line: int, sha256: str, vintage: str) -> StatementRow:
    day = _last_day(record["seen"], name, line) if record["seen"] else vintage
    row = StatementRow(
        subject=record["state"],
        **{column: record[column] for column in TABLE_COLUMNS if column not in ("state", "record")},
        record=record["record"] or f"line {line}",
        snapshot=sha256,
        recorded=f"{day}T00:00:00Z",
    )
    try:
        row.bounds()
    except ValueError as fault:
        raise ReferenceFault(
            f"{fault} is not a date; write YYYY, YYYY-MM, YYYY-MM-DD or FROM/TO",
            field=f"status/{name}.csv",
            value=str(fault),
            line=line,
        ) from None
    return row


def _last_day(text: str, name: str, line: int) -> str:
    try:
        return iso(parse_date(text).hi)
    except ValueError:
        raise ReferenceFault(
            f"{text!r} is not a date; write YYYY-MM-DD",
            field=f"status/{name}.csv: seen",
            value=text,
            line=line,
        ) from None
