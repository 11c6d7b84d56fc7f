"""What a certificate of attendance says, without its layout."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from pathway.models import Enrolment
from sessions_catalogue.models import Attendance, ScheduledSession

STUDIED = "Studied individually"


@dataclass(frozen=True)
class Attended:
    """One session that is behind the person."""

    number: int
    title: str
    on: dt.date
    minutes: int
    how: str


@dataclass(frozen=True)
class Certificate:
    name: str
    organisation: str
    cohort: str
    sessions: Sequence[Attended]
    made_on: dt.date

    @property
    def studied(self) -> int:
        return sum(session.how == STUDIED for session in self.sessions)

    @property
    def length(self) -> str:
        return hours_words(sum(session.minutes for session in self.sessions))


def certificate_of(enrolment: Enrolment, today: dt.date) -> Certificate | None:
    """None while no session is behind the person. Each session once: in the room before studied, the last time."""
    rows = Attendance.objects.counted().filter(enrolment=enrolment, scheduled__cancelled_at=None)
    # From z to a: what was attended comes last and stands.
    ordered = rows.select_related("scheduled__session").order_by("-state", "scheduled__starts_at")
    found = {row.scheduled.session.number: _attended(row) for row in ordered}
    if not found:
        return None
    return Certificate(
        name=enrolment.supervisor.name,
        organisation=enrolment.organisation.name,
        cohort=enrolment.cohort.name,
        sessions=[found[number] for number in sorted(found)],
        made_on=today,
    )


def _attended(row: Attendance) -> Attended:
    scheduled: ScheduledSession = row.scheduled
    on, how = scheduled.held_on, scheduled.get_mode_display()
    if row.state == Attendance.State.MISSED and row.studied_on:
        on, how = row.studied_on, STUDIED
    return Attended(scheduled.session.number, scheduled.session.title, on, scheduled.minutes, how)


def hours_words(minutes: int) -> str:
    """13 hours 30 minutes"""
    hours, rest = divmod(minutes, 60)
    parts = [_counted(hours, "hour")] if hours else []
    return " ".join(parts + ([_counted(rest, "minute")] if rest or not hours else []))


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
