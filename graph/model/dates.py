"""Days as ordinals, dates as ranges of days.

A date keeps the precision it came with: `2019-05` is the range of its days, `2022-09-16/2022-09-17` says "one of
these two". Nothing is ever stretched to a day. Ordinals are those of `datetime.date.toordinal()`.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

Day = int  # an ordinal

FIRST: Final[Day] = 1
FOREVER: Final[Day] = date.max.toordinal()

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class DateRange(NamedTuple):
    """A day that is known to lie between two days, both included."""

    lo: Day
    hi: Day

    @property
    def exact(self) -> bool:
        """Whether the range is one single day."""
        return self.lo == self.hi


ALWAYS: Final = DateRange(FIRST, FIRST)
NEVER: Final = DateRange(FOREVER, FOREVER)


@lru_cache(maxsize=65536)
def parse_date(text: str) -> DateRange:
    """Read `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `FROM/TO` as a range of days.

    Raises: ValueError when the text has another shape or names a day that does not exist.
    """
    if "/" in text:
        first, _, last = text.partition("/")
        low, high = parse_date(first), parse_date(last)
        if high.hi < low.lo:
            raise ValueError(text)
        return DateRange(low.lo, high.hi)
    shape = _SHAPE.fullmatch(text)
    if shape is None or not text.isascii():
        raise ValueError(text)
    year, month, day = shape.groups()
    if month is None:
        return DateRange(date(int(year), 1, 1).toordinal(), date(int(year), 12, 31).toordinal())
    if day is None:
        last_day = calendar.monthrange(int(year), int(month))[1] if 1 <= int(month) <= 12 else 0
        return DateRange(date(int(year), int(month), 1).toordinal(), date(int(year), int(month), last_day).toordinal())
    exact = date(int(year), int(month), int(day)).toordinal()
    return DateRange(exact, exact)


@lru_cache(maxsize=65536)
def iso(day: Day) -> str:
    """The ISO 8601 text of a day."""
    return date.fromordinal(day).isoformat()


def show(when: DateRange) -> str:
    """The shortest text that says exactly this range: a year, a month, a day, or `FROM/TO`."""
    if when.lo == when.hi:
        return iso(when.lo)
    return _show_range(when.lo, when.hi)


@lru_cache(maxsize=4096)
def _show_range(lo: Day, hi: Day) -> str:
    first, last = date.fromordinal(lo), date.fromordinal(hi)
    if first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]:
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.year:04d}-{first.month:02d}"
        if (first.year, first.month, last.month) == (last.year, 1, 12):
            return f"{first.year:04d}"
    return f"{first.isoformat()}/{last.isoformat()}"


@lru_cache(maxsize=65536)
def add_months(day: Day, months: int) -> Day:
    """The same day `months` calendar months on, clamped to the last day of a shorter month."""
    start = date.fromordinal(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    month += 1
    if year > 9999:
        return FOREVER
    if year < 1:
        return FIRST
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1])).toordinal()


def next_working_day(day: Day) -> Day:
    """The day itself, or the Monday after it when it is a Saturday or Sunday."""
    weekday = date.fromordinal(day).weekday()
    return day + (7 - weekday if weekday >= 5 else 0)


def age_on(born: DateRange, day: DateRange) -> tuple[int, int]:
    """The youngest and the oldest age in whole years that somebody born then can have on that day."""
    return _years(born.hi, day.lo), _years(born.lo, day.hi)


def _years(born: Day, day: Day) -> int:
    first, last = date.fromordinal(born), date.fromordinal(day)
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))
