"""Writing down what must be said: one notification per fact, however often and by however many this is run."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Collection

from django.core.cache import cache

from pathway.models import Enrolment
from reminders.models import Identity, Notification
from reminders.queries import Fact, news_since, reminders_due, to_be_said
from reminders.services.mails import put_into_mails

# How far back news is looked for: longer than any outage that nobody notices.
NEWS_WINDOW = dt.timedelta(days=7)
RESTING = "reminders:resting"
# Reading everybody's year takes at most a twentieth of the time: 500 people took some seconds.
REST = 20


def plan(*, today: dt.date, now: dt.datetime) -> int:
    """Notify of what has fallen due or happened; returns how many things were put into mails.

    Safe to run at any time and by several at once: a notification is unique by what, to whom and for which local
    date, so a clock change can neither double nor skip one.
    """
    due = reminders_due(Enrolment.objects.active_on(today), today=today, now=now)
    return _say(due + news_since(now - NEWS_WINDOW), today=today, now=now)


def plan_in_turn(*, today: dt.date, now: dt.datetime) -> int:
    """For every minute: news always, what is due as often as its share of the time allows (with a few hundred
    people every minute)."""
    if cache.get(RESTING):
        return _say(news_since(now - NEWS_WINDOW), today=today, now=now)
    began = time.monotonic()
    said = plan(today=today, now=now)
    cache.set(RESTING, True, timeout=(time.monotonic() - began) * REST)
    return said


def _say(facts: list[Fact], *, today: dt.date, now: dt.datetime) -> int:
    allowed = to_be_said(facts, today=today)
    _write([allowed[identity] for identity in allowed.keys() - _known(allowed.values())])
    return put_into_mails(today=today, now=now)


def _known(facts: Collection[Fact]) -> set[Identity]:
    """What has been said already; spares thousands of refused inserts every minute."""
    if not facts:
        return set()
    rows = Notification.objects.filter(
        organisation__in={fact.organisation_id for fact in facts}, local_date__in={fact.local_date for fact in facts}
    )
    return set(rows.values_list("organisation_id", "recipient_id", "kind", "key", "local_date"))


def _write(facts: Collection[Fact]) -> None:
    rows = [
        Notification(
            organisation_id=fact.organisation_id,
            recipient_id=fact.recipient_id,
            kind=fact.kind,
            key=fact.key,
            local_date=fact.local_date,
            title=fact.title,
            url=fact.url,
            happened_at=fact.happened_at,
            due_on=fact.due_on,
            enrolment_id=fact.enrolment_id,
        )
        # Everybody inserts in one order, so that two planners cannot wait for each other in a circle.
        for fact in sorted(facts, key=lambda fact: fact.identity)
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
