"""The critical reflection as a step of the year, and what the two people hear of it: never a title, never a word."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.db.models import F, Q
from django.urls import reverse

from pathway.milestones import milestones_of
from pathway.models import Milestone
from pathway.querysets import EnrolmentQuerySet
from pathway.timeline import TimelineEntry, TimelineEvent, step_entry
from portfolio.models import Reflection, ReflectionComment

MILESTONE_KINDS: frozenset[str] = frozenset({Milestone.Kind.CRITICAL_REFLECTION.value})


def step_entries(
    enrolments: EnrolmentQuerySet, done_on: Mapping[tuple[uuid.UUID, str], dt.date]
) -> Iterable[TimelineEntry]:
    """Done here, or recorded by hand for a year that began before the portal: what was recorded stays true."""
    for due in milestones_of(enrolments, MILESTONE_KINDS):
        entry, on = step_entry(due), done_on.get((due.enrolment.pk, "reflection"))
        if due.waiting_on_id == due.enrolment.supervisor_id and due.done_on is None:
            entry = replace(entry, url=reverse("portfolio:reflection"))
        yield replace(entry, done_on=on, remind_from=None, until=None) if on and due.done_on is None else entry


def events(since: dt.datetime) -> Iterable[TimelineEvent]:
    yield from _shared(since)
    yield from _comments(since)


def _shared(since: dt.datetime) -> Iterable[TimelineEvent]:
    shared = Reflection.objects.open_to_current_mentor().filter(shared_at__gte=since)
    for row in shared.select_related("enrolment__supervisor"):
        yield TimelineEvent(
            key=f"reflection_shared:{row.shared_version_id}",
            kind="reflection_shared",
            organisation_id=row.organisation_id,
            recipient_id=row.shared_with_id,
            title=f"{row.enrolment.supervisor.name} shared their critical reflection with you",
            url=reverse("portfolio:mentee_reflection", args=[row.enrolment_id]),
            at=row.shared_at,
        )


def _comments(since: dt.datetime) -> Iterable[TimelineEvent]:
    """Each hears of the other's words: the writer always, the mentor while the piece is open to them."""
    by_writer = Q(author=F("reflection__enrolment__supervisor"))
    heard = Q(
        reflection__in=Reflection.objects.open_to_current_mentor(),
        version__shared_with=F("reflection__shared_with"),
        version__taken_back_at=None,
    )
    comments = ReflectionComment.objects.filter(~by_writer | heard, created_at__gte=since)
    for comment in comments.select_related("author", "reflection__enrolment"):
        enrolment = comment.reflection.enrolment
        is_answer = comment.author_id == enrolment.supervisor_id
        page = reverse("portfolio:reflection")
        if is_answer:
            page = reverse("portfolio:mentee_reflection", args=[enrolment.pk])
        yield TimelineEvent(
            key=f"reflection_comment:{comment.pk}",
            kind="reflection_comment",
            organisation_id=comment.organisation_id,
            recipient_id=comment.reflection.shared_with_id if is_answer else enrolment.supervisor_id,
            title=f"{comment.author.name} {'answered' if comment.parent_id else 'commented'} on "
            f"{'their' if is_answer else 'your'} critical reflection",
            url=page,
            at=comment.created_at,
        )
