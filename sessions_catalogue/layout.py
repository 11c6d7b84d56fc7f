"""Where sessions fall in the calendar: a pure calculation in local dates and times, given back in UTC.

A session keeps its local time (Europe/London) across both clock changes. A day that is no working day in
England is moved to the next one that is, and no two meetings ever share a day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pqs_portal.lib.dates import add_months, next_working_day

LONDON = ZoneInfo("Europe/London")
MINUTES = 90
# From the start of a day of four: two sessions with a break of 15 minutes, lunch of 45, two with a break of 15.
DAY_OF_FOUR = (0, 105, 240, 345)

MONTHLY, FORTNIGHTLY, WEEKLY, THREE_DAYS = "monthly", "fortnightly", "weekly", "three_days"


@dataclass(frozen=True)
class Wanted:
    """One session to lay out: its number, and which day of the short form it belongs to."""

    number: int
    day: int


@dataclass(frozen=True)
class Slot:
    """Where a session falls. ``wanted_on`` differs from the date where that was no working day or was taken."""

    number: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    wanted_on: dt.date

    @property
    def held_on(self) -> dt.date:
        return self.starts_at.astimezone(LONDON).date()

    @property
    def is_moved(self) -> bool:
        return self.held_on != self.wanted_on


def at_local(on: dt.date, time: dt.time) -> dt.datetime:
    """The moment of a local date and time, in UTC. ValueError where the clocks skip that time."""
    local = dt.datetime.combine(on, time, tzinfo=LONDON)
    moment = local.astimezone(dt.UTC)
    if moment.astimezone(LONDON).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ValueError(f"{local} does not exist")
    return moment


def lay_out(
    wanted: Sequence[Wanted], *, shape: str, first_on: dt.date, starts_at: dt.time, days_apart: int = 28
) -> list[Slot]:
    """A slot for each session, in the given order. ``days_apart`` counts only between days of four."""
    if shape == THREE_DAYS:
        return _days_of_four(wanted, first_on, starts_at, days_apart)
    every: dict[str, Callable[[int], dt.date]] = {
        MONTHLY: lambda index: add_months(first_on, index),
        FORTNIGHTLY: lambda index: first_on + dt.timedelta(days=14 * index),
        WEEKLY: lambda index: first_on + dt.timedelta(days=7 * index),
    }
    asked = [every[shape](index) for index in range(len(wanted))]
    return [
        _slot(session.number, on, starts_at, asked_on)
        for session, on, asked_on in zip(wanted, working_days(asked), asked, strict=True)
    ]


def working_days(asked: Sequence[dt.date]) -> list[dt.date]:
    """Each date or the next working day after it, always later than the one before."""
    found: list[dt.date] = []
    for on in asked:
        earliest = max(on, found[-1] + dt.timedelta(days=1)) if found else on
        found.append(next_working_day(earliest))
    return found


def _days_of_four(wanted: Sequence[Wanted], first_on: dt.date, starts_at: dt.time, days_apart: int) -> list[Slot]:
    days = sorted({session.day for session in wanted})
    asked = [first_on + dt.timedelta(days=days_apart * index) for index in range(len(days))]
    dates = dict(zip(days, zip(working_days(asked), asked, strict=True), strict=True))
    slots, met = [], dict.fromkeys(days, 0)
    for session in wanted:
        on, asked_on = dates[session.day]
        begin = dt.datetime.combine(on, starts_at) + dt.timedelta(minutes=DAY_OF_FOUR[met[session.day]])
        slots.append(_slot(session.number, on, begin.time(), asked_on))
        met[session.day] += 1
    return slots


def _slot(number: int, on: dt.date, time: dt.time, wanted_on: dt.date) -> Slot:
    begin = at_local(on, time)
    return Slot(number, begin, begin + dt.timedelta(minutes=MINUTES), wanted_on)
