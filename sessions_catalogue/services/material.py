"""An organisation's own tools and resources."""

from __future__ import annotations

import uuid
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts import audit
from accounts.models import AuditEvent, Organisation, User
from accounts.services.rows import save_over
from accounts.services.working_copies import Typed, drop_copy
from pathway.services.rows import Refused, free_id, made_before
from sessions_catalogue.models import Resource, Tool

ORGANISATION = AuditEvent.Category.ORGANISATION
SUPPLIED = "This is supplied with the portal, so it stays as it is"

Material = TypeVar("Material", Tool, Resource)


@transaction.atomic
def add_material(
    model: type[Material],
    *,
    pk: uuid.UUID,
    organisation: Organisation,
    fields: dict[str, Any],
    by: User,
    revision: int = 0,
    typed: Typed | None = None,
) -> Material:
    """``fields`` are those of the form. The same id and fields again give the same row, others change the row that
    was looked at as it is at ``revision``. Raises SavedMeanwhile or UnseenCopy."""
    before = made_before(model, pk, organisation.pk)
    if before:
        change_material(material=before, fields=fields, revision=revision, by=by, typed=typed)
        return before
    drop_copy(author=by, typed=typed)
    row = model.objects.create(
        pk=free_id(model, pk),
        organisation=organisation,
        key=f"{slugify(fields['title'])[:90]}-{uuid.uuid4().hex[:8]}".strip("-"),
        **fields,
    )
    audit.record(f"added {model._meta.model_name}", by=by, category=ORGANISATION, target=row)
    return row


@transaction.atomic
def change_material(
    *, material: Tool | Resource, fields: dict[str, Any], revision: int, by: User, typed: Typed | None = None
) -> None:
    """``revision`` is what ``by`` began from. Raises Refused, SavedMeanwhile or UnseenCopy."""
    drop_copy(author=by, typed=typed)
    if material.organisation_id is None:
        raise Refused(SUPPLIED)
    row = type(material)._default_manager.select_for_update().get(pk=material.pk)
    if save_over(row, revision=revision, fields=fields):
        audit.record(f"changed {row._meta.model_name}", by=by, category=ORGANISATION, target=row)


@transaction.atomic
def set_retired(*, material: Tool | Resource, retired: bool, by: User) -> None:
    """No longer offer it to sessions, or offer it again. Sessions that name it keep it."""
    if material.organisation_id is None:
        raise Refused(SUPPLIED)
    if bool(material.retired_at) == retired:
        return
    material.retired_at = timezone.now() if retired else None
    material.save(update_fields=["retired_at"])
    verb = "retired" if retired else "brought back"
    audit.record(f"{verb} {material._meta.model_name}", by=by, category=ORGANISATION, target=material)
