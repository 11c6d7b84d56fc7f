"""An organisation's own versions of the year."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.text import slugify

from accounts import audit
from accounts.models import AuditEvent, Organisation, User
from pathway.models import Milestone, Programme
from pathway.services.rows import Refused, free_id, made_before

ORGANISATION = AuditEvent.Category.ORGANISATION


def refuse_if_frozen(programme: Programme) -> None:
    if programme.organisation_id is None or Programme.objects.filter(pk=programme.pk).frozen().exists():
        raise Refused("This version is in use by a cohort. Make a new version to change it")


@transaction.atomic
def copy_programme(*, pk: uuid.UUID, programme: Programme, organisation: Organisation, by: User) -> Programme:
    """The organisation's own next version of ``programme``, with all its steps."""
    before = made_before(Programme, pk, organisation.pk)
    if before:
        return before
    versions = Programme.objects.filter(series=programme.series, organisation=organisation)
    latest = versions.aggregate(latest=Max("version"))["latest"] or 0
    copy = Programme.objects.create(
        pk=free_id(Programme, pk),
        series=programme.series,
        version=latest + 1,
        organisation=organisation,
        title=programme.title,
        standard=programme.standard,
        months=programme.months,
    )
    Milestone.objects.bulk_create(copied(milestone, copy) for milestone in programme.milestones.all())
    audit.record("copied programme", by=by, category=ORGANISATION, target=copy)
    return copy


def copied(milestone: Milestone, programme: Programme) -> Milestone:
    kept = {
        field.attname: getattr(milestone, field.attname)
        for field in Milestone._meta.concrete_fields
        if field.name not in {"id", "programme"}
    }
    return Milestone(programme=programme, **kept)


@transaction.atomic
def change_programme(*, programme: Programme, title: str, months: int, by: User) -> Programme:
    refuse_if_frozen(programme)
    programme.title, programme.months = title, months
    programme.save(update_fields=["title", "months"])
    audit.record("changed programme", by=by, category=ORGANISATION, target=programme)
    return programme


@transaction.atomic
def add_milestone(*, pk: uuid.UUID, programme: Programme, fields: dict[str, Any], by: User) -> Milestone:
    """A step of the organisation's own, after the last one; it is recorded by hand."""
    before: Milestone | None = Milestone.objects.filter(pk=pk, programme=programme).first()
    if before:
        return before
    refuse_if_frozen(programme)
    position = (programme.milestones.aggregate(last=Max("position"))["last"] or 0) + 1
    milestone = Milestone.objects.create(
        pk=free_id(Milestone, pk),
        programme=programme,
        position=position,
        key=f"{slugify(fields['title'])[:36]}-{uuid.uuid4().hex[:8]}".strip("-"),
        kind=Milestone.Kind.OTHER,
        basis="our own",
        **fields,
    )
    audit.record("added step", by=by, category=ORGANISATION, target=programme)
    return milestone


@transaction.atomic
def change_milestone(*, milestone: Milestone, fields: dict[str, Any], by: User) -> Milestone:
    refuse_if_frozen(milestone.programme)
    for name, value in fields.items():
        setattr(milestone, name, value)
    milestone.save(update_fields=list(fields))
    audit.record("changed step", by=by, category=ORGANISATION, target=milestone.programme)
    return milestone


@transaction.atomic
def remove_milestone(*, milestone: Milestone, by: User) -> None:
    """Take a step out of a version that no cohort runs on yet."""
    refuse_if_frozen(milestone.programme)
    try:
        with transaction.atomic():
            milestone.delete()
    except ProtectedError as error:
        raise Refused("Something was recorded for this step already, so it stays") from error
    audit.record("removed step", by=by, category=ORGANISATION, target=milestone.programme)
