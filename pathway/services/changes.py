"""What happens to a person's year: moved, paused, extended, other hours, ended, taken up again.

Each change is one row of the history; ``Enrolment`` keeps what holds now. Reasons are never audited.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User
from pathway.models import Cohort, Enrolment, EnrolmentChange, Milestone, MilestoneCompletion, MilestoneDate
from pathway.services.rows import Refused, free_id, made_before
from pqs_portal.templatetags.portal import short_date

COHORTS = AuditEvent.Category.COHORTS
Kind = EnrolmentChange.Kind
WEEK = dt.timedelta(days=7)


@transaction.atomic
def move_year(*, pk: uuid.UUID, enrolment: Enrolment, cohort: Cohort, starts_on: dt.date, by: User) -> EnrolmentChange:
    """To another running cohort. Evidence, mentor and what was recorded stay; ``starts_on`` is the year's from now."""
    before = made_before(EnrolmentChange, pk, enrolment.organisation_id)
    if before:
        return before
    year = locked(enrolment)
    is_open(year, moving=True)
    if cohort.organisation_id != year.organisation_id or cohort.status != Cohort.Status.PUBLISHED:
        raise Refused("Choose a cohort that is running")
    if cohort.enrolments.filter(supervisor=year.supervisor_id).exists():
        raise Refused(f"{year.supervisor.name} is in {cohort.name} already")
    left = year.cohort
    _take_steps_along(year, cohort)
    year.cohort, year.starts_on = cohort, starts_on
    year.save(update_fields=["cohort", "starts_on"])
    return _written(pk, year, by, "moved to another cohort", kind=Kind.MOVE, from_cohort=left, to_cohort=cohort)


@transaction.atomic
def pause_year(
    *, pk: uuid.UUID, enrolment: Enrolment, starts_on: dt.date, back_on: dt.date, reason: str, by: User
) -> EnrolmentChange:
    """Steps due from ``starts_on`` on fall later by the length of the pause."""
    before = made_before(EnrolmentChange, pk, enrolment.organisation_id)
    if before:
        return before
    year = locked(enrolment)
    is_open(year)
    can_pause(year, starts_on, back_on)
    fields = {"reason": reason, "starts_on": starts_on, "ends_on": back_on, "days": (back_on - starts_on).days}
    row = _written(pk, year, by, "paused year", kind=Kind.PAUSE, **fields)
    _keep_latest_pause(year)
    return row


def can_pause(enrolment: Enrolment, starts_on: dt.date, back_on: dt.date) -> None:
    """Raises Refused where another pause is in the way."""
    if back_on <= starts_on:
        raise Refused("The first day back comes after the first day of the pause")
    if starts_on < enrolment.starts_on:
        raise Refused(f"The year starts on {short_date(enrolment.starts_on)}. Choose that day or a later one")
    pauses = enrolment.changes.filter(kind=Kind.PAUSE, days__gt=0)
    running = pauses.filter(ends_on__gt=timezone.localdate()).first()
    other = running or pauses.filter(starts_on__lt=back_on, ends_on__gt=starts_on).first()
    if other:
        words = f"There is a pause from {short_date(other.starts_on)} to {short_date(other.ends_on)} already"
        raise Refused(f"{words}. Change that one instead" if running else words)


@transaction.atomic
def change_pause(*, enrolment: Enrolment, back_on: dt.date, by: User) -> EnrolmentChange:
    """End the latest pause early or make it longer. Back on its first day means that it did not happen."""
    year = locked(enrolment)
    is_open(year)
    pause = latest_pause(year)
    if pause is None:
        raise Refused("There is no pause to change")
    if back_on < pause.starts_on:
        raise Refused(f"The pause starts on {short_date(pause.starts_on)}. Choose that day or a later one")
    if back_on == pause.ends_on:
        return pause
    pause.ends_on, pause.days, pause.changed_at = back_on, (back_on - pause.starts_on).days, timezone.now()
    pause.save(update_fields=["ends_on", "days", "changed_at"])
    _keep_latest_pause(year)
    audit.record("changed pause", by=by, category=COHORTS, target=pause, subject=year.supervisor)
    return pause


@transaction.atomic
def extend_year(
    *, pk: uuid.UUID, enrolment: Enrolment, weeks: int, starts_on: dt.date, reason: str, by: User
) -> EnrolmentChange:
    """Steps due from ``starts_on`` on fall ``weeks`` later."""
    before = made_before(EnrolmentChange, pk, enrolment.organisation_id)
    if before:
        return before
    year = locked(enrolment)
    is_open(year)
    if starts_on < year.starts_on:
        raise Refused(f"The year starts on {short_date(year.starts_on)}. Choose that day or a later one")
    days = (weeks * WEEK).days
    return _written(pk, year, by, "extended year", kind=Kind.EXTEND, reason=reason, starts_on=starts_on, days=days)


@transaction.atomic
def change_pace(*, pk: uuid.UUID, enrolment: Enrolment, pace_percent: int, by: User) -> EnrolmentChange:
    """Other hours; they move dates only where the organisation stretches the year."""
    before = made_before(EnrolmentChange, pk, enrolment.organisation_id)
    if before:
        return before
    year = locked(enrolment)
    is_open(year)
    if not year.organisation.part_time_pro_rata:
        raise Refused("Part-time hours do not change the dates in your organisation")
    year.pace_percent = pace_percent
    year.save(update_fields=["pace_percent"])
    return _written(pk, year, by, "changed hours", kind=Kind.PACE, pace_percent=pace_percent)


@transaction.atomic
def withdraw(*, pk: uuid.UUID, enrolment: Enrolment, ended_on: dt.date, reason: str, by: User) -> EnrolmentChange:
    """They leave the pathway; what they wrote stays theirs, and they may come back."""
    before = made_before(EnrolmentChange, pk, enrolment.organisation_id)
    if before:
        return before
    year = locked(enrolment)
    is_open(year)
    year.ended_on = ended_on
    year.save(update_fields=["ended_on"])
    return _written(pk, year, by, "ended year", kind=Kind.WITHDRAW, reason=reason, starts_on=ended_on)


@transaction.atomic
def bring_back(*, pk: uuid.UUID, enrolment: Enrolment, by: User) -> EnrolmentChange:
    before = made_before(EnrolmentChange, pk, enrolment.organisation_id)
    if before:
        return before
    year = locked(enrolment)
    if year.ended_on is None:
        raise Refused(f"{year.supervisor.name} has not left")
    if year.cohort.status == Cohort.Status.CLOSED:
        raise Refused(f"{year.cohort.name} is closed. Add {year.supervisor.name} to a cohort that is running")
    year.ended_on = None
    year.save(update_fields=["ended_on"])
    return _written(pk, year, by, "took up year again", kind=Kind.RETURN)


def latest_pause(enrolment: Enrolment) -> EnrolmentChange | None:
    found: EnrolmentChange | None = enrolment.changes.filter(kind=Kind.PAUSE, days__gt=0).order_by("starts_on").last()
    return found


def locked(enrolment: Enrolment) -> Enrolment:
    """The row as it is now, held until the change is written: two leads take turns."""
    rows = Enrolment.objects.select_related("supervisor", "cohort", "organisation").select_for_update(of=("self",))
    found: Enrolment = rows.get(pk=enrolment.pk)
    return found


def is_open(year: Enrolment, *, moving: bool = False) -> None:
    """Raises Refused where nothing changes any more."""
    if year.ended_on is not None:
        raise Refused(f"{year.supervisor.name} has left the pathway. Bring them back first")
    if year.cohort.status == Cohort.Status.CLOSED and not moving:
        raise Refused(f"{year.cohort.name} is closed. Move {year.supervisor.name} to a cohort that is running")


def _written(pk: uuid.UUID, year: Enrolment, by: User, verb: str, **fields: object) -> EnrolmentChange:
    row = EnrolmentChange.objects.create(
        pk=free_id(EnrolmentChange, pk),
        organisation=year.organisation,
        enrolment=year,
        made_by=by,
        **{"starts_on": timezone.localdate(), **fields},
    )
    audit.record(verb, by=by, category=COHORTS, target=row, subject=year.supervisor)
    return row


def _keep_latest_pause(year: Enrolment) -> None:
    pause = latest_pause(year)
    year.paused_from, year.paused_until = (pause.starts_on, pause.ends_on) if pause else (None, None)
    year.save(update_fields=["paused_from", "paused_until"])


def _take_steps_along(year: Enrolment, cohort: Cohort) -> None:
    """What was recorded or agreed for the person belongs to the step of the same key where the programme differs."""
    recorded = MilestoneCompletion.objects.filter(enrolment=year)
    agreed = MilestoneDate.objects.filter(enrolment=year)
    recorded.update(cohort=cohort)
    if cohort.programme_id == year.cohort.programme_id:
        return
    twins = dict(Milestone.objects.filter(programme=cohort.programme_id).values_list("key", "pk"))
    for row in [*recorded.select_related("milestone"), *agreed.select_related("milestone")]:
        twin = twins.get(row.milestone.key)
        if twin:
            row.milestone_id = twin
            row.save(update_fields=["milestone"])
