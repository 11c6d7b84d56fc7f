"""What an L&D lead and a senior leader look at: cohorts as a whole."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from accounts.models import Organisation, User
from insights.queries.year import Year, years_of
from observations.models import Observation
from pathway.models import Enrolment
from pathway.querysets import CohortQuerySet, EnrolmentQuerySet
from sessions_catalogue.models import ScheduledSession
from sessions_catalogue.querysets import OfCohortQuerySet

SMALLEST_NUMBER_SHOWN = 10


@dataclass(frozen=True)
class BoardRow:
    """A line of a cohort's board; ``reason`` says why the person stands first, or is empty."""

    year: Year
    reason: str
    formative: int
    direct: int

    @property
    def observations(self) -> str:
        return f"{self.formative} formative, {self.direct} direct"


def board(viewer: User, enrolments: EnrolmentQuerySet, today: dt.date) -> list[BoardRow]:
    """Whoever has a step overdue or nobody beside them stands first, with that reason."""
    seen = observations_released(viewer, enrolments)
    rows = [
        BoardRow(
            year=year,
            reason=reason_for(year),
            formative=seen[year.enrolment.pk, Observation.Kind.FORMATIVE],
            direct=seen[year.enrolment.pk, Observation.Kind.DIRECT],
        )
        for year in years_of(enrolments, today)
    ]
    return sorted(rows, key=lambda row: (not row.reason, row.year.enrolment.supervisor.name.lower()))


def need_a_word(lead: User, organisation: Organisation, today: dt.date) -> list[BoardRow]:
    """Whoever of the organisation's running cohorts has something overdue or no mentor."""
    people = Enrolment.objects.overseen_by(lead).begun().filter(organisation=organisation)
    return [row for row in board(lead, people, today) if row.reason]


def observations_released(viewer: User, enrolments: EnrolmentQuerySet) -> Counter[tuple[uuid.UUID, str]]:
    """How many of each kind everybody has had."""
    rows = Observation.objects.dates_visible_to(viewer).released().filter(enrolment__in=enrolments.values("pk"))
    counted = rows.order_by().values_list("enrolment_id", "kind").annotate(number=Count("pk"))
    return Counter({(enrolment, kind): number for enrolment, kind, number in counted})


def reason_for(year: Year) -> str:
    if year.enrolment.current_mentor is None:
        return "Has no mentor yet"
    if not year.overdue:
        return ""
    first, more = year.overdue[0], len(year.overdue) - 1
    return f"{first.title}: pick a new date" + (f" (and {more} more)" if more else "")


def cohorts_with_numbers(cohorts: CohortQuerySet) -> CohortQuerySet:
    """Cohorts with ``people``, the number in each, newest first."""
    found: CohortQuerySet = cohorts.annotate(people=Count("enrolments")).order_by("status", "-starts_on")
    return found


def coming_week(user: User, organisation: Organisation, now: dt.datetime) -> OfCohortQuerySet:
    """The organisation's deliveries of the next seven days."""
    return (
        ScheduledSession.objects.visible_to(user)
        .filter(organisation=organisation, starts_at__gte=now, starts_at__lt=now + dt.timedelta(days=7))
        .select_related("session", "cohort")
    )


@dataclass(frozen=True)
class Figures:
    """Numbers for senior leaders; a number below ten could point at somebody, so it is not given."""

    on_the_pathway: int | None
    cohorts: int


def figures_of(organisation: Organisation) -> Figures:
    begun = Enrolment.objects.begun().filter(organisation=organisation)
    people = begun.values("supervisor").distinct().count()
    cohorts = begun.values("cohort").distinct().count()
    return Figures(people if people >= SMALLEST_NUMBER_SHOWN else None, cohorts)
