"""Making, changing, publishing and closing cohorts."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from accounts import audit
from accounts.models import AuditEvent, Organisation, User
from accounts.transitions import move
from pathway.models import Cohort, Enrolment, PanelMember, Programme
from pathway.services.needs import delete_needs
from pathway.services.rows import Refused, free_id, made_before
from pathway.transitions import CLOSE, PUBLISH

COHORTS = AuditEvent.Category.COHORTS


@transaction.atomic
def create_cohort(
    *,
    pk: uuid.UUID,
    organisation: Organisation,
    name: str,
    programme: Programme,
    starts_on: dt.date,
    by: User,
    places: int | None = None,
) -> Cohort:
    before = made_before(Cohort, pk, organisation.pk)
    if before:
        return before
    cohort = Cohort.objects.create(
        pk=free_id(Cohort, pk),
        organisation=organisation,
        name=name,
        programme=programme,
        starts_on=starts_on,
        places=places,
    )
    audit.record("made cohort", by=by, category=COHORTS, target=cohort)
    return cohort


@transaction.atomic
def change_cohort(
    *, cohort: Cohort, name: str, programme: Programme, starts_on: dt.date, by: User, places: int | None = None
) -> Cohort:
    """People who began with the cohort move with its start. The programme stays once the cohort is published."""
    if cohort.status != Cohort.Status.DRAFT and programme != cohort.programme:
        raise Refused("The programme of a published cohort stays as it is")
    together = Enrolment.objects.filter(cohort=cohort, starts_on=cohort.starts_on)
    if starts_on != cohort.starts_on:
        together.update(starts_on=starts_on)
    cohort.name, cohort.programme, cohort.starts_on, cohort.places = name, programme, starts_on, places
    cohort.save(update_fields=["name", "programme", "starts_on", "places"])
    audit.record("changed cohort", by=by, category=COHORTS, target=cohort)
    return cohort


def publish_cohort(*, cohort: Cohort, by: User) -> Cohort:
    """From now on its people see it and reminders begin. Raises GuardRefused while nobody is in it."""
    return move(cohort, PUBLISH, by=by)


@transaction.atomic
def close_cohort(*, cohort: Cohort, by: User) -> Cohort:
    """What people needed to take part is of use to nobody any more."""
    closed = move(cohort, CLOSE, by=by)
    delete_needs(cohort=cohort, by=by)
    return closed


@transaction.atomic
def add_panel_member(*, cohort: Cohort, member: User, by: User) -> PanelMember:
    row, made = PanelMember.objects.get_or_create(
        cohort=cohort, member=member, ends_on=None, defaults={"organisation": cohort.organisation}
    )
    if made:
        audit.record("added panel member", by=by, category=COHORTS, target=row, subject=member)
    return row


@transaction.atomic
def end_panel_member(*, panel_member: PanelMember, on: dt.date, by: User) -> PanelMember:
    if panel_member.ends_on is None:
        panel_member.ends_on = max(on, panel_member.starts_on)
        panel_member.save(update_fields=["ends_on"])
        audit.record("ended panel member", by=by, category=COHORTS, target=panel_member, subject=panel_member.member)
    return panel_member
