"""What the list page shows: a mentor's people with their observations, and a supervisor's own."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from django.db.models import F, Q, Value

from accounts.models import Organisation, User
from observations.models import FocusWish, Observation
from pathway.models import Area, Enrolment, Milestone, MilestoneCompletion
from pathway.querysets import PartOfStandardQuerySet
from pqs_portal.templatetags.portal import short_date


@dataclass
class ObservedPerson:
    enrolment: Enrolment
    observations: list[Observation] = field(default_factory=list)
    # What they have asked for, of observations to come.
    wishes: list[FocusWish] = field(default_factory=list)


def people_of_mentor(user: User, organisation: Organisation) -> list[ObservedPerson]:
    """Everybody the person mentors, by name, with what they wrote about each, latest first, and what was asked of them;
    four queries at most."""
    enrolments = Enrolment.objects.mentored_by(user).filter(organisation=organisation, kind=Enrolment.Kind.PATHWAY)
    people = {
        enrolment.pk: ObservedPerson(enrolment)
        for enrolment in enrolments.select_related("supervisor").order_by("supervisor__name", "starts_on")
    }
    written = Observation.objects.visible_to(user).filter(observer=user, enrolment__in=list(people))
    for observation in written.order_by("-created_at"):
        people[observation.enrolment_id].observations.append(observation)
    asked = FocusWish.objects.visible_to(user).open().filter(mentor=user, enrolment__in=list(people))
    for wish in asked.select_related("observation").prefetch_related("areas").order_by("asked_at"):
        people[wish.enrolment_id].wishes.append(wish)
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


def own_year(user: User, organisation: Organisation) -> Enrolment | None:
    """In which the person may ask for a focus."""
    mine = Enrolment.objects.of_supervisor(user).begun().filter(organisation=organisation)
    found: Enrolment | None = mine.order_by("-starts_on").first()
    return found


def mentor_of(enrolment: Enrolment) -> User | None:
    """Who mentors the person today."""
    pairing = enrolment.mentorings.current().select_related("mentor").first()
    return pairing.mentor if pairing else None


def next_to_come(enrolment: Enrolment) -> Observation | None:
    """The next one that is booked."""
    booked = Observation.objects.to_come().filter(enrolment=enrolment)
    found: Observation | None = booked.order_by("planned_at").first()
    return found


def wish_about(enrolment: Enrolment, mentor: User | None, observation: Observation | None) -> FocusWish | None:
    """What was asked of the mentor for ``observation``, or waits for one; it may have been taken back."""
    where = Q(observation=None) if observation is None else Q(observation=observation) | Q(observation=None)
    rows = FocusWish.objects.filter(where, enrolment=enrolment, mentor=mentor).prefetch_related("areas")
    found: FocusWish | None = rows.order_by(F("observation").desc(nulls_last=True)).first()
    return found


def open_wishes(enrolment: Enrolment) -> list[FocusWish]:
    """What the person has asked their mentor for and what is still to come; two queries."""
    asked = FocusWish.objects.open().filter(enrolment=enrolment).select_related("observation")
    return list(asked.prefetch_related("areas").order_by("asked_at"))


def in_focus(enrolment: Enrolment) -> dict[uuid.UUID, str]:
    """Areas that the next observations look at, or that the person has asked for: how that stands; one query."""
    wished = FocusWish.objects.open().filter(enrolment=enrolment, areas__isnull=False)
    booked = Observation.objects.to_come().filter(enrolment=enrolment, focus__isnull=False)
    rows = wished.values_list("areas", "asked_at", Value(False)).union(
        booked.values_list("focus", "planned_at", Value(True))
    )
    in_order = sorted(rows, key=lambda row: row[1])
    asked = {area: f"Asked for as a focus on {short_date(at)}" for area, at, is_booked in in_order if not is_booked}
    looked_at = {
        area: f"{asked.get(area, 'A focus')}; the observation is on {short_date(at)}"
        for area, at, is_booked in reversed(in_order)  # the next one counts
        if is_booked
    }
    return asked | looked_at
