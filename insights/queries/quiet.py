"""Since when nothing has been shared or attended: a reason for a friendly word, never for a list.

The person and their mentor hear after six weeks, L&D two weeks later, and no file or print ever says it.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import Exists, Max, OuterRef, Q, Subquery
from django.utils import timezone

from pathway.querysets import EnrolmentQuerySet
from portfolio.models import EvidenceVersion, PlanVersion, ReflectionVersion, SelfAssessmentVersion
from sessions_catalogue.models import Attendance, ScheduledSession

FIRST_WORD = dt.timedelta(weeks=6)
SECOND_WORD = dt.timedelta(weeks=8)


def last_signs(enrolments: EnrolmentQuerySet) -> dict[uuid.UUID, dt.date]:
    """The last day on which each person on the pathway shared something or was at a session, in one query; at the
    earliest the day their year began or went on after a pause."""
    shared = (
        EvidenceVersion.objects.filter(evidence__enrolment=OuterRef("pk"))
        .exclude(audience="only_me")
        .order_by("-created_at")
    )
    opened = Q(shared_with__isnull=False) | Q(in_portfolio=True)
    whole = {
        "plan_at": PlanVersion.objects.filter(opened, plan__enrolment=OuterRef("pk")),
        "reflection_at": ReflectionVersion.objects.filter(opened, reflection__enrolment=OuterRef("pk")),
        "assessment_at": SelfAssessmentVersion.objects.filter(opened, assessment__enrolment=OuterRef("pk")),
    }
    attended = Attendance.objects.filter(enrolment=OuterRef("pk")).counted()
    # Held without a register: nobody says that the person was away.
    held = ScheduledSession.objects.standing().filter(
        ~Exists(Attendance.objects.filter(scheduled=OuterRef("pk"), enrolment=OuterRef(OuterRef("pk")))),
        cohort=OuterRef("cohort"),
        starts_at__lte=timezone.now(),
    )
    rows = enrolments.filter(kind="pathway").annotate(
        shared_at=Subquery(shared.values("created_at")[:1]),
        attended_at=Subquery(
            attended.order_by().values("enrolment").annotate(last=Max("scheduled__starts_at")).values("last")
        ),
        held_at=Subquery(held.order_by("-starts_at").values("starts_at")[:1]),
        **{name: Subquery(rows.order_by("-created_at").values("created_at")[:1]) for name, rows in whole.items()},
    )
    found = {}
    for row in rows.values_list("pk", "starts_on", "paused_until", "shared_at", "attended_at", "held_at", *whole):
        pk, starts_on, paused_until, *moments = row
        days = [starts_on, paused_until, *(timezone.localdate(moment) for moment in moments if moment)]
        found[pk] = max(day for day in days if day)
    return found


def quiet_for_leads(enrolments: EnrolmentQuerySet, today: dt.date) -> set[uuid.UUID]:
    """Those of whom L&D may be told."""
    return {pk for pk, last_on in last_signs(enrolments).items() if last_on + SECOND_WORD <= today}
