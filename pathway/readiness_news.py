"""What somebody looks after before the first cohort, as due things that belong to no year."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection

from django.urls import reverse
from django.utils import timezone

from pathway.models import ReadinessItem
from pathway.timeline_rows import TimelineEntry

REMIND_BEFORE = dt.timedelta(days=7)
REMIND_UNTIL = dt.timedelta(days=14)


def due_items(organisation_ids: Collection[uuid.UUID] | None = None) -> list[TimelineEntry]:
    """Everything open with an owner and a date, of those organisations or of all; one query."""
    rows = ReadinessItem.objects.filter(
        discarded_at=None, done_on=None, owner__isnull=False, due_on__isnull=False
    ).order_by("due_on", "position")
    if organisation_ids is not None:
        rows = rows.filter(organisation__in=organisation_ids)
    return [_entry(row) for row in rows]


def _entry(row: ReadinessItem) -> TimelineEntry:
    # What was past already when the line was written sends nothing.
    due_on: dt.date = row.due_on or dt.date.max
    late = due_on < timezone.localdate(row.created_at)
    return TimelineEntry(
        key=f"readiness:{row.pk}",
        kind="readiness",
        organisation_id=row.organisation_id,
        enrolment_id=None,
        waiting_on_id=row.owner_id,
        title=row.text,
        due_on=due_on,
        url=reverse("pathway:readiness_tick", args=[row.pk]),
        remind_from=None if late else due_on - REMIND_BEFORE,
        until=None if late else due_on + REMIND_UNTIL,
    )
