"""Self-assessments as steps of the year, and what the two people hear of them: never a level, never a word."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Concat, TruncDate
from django.urls import reverse

from pathway.milestones import milestones_of
from pathway.querysets import EnrolmentQuerySet
from pathway.timeline import TimelineEntry, TimelineEvent, step_entry
from portfolio.models import MentorView, SelfAssessment
from portfolio.queries.self_assessment import POINT_OF_KIND

VIEW = "view:"
VIEW_WITHIN = dt.timedelta(days=7)


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


def views_due(enrolments: EnrolmentQuerySet) -> QuerySet[Any, Any]:
    """Opened to a mentor of today who has not given their own view: what, row, organisation, year, the mentor, since
    when and whose it is."""
    given = MentorView.objects.filter(
        enrolment=OuterRef("enrolment"), point=OuterRef("point"), mentor=OuterRef("shared_with"), given_at__isnull=False
    )
    rows = SelfAssessment.objects.open_to_current_mentor().filter(~Exists(given), enrolment__in=enrolments)
    found: QuerySet[Any, Any] = rows.order_by().values_list(
        Concat(Value(VIEW), F("point")),
        "pk",
        "organisation",
        "enrolment",
        "shared_with",
        TruncDate("shared_at"),
        "enrolment__supervisor__name",
    )
    return found


def view_due(
    pk: uuid.UUID,
    point: str,
    organisation_id: uuid.UUID,
    enrolment_id: uuid.UUID,
    mentor_id: uuid.UUID,
    shared_on: dt.date,
    name: str,
) -> TimelineEntry:
    """It waits on the mentor until their view is given; the news of the sharing has told them already."""
    return TimelineEntry(
        key=f"view_due:{pk}",
        kind="view_due",
        organisation_id=organisation_id,
        enrolment_id=enrolment_id,
        waiting_on_id=mentor_id,
        title=f"{name} shared a self-assessment: give your own view",
        starts_on=shared_on,
        due_on=shared_on + VIEW_WITHIN,
        url=reverse("portfolio:mentor_view", args=[enrolment_id, point]),
    )


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
