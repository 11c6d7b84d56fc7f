"""Every write to the days an organisation keeps clear of."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from accounts import audit
from accounts.models import AuditEvent, Organisation, User
from pathway.services.rows import free_id, made_before
from sessions_catalogue.models import CalendarPeriod

ORGANISATION = AuditEvent.Category.ORGANISATION


@transaction.atomic
def add_period(
    *, pk: uuid.UUID, organisation: Organisation, kind: str, label: str, starts_on: dt.date, ends_on: dt.date, by: User
) -> CalendarPeriod:
    before = made_before(CalendarPeriod, pk, organisation.pk)
    if before:
        return before
    made = CalendarPeriod.objects.create(
        pk=free_id(CalendarPeriod, pk),
        organisation=organisation,
        kind=kind,
        label=label,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    audit.record("added calendar period", by=by, category=ORGANISATION, target=made)
    return made


@transaction.atomic
def remove_period(*, period: CalendarPeriod, by: User) -> None:
    """Dates that moved because of it stay where they are."""
    audit.record("removed calendar period", by=by, category=ORGANISATION, target=period)
    period.delete()
