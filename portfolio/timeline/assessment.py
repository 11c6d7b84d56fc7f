"""Self-assessments as steps of the year, and what the two people hear of them: never a level, never a word."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.urls import reverse

from pathway.milestones import milestones_of
from pathway.querysets import EnrolmentQuerySet
from pathway.timeline import TimelineEntry, TimelineEvent, step_entry
from portfolio.models import MentorView, SelfAssessment
from portfolio.queries.self_assessment import POINT_OF_KIND


def step_entries(
    enrolments: EnrolmentQuerySet, done_on: Mapping[tuple[uuid.UUID, str], dt.date]
) -> Iterable[TimelineEntry]:
    """Done here, or recorded by hand for a year that began before the portal: what was recorded stays true."""
    for due in milestones_of(enrolments, frozenset(POINT_OF_KIND)):
        entry, point = step_entry(due), POINT_OF_KIND[due.milestone.kind]
        on = done_on.get((due.enrolment.pk, point))
        if due.waiting_on_id == due.enrolment.supervisor_id and due.done_on is None:
            entry = replace(entry, url=reverse("portfolio:self_assessment", args=[due.enrolment.pk, point]))
        yield replace(entry, done_on=on, remind_from=None, until=None) if on and due.done_on is None else entry


def events(since: dt.datetime) -> Iterable[TimelineEvent]:
    shared = SelfAssessment.objects.open_to_current_mentor().filter(shared_at__gte=since)
    for row in shared.select_related("enrolment__supervisor"):
        yield TimelineEvent(
            key=f"self_assessment_shared:{row.shared_version_id}",
            kind="self_assessment_shared",
            organisation_id=row.organisation_id,
            recipient_id=row.shared_with_id,
            title=f"{row.enrolment.supervisor.name} shared a self-assessment with you",
            url=reverse("portfolio:mentor_view", args=[row.enrolment_id, row.point]),
            at=row.shared_at,
        )
    opened = MentorView.objects.filter(opened_at__gte=since).select_related("mentor", "enrolment")
    for view in opened:
        yield TimelineEvent(
            key=f"mentor_view_opened:{view.pk}",
            kind="mentor_view_opened",
            organisation_id=view.organisation_id,
            recipient_id=view.enrolment.supervisor_id,
            title=f"{view.mentor.name}’s view stands beside your self-assessment",
            url=reverse("portfolio:self_assessment", args=[view.enrolment_id, view.point]),
            at=view.opened_at,
        )
