"""What stands on the homes of L&D leads and senior leaders beside the people themselves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from accounts.models import Organisation, User
from pathway.models import Enrolment
from pathway.querysets import CohortQuerySet
from sessions_catalogue.models import ScheduledSession
from sessions_catalogue.querysets import OfCohortQuerySet

SMALLEST_NUMBER_SHOWN = 10


def cohorts_with_numbers(cohorts: CohortQuerySet) -> CohortQuerySet:
    """Cohorts with ``people``, the number in each, newest first."""
    return cohorts.with_people_count().order_by("status", "-starts_on")


def coming_week(user: User, organisation: Organisation, now: dt.datetime) -> OfCohortQuerySet:
    """The organisation's deliveries of the next seven days."""
    return (
        ScheduledSession.objects.visible_to(user)
        .standing()
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
