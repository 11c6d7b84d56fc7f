"""What an organisation settles before its first cohort: two short lists of its own. They never block anything."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, Organisation, User
from pathway.models import ReadinessItem
from pathway.services.rows import free_id, made_before

CATEGORY = AuditEvent.Category.ORGANISATION
List = ReadinessItem.Checklist
# What the lists begin with; every line may be changed, and put away.
SUGGESTED: dict[str, tuple[str, ...]] = {
    List.LEADERS_BRIEFING: (
        "Senior leaders have read the Leaders’ Briefing",
        "We have talked about how the standards serve our vision for practice",
        "It is clear who leads the programme, and who stands in for them",
        "Time for supervisors and mentors is agreed, and managers know of it",
        "We know what we hope to see after a year, and how we would notice",
    ),
    List.IMPLEMENTATION: (
        "Who takes part first is decided, and how people are nominated",
        "There are enough mentors, and they meet the conditions",
        "Dates, rooms and joining links for the sessions are found",
        "Facilitators are asked, and know the sessions they run",
        "It is agreed how portfolios are read at the end, and by whom",
        "People who draw on care have been asked how they want to be part of it",
        "The plan stands on the supervision policy that we have",
    ),
}


@dataclass(frozen=True)
class ItemFields:
    text: str
    owner: User | None = None
    due_on: dt.date | None = None
    done_on: dt.date | None = None
    note: str = ""


@transaction.atomic
def begin_lists(*, organisation: Organisation, by: User) -> int:
    """Fill a list with what is suggested, once: also a list that was emptied since stays as it is."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    begun = set(ReadinessItem.objects.filter(organisation=organisation).values_list("checklist", flat=True))
    rows = [
        ReadinessItem(organisation=organisation, checklist=checklist, position=position, text=text)
        for checklist, lines in SUGGESTED.items()
        if checklist not in begun
        for position, text in enumerate(lines, start=1)
    ]
    ReadinessItem.objects.bulk_create(rows)
    if rows:
        audit.record("began readiness lists", by=by, category=CATEGORY, target=organisation, organisation=organisation)
    return len(rows)


@transaction.atomic
def add_item(
    *, pk: uuid.UUID, organisation: Organisation, checklist: str, fields: ItemFields, by: User
) -> ReadinessItem:
    before = made_before(ReadinessItem, pk, organisation.pk)
    if before:
        return before
    beside = ReadinessItem.objects.filter(organisation=organisation, checklist=checklist)
    last = beside.order_by("position").values_list("position", flat=True).last() or 0
    row = ReadinessItem(
        pk=free_id(ReadinessItem, pk), organisation=organisation, checklist=checklist, position=last + 1
    )
    return _save(row, fields, by, "added readiness item")


@transaction.atomic
def change_item(*, item: ReadinessItem, fields: ItemFields, by: User) -> ReadinessItem:
    return _save(item, fields, by, "changed readiness item")


@transaction.atomic
def tick_item(*, item: ReadinessItem, done_on: dt.date, note: str, by: User) -> ReadinessItem:
    """By its owner or whoever keeps the lists; the text and the rest stay."""
    item.done_on, item.done_by, item.note = done_on, by, note
    item.save(update_fields=["done_on", "done_by", "note"])
    audit.record("ticked readiness item", by=by, category=CATEGORY, target=item)
    return item


@transaction.atomic
def put_item_away(*, item: ReadinessItem, by: User) -> None:
    standing = ReadinessItem.objects.filter(pk=item.pk, discarded_at=None)
    if standing.update(discarded_at=timezone.now(), discarded_by=by):
        audit.record("put away readiness item", by=by, category=CATEGORY, target=item)


def _save(row: ReadinessItem, fields: ItemFields, by: User, verb: str) -> ReadinessItem:
    if row.done_on is None or fields.done_on is None:
        row.done_by = by if fields.done_on else None
    row.text, row.owner, row.due_on = fields.text, fields.owner, fields.due_on
    row.done_on, row.note = fields.done_on, fields.note
    row.save()
    audit.record(verb, by=by, category=CATEGORY, target=row)
    return row
