"""A cohort of one: induction, or studying by oneself, with a start of one's own."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from accounts.models import Organisation, User
from pathway.models import Cohort, Enrolment, Programme
from pathway.services.cohorts import create_cohort
from pathway.services.nominations import enrol_by_hand
from pathway.services.people import Companions
from pathway.services.rows import made_before

NAMES = {"induction": "Induction", "study": "Individual study"}


@transaction.atomic
def start_for_one(
    *,
    pk: uuid.UUID,
    organisation: Organisation,
    person: User,
    purpose: str,
    programme: Programme,
    starts_on: dt.date,
    on: dt.date,
    by: User,
) -> Cohort:
    """The cohort, named after what it is for and the person, with the person in it. It is published like any other."""
    before = made_before(Cohort, pk, organisation.pk)
    if before:
        return before
    cohort = create_cohort(
        pk=pk,
        organisation=organisation,
        name=f"{NAMES[purpose]}: {person.name}"[:200],
        programme=programme,
        starts_on=starts_on,
        places=1,
        by=by,
    )
    enrol_by_hand(
        pk=uuid.uuid4(),
        cohort=cohort,
        supervisor=person,
        kind=Enrolment.Kind.PATHWAY,
        starts_on=starts_on,
        companions=Companions(),
        on=on,
        by=by,
    )
    return cohort
