"""Objectives on their day, for their writer alone, and what writer and mentor hear of a plan: never a word of it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import F
from django.urls import reverse

from pathway.timeline import TimelineEntry, TimelineEvent
from portfolio.models import ObjectiveReview, Plan

SHOWN_FOR = dt.timedelta(days=14)


def objective(
    pk: uuid.UUID, organisation_id: uuid.UUID, enrolment_id: uuid.UUID, supervisor_id: uuid.UUID, target_on: dt.date
) -> TimelineEntry:
    """Never a step of the year, so that no page about the year shows it to others."""
    return TimelineEntry(
        key=f"objective:{pk}",
        kind="objective",
        organisation_id=organisation_id,
        enrolment_id=enrolment_id,
        waiting_on_id=supervisor_id,
        title="An objective in your development plan is due",
        due_on=target_on,
        remind_from=target_on,
        until=target_on + SHOWN_FOR,
        url=reverse("portfolio:objective", args=[pk]),
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
