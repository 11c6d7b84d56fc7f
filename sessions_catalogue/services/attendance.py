"""Writing the register, and what somebody who missed a session has studied since."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User
from pathway.models import Cohort, Enrolment
from sessions_catalogue.models import Attendance, ScheduledSession
from sessions_catalogue.queries_attendance import RegisterLine, register_of
from sessions_catalogue.queries_catch_up import to_catch_up

COHORTS = AuditEvent.Category.COHORTS
State = Attendance.State


class RegisterClosed(Exception):
    """The delivery is still to come, was cancelled, or its cohort is a draft."""


class NothingMissed(Exception):
    """The person has not missed the session, or it is behind them already."""


@dataclass(frozen=True)
class Mark:
    """What the page sent for one person, and what it had shown them; both empty while nobody had marked them."""

    state: str
    seen: str


@dataclass(frozen=True)
class Overtaken:
    """Somebody else had marked the person since the page was opened."""

    name: str
    now: str
    was: str
    by: str


@dataclass(frozen=True)
class Taken:
    changed: int
    overtaken: Sequence[Overtaken]


def can_take_register(scheduled: ScheduledSession, today: dt.date) -> bool:
    """From the day of the delivery on."""
    began = scheduled.cancelled_at is None and scheduled.cohort.status != Cohort.Status.DRAFT
    return began and scheduled.held_on <= today


@transaction.atomic
def take_register(
    *,
    scheduled: ScheduledSession,
    marks: Mapping[uuid.UUID, Mark],
    today: dt.date,
    by: User | None,
    guest: str = "",
) -> Taken:
    """Save what was changed on the page, and nothing else: two who mark at once do not undo each other.

    Where both changed the same person, the later save stands and is told of the earlier one. ``by`` is None where a
    guest (named) marks. Raises RegisterClosed.
    """
    locked: ScheduledSession = ScheduledSession.objects.select_for_update(of=("self",)).get(pk=scheduled.pk)
    if not can_take_register(locked, today):
        raise RegisterClosed
    changed, overtaken = 0, []
    for line in register_of(locked):
        mark = marks.get(line.enrolment_id)
        if mark is None or mark.state not in State.values or mark.state in (mark.seen, line.state):
            continue
        _mark(locked, line, mark.state, by=by, guest=guest)
        changed += 1
        if line.state != mark.seen:
            was = State(line.state).label if line.state else ""
            overtaken.append(Overtaken(line.name, State(mark.state).label, was, line.recorded_by))
    if changed:
        audit.record("took the register", by=by, category=COHORTS, target=locked)
    return Taken(changed, overtaken)


def _mark(scheduled: ScheduledSession, line: RegisterLine, state: str, *, by: User | None, guest: str) -> None:
    row, _ = Attendance.objects.update_or_create(
        enrolment_id=line.enrolment_id,
        scheduled=scheduled,
        defaults={
            "organisation_id": scheduled.organisation_id,
            "state": state,
            "recorded_at": timezone.now(),
            "recorded_by": by,
            "recorded_by_guest": guest,
            # Who was there after all has not studied it instead.
            "studied_on": None,
        },
    )
    if line.state:
        person = row.enrolment.supervisor
        audit.record(
            "changed attendance",
            by=by,
            category=COHORTS,
            target=row,
            subject=person,
            from_status=line.state,
            to_status=state,
        )


@transaction.atomic
def record_study(*, enrolment: Enrolment, number: int, studied_on: dt.date, now: dt.datetime, by: User) -> Attendance:
    """The person has worked through the session's blocks by themselves. Raises NothingMissed.

    What was held while they were away has no mark yet; it gets one then.
    """
    Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    missed = next((line for line in to_catch_up(enrolment, now) if line.number == number), None)
    if missed is None:
        raise NothingMissed
    row, _ = Attendance.objects.get_or_create(
        enrolment=enrolment,
        scheduled=missed.scheduled,
        defaults={"organisation_id": enrolment.organisation_id, "state": State.MISSED, "recorded_by": by},
    )
    row.studied_on = studied_on
    row.save(update_fields=["studied_on"])
    audit.record("studied a missed session", by=by, category=COHORTS, target=row, subject=enrolment.supervisor)
    return row
