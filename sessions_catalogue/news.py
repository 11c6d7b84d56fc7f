"""What happened to a cohort's dates, for those who were to come: moved (old time, new time) and cancelled."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from pathway.models import Cohort, Enrolment, Mentoring
from pathway.timeline import TimelineEvent
from pqs_portal.templatetags.portal import date_and_time
from sessions_catalogue.models import Facilitation, ScheduledSession

BY_COHORT = ["", *(kind for kind in Enrolment.TakingPartAs if kind != Enrolment.TakingPartAs.SINGLE_SESSIONS)]


def events(since: dt.datetime) -> list[TimelineEvent]:
    """Sessions of running cohorts that were moved or cancelled, for the supervisors and mentors of the time, for
    who has a place there otherwise, and for who runs it."""
    happened = ScheduledSession.objects.filter(
        Q(moved_at__gte=since, cancelled_at=None)
        # What was taken out of a draft nobody had heard of.
        | (Q(cancelled_at__gte=since) & Q(cancelled_at__gte=F("cohort__published_at"))),
        cohort__status=Cohort.Status.PUBLISHED,
    ).annotate(number=F("session__number"))
    people = "cohort__enrolments__"
    # One call, so that every condition is about the same person.
    of_cohort = list(
        happened.filter(
            Q(cancelled_at=None, **{f"{people}created_at__lte": F("moved_at")})
            | Q(**{f"{people}created_at__lte": F("cancelled_at")}),
            _goes_on(people),
            **{f"{people}taking_part_as__in": BY_COHORT},
        ).annotate(supervisor_id=F(f"{people}supervisor"), enrolment_id=F(f"{people}pk"))
    )
    by_place = happened.filter(
        _goes_on("extra_places__enrolment__"), extra_places__given_up_at=None, extra_places__isnull=False
    ).annotate(supervisor_id=F("extra_places__enrolment__supervisor"))
    mentors = _mentors({row.enrolment_id for row in of_cohort})
    told = [_event(row, who, _runs_it(row)) for row, who in _who_run(happened)]
    told += [_event(row, row.supervisor_id, _own_dates()) for row in by_place]
    told += [_event(row, mentors[row.enrolment_id]) for row in of_cohort if row.enrolment_id in mentors]
    told += [_event(row, row.supervisor_id) for row in of_cohort]
    # Whoever hears of it in two ways hears once, as a participant.
    return list({(event.key, event.recipient_id): event for event in told}.values())


def _goes_on(person: str) -> Q:
    """Whose year is neither over nor paused today."""
    today = timezone.localdate()
    at_work = Q(**{f"{person}paused_from": None}) | Q(**{f"{person}paused_from__gt": today})
    return Q(**{f"{person}ended_on": None}) & (at_work | Q(**{f"{person}paused_until__lte": today}))


def _mentors(enrolment_ids: set[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    current = Mentoring.objects.current().filter(enrolment__in=enrolment_ids)
    return dict(current.values_list("enrolment", "mentor"))


def _who_run(happened: Any) -> list[tuple[Any, uuid.UUID]]:
    """Facilitators who are members; a guest is told by whoever invited them."""
    runs = Facilitation.objects.current().filter(member__isnull=False).values("pk")
    rows = happened.filter(facilitations__in=runs).annotate(member_id=F("facilitations__member"))
    return [(row, row.member_id) for row in rows]


def _runs_it(row: Any) -> str:
    return reverse("sessions_catalogue:delivery", args=[row.pk])


def _own_dates() -> str:
    """Who comes from elsewhere sees their dates there, not the other cohort's page."""
    return reverse("sessions_catalogue:session_list")


def _event(row: Any, recipient_id: uuid.UUID, url: str = "") -> TimelineEvent:
    at = row.cancelled_at or row.moved_at
    verb = "cancelled" if row.cancelled_at else "moved"
    return TimelineEvent(
        key=f"scheduled:{row.pk}:{verb}:{at:%Y%m%dT%H%M%S}",
        kind=f"session_{verb}",
        organisation_id=row.organisation_id,
        recipient_id=recipient_id,
        title=_words(row),
        url=url or row.get_absolute_url(),
        at=at,
    )


def _words(row: Any) -> str:
    """Old time, new time."""
    session, now = f"Session {row.number}", date_and_time(row.starts_at)
    if row.cancelled_at:
        return f"{session} on {now} is cancelled"
    if row.moved_from == row.starts_at:
        return f"{session} takes place on {now} after all"
    return f"{session} moved from {date_and_time(row.moved_from)} to {now}"
