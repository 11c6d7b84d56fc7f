"""Rows and texts of the world: schedule."""

import datetime as dt

from django.utils import timezone

from sessions_catalogue.models import CalendarPeriod, PlannedSession, ProgrammeSession, ScheduledSession, SessionPlan


def build(side):
    """A template, a week in which the organisation is closed, and a delivery that was cancelled."""
    now, today = timezone.now(), timezone.localdate()
    template = side.own(SessionPlan, name=side.canary("templatename"))
    PlannedSession.objects.create(plan=template, session=side.catalogue["session"], position=1)
    side.rows["template_plan"] = template
    side.rows["period"] = side.own(
        CalendarPeriod,
        kind="closed",
        label=side.canary("periodlabel"),
        starts_on=today + dt.timedelta(days=60),
        ends_on=today + dt.timedelta(days=66),
    )
    cancelled = ProgrammeSession.objects.get_or_create(
        number=7, organisation=None, defaults={"slug": "cancelled", "title": "Cancelled", "overview": "o", "day": 2}
    )[0]
    side.rows["cancelled"] = side.own(
        ScheduledSession,
        cohort=side.rows["cohort"],
        session=cancelled,
        starts_at=now + dt.timedelta(days=10),
        ends_at=now + dt.timedelta(days=10, minutes=90),
        venue=side.canary("cancelledvenue"),
        cancelled_at=now,
        cancelled_by=side.people["ld_lead"],
    )
