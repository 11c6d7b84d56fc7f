"""What an L&D lead and a senior leader look at: cohorts as a whole."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from accounts.models import Organisation, User
from insights.queries.year import Year, years_of
from pathway.models import Enrolment, Milestone
from pathway.querysets import CohortQuerySet, EnrolmentQuerySet
from sessions_catalogue.models import ScheduledSession
from sessions_catalogue.querysets import OfCohortQuerySet

SMALLEST_NUMBER_SHOWN = 10


@dataclass(frozen=True)
class BoardRow:
    """A line of a cohort's board; ``reason`` says why the person stands first, or is empty."""

    year: Year
    tag: str
    reason: str

    @property
    def observations(self) -> str:
        formative = self.year.done_of_kind(Milestone.Kind.FORMATIVE_OBSERVATION)
        direct = self.year.done_of_kind(Milestone.Kind.DIRECT_OBSERVATION)
        return f"{formative} formative, {direct} direct"


def board(enrolments: EnrolmentQuerySet, today: dt.date) -> list[BoardRow]:
    """Whoever has a step overdue or nobody beside them stands first, with that reason."""
    rows = [BoardRow(year, *reason_for(year)) for year in years_of(enrolments, today)]
    return sorted(rows, key=lambda row: (not row.reason, row.year.enrolment.supervisor.name.lower()))


def need_a_word(lead: User, organisation: Organisation, today: dt.date) -> list[BoardRow]:
    """Whoever of the organisation's running cohorts has something overdue or no mentor."""
    people = Enrolment.objects.overseen_by(lead).begun().filter(organisation=organisation)
    return [row for row in board(people, today) if row.reason]


def reason_for(year: Year) -> tuple[str, str]:
    """(a tag, what it is about), or nothing to say."""
    if year.enrolment.current_mentor is None:
        return "No mentor", "Nobody is paired yet"
    if not year.overdue:
        return "", ""
    first, more = year.overdue[0], len(year.overdue) - 1
    return "New date", year.words_for(first) + (f" and {more} more" if more else "")


def cohorts_with_numbers(cohorts: CohortQuerySet) -> CohortQuerySet:
    """Cohorts with ``people``, the number in each, newest first."""
    return cohorts.with_people_count().order_by("status", "-starts_on")


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
