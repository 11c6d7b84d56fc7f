"""Asking again, just before sending, whether a thing is still so and still that person's to hear."""

from __future__ import annotations

import datetime as dt
import time
import uuid

from django.utils import timezone

from reminders.models import Delivery, Identity, Notification
from reminders.queries import Fact, current_facts, entitled

# News may wait longer than planning looks back, when the mail server was away.
NEWS_WINDOW = dt.timedelta(days=14)
# An organisation's whole timeline is read once for many mails, but never believed for longer than this (seconds).
BELIEVED = 3.0


class Truth:
    """For one run of the sender."""

    def __init__(self) -> None:
        self._known: dict[uuid.UUID, tuple[float, dict[Identity, Fact]]] = {}

    def still_to_say(self, delivery: Delivery, now: dt.datetime) -> list[Notification]:
        """The mail's things that still hold, in today's words, what is due first; none if the person has left."""
        things: list[Notification] = list(delivery.notifications.order_by("due_on", "happened_at", "pk"))
        if not entitled({(delivery.organisation_id, delivery.recipient_id)}, timezone.localdate(now)):
            return []
        facts = self._facts(delivery.organisation_id, now, believed=BELIEVED)
        if any(thing.identity not in facts for thing in things):
            # It may have been planned after the timeline was read: nothing is dropped on old knowledge.
            facts = self._facts(delivery.organisation_id, now, believed=0)
        return [_in_words_of(facts[thing.identity], thing) for thing in things if thing.identity in facts]

    def _facts(self, organisation_id: uuid.UUID, now: dt.datetime, *, believed: float) -> dict[Identity, Fact]:
        read_at, facts = self._known.get(organisation_id, (0.0, {}))
        moment = time.monotonic()
        if not read_at or moment - read_at >= believed:
            facts = current_facts(
                today=timezone.localdate(now), now=now, since=now - NEWS_WINDOW, organisation_id=organisation_id
            )
            self._known[organisation_id] = (moment, facts)
        return facts


def _in_words_of(fact: Fact, thing: Notification) -> Notification:
    """Not saved: the mail says what holds now, the notice keeps what was said."""
    thing.title, thing.url, thing.due_on = fact.title, fact.url, fact.due_on
    return thing
