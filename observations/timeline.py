"""What observations ask of the mentor by when, and what the two people should hear of."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from observations.models import FocusWish, Observation
from pathway.milestones import MilestoneDue, milestones_of
from pathway.models import Enrolment, Milestone
from pathway.timeline import TimelineEntry, TimelineEvent, entered_late
from pqs_portal.lib.dates import next_working_day

if TYPE_CHECKING:
    from pathway.querysets import EnrolmentQuerySet

KIND_OF_STEP = {
    Milestone.Kind.FORMATIVE_OBSERVATION.value: Observation.Kind.FORMATIVE.value,
    Milestone.Kind.DIRECT_OBSERVATION.value: Observation.Kind.DIRECT.value,
}
MILESTONE_KINDS: frozenset[str] = frozenset(KIND_OF_STEP)
TWO_WEEKS = dt.timedelta(days=14)


def entries(enrolments: EnrolmentQuerySet, today: dt.date) -> list[TimelineEntry]:
    """The steps that are observations, and each one that is booked or has to be written up; two queries."""
    steps: dict[tuple[object, str], list[MilestoneDue]] = defaultdict(list)
    for due in milestones_of(enrolments, MILESTONE_KINDS):
        steps[due.enrolment.pk, KIND_OF_STEP[due.milestone.kind]].append(due)
    seen: dict[tuple[object, str], list[Observation]] = defaultdict(list)
    for observation in relevant(enrolments):
        seen[observation.enrolment_id, observation.kind].append(observation)
    found: list[TimelineEntry] = []
    for key, dues in steps.items():
        found.extend(step_entries(dues, seen[key], today))
    for observation in (one for rows in seen.values() for one in rows if not one.is_released):
        found.extend(row_entry(observation, today))
    return found


def relevant(enrolments: EnrolmentQuerySet) -> Iterable[Observation]:
    """What counts or will count, without the words."""
    rows = Observation.objects.filter(enrolment__in=enrolments.values("pk"))
    return (
        rows.released_or_open()
        .select_related("enrolment__supervisor", "enrolment__cohort")
        .defer("with_whom", "context", "noticed", "strengths", "development_points", "reflection")
    )


def step_entries(dues: list[MilestoneDue], seen: list[Observation], today: dt.date) -> Iterator[TimelineEntry]:
    """One entry for each step of one kind. A step recorded by hand stands for one observation: who began the year
    before the portal had the first one on paper, and what is released here counts as the next."""
    by_hand = {due.milestone.pk: due.done_on for due in dues if due.done_on}
    released = sorted((one for one in seen if one.is_released), key=lambda one: one.observed_on or today)
    begun = sorted((one for one in seen if not one.is_released), key=lambda one: one.takes_place_on or today)
    for due in sorted(dues, key=lambda one: one.milestone.minimum):
        done_on = by_hand.get(due.milestone.pk)
        row: Observation | None = None
        if done_on is None:
            earlier = sum(1 for one in dues if one.milestone.pk in by_hand and one is not due)
            wanted = max(due.milestone.minimum - earlier, 1)
            row = released[wanted - 1] if len(released) >= wanted else None
            done_on = row.observed_on if row else None
        if done_on is None and begun:
            row = begun.pop(0)
        yield step_entry(due, row, done_on)


def step_entry(due: MilestoneDue, row: Observation | None, done_on: dt.date | None) -> TimelineEntry:
    """``row`` is the observation that did the step, or that will; it is reminded of as long as there is none."""
    enrolment, milestone = due.enrolment, due.milestone
    waits = done_on is None and row is None and due.waiting_on_id is not None and not entered_late(due)
    return TimelineEntry(
        key=f"step:{enrolment.pk}:{milestone.pk}",
        kind="observation_due" if done_on is None and row is None else "step",
        organisation_id=enrolment.organisation_id,
        enrolment_id=enrolment.pk,
        waiting_on_id=due.waiting_on_id,
        title=f"{milestone.title} of {enrolment.supervisor.name}",
        due_on=due.due_on,
        url=step_url(due, row),
        remind_from=published_or_later(enrolment, due.due_on - TWO_WEEKS) if waits else None,
        until=due.due_on + TWO_WEEKS if waits else None,
        done_on=done_on,
        importance=milestone.importance,
        step_kind=milestone.kind,
        waiting_on=milestone.get_waiting_on_display(),
        starts_on=due.starts_on,
    )


def step_url(due: MilestoneDue, row: Observation | None) -> str:
    """Where the person it waits on goes on; steps of others than the mentor lead to the list."""
    if due.mentor_id is None or due.waiting_on_id != due.mentor_id:
        return reverse("observations:observation_list")
    if row is None:
        new = reverse("observations:observation_new", args=[due.enrolment.pk])
        return f"{new}?kind={KIND_OF_STEP[due.milestone.kind]}"
    if row.observer_id != due.mentor_id:
        return reverse("observations:observation_list")
    return reverse(f"observations:observation{'' if row.is_released else '_edit'}", args=[row.pk])


def row_entry(observation: Observation, today: dt.date) -> Iterator[TimelineEntry]:
    """A booked day that is still to come, or one that has passed and waits for the mentor to write and release."""
    day = observation.planned_on or observation.observed_on
    if day is None:
        return
    enrolment = observation.enrolment
    passed = day < today
    due_on = next_working_day(day + dt.timedelta(days=1)) if passed else day
    published_on = published_or_later(enrolment, due_on)
    reminded = passed and published_on == due_on
    name, kind = enrolment.supervisor.name, observation.get_kind_display()
    yield TimelineEntry(
        key=f"observation:{observation.pk}",
        kind="observation_to_record" if passed else "observation_planned",
        organisation_id=observation.organisation_id,
        enrolment_id=enrolment.pk,
        waiting_on_id=observation.observer_id,
        title=f"{kind} of {name}, to be recorded and released" if passed else f"{kind} of {name}",
        due_on=due_on,
        url=reverse("observations:observation_edit", args=[observation.pk]),
        remind_from=due_on if reminded else None,
        until=due_on + TWO_WEEKS if reminded else None,
        waiting_on=Milestone.WaitingOn.MENTOR.label,
    )


def published_or_later(enrolment: Enrolment, day: dt.date) -> dt.date | None:
    """``day``, or the day the cohort was published if that came later; None while it is not."""
    published_at = enrolment.cohort.published_at
    return max(day, timezone.localdate(published_at)) if published_at else None


def events(since: dt.datetime) -> list[TimelineEvent]:
    """Booked and released: the supervisor hears of it. Reflected on, and a focus asked for: the mentor, while they
    are. Two queries."""
    recent = Q(booked_at__gte=since) | Q(released_at__gte=since) | Q(reflected_at__gte=since)
    rows = Observation.objects.filter(recent, enrolment__cohort__status="published").with_current_mentor()
    found = rows.select_related("enrolment__supervisor", "observer")
    told = [event for observation in found for event in happened(observation) if event.at >= since]
    asked = FocusWish.objects.open().filter(asked_at__gte=since, enrolment__cohort__status="published")
    return told + [wished(wish) for wish in asked.select_related("enrolment__supervisor", "observation")]


def wished(wish: FocusWish) -> TimelineEvent:
    """Which areas, and why, the page says."""
    row, at = wish.observation, wish.asked_at
    assert at  # noqa: S101 -- an open one was asked
    return TimelineEvent(
        key=f"observation_focus:{wish.pk}:{int(at.timestamp())}",
        kind="observation_focus",
        organisation_id=wish.organisation_id,
        recipient_id=wish.mentor_id,
        title=f"{wish.enrolment.supervisor.name} asked for a focus of {wish.which_words}",
        url=row.get_absolute_url() if row else reverse("observations:observation_list"),
        at=at,
    )


def happened(observation: Any) -> Iterator[TimelineEvent]:
    """``observation`` comes ``with_current_mentor``."""
    supervisor, observer = observation.enrolment.supervisor, observation.observer
    kind, page = observation.get_kind_display(), observation.get_absolute_url()
    booked_at, day = observation.booked_at, observation.planned_on
    if booked_at and day and observation.observer_is_mentor and not observation.is_released:
        said = f"{kind} booked for {day:%A} {day.day} {day:%B %Y}"
        booked = reverse("observations:booked", args=[observation.pk])
        yield event(observation, "booked", supervisor.pk, said, booked, booked_at)
    if observation.released_at:
        said = f"{observer.name} released your {kind.lower()}"
        yield event(observation, "released", supervisor.pk, said, page, observation.released_at)
    if observation.reflected_at and observation.observer_is_mentor:
        said = f"{supervisor.name} reflected on the {kind.lower()}"
        yield event(observation, "reflected", observer.pk, said, page, observation.reflected_at)


def event(
    observation: Observation, what: str, recipient_id: uuid.UUID, title: str, url: str, at: dt.datetime
) -> TimelineEvent:
    """The moment is part of the key, since a date may be agreed anew."""
    return TimelineEvent(
        key=f"observation_{what}:{observation.pk}:{int(at.timestamp())}",
        kind=f"observation_{what}",
        organisation_id=observation.organisation_id,
        recipient_id=recipient_id,
        title=title,
        url=url,
        at=at,
    )
