"""What would open a door: the smallest changes of fact, of step or of the law, found by trying them."""

from graph.changes.search import Opening, openings

__all__ = ["Opening", "openings"]
