"""What happened around people's years: who joined, who is paired with whom, who was nudged."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import F, FilteredRelation, Q
from django.urls import reverse

from pathway.models import Enrolment, Mentoring, Nudge
from pathway.timeline_rows import TimelineEvent


def events(since: dt.datetime) -> list[TimelineEvent]:
    """New people, pairings and line managers, and friendly words; before a cohort is published nobody is told."""
    return [*pairing_events(since), *joining_events(since), *nudge_events(since)]


def nudge_events(since: dt.datetime) -> Iterable[TimelineEvent]:
    nudges = Nudge.objects.filter(created_at__gte=since).select_related("made_by", "enrolment__cohort")
    for nudge in nudges:
        about = f": {nudge.about}" if nudge.about else ""
        told = f"{nudge.made_by.name} wonders how you are getting on{about}. Say if something is in the way"
        yield happened(nudge.enrolment, nudge.pk, "nudge", nudge.enrolment.supervisor_id, told, nudge.created_at)


def pairing_events(since: dt.datetime) -> Iterable[TimelineEvent]:
    pairings = Mentoring.objects.filter(
        Q(created_at__gte=since) | Q(enrolment__cohort__published_at__gte=since),
        enrolment__cohort__status="published",
        enrolment__ended_on=None,
        ends_on=None,
    ).select_related("mentor", "enrolment__supervisor", "enrolment__cohort")
    for pairing in pairings:
        mentor, supervisor = pairing.mentor, pairing.enrolment.supervisor
        told = f"{mentor.name} is now your mentor. They see only what you open to them."
        yield happened(pairing.enrolment, pairing.pk, "mentor", supervisor.pk, told, pairing.created_at)
        told = f"You are now {supervisor.name}’s mentor. You see only what they open to you."
        yield happened(pairing.enrolment, pairing.pk, "mentor", mentor.pk, told, pairing.created_at)


def joining_events(since: dt.datetime) -> Iterable[TimelineEvent]:
    """One query: each person with the line manager they have, whichever of the two is new."""
    rows = (
        Enrolment.objects.annotate(
            line=FilteredRelation("line_managements", condition=Q(line_managements__ends_on=None)),
            line_pk=F("line__pk"),
            line_from=F("line__created_at"),
            manager_pk=F("line__manager"),
            manager_name=F("line__manager__name"),
        )
        .filter(
            Q(created_at__gte=since) | Q(cohort__published_at__gte=since) | Q(line_from__gte=since),
            cohort__status="published",
            ended_on=None,
        )
        .select_related("cohort", "supervisor")
    )
    for row in rows:
        published_at, name = row.cohort.published_at, row.supervisor.name
        if max(row.created_at, published_at) >= since:
            told = f"You are now in {row.cohort.name}. Your year on the pathway runs from {short_date(row.starts_on)}."
            yield happened(row, row.pk, "joined", row.supervisor_id, told, row.created_at)
        if row.line_pk and max(row.line_from, published_at) >= since:
            told = f"{row.manager_name} is named as your line manager. They see your steps and dates, not your texts."
            yield happened(row, row.line_pk, "line_manager", row.supervisor_id, told, row.line_from)
            told = f"You are named as {name}’s line manager on the pathway. You see their steps and dates."
            yield happened(row, row.line_pk, "line_manager", row.manager_pk, told, row.line_from)


def happened(
    enrolment: Enrolment, pk: uuid.UUID, kind: str, recipient_id: uuid.UUID, title: str, at: dt.datetime
) -> TimelineEvent:
    """It is news from the moment the cohort is published, if the row is older."""
    mine = recipient_id == enrolment.supervisor_id
    return TimelineEvent(
        key=f"{kind}:{pk}",
        kind=kind,
        organisation_id=enrolment.organisation_id,
        recipient_id=recipient_id,
        title=title,
        url=reverse("insights:pathway") if mine else enrolment.get_absolute_url(),
        at=max(at, enrolment.cohort.published_at or at),
    )


def short_date(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
