"""What a person is told of changes of their year; the mentor learns of a move, and of a pause only until when."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import F, FilteredRelation, Q
from django.urls import reverse

from pathway.models import EnrolmentChange
from pathway.timeline_rows import TimelineEvent
from pqs_portal.templatetags.portal import plural, short_date

Kind = EnrolmentChange.Kind
KINDS = {
    Kind.MOVE: "year_moved",
    Kind.PAUSE: "year_paused",
    Kind.EXTEND: "year_extended",
    Kind.PACE: "year_hours",
    Kind.WITHDRAW: "year_ended",
    Kind.RETURN: "year_taken_up",
}


def events(since: dt.datetime) -> list[TimelineEvent]:
    """One query. Before a cohort is published nobody is told."""
    rows = (
        EnrolmentChange.objects.annotate(
            pairing=FilteredRelation("enrolment__mentorings", condition=Q(enrolment__mentorings__ends_on=None)),
            mentor=F("pairing__mentor"),
        )
        .filter(changed_at__gte=since, enrolment__cohort__status__in=("published", "closed"))
        .select_related("enrolment__supervisor", "to_cohort")
    )
    found = []
    for row in rows:
        found.append(_event(row, row.enrolment.supervisor_id, told_person(row)))
        words = told_mentor(row)
        if words and row.mentor:
            found.append(_event(row, row.mentor, words))
    return found


def told_person(row: EnrolmentChange) -> str:
    return {
        Kind.MOVE.value: f"You are now in {row.to_cohort}. Your year starts on {short_date(row.enrolment.starts_on)}.",
        Kind.PAUSE.value: f"Your year is paused from {short_date(row.starts_on)} until {short_date(row.ends_on)}."
        if row.days
        else f"The pause of your year from {short_date(row.starts_on)} is taken out.",
        Kind.EXTEND.value: f"Your year has {plural(row.days // 7, 'week,weeks')} more.",
        Kind.PACE.value: f"Your year is reckoned at {row.pace_percent} % of full time. Your steps have new dates.",
        Kind.WITHDRAW.value: f"Your year on the pathway ended on {short_date(row.starts_on)}. Your portfolio is kept.",
        Kind.RETURN.value: "Your year on the pathway goes on.",
    }[row.kind]


def told_mentor(row: EnrolmentChange) -> str:
    """Never the reason, nor how long it has been."""
    name = row.enrolment.supervisor.name
    if row.kind == Kind.MOVE:
        return f"{name} is now in {row.to_cohort}."
    if row.kind == Kind.PAUSE:
        return f"{name}’s year is paused until {short_date(row.ends_on)}." if row.days else f"{name}’s year goes on."
    return ""


def _event(row: EnrolmentChange, recipient_id: uuid.UUID, title: str) -> TimelineEvent:
    """A pause that is changed is told anew: its first day back is part of the key."""
    year = row.enrolment
    mine = recipient_id == year.supervisor_id
    return TimelineEvent(
        key=f"year:{row.pk}:{row.ends_on or ''}",
        kind=KINDS[Kind(row.kind)],
        organisation_id=row.organisation_id,
        recipient_id=recipient_id,
        title=title,
        url=reverse("pathway:year_changes", args=[year.pk]) if mine else year.get_absolute_url(),
        at=row.changed_at,
    )
