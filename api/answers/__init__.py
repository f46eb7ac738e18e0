"""Answers for people: a table for a terminal, a page to print, a sheet, a calendar. JSON needs none of this.

Each form takes the full answer as plain data (see `docs/answers.md`) and the catalogue of a language, from which
the text of every label comes.
"""

from api.answers.calendar import as_ics
from api.answers.page import as_html, as_markdown
from api.answers.sheet import as_csv
from api.answers.table import as_table

__all__ = ["as_csv", "as_html", "as_ics", "as_markdown", "as_table"]
