"""The shipped status tables as statements: what a new ledger starts with."""

import csv
import hashlib
import io
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

import yaml

from graph.errors import ReferenceFault
from graph.ledger.rows import Load, SnapshotRow, SourceRow, StatementRow
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
    published: str  # the newest day on which one of its sources was seen
    rows: tuple[StatementRow, ...]

    def load(self, recorded: str) -> Load:
        """Return the load that brings this table in."""
        return Load(
            source=self.name,
            recorded=recorded,
            snapshot=self.snapshot.sha256,
            snapshots=(self.snapshot,),
            published=self.published,
            records_read=len(self.rows),
        )


def names(folder: Traversable | None = None) -> list[str]:
    """Return the names of the shipped tables, sorted."""
    found = (folder or _status()).iterdir()
    return sorted(p.name[:-4] for p in found if p.name.endswith(".csv") and p.name not in LEFT_OUT)


def tables(folder: Traversable | None = None) -> list[Table]:
    """Read the shipped tables, by name.

    Every statement is recorded on the newest day that any of them was seen: the vintage of the release, the
    same on every machine. Raises: ReferenceFault naming the file and the line that cannot be read.
    """
    folder = folder or _status()
    contents = {name: (folder / f"{name}.csv").read_bytes() for name in names(folder)}
    records = {name: _records(name, content) for name, content in contents.items()}
    seen = {name: max((_seen(name, *pair) for pair in pairs), default="") for name, pairs in records.items()}
    recorded = f"{max(seen.values(), default='')}T00:00:00Z"
    return [_table(name, content, records[name], seen[name], recorded) for name, content in contents.items()]


def sources() -> list[SourceRow]:
    """Return the sources that the shipped rows name."""
    text = (files("graph") / "reference" / "sources.yaml").read_text(encoding="utf-8")
    described = yaml.load(text, Loader=yaml.CSafeLoader)
    columns = ("title", "publisher", "licence", "url")
    return [SourceRow(id=name, **{key: str(one.get(key) or "") for key in columns}) for name, one in described.items()]


def _status() -> Traversable:
    return files("graph") / "reference" / "status"


def _records(name: str, content: bytes) -> list[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
    missing = set(TABLE_COLUMNS) - set(reader.fieldnames or ())
    if missing:
        raise ReferenceFault(
            f"its header lacks {', '.join(sorted(missing))}; add the columns", field=f"status/{name}.csv", line=1
        )
    return [(reader.line_num, record) for record in reader]


def _table(
    name: str, content: bytes, records: list[tuple[int, dict[str, str]]], published: str, recorded: str
) -> Table:
    sha256 = hashlib.sha256(content).hexdigest()
    rows = tuple(_statement(name, line, record, sha256, recorded) for line, record in records)
    return Table(name, SnapshotRow(sha256=sha256, size=len(content), source=name, file=f"{name}.csv"), published, rows)


def _statement(name: str, line: int, record: dict[str, str], sha256: str, recorded: str) -> StatementRow:
    row = StatementRow(
        subject=record["state"],
        **{column: record[column] for column in TABLE_COLUMNS if column not in ("state", "record")},
        record=record["record"] or f"line {line}",
        snapshot=sha256,
        recorded=recorded,
    )
    try:
        row.bounds()
    except ValueError as fault:
        raise _bad_date(name, line, str(fault)) from None
    return row


def _seen(name: str, line: int, record: dict[str, str]) -> str:
    """Return the last day on which the row's source may have been seen."""
    try:
        return iso(parse_date(record["seen"]).hi)
    except ValueError:
        raise _bad_date(name, line, record["seen"]) from None


def _bad_date(name: str, line: int, text: str) -> ReferenceFault:
    return ReferenceFault(
        f"{text!r} is not a date; write YYYY, YYYY-MM, YYYY-MM-DD or FROM/TO",
        field=f"status/{name}.csv",
        value=text,
        line=line,
    )
