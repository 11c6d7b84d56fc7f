"""Where sessions fall in the calendar: a pure calculation in local dates and times, given back in UTC.

A session keeps its local time (Europe/London) across both clock changes. A day that is no working day in England,
or on which the organisation is closed, is moved to the next one that is, and no two meetings ever share a day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from zoneinfo import ZoneInfo

from pqs_portal.lib.dates import add_months, next_working_day

LONDON = ZoneInfo("Europe/London")
MINUTES = 90
A_DAY = 4

MONTHLY, FORTNIGHTLY, WEEKLY, THREE_DAYS, OWN = "monthly", "fortnightly", "weekly", "three_days", "own"


@dataclass(frozen=True)
class Rhythm:
    """How often, from when. ``days_apart`` counts between days of four, and in one's own rhythm; the breaks count
    on a day of four."""

    shape: str
    first_on: dt.date
    starts_at: dt.time
    days_apart: int = 28
    break_minutes: int = 15
    lunch_minutes: int = 45

    def asked_on(self, index: int) -> dt.date:
        """The date of a meeting, before weekends and holidays are looked at."""
        if self.shape == MONTHLY:
            return add_months(self.first_on, index)
        apart = {FORTNIGHTLY: 14, WEEKLY: 7}.get(self.shape, self.days_apart)
        return self.first_on + dt.timedelta(days=apart * index)

    def gap_after(self, met: int) -> int:
        """Minutes between a session of a day of four and the next: a break, lunch, a break."""
        return self.lunch_minutes if met % A_DAY == 1 else self.break_minutes


@dataclass(frozen=True)
class Wanted:
    """One session to lay out: what it is known by, which day of four it belongs to, how long it takes."""

    key: Hashable
    day: int
    minutes: int = MINUTES


@dataclass(frozen=True)
class Slot:
    """Where a session falls. ``wanted_on`` differs from the date where that was no working day or was taken."""

    key: Hashable
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


def lay_out(wanted: Sequence[Wanted], rhythm: Rhythm, closed: Collection[dt.date] = ()) -> list[Slot]:
    """A slot for each session, in the given order."""
    together = days_of_four(wanted) if rhythm.shape == THREE_DAYS else [[session] for session in wanted]
    asked = [rhythm.asked_on(index) for index in range(len(together))]
    dates = working_days(asked, closed)
    return [
        slot
        for meeting, on, asked_on in zip(together, dates, asked, strict=True)
        for slot in _slots_of_day(meeting, rhythm, on, asked_on)
    ]


def days_of_four(wanted: Sequence[Wanted]) -> list[list[Wanted]]:
    """The sessions of each day, days in order."""
    return [[session for session in wanted if session.day == day] for day in sorted({one.day for one in wanted})]


def day_minutes(sessions: Sequence[Wanted], rhythm: Rhythm) -> int:
    """From the start of the first to the end of the last, breaks included."""
    return _begins(sessions, rhythm)[-1] + sessions[-1].minutes


def working_days(asked: Sequence[dt.date], closed: Collection[dt.date] = ()) -> list[dt.date]:
    """Each date or the next working day after it, always later than the one before."""
    found: list[dt.date] = []
    for on in asked:
        earliest = max(on, found[-1] + dt.timedelta(days=1)) if found else on
        found.append(next_working_day(earliest, closed))
    return found


def _begins(sessions: Sequence[Wanted], rhythm: Rhythm) -> list[int]:
    """Minutes from the start of the day to the start of each."""
    steps = [session.minutes + rhythm.gap_after(met) for met, session in enumerate(sessions)]
    return list(accumulate(steps[:-1], initial=0))


def _slots_of_day(sessions: Sequence[Wanted], rhythm: Rhythm, on: dt.date, wanted_on: dt.date) -> list[Slot]:
    start = at_local(on, rhythm.starts_at)
    return [
        Slot(session.key, begin, begin + dt.timedelta(minutes=session.minutes), wanted_on)
        for session, begin in (
            (session, start + dt.timedelta(minutes=minutes))
            for session, minutes in zip(sessions, _begins(sessions, rhythm), strict=True)
        )
    ]
