"""Sessions, what goes before and after each, the three questions, and the milestone of the first session; what
moved is in news."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from django.urls import reverse

from pathway.milestones import MilestoneDue, milestones_of
from pathway.models import Milestone
from pathway.timeline import TimelineEntry, TimelineEvent, step_entry
from pqs_portal.lib.dates import working_day_before, working_days_before
from sessions_catalogue import news, pulse_news, voices_news
from sessions_catalogue.meetings import Meeting, meetings_of, next_date
from sessions_catalogue.pulse import is_open

if TYPE_CHECKING:
    from pathway.querysets import EnrolmentQuerySet

__all__ = ["MILESTONE_KINDS", "entries", "events"]

MILESTONE_KINDS = frozenset({Milestone.Kind.FIRST_SESSION.value})

PREPARE_DAYS = 5
FOLLOW_UP_AFTER = dt.timedelta(days=14)
FOLLOW_UP_UNTIL = dt.timedelta(days=7)
CATCH_UP_WITHIN = dt.timedelta(days=28)
FIRST = 1


def entries(enrolments: EnrolmentQuerySet, today: dt.date) -> list[TimelineEntry]:
    meetings = meetings_of(enrolments)
    found = [
        entry
        for own in meetings.values()
        for meeting in own
        for entry in _of_meeting(meeting, next_date(meeting, own), today)
    ]
    steps = milestones_of(enrolments, frozenset(Milestone.Kind.values))
    # Asked for only while the questions are open in a cohort, which is four months of the year.
    if any(is_open(cohort, today) for cohort in {step.enrolment.cohort for step in steps}):
        found += pulse_news.entries(enrolments, today)
    first = [step for step in steps if step.milestone.kind in MILESTONE_KINDS]
    return found + [_first_session(step, meetings.get(step.enrolment.pk, []), today) for step in first]


# Twelve addresses stand in thousands of entries.
@cache
def session_url(number: int, own_id: uuid.UUID | None) -> str:
    if own_id:
        return reverse("sessions_catalogue:own_session", args=[own_id])
    return reverse("sessions_catalogue:session", args=[number])


@cache
def follow_up_url(number: int, own_id: uuid.UUID | None) -> str:
    if own_id:
        return reverse("portfolio:own_follow_up", args=[own_id])
    return reverse("portfolio:follow_up", args=[number])


def follow_up_on(held_on: dt.date, next_on: dt.date | None) -> dt.date:
    """The earlier of two weeks after and the working day before the next session, never before the session."""
    due_on = held_on + FOLLOW_UP_AFTER
    if next_on is not None:
        due_on = min(due_on, working_day_before(next_on))
    return max(due_on, held_on)


def events(since: dt.datetime) -> list[TimelineEvent]:
    """Dates that moved or fell out, and what became of suggestions."""
    return [*news.events(since), *voices_news.events(since)]


def _of_meeting(meeting: Meeting, next_on: dt.date | None, today: dt.date) -> Iterator[TimelineEntry]:
    on, past = meeting.on, meeting.on < today
    remind_from = working_days_before(on, PREPARE_DAYS)
    held_on = on if past else None
    yield _entry(meeting, "session", f"S{meeting.words[1:]}", due_on=on, done_on=None if meeting.missed_on else held_on)
    # Whether somebody prepared is theirs to know: past its day it counts as done, never as overdue.
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
    yield _catch_up(meeting) if meeting.missed_on else _follow_up(meeting, next_on, today)


def _follow_up(meeting: Meeting, next_on: dt.date | None, today: dt.date) -> TimelineEntry:
    due_on = follow_up_on(meeting.on, next_on)
    until = due_on + FOLLOW_UP_UNTIL
    return _entry(
        meeting,
        "session_follow_up",
        f"Follow-up of {meeting.words}",
        due_on=due_on,
        done_on=meeting.followed_up_on or (due_on if until < today else None),
        starts_on=meeting.on,
        until=until,
        remind_from=_from_publication(meeting, due_on, due_on),
        url=follow_up_url(meeting.number, meeting.session_id if meeting.is_own else None),
    )


def _catch_up(meeting: Meeting) -> TimelineEntry:
    """In place of the follow-up, for who was not there: another delivery, or the blocks on one's own."""
    assert meeting.missed_on is not None  # noqa: S101 -- the caller asks; this tells mypy
    due_on = meeting.on + CATCH_UP_WITHIN
    return _entry(
        meeting,
        "session_catch_up",
        f"Catch up on {meeting.words}",
        due_on=due_on,
        done_on=None,
        starts_on=meeting.missed_on,
        remind_from=_from_publication(meeting, meeting.missed_on, due_on),
        url=reverse("sessions_catalogue:catch_up", args=[meeting.enrolment_id]),
    )


def _from_publication(meeting: Meeting, remind_from: dt.date, due_on: dt.date) -> dt.date | None:
    """No reminder from a draft, nor of what was already past when the cohort was published or the person came."""
    if meeting.told_from is None or due_on < meeting.told_from:
        return None
    return max(remind_from, meeting.told_from)


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
    url: str = "",
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
        url=url or session_url(meeting.number, meeting.session_id if meeting.is_own else None),
        remind_from=remind_from,
        until=until,
        done_on=done_on,
        importance="session" if kind == "session" else "",
        starts_on=starts_on,
    )


def _first_session(step: MilestoneDue, own: Sequence[Meeting], today: dt.date) -> TimelineEntry:
    """The milestone is due on the date of session 1, or of the first one that somebody who came later comes to, and
    done once that is past, unless recorded before.

    It sends nothing itself: the session's preparation does.
    """
    entry = replace(step_entry(step), remind_from=None, until=None)
    first = next((meeting for meeting in own if meeting.number == FIRST), next(iter(own), None))
    if first is None:
        return entry
    done_on = entry.done_on or (first.on if first.on < today else None)
    url = session_url(first.number, first.session_id if first.is_own else None)
    return replace(entry, due_on=first.on, done_on=done_on, url=url)
