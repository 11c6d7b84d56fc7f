"""What somebody has missed, and how they can make good for it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from pathway.models import Cohort, Enrolment, EnrolmentChange
from sessions_catalogue.models import Attendance, Place, ProgrammeSession, ScheduledSession
from sessions_catalogue.queries_attendance import attendance_of, expected_among

State = Attendance.State


@dataclass(frozen=True)
class Missed:
    """A session that is not behind the person although it was held. ``place``: their place at a coming delivery.

    Without a mark they were away, or (``is_before``) had not come yet.
    """

    scheduled: ScheduledSession
    is_marked: bool
    is_before: bool
    place: Place | None = None

    @property
    def session(self) -> ProgrammeSession:
        return self.scheduled.session

    @property
    def number(self) -> int:
        return self.scheduled.session.number


def to_catch_up(enrolment: Enrolment, now: dt.datetime) -> list[Missed]:
    """By number, in three queries: marked as missed, or held while the year was paused, before it began, or before
    they were in the cohort."""
    pauses = _pauses(enrolment)
    marked = Attendance.objects.filter(enrolment=enrolment.pk, state=State.MISSED, scheduled=OuterRef("pk"))
    held = ScheduledSession.objects.standing().filter(organisation=enrolment.organisation_id, starts_at__lte=now)
    moves = EnrolmentChange.objects.filter(
        enrolment=enrolment.pk, kind=EnrolmentChange.Kind.MOVE, created_at__date__gt=OuterRef("starts_at__date")
    )
    not_there_yet = Q(Exists(moves)) | Q(starts_at__date__lt=timezone.localdate(enrolment.created_at))
    # What was held before the cohort was published, they were at: see ``came_in_time``.
    came_later = Q(cohort__published_at__lte=F("starts_at")) & not_there_yet
    began_later = Q(starts_at__date__lt=enrolment.starts_on)
    away = Q(cohort=enrolment.cohort_id) & (Q(was_paused=True) | began_later | came_later)
    if enrolment.taking_part_as == Enrolment.TakingPartAs.SINGLE_SESSIONS:
        away = Q(pk__in=[])
    rows = held.annotate(is_marked=Exists(marked), was_paused=Exists(pauses)).filter(Q(is_marked=True) | away)
    behind = attendance_of([enrolment])[enrolment.pk].behind
    latest = {
        row.session.number: row
        for row in rows.select_related("session").order_by("is_marked", "starts_at")
        if row.session.number not in behind
    }
    places = coming_places(enrolment, now)
    return [
        Missed(row, row.is_marked, not row.was_paused, places.get(number)) for number, row in sorted(latest.items())
    ]


def _pauses(enrolment: Enrolment) -> QuerySet[EnrolmentChange]:
    """Those of the year in which the day of a delivery falls."""
    day = OuterRef("starts_at__date")
    kind = EnrolmentChange.Kind.PAUSE
    found: QuerySet[EnrolmentChange] = EnrolmentChange.objects.filter(enrolment=enrolment.pk, kind=kind)
    return found.filter(starts_on__lte=day, ends_on__gt=day)


def coming_places(enrolment: Enrolment, now: dt.datetime) -> dict[int, Place]:
    """The person's places at deliveries still to come, by the session's number."""
    rows = Place.objects.kept().filter(enrolment=enrolment, scheduled__cancelled_at=None, scheduled__ends_at__gt=now)
    found = rows.select_related("scheduled__session").order_by("-scheduled__starts_at")
    return {place.scheduled.session.number: place for place in found}


@dataclass(frozen=True)
class Offer:
    """Another delivery of the session; ``left`` is None where there is no limit."""

    scheduled: ScheduledSession
    left: int | None


def offers_for(enrolment: Enrolment, number: int, now: dt.datetime) -> list[Offer]:
    """Deliveries of the session to come in the organisation's running cohorts that still have room, on days on which
    the person's year goes on."""
    if enrolment.ended_on is not None:
        return []
    rows = list(
        ScheduledSession.objects.standing()
        .filter(
            organisation=enrolment.organisation_id,
            cohort__status=Cohort.Status.PUBLISHED,
            session__number=number,
            starts_at__gt=now,
        )
        .exclude(cohort=enrolment.cohort_id)
        .exclude(Exists(_pauses(enrolment)))
        .select_related("session")
        .order_by("starts_at")
    )
    room = room_in(rows)
    return [Offer(row, room[row.pk]) for row in rows if room[row.pk] != 0]


def room_in(deliveries: Sequence[ScheduledSession]) -> dict[uuid.UUID, int | None]:
    """How many more could come to each; None where there is no limit."""
    limited = [row for row in deliveries if row.places is not None]
    expected = expected_among(limited) if limited else {}
    left = {row.pk: max(0, (row.places or 0) - len(expected[row.pk])) for row in limited}
    return {row.pk: left.get(row.pk) for row in deliveries}
