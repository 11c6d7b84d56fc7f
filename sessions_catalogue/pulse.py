"""Three questions without a name, half-way and at the end of a cohort's year: what is asked, when, and of whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from pathway.models import Cohort, Enrolment
from pqs_portal.lib.dates import add_months
from sessions_catalogue.models import Moment, PulseTally, PulseTurn

if TYPE_CHECKING:
    from pathway.querysets import EnrolmentQuerySet

OPEN_FOR = dt.timedelta(days=60)
# No free text: it could point at a person.
QUESTIONS = (
    "The sessions help me in the supervision I give",
    "I get the time for the pathway that was agreed",
    "I can say how things really are",
)
# From 1 to 5.
WORDS = ("Not at all", "A little", "Partly", "Mostly", "Fully")


@dataclass(frozen=True)
class Asking:
    """One person asked once: ``enrolment`` has its cohort."""

    enrolment: Enrolment
    moment: Moment
    opens_on: dt.date
    closes_on: dt.date
    is_settled: bool  # answered, or "No thanks": which of the two is kept nowhere

    @property
    def key(self) -> str:
        return f"{self.enrolment.pk}:{self.moment.value}"


def window(cohort: Cohort, moment: Moment) -> tuple[dt.date, dt.date]:
    """First and last day. Needs the cohort's programme.

    They are the cohort's own and the same for all its people, whatever their year was paused or extended by: with
    days of one's own, it would be known who was the last to answer.
    """
    months = cohort.programme.months
    opens_on = add_months(cohort.starts_on, months // 2 if moment == Moment.MIDWAY else months)
    return opens_on, opens_on + OPEN_FOR


def is_open(cohort: Cohort, today: dt.date) -> bool:
    """Whether the cohort's people are asked today, mid-way or at the end."""
    return any(opens_on <= today <= closes_on for opens_on, closes_on in (window(cohort, each) for each in Moment))


def askings(enrolments: EnrolmentQuerySet, today: dt.date) -> list[Asking]:
    """Who of ``enrolments`` is asked today; one query. Not who is away, nor who began after it had opened, nor who
    comes to single sessions only."""
    turns = PulseTurn.objects.filter(enrolment=OuterRef("pk"))
    people: Any = (
        Enrolment.objects.filter(pk__in=enrolments.values("pk"))
        .active_on(today)
        .exclude(taking_part_as=Enrolment.TakingPartAs.SINGLE_SESSIONS)
        .select_related("cohort__programme")
        .annotate(turns=ArraySubquery(turns.values("moment")))
        .order_by("cohort__starts_on", "pk")
    )
    found = []
    for person in people:
        for moment in Moment:
            opens_on, closes_on = window(person.cohort, moment)
            if opens_on <= today <= closes_on and person.starts_on <= opens_on:
                found.append(Asking(person, moment, opens_on, closes_on, moment.value in person.turns))
    return found


@dataclass(frozen=True)
class Result:
    """What L&D see of one moment of a cohort. ``questions``: (words, [(answer's words, how many)])."""

    moment: Moment
    opens_on: dt.date
    closes_on: dt.date
    replies: int
    shown: int
    questions: list[tuple[str, list[tuple[str, int]]]]
    is_over: bool

    @property
    def left_out(self) -> int:
        return self.replies - self.shown


def result(cohort: Cohort, moment: Moment, tally: PulseTally | None, today: dt.date) -> Result:
    opens_on, closes_on = window(cohort, moment)
    counted = tally.shown_counts if tally else []
    questions = [
        (words, list(zip(WORDS, counts, strict=True))) for words, counts in zip(QUESTIONS, counted, strict=False)
    ]
    replies, shown = (tally.replies, tally.shown_replies) if tally else (0, 0)
    return Result(moment, opens_on, closes_on, replies, shown, questions, closes_on < today)
