"""What is to be said now: due things and news, drawn from everybody's timeline, for those entitled to hear them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.models import Membership
from pathway.readiness_news import due_items
from pathway.timeline import TimelineEntry, TimelineEvent, all_entries, all_events
from reminders.models import Identity

if TYPE_CHECKING:
    from pathway.querysets import EnrolmentQuerySet

Hearer = tuple[uuid.UUID, uuid.UUID]  # organisation, person
TITLE_LENGTH = 300


@dataclass(frozen=True)
class Fact:
    """One thing to say, as it holds now. A reminder has ``due_on``; news has none."""

    organisation_id: uuid.UUID
    recipient_id: uuid.UUID
    kind: str
    key: str
    local_date: dt.date
    title: str
    url: str
    happened_at: dt.datetime
    due_on: dt.date | None = None
    enrolment_id: uuid.UUID | None = None

    @property
    def identity(self) -> Identity:
        return (self.organisation_id, self.recipient_id, self.kind, self.key, self.local_date)

    @property
    def hearer(self) -> Hearer:
        return (self.organisation_id, self.recipient_id)


def reminders_due(enrolments: EnrolmentQuerySet, *, today: dt.date, now: dt.datetime) -> list[Fact]:
    """What waits on somebody on ``today`` in those people's years, and what the organisations get ready before any."""
    entries = [*all_entries(enrolments, today), *due_items()]
    return [fact for entry in entries if (fact := _reminder(entry, today, now))]


def news_since(since: dt.datetime) -> list[Fact]:
    """What has happened, in every organisation."""
    return [_news(event) for event in all_events(since)]


def to_be_said(facts: Collection[Fact], *, today: dt.date) -> dict[Identity, Fact]:
    """Those that somebody may hear."""
    allowed = entitled({fact.hearer for fact in facts}, today)
    return {fact.identity: fact for fact in facts if fact.hearer in allowed}


def entitled(hearers: Collection[Hearer], today: dt.date) -> set[Hearer]:
    """Those who are live members of the organisation and may sign in."""
    if not hearers:
        return set()
    members = Membership.objects.live(today).filter(
        user__is_active=True,
        organisation__in={organisation for organisation, _ in hearers},
        user__in={person for _, person in hearers},
    )
    return set(members.values_list("organisation_id", "user_id")) & set(hearers)


def _reminder(entry: TimelineEntry, today: dt.date, now: dt.datetime) -> Fact | None:
    if entry.remind_from is None or entry.waiting_on_id is None or entry.done_on is not None:
        return None
    if not entry.remind_from <= today <= (entry.until or entry.due_on):
        return None
    return Fact(
        organisation_id=entry.organisation_id,
        recipient_id=entry.waiting_on_id,
        kind=entry.kind,
        key=entry.key,
        local_date=entry.remind_from,
        title=entry.title[:TITLE_LENGTH],
        url=entry.url,
        happened_at=now,
        due_on=entry.due_on,
        enrolment_id=entry.enrolment_id,
    )


def _news(event: TimelineEvent) -> Fact:
    return Fact(
        organisation_id=event.organisation_id,
        recipient_id=event.recipient_id,
        kind=event.kind,
        key=event.key,
        local_date=timezone.localdate(event.at),
        title=event.title[:TITLE_LENGTH],
        url=event.url,
        happened_at=event.at,
    )
