"""The two things a timeline is made of."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass


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
    # The milestone's kind, for steps of the year.
    step_kind: str = ""
    # A step of the organisation or the cohort: done once for everybody, never late in one person's year.
    is_shared: bool = False
    # From when it stands among what waits, where that is before it is reminded of.
    waits_from: dt.date | None = None

    def is_overdue(self, today: dt.date) -> bool:
        late = self.done_on is None and self.due_on < today
        return late and self.importance != "session" and not self.is_shared

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
