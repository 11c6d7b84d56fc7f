"""Writing to the audit trail: called explicitly by services, in the same transaction as the change."""

from __future__ import annotations

from django.db import models

from accounts.models import AuditEvent, Membership, Organisation, User


def record(
    verb: str,
    *,
    by: User | None,
    category: AuditEvent.Category,
    target: models.Model | None = None,
    organisation: Organisation | None = None,
    subject: User | None = None,
    from_status: str = "",
    to_status: str = "",
) -> AuditEvent:
    """Append one row. ``organisation`` defaults to the target's own, ``subject`` to a membership's person."""
    if subject is None and isinstance(target, Membership):
        subject = target.user
    organisation_id = organisation.pk if organisation else getattr(target, "organisation_id", None)
    return AuditEvent.objects.create(
        verb=verb,
        actor=by,
        category=category,
        organisation_id=organisation_id,
        target_type=target._meta.label_lower if target else "",
        target_id=target.pk if target else None,
        subject=subject,
        from_status=from_status,
        to_status=to_status,
    )
