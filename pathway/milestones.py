"""Whose steps are due when: the one query under every app's milestones."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from pathway.models import Enrolment, LineManagement, Mentoring, Milestone, MilestoneCompletion, MilestoneDate

if TYPE_CHECKING:
    from pathway.querysets import EnrolmentQuerySet

STEP = "cohort__programme__milestones"
ONCE = "steps_once"
FIELDS = [field.attname for field in Milestone._meta.concrete_fields]


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
    """The steps of those kinds for everybody in ``enrolments``, in one query (three with their mentors' names).

    People who only take the sessions have the step of the first session and no other.
    """
    once: dict[str, list[MilestoneDue]] | None = getattr(enrolments, ONCE, None)
    if once is not None and not with_people:
        if "steps" not in once:
            once["steps"] = milestones_of(enrolments.all(), frozenset(Milestone.Kind.values))
        return [due for due in once["steps"] if due.milestone.kind in kinds]
    everyone = Q(kind=Enrolment.Kind.PATHWAY) | Q(**{f"{STEP}__kind": Milestone.Kind.FIRST_SESSION})
    rows = (
        Enrolment.objects.filter(everyone, pk__in=enrolments.values("pk"), **{f"{STEP}__kind__in": sorted(kinds)})
        .with_dates()
        .select_related("supervisor", "cohort")
        .annotate(
            **{f"step_{name}": F(f"{STEP}__{name}") for name in FIELDS},
            agreed_on=Subquery(_agreed().values("due_on")[:1]),
            recorded_on=Subquery(_recorded().values("done_on")[:1]),
            mentor_now=Subquery(_current(Mentoring).values("mentor")[:1]),
            mentored_from=Subquery(_current(Mentoring).values("starts_on")[:1]),
            line_manager_now=Subquery(_current(LineManagement).values("manager")[:1]),
        )
        .order_by("starts_on", "supervisor__name", f"{STEP}__position")
    )
    return [_due(row) for row in (rows.with_people() if with_people else rows)]


def asking_once(enrolments: EnrolmentQuerySet) -> EnrolmentQuerySet:
    """A copy of the queryset that remembers everybody's steps, so that the timelines ask for them once in all."""
    copy = enrolments.all()
    setattr(copy, ONCE, {})
    return copy


def _agreed() -> QuerySet[MilestoneDate]:
    return MilestoneDate.objects.filter(enrolment=OuterRef("pk"), milestone=OuterRef(f"{STEP}__pk"))


def _recorded() -> QuerySet[MilestoneCompletion]:
    """Recorded for the person, for the whole cohort, or for the organisation."""
    own = Q(enrolment=OuterRef("pk"))
    shared = Q(enrolment=None) & (Q(cohort=OuterRef("cohort")) | Q(cohort=None))
    return (
        MilestoneCompletion.objects.standing()
        .filter(own | shared, organisation=OuterRef("organisation"), milestone=OuterRef(f"{STEP}__pk"))
        .order_by("done_on")
    )


def _current(relation: type[Mentoring | LineManagement]) -> QuerySet[Any]:
    found = relation._default_manager.filter(enrolment=OuterRef("pk"))
    return found.current(timezone.localdate()).order_by("-starts_on")


def _due(row: Any) -> MilestoneDue:
    milestone = Milestone.from_db(None, FIELDS, [getattr(row, f"step_{name}") for name in FIELDS])
    return MilestoneDue(
        enrolment=row,
        milestone=milestone,
        starts_on=row.due_on(milestone.start_month),
        due_on=row.agreed_on or row.due_on(milestone.due_month),
        done_on=row.recorded_on,
        mentor_id=row.mentor_now,
        line_manager_id=row.line_manager_now,
        mentored_from=row.mentored_from,
        agreed_on=row.agreed_on,
    )
