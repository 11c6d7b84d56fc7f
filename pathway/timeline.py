"""The one list that timeline pages, homes, boards and reminders read: due things, and what happened.

Each module named in ``settings.TIMELINE_MODULES`` offers ``MILESTONE_KINDS`` (the milestone kinds it says are
done), ``entries(enrolments, today)`` and ``events(since)``, each in a fixed number of queries however many people.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from django.conf import settings
from django.utils import timezone

from pathway import change_news, news, nomination_news
from pathway.milestones import MilestoneDue, asking_once, milestones_of
from pathway.models import Milestone
from pathway.timeline_rows import TimelineEntry, TimelineEvent
from pqs_portal.lib.addresses import address

if TYPE_CHECKING:
    from pathway.querysets import EnrolmentQuerySet


__all__ = ["MILESTONE_KINDS", "TimelineEntry", "TimelineEvent", "all_entries", "all_events", "entries", "events"]


class TimelineModule(Protocol):
    MILESTONE_KINDS: frozenset[str]

    def entries(self, enrolments: EnrolmentQuerySet, today: dt.date) -> Iterable[TimelineEntry]: ...

    def events(self, since: dt.datetime) -> Iterable[TimelineEvent]: ...


# Steps with a screen of their own in another app are yielded there.
MILESTONE_KINDS: frozenset[str] = frozenset(Milestone.Kind) - {
    Milestone.Kind.FIRST_SESSION,
    Milestone.Kind.FORMATIVE_OBSERVATION,
    Milestone.Kind.DIRECT_OBSERVATION,
    Milestone.Kind.SELF_ASSESSMENT,
    Milestone.Kind.SELF_ASSESSMENT_FINAL,
    Milestone.Kind.CRITICAL_REFLECTION,
}
REMIND_BEFORE = dt.timedelta(days=7)
REMIND_UNTIL = dt.timedelta(days=14)


def entries(enrolments: EnrolmentQuerySet, today: dt.date) -> list[TimelineEntry]:
    """The steps of the year that are recorded by hand, and the pairing, which says by itself that it is done."""
    return [step_entry(due) for due in milestones_of(enrolments, MILESTONE_KINDS)]


def events(since: dt.datetime) -> list[TimelineEvent]:
    """Who joined and stands beside whom, what became of nominations, and what changed about a year."""
    return [*news.events(since), *nomination_news.events(since), *change_news.events(since)]


def step_entry(due: MilestoneDue) -> TimelineEntry:
    milestone, enrolment = due.milestone, due.enrolment
    is_match = milestone.kind == Milestone.Kind.MENTOR_MATCH
    done_on = due.done_on or (due.mentored_from if is_match else None)
    reminded = done_on is None and due.waiting_on_id is not None and not entered_late(due)
    return TimelineEntry(
        key=f"step:{enrolment.pk}:{milestone.pk}",
        kind="step",
        organisation_id=enrolment.organisation_id,
        enrolment_id=enrolment.pk,
        waiting_on_id=due.waiting_on_id,
        title=title_for(due),
        due_on=due.due_on,
        url=address("pathway:step_done", enrolment.pk, milestone.pk),
        remind_from=due.due_on - REMIND_BEFORE if reminded else None,
        until=due.due_on + REMIND_UNTIL if reminded else None,
        done_on=done_on,
        importance=milestone.importance,
        step_kind=milestone.kind,
        waiting_on=milestone.get_waiting_on_display(),
        starts_on=due.starts_on,
        is_shared=not due.is_personal,
    )


def title_for(due: MilestoneDue) -> str:
    """Whose step it is stands in the title for everybody but the person."""
    own = due.waiting_on_id in (None, due.enrolment.supervisor_id)
    return due.milestone.title if own else f"{due.milestone.title} of {due.enrolment.supervisor.name}"


def entered_late(due: MilestoneDue) -> bool:
    """Whether the step was already due when the cohort was published or the person was put into it: entering past
    dates sends nothing."""
    published_at = due.enrolment.cohort.published_at
    return published_at is None or due.due_on < timezone.localdate(max(published_at, due.enrolment.created_at))


def modules() -> list[TimelineModule]:
    return [cast("TimelineModule", import_module(path)) for path in settings.TIMELINE_MODULES]


def all_entries(enrolments: EnrolmentQuerySet, today: dt.date) -> list[TimelineEntry]:
    """Everything due or done for the enrolments, in date order."""
    scope = asking_once(enrolments)
    found = [entry for module in modules() for entry in module.entries(scope, today)]
    return sorted(found, key=lambda entry: (entry.due_on, entry.title))


def all_events(since: dt.datetime) -> list[TimelineEvent]:
    found = [event for module in modules() for event in module.events(since)]
    return sorted(found, key=lambda event: event.at, reverse=True)
