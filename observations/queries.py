"""What the list page shows: a mentor's people with their observations, and a supervisor's own."""

from __future__ import annotations

from dataclasses import dataclass, field

from accounts.models import Organisation, User
from observations.models import Observation
from pathway.models import Area, Enrolment, Milestone, MilestoneCompletion
from pathway.querysets import PartOfStandardQuerySet


@dataclass
class ObservedPerson:
    enrolment: Enrolment
    observations: list[Observation] = field(default_factory=list)


def people_of_mentor(user: User, organisation: Organisation) -> list[ObservedPerson]:
    """Everybody the person mentors, by name, with what they wrote about each, latest first; two queries."""
    enrolments = Enrolment.objects.mentored_by(user).filter(organisation=organisation, kind=Enrolment.Kind.PATHWAY)
    people = {
        enrolment.pk: ObservedPerson(enrolment)
        for enrolment in enrolments.select_related("supervisor").order_by("supervisor__name", "starts_on")
    }
    written = Observation.objects.visible_to(user).filter(observer=user, enrolment__in=list(people))
    for observation in written.order_by("-created_at"):
        people[observation.enrolment_id].observations.append(observation)
    return list(people.values())


def own_observations(user: User, organisation: Organisation) -> list[Observation]:
    """A supervisor's own: kind, dates and status, whether or not the words may be read yet; one query.

    One that a former mentor booked and never released is left out: it will not take place.
    """
    mine = Enrolment.objects.of_supervisor(user).filter(organisation=organisation, cohort__status="published")
    shown = Observation.objects.dates_visible_to(user).filter(enrolment__in=mine)
    return list(shown.released_or_open().select_related("observer").order_by("-created_at"))


def next_kind(enrolment: Enrolment) -> str:
    """The kind the person needs next: a formative one first, unless it is booked, written or recorded as done."""
    formative = Observation.Kind.FORMATIVE
    recorded = MilestoneCompletion.objects.standing().filter(
        enrolment=enrolment, milestone__kind=Milestone.Kind.FORMATIVE_OBSERVATION
    )
    if enrolment.observations.filter(kind=formative).exists() or recorded.exists():
        return Observation.Kind.DIRECT
    return formative


def areas_of(enrolment: Enrolment) -> PartOfStandardQuerySet:
    """The areas of the person's standard, with their statements at hand."""
    areas = Area.objects.filter(standard__in=Enrolment.objects.filter(pk=enrolment.pk).values(
        "cohort__programme__standard"
    ))  # fmt: skip
    return areas.select_related("standard").prefetch_related("statements")
