"""Asking again, just before sending, whether a thing is still so and still that person's to hear."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.utils import timezone

from pathway.models import Enrolment
from reminders.models import Delivery, Notification
from reminders.queries import Fact, news_since, reminders_due, to_be_said


def still_to_say(delivery: Delivery, now: dt.datetime) -> list[Notification]:
    """The mail's things that still hold, in today's words, what is due first; none if the person has left."""
    things: list[Notification] = list(delivery.notifications.order_by("due_on", "happened_at", "pk"))
    reminders = [thing for thing in things if thing.due_on]
    news = [thing for thing in things if not thing.due_on]
    facts = to_be_said(_due_again(reminders, now) + _news_again(news), today=timezone.localdate(now))
    return [_in_words_of(facts[thing.identity], thing) for thing in things if thing.identity in facts]


def _due_again(reminders: Collection[Notification], now: dt.datetime) -> list[Fact]:
    """Only the years that the reminders belong to are read, or the organisation's where one belongs to no year."""
    if not reminders:
        return []
    enrolments = Enrolment.objects.active_on(timezone.localdate(now))
    years = {thing.enrolment_id for thing in reminders}
    if None in years:
        enrolments = enrolments.filter(organisation__in={thing.organisation_id for thing in reminders})
    else:
        enrolments = enrolments.filter(pk__in=years)
    return reminders_due(enrolments, today=timezone.localdate(now), now=now)


def _news_again(news: Collection[Notification]) -> list[Fact]:
    return news_since(min(thing.happened_at for thing in news)) if news else []


def _in_words_of(fact: Fact, thing: Notification) -> Notification:
    """Not saved: the mail says what holds now, the notice keeps what was said."""
    thing.title, thing.url, thing.due_on = fact.title, fact.url, fact.due_on
    return thing
