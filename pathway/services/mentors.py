"""The list of an organisation's mentors: who passed the gate, until when, and how many people they take."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction

from accounts import audit
from accounts.models import AuditEvent, Organisation, User
from pathway.models import MentorRecord
from pathway.services.rows import Refused, free_id, made_before

COHORTS = AuditEvent.Category.COHORTS
# A registration with Social Work England runs until the end of November.
ENDS_ON = (11, 30)


@dataclass(frozen=True)
class MentorFacts:
    registered_until: dt.date | None
    has_two_years: bool
    capacity: int = 2
    about: str = ""


@transaction.atomic
def add_mentor(
    *, pk: uuid.UUID, organisation: Organisation, mentor: User, facts: MentorFacts, on: dt.date, by: User
) -> MentorRecord:
    before = made_before(MentorRecord, pk, organisation.pk)
    if before:
        return before
    if MentorRecord.objects.filter(organisation=organisation, mentor=mentor).exists():
        raise Refused(f"{mentor.name} is on the list already")
    row = MentorRecord(pk=free_id(MentorRecord, pk), organisation=organisation, mentor=mentor)
    return _save(row, facts, on, by, "put on list of mentors")


@transaction.atomic
def change_mentor(*, record: MentorRecord, facts: MentorFacts, on: dt.date, by: User) -> MentorRecord:
    return _save(record, facts, on, by, "changed mentor")


@transaction.atomic
def retire_mentor(*, record: MentorRecord, on: dt.date, by: User) -> None:
    """Proposed no longer; pairings that stand are untouched."""
    if MentorRecord.objects.filter(pk=record.pk, retired_on=None).update(retired_on=on):
        audit.record("took off list of mentors", by=by, category=COHORTS, target=record, subject=record.mentor)


@transaction.atomic
def return_mentor(*, record: MentorRecord, by: User) -> None:
    if MentorRecord.objects.filter(pk=record.pk).exclude(retired_on=None).update(retired_on=None):
        audit.record("put back on list of mentors", by=by, category=COHORTS, target=record, subject=record.mentor)


def confirm_mentor(*, organisation: Organisation, mentor: User, on: dt.date, by: User) -> None:
    """Somebody said at a pairing that the mentor passes the gate: from then on the list knows, and asks no more."""
    record = MentorRecord.objects.filter(organisation=organisation, mentor=mentor).first()
    if record and record.is_eligible(on):
        return
    row = record or MentorRecord(organisation=organisation, mentor=mentor)
    until = row.registered_until if row.is_registered(on) else end_of_registration(on)
    _save(row, MentorFacts(until, True, row.capacity, row.about), on, by, "confirmed mentor")


def end_of_registration(on: dt.date) -> dt.date:
    """The end of the registration year that ``on`` lies in."""
    this_year = dt.date(on.year, *ENDS_ON)
    return this_year if on <= this_year else dt.date(on.year + 1, *ENDS_ON)


def _save(row: MentorRecord, facts: MentorFacts, on: dt.date, by: User, verb: str) -> MentorRecord:
    row.registered_until, row.has_two_years = facts.registered_until, facts.has_two_years
    row.capacity, row.about = facts.capacity, facts.about
    row.checked_by, row.checked_on = by, on
    row.save()
    audit.record(verb, by=by, category=COHORTS, target=row, subject=row.mentor)
    return row
