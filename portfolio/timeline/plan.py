"""Objectives on their day, for their writer alone, and what writer and mentor hear of a plan: never a word of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import F
from django.urls import reverse

from pathway.querysets import EnrolmentQuerySet
from pathway.timeline import TimelineEntry, TimelineEvent
from portfolio.models import Objective, ObjectiveReview, Plan

SHOWN_FOR = dt.timedelta(days=14)


def entries(enrolments: EnrolmentQuerySet, today: dt.date) -> Iterable[TimelineEntry]:
    """Never a step of the year, so that no page about the year shows it to others."""
    dated = Objective.objects.open().filter(plan__enrolment__in=enrolments, target_on__isnull=False)
    for row in dated.select_related("plan__enrolment").only(
        "organisation_id", "target_on", "plan__enrolment__supervisor_id"
    ):
        yield TimelineEntry(
            key=f"objective:{row.pk}",
            kind="objective",
            organisation_id=row.organisation_id,
            enrolment_id=row.plan.enrolment_id,
            waiting_on_id=row.plan.enrolment.supervisor_id,
            title="An objective in your development plan is due",
            due_on=row.target_on,
            remind_from=row.target_on,
            until=row.target_on + SHOWN_FOR,
            url=row.get_absolute_url(),
        )


def events(since: dt.datetime) -> Iterable[TimelineEvent]:
    opened = Plan.objects.open_to_current_mentor()
    for plan in opened.filter(shared_at__gte=since).select_related("enrolment__supervisor"):
        yield TimelineEvent(
            key=f"plan_shared:{plan.shared_version_id}",
            kind="plan_shared",
            organisation_id=plan.organisation_id,
            recipient_id=plan.shared_with_id,
            title=f"{plan.enrolment.supervisor.name} shared their development plan with you",
            url=reverse("portfolio:mentee_plan", args=[plan.enrolment_id]),
            at=plan.shared_at,
        )
    # What the writer says is read, and heard of, with the version that is opened.
    said = ObjectiveReview.objects.filter(created_at__gte=since).exclude(
        author=F("objective__plan__enrolment__supervisor")
    )
    for review in said.select_related("author", "objective__plan__enrolment"):
        yield TimelineEvent(
            key=f"objective_reviewed:{review.pk}",
            kind="objective_reviewed",
            organisation_id=review.organisation_id,
            recipient_id=review.objective.plan.enrolment.supervisor_id,
            title=f"{review.author.name} reviewed an objective of your development plan",
            url=review.objective.get_absolute_url(),
            at=review.created_at,
        )
