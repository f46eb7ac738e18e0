"""Partial dates, and the day on which a treaty binds a state.

A partial date is a string: `2019`, `2019-05`, `2019-05-17`, or a range `2022-09-16/2022-09-17`
(some day in it, both ends inclusive). Unknown is the empty string. Nothing short is stretched to a day.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_PARTIAL = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_WRITTEN = re.compile(r"(\d{1,2})\s+([A-Za-z]{3})[a-z]*\.?\s+(\d{4})")


def is_partial(text: str) -> bool:
    """Whether the text is a partial date or a range of two, each part a date that exists."""
    parts = text.split("/")
    return 0 < len(parts) <= 2 and all(_exists(part) for part in parts)


def _exists(text: str) -> bool:
    if not _PARTIAL.fullmatch(text):
        return False
    try:
        first_day(text)
    except ValueError:
        return False
    return True


def written(text: str) -> str | None:
    """The ISO form of the first date written `4 Oct 2007` or `4 October 2007` in the text, else None."""
    found = _WRITTEN.search(text.replace("\xa0", " "))
    if not found:
        return None
    month = MONTHS.get(found[2].lower())
    if month is None:
        return None
    try:
        return date(int(found[3]), month, int(found[1])).isoformat()
    except ValueError:
        return None


def all_written(text: str) -> list[str]:
    """Every date written out in a text, in order."""
    found = (written(match.group()) for match in _WRITTEN.finditer(text.replace("\xa0", " ")))
    return [day for day in found if day]


def first_day(text: str) -> date:
    """The earliest day a partial date can mean."""
    parts = [int(part) for part in text.split("/", maxsplit=1)[0].split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def last_day(text: str) -> date:
    """The latest day a partial date can mean."""
    parts = [int(part) for part in text.rsplit("/", maxsplit=1)[-1].split("-")]
    if len(parts) == 3:
        return date(*parts)
    if len(parts) == 2:
        return date(parts[0], parts[1], calendar.monthrange(parts[0], parts[1])[1])
    return date(parts[0], 12, 31)


def agree(one: str, other: str) -> bool:
    """Whether two partial dates can mean the same day; an unknown date agrees with every other."""
    if not one or not other:
        return True
    return first_day(one) <= last_day(other) and first_day(other) <= last_day(one)


def span(first: date, last: date) -> str:
    """The shortest partial date that means exactly the days from first to last."""
    if first == last:
        return first.isoformat()
    if first.day == 1 and last == last_day(first.isoformat()[:7]):
        return first.isoformat()[:7]
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return str(first.year)
    return f"{first.isoformat()}/{last.isoformat()}"


def add_months(day: date, months: int) -> date:
    """The same day so many months on; a day that the month lacks becomes its last."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _next_first(day: date) -> date:
    return add_months(day.replace(day=1), 1)


def apply_rule(rule: str, day: date) -> date | None:
    """The day a clause counts to from a day: see `effective` for the rules. None if it counts nothing."""
    if rule == "deposit":
        return day
    found = re.fullmatch(r"(months|days|first-of-month-after)(?:[+-])(\d+)(-months|-days)?", rule)
    if not found:
        return None
    kind, number, unit = found[1], int(found[2]), found[3]
    if kind == "months":
        return add_months(day, number)
    if kind == "days":
        return day + timedelta(days=number)
    return _next_first(day + timedelta(days=number) if unit == "-days" else add_months(day, number))


def effective(rule: str, deposited: str, general: str = "") -> str:
    """The day a deposit binds, never before the instrument's own general entry into force.

    Args: rule is `deposit`, `months+3`, `days+30`, `first-of-month-after-3-months` or
    `first-of-month-after-60-days`; deposited and general are partial dates.
    Returns: a partial date, as wide as the deposit is imprecise; `` if it cannot be told.
    >>> effective("months+3", "2022-11-30"), effective("days+30", "2010-12-23")
    ('2023-02-28', '2011-01-22')
    >>> effective("first-of-month-after-60-days", "2011-08-30"), effective("months+3", "2024")
    ('2011-11-01', '2024-04-01/2025-03-31')
    """
    if not deposited:
        return ""
    first, last = apply_rule(rule, first_day(deposited)), apply_rule(rule, last_day(deposited))
    if first is None or last is None:
        return ""
    if general:
        first, last = max(first, first_day(general)), max(last, last_day(general))
    return span(first, last)


def latest(*days: str) -> str:
    """The partial date that begins last; unknown ones are left out."""
    known = [day for day in days if day]
    return max(known, key=lambda day: (first_day(day), last_day(day))) if known else ""
