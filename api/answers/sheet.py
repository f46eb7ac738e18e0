"""The answer as CSV: one row for each forum and respondent, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from api.answers.text import clean
from api.answers.view import Answer

COLUMNS: Final = (
    "case", "as_of", "forum", "name", "respondent", "respondent_kind", "verdict", "deadline", "failed", "unknown",
    "conditions", "reasons", "urgent_measures", "rights", "warnings",
)  # fmt: skip
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def as_csv(answer: Answer) -> str:
    """Return the rows of an answer, several values in one cell parted by ` | `."""
    return table_csv(COLUMNS, (_cells(answer, row) for row in answer["forums"]))


def table_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return any table as CSV (RFC 4180, but lines end in one newline); a cell that begins like a formula
    gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def safe(cell: object) -> str:
    """Return a value as a cell that no spreadsheet takes for a formula."""
    text = "" if cell is None else str(cell)
    shown = clean(text)
    return f"'{shown}" if text.startswith(FORMULA) or shown.startswith(FORMULA) else shown


def _cells(answer: Answer, row: Answer) -> list[object]:
    rules = row["rules"]
    failed = [rule for rule in rules if rule["outcome"] == "not-met"]
    unknown = [rule for rule in rules if rule["outcome"] == "unknown"]
    about = answer["about"].get(row["forum"]) or {}
    return [
        answer["case"], answer["as_of"], row["forum"], about.get("name"), row["respondent"], row["respondent_kind"],
        row["verdict"], row["deadline"], _joined(rule["rule"] for rule in failed),
        _joined(f"{rule['rule']} ({rule['because']})" for rule in unknown), _joined(row["conditions"]),
        _joined(rule["reason"] for rule in (*failed, *unknown)),
        (row["urgent_measures"] or {}).get("name"), _joined(row["rights"]), _joined(row["warnings"]),
    ]  # fmt: skip


def _joined(texts: Iterable[str]) -> str:
    return " | ".join(texts)
