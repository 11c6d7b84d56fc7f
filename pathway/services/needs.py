"""What people need to take part: written by themselves, gone when the cohort closes; the words are never audited."""

from __future__ import annotations

from django.db import transaction

from accounts import audit
from accounts.models import AuditEvent, User
from pathway.models import Cohort, Enrolment, ParticipationNeed
from pathway.services.rows import Refused

COHORTS = AuditEvent.Category.COHORTS
# Rows of this category are shown to nobody: that somebody needs something is not for those who read the records.
PRIVATE = AuditEvent.Category.PORTFOLIO


@transaction.atomic
def save_needs(*, enrolment: Enrolment, text: str, by: User) -> None:
    """Nothing typed means nothing kept."""
    if enrolment.cohort.status == Cohort.Status.CLOSED:
        raise Refused(f"{enrolment.cohort.name} is closed, and what people needed is deleted")
    rows = ParticipationNeed.objects.filter(enrolment=enrolment)
    if not text.strip():
        if rows.delete()[0]:
            audit.record("took back needs", by=by, category=PRIVATE, target=enrolment, subject=by)
        return
    rows.update_or_create(enrolment=enrolment, defaults={"organisation": enrolment.organisation, "text": text})
    audit.record("said needs", by=by, category=PRIVATE, target=enrolment, subject=by)


def delete_needs(*, cohort: Cohort, by: User) -> None:
    """One row of the records says how it came about, not whose they were."""
    if ParticipationNeed.objects.filter(enrolment__cohort=cohort).delete()[0]:
        audit.record("deleted needs", by=by, category=COHORTS, target=cohort)
