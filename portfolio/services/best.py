"""The few pieces that a writer would show first for an area."""

from __future__ import annotations

from django.db import transaction

from accounts import audit
from accounts.models import AuditEvent, User
from portfolio.models import EvidenceMapping

MOST_BEST = 3


class TooManyBest(Exception):
    """As many as may be are marked for the area; the message says what to do."""

    def __init__(self, number: int) -> None:
        super().__init__(f"{MOST_BEST} pieces are marked for area {number} already. Take one mark off first")


@transaction.atomic
def mark_best(*, mapping: EvidenceMapping, by: User) -> None:
    """Raises TooManyBest."""
    same = EvidenceMapping.objects.filter(
        evidence__enrolment=mapping.evidence.enrolment_id, evidence__discarded_at=None, area=mapping.area_id
    )
    marked = [row.pk for row in same.select_for_update(of=("self",)).order_by("pk") if row.is_best]
    if mapping.pk in marked:
        return
    if len(marked) >= MOST_BEST:
        raise TooManyBest(mapping.area.number)
    _set(mapping, is_best=True, by=by, verb="marked evidence as best")


@transaction.atomic
def unmark_best(*, mapping: EvidenceMapping, by: User) -> None:
    _set(mapping, is_best=False, by=by, verb="no longer marked evidence as best")


def _set(mapping: EvidenceMapping, *, is_best: bool, by: User, verb: str) -> None:
    if EvidenceMapping.objects.filter(pk=mapping.pk, is_best=not is_best).update(is_best=is_best):
        audit.record(verb, by=by, category=AuditEvent.Category.PORTFOLIO, target=mapping.evidence)
    mapping.is_best = is_best
