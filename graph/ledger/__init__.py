"""The store of record: who says what, since when, on what evidence."""

from graph.ledger.ledger import Ledger
from graph.ledger.rows import Counts, Load, LoadRow, SnapshotRow, SourceRow, StatementRow

__all__ = ["Counts", "Ledger", "Load", "LoadRow", "SnapshotRow", "SourceRow", "StatementRow"]
