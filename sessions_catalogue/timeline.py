"""Sessions, their preparation and follow-up, and the milestone of the first session; what moved is in news."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from pathway.milestones import MilestoneDue, milestones_of
from pathway.models import Enrolment, Milestone
from pathway.timeline import TimelineEntry, step_entry
from pqs_portal.lib.dates import working_day_before, working_days_before
from sessions_catalogue.news import events

if TYPE_CHECKING:
    from pathway.querysets import EnrolmentQuerySet

__all__ = ["MILESTONE_KINDS", "entries", "events"]

MILESTONE_KINDS = frozenset({Milestone.Kind.FIRST_SESSION.value})

PREPARE_DAYS = 5
FOLLOW_UP_AFTER = dt.timedelta(days=14)
FOLLOW_UP_UNTIL = dt.timedelta(days=7)
FIRST = 1


@dataclass(frozen=True)
class Meeting:
    """One dated session for one person; ``published_on`` is None while the cohort is a draft."""

    enrolment_id: uuid.UUID
    supervisor_id: uuid.UUID
    organisation_id: uuid.UUID
    published_on: dt.date | None
    scheduled_id: uuid.UUID
    number: int
    title: str
    on: dt.date

    @property
    def words(self) -> str:
        return f"session {self.number}: {self.title}"


def entries(enrolments: EnrolmentQuerySet, today: dt.date) -> list[TimelineEntry]:
    meetings = _meetings(enrolments)
    found = [
        entry
        for own in meetings.values()
        for meeting in own
        for entry in _of_meeting(meeting, _next_date(meeting, own), today)
    ]
    steps = milestones_of(enrolments, MILESTONE_KINDS)
    return found + [_first_session(step, meetings.get(step.enrolment.pk, []), today) for step in steps]


def _meetings(enrolments: EnrolmentQuerySet) -> dict[uuid.UUID, list[Meeting]]:
    """Each person's dated sessions in order, without those after their year ended."""
    dated = "cohort__scheduled_sessions__"
    rows = (
        Enrolment.objects.filter(pk__in=enrolments.values("pk"), **{f"{dated}isnull": False})
        .values_list(
            "pk",
            "supervisor",
            "organisation",
            "cohort__published_at",
            f"{dated}pk",
            f"{dated}session__number",
            f"{dated}session__title",
            f"{dated}starts_at",
            "ended_on",
        )
        .order_by(f"{dated}starts_at")
    )
    found: dict[uuid.UUID, list[Meeting]] = defaultdict(list)
    for pk, supervisor, organisation, published_at, scheduled, number, title, starts_at, ended_on in rows:
        on = timezone.localdate(starts_at)
        published_on = timezone.localdate(published_at) if published_at else None
        if ended_on is None or on < ended_on:
            found[pk].append(Meeting(pk, supervisor, organisation, published_on, scheduled, number, title, on))
    return found


def _next_date(meeting: Meeting, own: Sequence[Meeting]) -> dt.date | None:
    """The next later day with a session; on a day of four that is the next day of four."""
    return next((other.on for other in own if other.on > meeting.on), None)


def follow_up_on(held_on: dt.date, next_on: dt.date | None) -> dt.date:
    """The earlier of two weeks after and the working day before the next session, never before the session."""
    due_on = held_on + FOLLOW_UP_AFTER
    if next_on is not None:
        due_on = min(due_on, working_day_before(next_on))
    return max(due_on, held_on)


def _of_meeting(meeting: Meeting, next_on: dt.date | None, today: dt.date) -> Iterator[TimelineEntry]:
    on, past = meeting.on, meeting.on < today
    remind_from = working_days_before(on, PREPARE_DAYS)
    follow_up = follow_up_on(on, next_on)
    until = follow_up + FOLLOW_UP_UNTIL
    held_on = on if past else None
    yield _entry(meeting, "session", f"S{meeting.words[1:]}", due_on=on, done_on=held_on)
    # Nobody records preparing or following up: past their time, they count as done, never as overdue.
    yield _entry(
        meeting,
        "session_preparation",
        f"Prepare for {meeting.words}",
        due_on=on,
        done_on=held_on,
        starts_on=remind_from,
        until=on,
        remind_from=_from_publication(meeting, remind_from, on),
    )
    yield _entry(
        meeting,
        "session_follow_up",
        f"Follow-up of {meeting.words}",
        due_on=follow_up,
        done_on=follow_up if until < today else None,
        starts_on=on,
        until=until,
        remind_from=_from_publication(meeting, follow_up, follow_up),
    )


def _from_publication(meeting: Meeting, remind_from: dt.date, due_on: dt.date) -> dt.date | None:
    """No reminder from a draft, nor of what was already past when the cohort was published."""
    if meeting.published_on is None or due_on < meeting.published_on:
        return None
    return max(remind_from, meeting.published_on)


def _entry(
    meeting: Meeting,
    kind: str,
    title: str,
    *,
    due_on: dt.date,
    done_on: dt.date | None,
    starts_on: dt.date | None = None,
    remind_from: dt.date | None = None,
    until: dt.date | None = None,
) -> TimelineEntry:
    part = kind.removeprefix("session_")
    return TimelineEntry(
        key=f"scheduled:{meeting.scheduled_id}:{part}:{meeting.enrolment_id}",
        kind=kind,
        organisation_id=meeting.organisation_id,
        enrolment_id=meeting.enrolment_id,
        waiting_on_id=meeting.supervisor_id,
        title=title,
        due_on=due_on,
        url=reverse("sessions_catalogue:session", args=[meeting.number]),
        remind_from=remind_from,
        until=until,
        done_on=done_on,
        importance="session" if kind == "session" else "",
        starts_on=starts_on,
    )


def _first_session(step: MilestoneDue, own: Sequence[Meeting], today: dt.date) -> TimelineEntry:
    """The milestone is due on the date of session 1 and done once that is past, unless recorded before.

    It sends nothing itself: the session's preparation does.
    """
    entry = replace(step_entry(step), remind_from=None, until=None)
    on = next((meeting.on for meeting in own if meeting.number == FIRST), None)
    if on is None:
        return entry
    done_on = entry.done_on or (on if on < today else None)
    url = reverse("sessions_catalogue:session", args=[FIRST])
    return replace(entry, due_on=on, done_on=done_on, url=url)
