"""Rows and texts of the world: attendance."""

import datetime as dt

from django.utils import timezone

from pathway.models import ParticipationNeed
from sessions_catalogue.models import Attendance, Facilitation, Place, ProgrammeSession, ScheduledSession
from sessions_catalogue.services.facilitation import hash_of


def token_of(mark):
    """What the guest of a side has in their link."""
    return f"known-token-of-the-guest-{mark.lower()}"


def build(side):
    """Who runs the coming delivery; one that was held, with a mark; the same session again in the other cohort."""
    now, today = timezone.now(), timezone.localdate()
    people, rows = side.people, side.rows
    week = dt.timedelta(days=7)
    held = side.own(
        ScheduledSession,
        cohort=rows["cohort"],
        session=ProgrammeSession.objects.get_or_create(
            number=5, organisation=None, defaults={"slug": "held", "title": "Held", "overview": "o", "day": 2}
        )[0],
        starts_at=now - week,
        ends_at=now - week + dt.timedelta(minutes=90),
    )
    missed = side.own(
        ScheduledSession,
        cohort=rows["cohort"],
        session=ProgrammeSession.objects.get_or_create(
            number=6, organisation=None, defaults={"slug": "missed", "title": "Missed", "overview": "o", "day": 2}
        )[0],
        starts_at=now - 2 * week,
        ends_at=now - 2 * week + dt.timedelta(minutes=90),
    )
    again = side.own(
        ScheduledSession,
        cohort=ahead_of(side),
        session=missed.session,
        starts_at=now + week,
        ends_at=now + week + dt.timedelta(minutes=90),
        venue=side.canary("othervenue"),
    )
    for scheduled, state in ((held, "attended"), (missed, "missed")):
        side.own(
            Attendance, enrolment=rows["enrolment"], scheduled=scheduled, state=state, recorded_by=people["ld_lead"]
        )
    facilitation = {"member": people["facilitator"], "invited_by": people["ld_lead"]}
    runs = [side.own(Facilitation, scheduled=scheduled, **facilitation) for scheduled in (rows["scheduled"], held)]
    guest = side.own(
        Facilitation,
        scheduled=held,
        guest_name=side.canary("guest"),
        token_hash=hash_of(token_of(side.mark)),
        ends_on=today + week,
        invited_by=people["ld_lead"],
    )
    place = side.own(
        Place,
        enrolment=rows["other_enrolment"],
        scheduled=rows["scheduled"],
        reason="catch_up",
        made_by=people["ld_lead"],
    )
    if not ParticipationNeed.objects.filter(enrolment=rows["enrolment"]).exists():
        rows["participation_need"] = side.own(ParticipationNeed, enrolment=rows["enrolment"], text=side.canary("need"))
    rows |= {
        "held": held, "missed": missed, "again": again, "facilitation": runs[0], "guest": guest, "place": place,
    }  # fmt: skip


def ahead_of(side):
    """The organisation's other running cohort."""
    return side.rows["other_enrolment"].cohort
