"""What of the portfolio waits on somebody, and what somebody should hear of: never a title, never a text."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone

from pathway.querysets import EnrolmentQuerySet
from pathway.timeline import TimelineEntry, TimelineEvent
from portfolio.models import (
    Action,
    Comment,
    Evidence,
    EvidenceVersion,
    Objective,
    PortfolioExport,
    Reflection,
    SelfAssessment,
)
from portfolio.queries.self_assessment import POINT_OF_KIND
from portfolio.timeline import assessment, coverage, cpd, plan, reflection, taking_out

MILESTONE_KINDS: frozenset[str] = frozenset(POINT_OF_KIND) | reflection.MILESTONE_KINDS

FEEDBACK_WITHIN = dt.timedelta(days=7)
REMINDED_FOR = dt.timedelta(days=21)
ACTION_SHOWN_FOR = dt.timedelta(days=14)


def entries(enrolments: EnrolmentQuerySet, today: dt.date) -> Iterable[TimelineEntry]:
    yield from _pieces(enrolments)
    yield from _own(enrolments)


def _pieces(enrolments: EnrolmentQuerySet) -> Iterable[TimelineEntry]:
    """What waits on the mentor, and what came back to the writer, in one query."""
    asked = Evidence.objects.open_to_current_mentor().filter(feedback_asked_at__isnull=False)
    waiting = Evidence.objects.kept().filter(Q(pk__in=asked) | Q(sent_back_at__isnull=False), enrolment__in=enrolments)
    for evidence in waiting.select_related("enrolment__supervisor", "sent_back_by"):
        yield taking_out.sent_back(evidence) if evidence.sent_back_at else _feedback(evidence)


def _own(enrolments: EnrolmentQuerySet) -> Iterable[TimelineEntry]:
    """Actions and objectives on their day, mentors' views that are due, and the texts of the year that are done, in
    one query."""
    dated = {
        "action": (Action.objects.open().filter(enrolment__in=enrolments), "due_on", ""),
        "objective": (Objective.objects.open().filter(plan__enrolment__in=enrolments), "target_on", "plan__"),
    }
    rows = [
        queryset.filter(**{f"{day}__isnull": False})
        .order_by()
        .values_list(Value(what), "pk", "organisation", f"{to}enrolment", f"{to}enrolment__supervisor", day, Value(""))
        for what, (queryset, day, to) in dated.items()
    ]
    done: dict[Combinable, Any] = {
        F("point"): SelfAssessment.objects.filter(enrolment__in=enrolments, done_at__isnull=False),
        Value("reflection"): Reflection.objects.filter(enrolment__in=enrolments, done_at__isnull=False),
    }
    rows += [
        queryset.order_by().values_list(
            what, "pk", "organisation", "enrolment", "enrolment__supervisor", TruncDate("done_at"), Value("")
        )
        for what, queryset in done.items()
    ]
    rows.append(assessment.views_due(enrolments))
    done_on: dict[tuple[uuid.UUID, str], dt.date] = {}
    for what, pk, organisation_id, enrolment_id, person_id, on, name in rows[0].union(*rows[1:], all=True):
        if what == "action":
            yield _action(pk, organisation_id, enrolment_id, person_id, on)
        elif what == "objective":
            yield plan.objective(pk, organisation_id, enrolment_id, person_id, on)
        elif what.startswith(assessment.VIEW):
            point = what.removeprefix(assessment.VIEW)
            yield assessment.view_due(pk, point, organisation_id, enrolment_id, person_id, on, name)
        else:
            done_on[enrolment_id, what] = on
    yield from assessment.step_entries(enrolments, done_on)
    yield from reflection.step_entries(enrolments, done_on)


def _action(
    pk: uuid.UUID, organisation_id: uuid.UUID, enrolment_id: uuid.UUID, supervisor_id: uuid.UUID, due_on: dt.date
) -> TimelineEntry:
    """What somebody means to do, on its day, for themselves alone: never a word of it, and never a step of the year,
    so that no page about the year shows it to others."""
    return TimelineEntry(
        key=f"action:{pk}",
        kind="action",
        organisation_id=organisation_id,
        enrolment_id=enrolment_id,
        waiting_on_id=supervisor_id,
        title="An action you noted is due",
        due_on=due_on,
        remind_from=due_on,
        until=due_on + ACTION_SHOWN_FOR,
        url=reverse("portfolio:action", args=[pk]),
    )


def _feedback(evidence: Evidence) -> TimelineEntry:
    """Feedback that was asked for waits on the mentor."""
    on = timezone.localdate(evidence.feedback_asked_at)
    return TimelineEntry(
        key=f"feedback:{evidence.pk}:{on}",
        kind="feedback_asked",
        organisation_id=evidence.organisation_id,
        enrolment_id=evidence.enrolment_id,
        waiting_on_id=evidence.shared_with_id,
        title=f"{evidence.enrolment.supervisor.name} asked for feedback on a piece of evidence",
        starts_on=on,
        due_on=on + FEEDBACK_WITHIN,
        remind_from=on,
        until=on + REMINDED_FOR,
        url=evidence.get_absolute_url(),
    )


def events(since: dt.datetime) -> Iterable[TimelineEvent]:
    yield from _shared(since)
    yield from _comments(since)
    yield from _exported(since)
    for topic in (assessment, coverage, cpd, plan, reflection, taking_out):
        yield from topic.events(since)


def _shared(since: dt.datetime) -> Iterable[TimelineEvent]:
    """The mentor hears of what was opened to them, unless it was taken back meanwhile."""
    opened = Evidence.objects.open_to_current_mentor()
    versions = EvidenceVersion.objects.filter(
        evidence__in=opened, created_at__gte=since, evidence__shared_version=F("pk")
    )
    for version in versions.select_related("evidence__enrolment__supervisor"):
        evidence = version.evidence
        yield TimelineEvent(
            key=f"evidence_shared:{version.pk}",
            kind="evidence_shared",
            organisation_id=version.organisation_id,
            recipient_id=evidence.shared_with_id,
            title=f"{evidence.enrolment.supervisor.name} shared a piece of evidence with you",
            url=evidence.get_absolute_url(),
            at=version.created_at,
        )


def _comments(since: dt.datetime) -> Iterable[TimelineEvent]:
    """Each hears of the other's words: the writer always, the mentor while the piece is open to them."""
    by_writer = Q(author=F("evidence__enrolment__supervisor"))
    heard = Q(
        evidence__in=Evidence.objects.open_to_current_mentor(),
        version__shared_with=F("evidence__shared_with"),
        version__taken_back_at=None,
    )
    comments = Comment.objects.filter(~by_writer | heard, created_at__gte=since, evidence__discarded_at=None)
    for comment in comments.select_related("author", "evidence__enrolment"):
        evidence = comment.evidence
        writer = evidence.enrolment.supervisor_id
        recipient = evidence.shared_with_id if comment.author_id == writer else writer
        yield TimelineEvent(
            key=f"comment:{comment.pk}",
            kind="evidence_comment",
            organisation_id=comment.organisation_id,
            recipient_id=recipient,
            title=f"{comment.author.name} {'answered' if comment.parent_id else 'commented'} on a piece of evidence",
            url=evidence.get_absolute_url(),
            at=comment.created_at,
        )


def _exported(since: dt.datetime) -> Iterable[TimelineEvent]:
    """The supervisor hears that somebody else exported their portfolio; the page it leads to says why."""
    exports = PortfolioExport.objects.filter(created_at__gte=since).exclude(requested_by=F("enrolment__supervisor"))
    for export in exports.select_related("requested_by", "enrolment"):
        on = timezone.localdate(export.created_at)
        yield TimelineEvent(
            key=f"portfolio_exported:{export.pk}",
            kind="portfolio_exported",
            organisation_id=export.organisation_id,
            recipient_id=export.enrolment.supervisor_id,
            title=f"{export.requested_by.name} exported your portfolio on {on.day} {on:%B}: see the reason",
            url=reverse("portfolio:own_export"),
            at=export.created_at,
        )
