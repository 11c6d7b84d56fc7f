"""What a change would do to the dates of somebody's year, reckoned before it is made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from pathway.milestones import milestones_of
from pathway.models import Cohort, Enrolment, Milestone
from pathway.timeline import all_entries
from pqs_portal.lib.year import Shift, step_date


@dataclass(frozen=True)
class YearDates:
    """What the dates of a year are reckoned from."""

    starts_on: dt.date
    pace: int
    shifts: Sequence[Shift]

    def on(self, months: int) -> dt.date:
        return step_date(self.starts_on, months, pace=self.pace, shifts=self.shifts)

    def with_shift(self, shift: Shift, instead_of: Shift | None = None) -> YearDates:
        others = [one for one in self.shifts if one != instead_of]
        return replace(self, shifts=[*others, shift] if shift.days else others)


@dataclass(frozen=True)
class MovedStep:
    title: str
    before: dt.date
    after: dt.date


@dataclass(frozen=True)
class WhatFollows:
    """``agreed`` are open steps with a date of their own, which stays; ``lost`` those the other programme has not."""

    moved: list[MovedStep]
    agreed: list[str]
    lost: list[str]
    ends_before: dt.date
    ends_after: dt.date


def dates_now(enrolment: Enrolment) -> YearDates:
    return YearDates(enrolment.starts_on, enrolment.pace, enrolment.shifts)


def what_follows(enrolment: Enrolment, then: YearDates, cohort: Cohort | None = None) -> WhatFollows:
    """``cohort``, with its programme, is the one that the person would move to."""
    mine = Enrolment.objects.filter(pk=enrolment.pk)
    still_open = {entry.key for entry in all_entries(mine, timezone.localdate()) if entry.done_on is None}
    # The first session is due on its own date, and the shared steps are nobody's alone.
    steps = [
        due
        for due in milestones_of(mine, frozenset(Milestone.Kind.values) - {Milestone.Kind.FIRST_SESSION})
        if due.is_personal and f"step:{enrolment.pk}:{due.milestone.pk}" in still_open
    ]
    programme = cohort.programme if cohort else enrolment.cohort.programme
    months = dict(Milestone.objects.filter(programme=programme).values_list("key", "due_month"))
    free = [due for due in steps if due.agreed_on is None and due.milestone.key in months]
    moved = [MovedStep(due.milestone.title, due.due_on, then.on(months[due.milestone.key])) for due in free]
    return WhatFollows(
        moved=sorted((step for step in moved if step.before != step.after), key=lambda step: step.before),
        agreed=[due.milestone.title for due in steps if due.agreed_on is not None],
        lost=[due.milestone.title for due in steps if due.milestone.key not in months],
        ends_before=enrolment.due_on(enrolment.cohort.programme.months),
        ends_after=then.on(programme.months),
    )
