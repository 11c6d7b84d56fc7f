"""When the steps of a year fall: months after its start, stretched for part-time hours, moved by pauses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from pqs_portal.lib.dates import add_months, months_between

FULL_TIME = 100


@dataclass(frozen=True, order=True)
class Shift:
    """What would fall on ``starts_on`` or later falls ``days`` later. A pause has the first day back as ``until``."""

    starts_on: dt.date
    days: int
    until: dt.date | None = None

    def within(self, start: dt.date) -> Shift | None:
        """What of it lies within a year that begins on ``start``: the year may have been given a later start since."""
        if self.starts_on >= start:
            return self
        left = (self.until - start).days if self.until else 0
        return Shift(start, left, self.until) if left > 0 else None


def step_date(start: dt.date, months: int, *, pace: int = FULL_TIME, shifts: Iterable[Shift] = ()) -> dt.date:
    """The date ``months`` after the start of the year. ``pace`` is the part of full time that is worked, in percent."""
    on = add_months(start, months)
    if pace < FULL_TIME:
        on = start + dt.timedelta(days=round((on - start).days * FULL_TIME / pace))
    for shift in sorted(found for shift in shifts if (found := shift.within(start))):
        if on >= shift.starts_on:
            on += dt.timedelta(days=shift.days)
    return on


def months_long(start: dt.date, end: dt.date) -> int:
    """How many months a year from ``start`` to ``end`` takes up, a begun one counted whole."""
    whole = months_between(start, end)
    return whole + (add_months(start, whole) < end)
