"""Whose steps are due when: the two queries under every app's milestones."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from accounts.querysets import live_on
from pathway.models import Enrolment, LineManagement, Mentoring, Milestone, MilestoneCompletion, MilestoneDate

if TYPE_CHECKING:
    from pathway.querysets import EnrolmentQuerySet

ONCE = "steps_once"


@dataclass(frozen=True)
class MilestoneDue:
    """One milestone of one person's year. ``enrolment`` has its supervisor and cohort loaded.

    ``done_on`` is what was recorded by hand; ``agreed_on`` is the date agreed instead of the programme's;
    ``mentored_from`` is when the current pairing began.
    """

    enrolment: Enrolment
    milestone: Milestone
    starts_on: dt.date
    due_on: dt.date
    done_on: dt.date | None
    mentor_id: uuid.UUID | None
    line_manager_id: uuid.UUID | None
    mentored_from: dt.date | None = None
    agreed_on: dt.date | None = None

    @property
    def organisation_id(self) -> uuid.UUID:
        return self.enrolment.organisation_id

    @property
    def is_personal(self) -> bool:
        """Whether lateness is this person's: steps of the organisation and the cohort never are."""
        return self.milestone.level in {Milestone.Level.PERSON, Milestone.Level.PAIRING}

    @property
    def waiting_on_id(self) -> uuid.UUID | None:
        """The one person it waits on; None where that is a role or a panel, or nobody is there yet."""
        return {
            Milestone.WaitingOn.SUPERVISOR.value: self.enrolment.supervisor_id,
            Milestone.WaitingOn.MENTOR.value: self.mentor_id,
            Milestone.WaitingOn.LINE_MANAGER.value: self.line_manager_id,
        }.get(self.milestone.waiting_on)


def milestones_of(
    enrolments: EnrolmentQuerySet, kinds: Collection[str], *, with_people: bool = False
) -> list[MilestoneDue]:
    """The steps of those kinds for everybody in ``enrolments``, in two queries, also with who stands beside them.
    Of a queryset that asks once (``asking_once``) only the first call asks.

    People who only take the sessions have the step of the first session and no other.
    """
    once: dict[str, Any] | None = getattr(enrolments, ONCE, None)
    if once is None or with_people:
        return _steps_of(_people(enrolments, with_people=with_people), kinds)
    if "steps" not in once:
        people = once.get("people") or _people(enrolments.all(), with_people=False)
        once["steps"] = _steps_of(people, frozenset(Milestone.Kind.values))
    return [due for due in once["steps"] if due.milestone.kind in kinds]


def asking_once(enrolments: EnrolmentQuerySet) -> EnrolmentQuerySet:
    """A copy of the queryset that remembers everybody's steps, so that the timelines ask for them once in all."""
    if hasattr(enrolments, ONCE):
        return enrolments
    copy = enrolments.all()
    setattr(copy, ONCE, {})
    return copy


def people_of(enrolments: EnrolmentQuerySet) -> list[Enrolment]:
    """Everybody ``with_people()`` and their programme, by name. Of a queryset that asks once the steps use them too."""
    people = _people(enrolments.all(), with_people=True)
    getattr(enrolments, ONCE, {})["people"] = people
    return sorted(people, key=lambda person: person.supervisor.name)


def _people(enrolments: EnrolmentQuerySet, *, with_people: bool) -> list[Any]:
    rows = (
        Enrolment.objects.filter(pk__in=enrolments.values("pk"))
        .with_dates()
        .select_related("supervisor", "cohort__programme")
        .annotate(
            agreed=ArraySubquery(_agreed().values_list(_pair("due_on"))),
            recorded=ArraySubquery(_recorded().values_list(_pair("done_on"))),
            mentor_now=Subquery(_current(Mentoring).values("mentor")[:1]),
            mentored_from=Subquery(_current(Mentoring).values("starts_on")[:1]),
            line_manager_now=Subquery(_current(LineManagement).values("manager")[:1]),
        )
        .order_by("starts_on", "supervisor__name")
    )
    return _beside(rows) if with_people else list(rows)


def _beside(rows: EnrolmentQuerySet) -> list[Any]:
    """The same with whom ``with_people()`` loads, in the one query: these are the rows of whole pages."""
    today = timezone.localdate()
    joined = rows.annotate(
        pairing=FilteredRelation("mentorings", condition=live_on(today, "mentorings__")),
        managed=FilteredRelation("line_managements", condition=live_on(today, "line_managements__")),
    ).select_related("pairing__mentor", "managed__manager")
    found: dict[uuid.UUID, Any] = {}
    # The newest first, should two overlap for a day: the first of each person stays.
    for row in joined.order_by("starts_on", "supervisor__name", "-pairing__starts_on", "-managed__starts_on"):
        if row.pk not in found:
            # Where there is nobody, the relation leaves no attribute.
            row.current_mentorings = [row.pairing] if getattr(row, "pairing", None) else []
            row.current_line_managements = [row.managed] if getattr(row, "managed", None) else []
            found[row.pk] = row
    return list(found.values())


def _steps_of(people: Sequence[Any], kinds: Collection[str]) -> list[MilestoneDue]:
    steps: dict[uuid.UUID, list[Milestone]] = defaultdict(list)
    if people:
        programmes = {person.cohort.programme_id for person in people}
        for milestone in Milestone.objects.filter(programme__in=programmes, kind__in=sorted(kinds)):
            steps[milestone.programme_id].append(milestone)
    return [due for person in people for due in _dues(person, steps[person.cohort.programme_id])]


def _pair(day: str) -> JSONObject:
    return JSONObject(step="milestone_id", on=day)


def _agreed() -> QuerySet[MilestoneDate]:
    return MilestoneDate.objects.filter(enrolment=OuterRef("pk"))


def _recorded() -> QuerySet[MilestoneCompletion]:
    """Recorded for the person, for the whole cohort, or for the organisation; the latest first."""
    own = Q(enrolment=OuterRef("pk"))
    shared = Q(enrolment=None) & (Q(cohort=OuterRef("cohort")) | Q(cohort=None))
    return (
        MilestoneCompletion.objects.standing()
        .filter(own | shared, organisation=OuterRef("organisation"))
        .order_by("-done_on")
    )


def _current(relation: type[Mentoring | LineManagement]) -> QuerySet[Any]:
    found = relation._default_manager.filter(enrolment=OuterRef("pk"))
    return found.current(timezone.localdate()).order_by("-starts_on")


def _dues(person: Any, steps: Sequence[Milestone]) -> Iterator[MilestoneDue]:
    agreed, recorded = _by_step(person.agreed), _by_step(person.recorded)
    for milestone in steps:
        if person.kind != Enrolment.Kind.PATHWAY and milestone.kind != Milestone.Kind.FIRST_SESSION:
            continue
        agreed_on = agreed.get(str(milestone.pk))
        yield MilestoneDue(
            enrolment=person,
            milestone=milestone,
            starts_on=person.due_on(milestone.start_month),
            due_on=agreed_on or person.due_on(milestone.due_month),
            done_on=recorded.get(str(milestone.pk)),
            mentor_id=person.mentor_now,
            line_manager_id=person.line_manager_now,
            mentored_from=person.mentored_from,
            agreed_on=agreed_on,
        )


def _by_step(rows: Sequence[dict[str, str]]) -> dict[str, dt.date]:
    """Of several records of one step the first counts: they come the latest first."""
    return {row["step"]: dt.date.fromisoformat(row["on"]) for row in rows}
