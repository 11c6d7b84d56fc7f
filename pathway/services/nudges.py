"""A friendly word to somebody whose year has stopped moving."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts import audit
from accounts.models import AuditEvent, User
from pathway.models import Cohort, Enrolment, Nudge
from pathway.services.rows import Refused


@transaction.atomic
def nudge(*, enrolment: Enrolment, about: str, on: dt.date, by: User) -> bool:
    """Once a day; returns whether this press was the one. Raises Refused where the year does not run: paused, ended,
    or in a cohort that is a draft or closed."""
    if enrolment.cohort.status != Cohort.Status.PUBLISHED:
        raise Refused(f"{enrolment.supervisor.name} is not to be nudged: {enrolment.cohort.name} is not running")
    if enrolment.ended_on or enrolment.is_paused(on):
        raise Refused(f"{enrolment.supervisor.name} is not to be nudged: their year is paused or has ended")
    row, made = Nudge.objects.get_or_create(
        enrolment=enrolment,
        nudged_on=on,
        defaults={"organisation": enrolment.organisation, "about": about[:200], "made_by": by},
    )
    if made:
        category = AuditEvent.Category.COHORTS
        audit.record("nudged", by=by, category=category, target=row, subject=enrolment.supervisor)
    return made
