"""What happened to a cohort's dates, for those who were there already."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import F

from pathway.models import Cohort, Mentoring
from pathway.timeline import TimelineEvent
from pqs_portal.templatetags.portal import date_and_time
from sessions_catalogue.models import ScheduledSession


def events(since: dt.datetime) -> list[TimelineEvent]:
    """Sessions of running cohorts that were moved, for the supervisors and mentors of the time."""
    rows = list(
        ScheduledSession.objects.filter(moved_at__gte=since, cohort__status=Cohort.Status.PUBLISHED)
        .filter(cohort__enrolments__ended_on=None, cohort__enrolments__created_at__lte=F("moved_at"))
        .annotate(
            supervisor_id=F("cohort__enrolments__supervisor"),
            enrolment_id=F("cohort__enrolments__pk"),
            number=F("session__number"),
        )
    )
    mentors = _mentors({row.enrolment_id for row in rows})
    found: dict[tuple[str, uuid.UUID], TimelineEvent] = {}
    for row in rows:
        for recipient_id in (row.supervisor_id, mentors.get(row.enrolment_id)):
            if recipient_id:
                event = _moved(row, recipient_id)
                found[event.key, recipient_id] = event
    return list(found.values())


def _mentors(enrolment_ids: set[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    current = Mentoring.objects.current().filter(enrolment__in=enrolment_ids)
    return dict(current.values_list("enrolment", "mentor"))


def _moved(row: ScheduledSession, recipient_id: uuid.UUID) -> TimelineEvent:
    assert row.moved_at is not None  # noqa: S101 -- the query asks for it; this tells mypy
    number: int = row.number  # type: ignore[attr-defined]  # annotated by the query
    return TimelineEvent(
        key=f"scheduled:{row.pk}:moved:{row.moved_at:%Y%m%dT%H%M%S}",
        kind="session_moved",
        organisation_id=row.organisation_id,
        recipient_id=recipient_id,
        title=f"Session {number} moved from {date_and_time(row.moved_from)} to {date_and_time(row.starts_at)}",
        url=row.get_absolute_url(),
        at=row.moved_at,
    )
