"""Places at a delivery beside those of its cohort: given by L&D, or taken by whoever has missed the session."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User
from pathway.models import Enrolment
from sessions_catalogue.models import Place, ScheduledSession
from sessions_catalogue.queries_catch_up import offers_for, to_catch_up

COHORTS = AuditEvent.Category.COHORTS


class NotOffered(Exception):
    """The delivery is not (or no longer) one at which the person can catch up."""


@transaction.atomic
def give_place(*, scheduled: ScheduledSession, enrolment: Enrolment, by: User) -> Place:
    """A place given by L&D, also beyond the room there is; a second press finds the first's."""
    _lock(scheduled)
    single = enrolment.taking_part_as == Enrolment.TakingPartAs.SINGLE_SESSIONS
    return _place(scheduled, enrolment, Place.Reason.SINGLE if single else Place.Reason.CATCH_UP, by)


@transaction.atomic
def take_place(*, scheduled: ScheduledSession, enrolment: Enrolment, now: dt.datetime, by: User) -> Place:
    """A place at another delivery of a session that the person has missed. Raises NotOffered.

    The delivery is locked, so that the last free place goes to one person only, and the person, who gets one only.
    """
    Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    locked = _lock(scheduled)
    number = locked.session.number
    missed = next((line for line in to_catch_up(enrolment, now) if line.number == number), None)
    if missed and missed.place and missed.place.scheduled_id == locked.pk:
        return missed.place
    offered = {offer.scheduled.pk for offer in offers_for(enrolment, number, now)}
    if missed is None or missed.place or locked.pk not in offered:
        raise NotOffered
    return _place(locked, enrolment, Place.Reason.CATCH_UP, by)


def _lock(scheduled: ScheduledSession) -> ScheduledSession:
    rows = ScheduledSession.objects.select_for_update(of=("self",)).select_related("session")
    locked: ScheduledSession = rows.get(pk=scheduled.pk)
    return locked


def _place(scheduled: ScheduledSession, enrolment: Enrolment, reason: str, by: User) -> Place:
    place: Place
    place, made = Place.objects.get_or_create(
        enrolment=enrolment,
        scheduled=scheduled,
        given_up_at=None,
        defaults={"organisation_id": scheduled.organisation_id, "reason": reason, "made_by": by},
    )
    if made:
        audit.record("gave a place", by=by, category=COHORTS, target=place, subject=enrolment.supervisor)
    return place


@transaction.atomic
def give_up_place(*, place: Place, by: User) -> None:
    changed = Place.objects.filter(pk=place.pk, given_up_at=None).update(given_up_at=timezone.now())
    if changed:
        audit.record("gave up a place", by=by, category=COHORTS, target=place, subject=place.enrolment.supervisor)
