"""Working days in England and calendar arithmetic; local dates throughout (Europe/London)."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Collection
from functools import lru_cache

import holidays


@lru_cache(maxsize=64)
def bank_holidays(year: int) -> frozenset[dt.date]:
    """England's bank holidays of a year, computed."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(on: dt.date, closed: Collection[dt.date] = ()) -> bool:
    """Monday to Friday, no bank holiday, not one of the ``closed`` days."""
    return on.weekday() < 5 and on not in bank_holidays(on.year) and on not in closed


def next_working_day(on: dt.date, closed: Collection[dt.date] = ()) -> dt.date:
    """``on`` itself if it is a working day, else the first one after."""
    while not is_working_day(on, closed):
        on += dt.timedelta(days=1)
    return on


def working_days_before(on: dt.date, days: int) -> dt.date:
    """The date ``days`` working days before ``on`` (``on`` itself not counted)."""
    while days > 0:
        on -= dt.timedelta(days=1)
        if is_working_day(on):
            days -= 1
    return on


def working_day_before(on: dt.date) -> dt.date:
    return working_days_before(on, 1)


def add_months(on: dt.date, months: int) -> dt.date:
    """The same day ``months`` later, or the month's last day where it has no such day."""
    index = on.year * 12 + on.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(on.day, last))


def months_between(start: dt.date, on: dt.date) -> int:
    """Whole months from ``start`` to ``on``; never negative."""
    months = (on.year - start.year) * 12 + on.month - start.month
    return max(months - (on.day < start.day), 0)
