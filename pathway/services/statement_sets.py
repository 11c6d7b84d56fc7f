"""Whether the statements of an area are all there, which only the organisation can say."""

from __future__ import annotations

from django.db import transaction

from accounts import audit
from accounts.models import AuditEvent, Organisation, User
from pathway.models import Area, StatementSet

CATEGORY = AuditEvent.Category.ORGANISATION


@transaction.atomic
def mark_complete(*, organisation: Organisation, area: Area, by: User) -> None:
    """A second press changes nothing."""
    row, made = StatementSet.objects.get_or_create(organisation=organisation, area=area, defaults={"marked_by": by})
    if made:
        audit.record("marked the statements of an area complete", by=by, category=CATEGORY, target=row)


@transaction.atomic
def unmark(*, organisation: Organisation, area: Area, by: User) -> None:
    """What was chosen meanwhile stays stored, and is shown again when the area is marked again."""
    row = StatementSet.objects.filter(organisation=organisation, area=area).first()
    if row is not None:
        audit.record("no longer marked the statements of an area complete", by=by, category=CATEGORY, target=row)
        row.delete()
