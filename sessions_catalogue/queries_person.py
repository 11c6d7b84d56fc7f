"""One person's sessions as they stand on their own page and on those of who stands beside them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from pathway.models import Enrolment
from sessions_catalogue.models import Attendance
from sessions_catalogue.permissions import Perm
from sessions_catalogue.queries_attendance import attendance_of

STUDIED = "Studied since"


@dataclass(frozen=True)
class AttendanceLine:
    """One session that was marked; ``kind`` is how the word looks."""

    number: int
    title: str
    on: dt.date
    word: str
    kind: str


@dataclass(frozen=True)
class PersonsAttendance:
    """What components/attendance.html shows. The links are there for those who may follow them."""

    lines: list[AttendanceLine]
    behind: int
    missed: int
    catch_up_url: str = ""
    certificate_url: str = ""


def attendance_for(enrolment: Enrolment, reader: User) -> PersonsAttendance:
    """In two queries. Who may see the enrolment's dates may see this; nobody else is asked for it."""
    summary = attendance_of([enrolment])[enrolment.pk]
    rows = Attendance.objects.visible_to(reader).filter(enrolment=enrolment, scheduled__cancelled_at=None)
    found: dict[int, AttendanceLine] = {}
    # From z to a: what was attended comes after what was missed, and stands.
    for row in rows.select_related("scheduled__session").order_by("-state", "scheduled__starts_at"):
        number = row.scheduled.session.number
        if number in summary.behind | summary.missed and not (number in found and _is_less(row, found[number])):
            found[number] = _line(row)
    may_catch_up = reader.has_perm(Perm.CATCH_UP, enrolment)
    may_fetch = bool(summary.behind) and reader.has_perm(Perm.FETCH_CERTIFICATE, enrolment)
    return PersonsAttendance(
        lines=[found[number] for number in sorted(found)],
        behind=len(summary.behind),
        missed=len(summary.missed),
        catch_up_url=reverse("sessions_catalogue:catch_up", args=[enrolment.pk]) if may_catch_up else "",
        certificate_url=reverse("sessions_catalogue:certificate", args=[enrolment.pk]) if may_fetch else "",
    )


def _is_less(row: Attendance, line: AttendanceLine) -> bool:
    """Missed again, after it had been studied."""
    return row.state == Attendance.State.MISSED and row.studied_on is None and line.word == STUDIED


def _line(row: Attendance) -> AttendanceLine:
    session = row.scheduled.session
    on, word, kind = row.scheduled.held_on, row.get_state_display(), "done"
    if row.state == Attendance.State.MISSED:
        on, word, kind = (row.studied_on, STUDIED, "done") if row.studied_on else (on, word, "info")
    return AttendanceLine(session.number, session.title, on, word, kind)
