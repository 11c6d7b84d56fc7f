"""The one list that timeline pages, homes, boards and reminders read: due things, and what happened.

Each module named in ``settings.TIMELINE_MODULES`` offers ``MILESTONE_KINDS`` (the milestone kinds it says are
done), ``entries(enrolments, today)`` and ``events(since)``, each in at most two queries.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from django.conf import settings

if TYPE_CHECKING:
    from pathway.querysets import EnrolmentQuerySet


@dataclass(frozen=True)
class TimelineEntry:
    """A due thing. ``key`` is stable (the reminder's subject), ``title`` never holds portfolio text, ``url``
    opens for ``waiting_on_id``. Nothing is reminded of before ``remind_from`` or after ``until``; an entry
    without ``remind_from`` is shown but never sent."""

    key: str
    kind: str
    organisation_id: uuid.UUID
    enrolment_id: uuid.UUID | None
    waiting_on_id: uuid.UUID | None
    title: str
    due_on: dt.date
    url: str
    remind_from: dt.date | None = None
    until: dt.date | None = None
    done_on: dt.date | None = None
    # "key_point", "key_activity" or "session" for what the picture of the year shows; empty for the rest.
    importance: str = ""
    # Who it waits on, in words, where that is no one person.
    waiting_on: str = ""
    starts_on: dt.date | None = None

    def is_overdue(self, today: dt.date) -> bool:
        return self.done_on is None and self.due_on < today and self.importance != "session"

    def is_current(self, today: dt.date) -> bool:
        """Its time has come and it is not done."""
        return self.done_on is None and (self.starts_on or self.due_on) <= today


@dataclass(frozen=True)
class TimelineEvent:
    """Something that happened and that one person should hear of; its own row is the key."""

    key: str
    kind: str
    organisation_id: uuid.UUID
    recipient_id: uuid.UUID
    title: str
    url: str
    at: dt.datetime


class TimelineModule(Protocol):
    MILESTONE_KINDS: frozenset[str]

    def entries(self, enrolments: EnrolmentQuerySet, today: dt.date) -> Iterable[TimelineEntry]: ...

    def events(self, since: dt.datetime) -> Iterable[TimelineEvent]: ...


def modules() -> list[TimelineModule]:
    return [cast("TimelineModule", import_module(path)) for path in settings.TIMELINE_MODULES]


def all_entries(enrolments: EnrolmentQuerySet, today: dt.date) -> list[TimelineEntry]:
    """Everything due or done for the enrolments, in date order."""
    found = [entry for module in modules() for entry in module.entries(enrolments, today)]
    return sorted(found, key=lambda entry: (entry.due_on, entry.title))


def all_events(since: dt.datetime) -> list[TimelineEvent]:
    found = [event for module in modules() for event in module.events(since)]
    return sorted(found, key=lambda event: event.at, reverse=True)
