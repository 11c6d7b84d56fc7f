"""The order that a writer gives their pieces, which their portfolio and its PDF follow."""

from __future__ import annotations

import uuid

from django.db import transaction

from accounts import audit
from accounts.models import AuditEvent, User
from portfolio.models import Evidence
from portfolio.queries.search import OWN_ORDER


@transaction.atomic
def place_piece(*, piece: Evidence, beside: uuid.UUID, after: bool = False, by: User) -> None:
    """Put a piece right before, or after, another of the same year; it changes nothing that anybody reads in it."""
    locked = Evidence.objects.kept().filter(enrolment=piece.enrolment_id).select_for_update().order_by("pk")
    rows = {row.pk: row for row in locked.only("pk", "position")}
    ordered = Evidence.objects.filter(pk__in=rows).order_by(*OWN_ORDER).values_list("pk", flat=True)
    places = [pk for pk in ordered if pk != piece.pk]
    if beside not in places or piece.pk not in rows:
        return
    places.insert(places.index(beside) + after, piece.pk)
    moved = []
    for position, pk in enumerate(places, start=1):
        if rows[pk].position != position:
            rows[pk].position = position
            moved.append(rows[pk])
    Evidence.objects.bulk_update(moved, ["position"])
    audit.record("moved evidence", by=by, category=AuditEvent.Category.PORTFOLIO, target=piece)
