"""What people need to take part: written by themselves, gone when the cohort closes; the words are never audited."""

from __future__ import annotations

import uuid

from django.db import transaction

from accounts import audit
from accounts.models import AuditEvent, User, WorkingCopy
from accounts.services.rows import SavedMeanwhile, save_over
from accounts.services.working_copies import Typed, drop_copy
from pathway.models import Cohort, Enrolment, ParticipationNeed
from pathway.services.rows import Refused

COHORTS = AuditEvent.Category.COHORTS
# Rows of this category are shown to nobody: that somebody needs something is not for those who read the records.
PRIVATE = AuditEvent.Category.PORTFOLIO
# The form whose drafts are kept under the id of the enrolment.
NEEDS = "needs"


@transaction.atomic
def save_needs(
    *, enrolment: Enrolment, text: str, pk: uuid.UUID | None, revision: int, by: User, typed: Typed | None = None
) -> None:
    """Nothing typed means nothing kept; ``by`` began from ``revision`` of the row ``pk``, from 0 of None if there was
    nothing. Raises Refused, SavedMeanwhile or UnseenCopy.
    """
    drop_copy(author=by, typed=typed)
    if enrolment.cohort.status == Cohort.Status.CLOSED:
        raise Refused(f"{enrolment.cohort.name} is closed, and what people needed is deleted")
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    row = ParticipationNeed.objects.filter(enrolment=enrolment).first()
    kept = text if text.strip() else ""
    if kept == (row.text if row else ""):
        return
    if (pk, revision) != ((row.pk, row.revision) if row else (None, 0)):
        raise SavedMeanwhile(row)
    if row is None:
        ParticipationNeed.objects.create(organisation=enrolment.organisation, enrolment=enrolment, text=kept)
    elif kept:
        save_over(row, revision=revision, fields={"text": kept})
    else:
        row.delete()
    verb = "said needs" if kept else "took back needs"
    audit.record(verb, by=by, category=PRIVATE, target=enrolment, subject=by)


def delete_needs(*, cohort: Cohort, by: User) -> None:
    """Also what was typed and not saved. One row of the records says how it came about, not whose they were."""
    people = Enrolment.objects.filter(cohort=cohort)
    WorkingCopy.objects.filter(form=NEEDS, target_id__in=people.values("pk")).delete()
    if ParticipationNeed.objects.filter(enrolment__cohort=cohort).delete()[0]:
        audit.record("deleted needs", by=by, category=COHORTS, target=cohort)
