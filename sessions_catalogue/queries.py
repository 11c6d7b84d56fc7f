"""What pages of this and other apps read about sessions and their dates."""

from __future__ import annotations

import datetime as dt
import uuid

from django.utils import timezone

from accounts.models import Organisation, User
from pathway.models import Cohort, Enrolment
from sessions_catalogue.models import ResourceAddress, ScheduledSession


def next_sessions(user: User, now: dt.datetime | None = None) -> dict[int, ScheduledSession]:
    """What the person comes to, by cohort or by place, by session number: the next to come, else the last that was."""
    found: dict[int, ScheduledSession] = {}
    moment = now or timezone.now()
    own = ScheduledSession.objects.attended_by(user).standing().select_related("session").order_by("-starts_at")
    for scheduled in own:
        earlier = found.get(scheduled.session.number)
        if earlier is None or scheduled.ends_at > moment:
            found[scheduled.session.number] = scheduled
    return found


def dates_for(user: User, now: dt.datetime | None = None) -> dict[int, dt.date]:
    """The local date of each session for the person, by its number; empty where they are in no cohort."""
    return {number: scheduled.held_on for number, scheduled in next_sessions(user, now).items()}


def upcoming_area_dates(enrolment: Enrolment, today: dt.date | None = None) -> dict[uuid.UUID, tuple[int, dt.date]]:
    """For each area that a session still to come serves: the session's number and local date."""
    start = today or timezone.localdate()
    rows = (
        ScheduledSession.objects.standing()
        .filter(cohort=enrolment.cohort_id, session__area__isnull=False)
        .order_by("-starts_at")
        .values_list("session__area", "session__number", "starts_at")
    )
    dated = [(area, number, timezone.localdate(starts_at)) for area, number, starts_at in rows]
    return {area: (number, on) for area, number, on in dated if on >= start}


def is_supervisor(user: User, organisation: Organisation | None) -> bool:
    """Whether the person can have evidence in the organisation: they are or were on the pathway there."""
    own = Enrolment.objects.of_supervisor(user).filter(organisation=organisation)
    return own.filter(cohort__status__in=(Cohort.Status.PUBLISHED, Cohort.Status.CLOSED)).exists()


def addresses_of(user: User, organisation: Organisation | None) -> dict[uuid.UUID, str]:
    """The organisation's own addresses by resource."""
    rows = ResourceAddress.objects.visible_to(user).filter(organisation=organisation)
    return dict(rows.values_list("resource", "address"))
