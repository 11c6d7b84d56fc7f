"""A piece that came back because somebody can be recognised in it: who did it, never why, never a word of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from pathway.timeline import TimelineEntry, TimelineEvent
from portfolio.models import Evidence

WITHIN = dt.timedelta(days=2)
REMINDED_FOR = dt.timedelta(days=21)


def sent_back(evidence: Evidence) -> TimelineEntry:
    """It waits on its writer from that day, who hears of it at once as news and is reminded from the next day on."""
    on = timezone.localdate(evidence.sent_back_at)
    by = evidence.sent_back_by.name if evidence.sent_back_by else "Your mentor"
    what = (
        "take out what identifies somebody"
        if evidence.is_to_take_out
        else "you have taken something out, so share it again"
    )
    return TimelineEntry(
        key=f"sent_back:{evidence.pk}:{on}",
        kind="evidence_sent_back",
        organisation_id=evidence.organisation_id,
        enrolment_id=evidence.enrolment_id,
        waiting_on_id=evidence.enrolment.supervisor_id,
        title=f"{by} sent a piece of evidence back: {what}",
        due_on=on + WITHIN,
        remind_from=on + dt.timedelta(days=1),
        waits_from=on,
        until=on + REMINDED_FOR,
        url=evidence.get_absolute_url(),
    )


def events(since: dt.datetime) -> Iterable[TimelineEvent]:
    back = Evidence.objects.kept().filter(sent_back_at__gte=since)
    for evidence in back.select_related("enrolment", "sent_back_by"):
        yield TimelineEvent(
            key=f"evidence_sent_back:{evidence.pk}:{evidence.sent_back_at:%Y%m%d%H%M%S}",
            kind="evidence_sent_back",
            organisation_id=evidence.organisation_id,
            recipient_id=evidence.enrolment.supervisor_id,
            title=f"{evidence.sent_back_by.name} sent a piece of evidence back to you",
            url=evidence.get_absolute_url(),
            at=evidence.sent_back_at,
        )
