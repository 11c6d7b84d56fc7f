"""Rows and texts of the world: what happened to a year, mentors, and what is settled before the first cohort."""

import datetime as dt

from django.utils import timezone

from pathway.models import Enrolment, EnrolmentChange, MentorRecord, ReadinessItem


def build(side):
    """The supervisor's year has had a pause; somebody has left a cohort that is being prepared."""
    people, today = side.people, timezone.localdate()
    since, back = today - dt.timedelta(days=60), today - dt.timedelta(days=50)
    side.organisation.part_time_pro_rata = True
    side.organisation.save()
    year = side.rows["enrolment"]
    year.paused_from, year.paused_until = since, back
    year.save()
    side.own(
        EnrolmentChange,
        enrolment=year,
        kind="pause",
        reason="leave",
        starts_on=since,
        ends_on=back,
        days=10,
        made_by=people["ld_lead"],
    )
    side.rows["ended_enrolment"] = side.own(
        Enrolment, cohort=side.rows["draft_cohort"], supervisor=people["other_mentor"], starts_on=today, ended_on=today
    )
    for name, persona, fields in (
        ("mentor_record", "mentor", {"about": side.canary("aboutmentor")}),
        ("retired_mentor", "other_mentor", {"retired_on": today}),
    ):
        side.rows[name] = side.own(
            MentorRecord,
            mentor=people[persona],
            registered_until=today + dt.timedelta(days=90),
            has_two_years=True,
            **fields,
        )
    side.rows["ready_item"] = side.own(
        ReadinessItem,
        checklist="implementation",
        position=1,
        text=side.canary("readytext"),
        note=side.canary("readynote"),
        owner=people["outsider"],
    )
    side.own(
        ReadinessItem,
        checklist="implementation",
        position=2,
        text=side.canary("readyaway"),
        discarded_at=timezone.now(),
        discarded_by=people["admin"],
    )
