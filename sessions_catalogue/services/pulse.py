"""Counting in what people say without their name. Nothing here is audited or logged: it would say who and when."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from pathway.models import Enrolment
from sessions_catalogue.models import Moment, PulseTally, PulseTurn

# From how many replies on something is shown, and how many come in at once after that.
STEP = 5


@transaction.atomic
def say_nothing(*, enrolment: Enrolment, moment: Moment) -> bool:
    """ "No thanks": they are not asked again. False where their turn was taken before."""
    _, made = PulseTurn.objects.get_or_create(
        enrolment=enrolment, moment=moment, defaults={"organisation_id": enrolment.organisation_id}
    )
    return made


@transaction.atomic
def count_in(*, enrolment: Enrolment, moment: Moment, answers: Sequence[int]) -> bool:
    """Add the three answers (1 to 5) to those of the cohort, once for each person. See ``PulseTally``."""
    if not say_nothing(enrolment=enrolment, moment=moment):
        return False
    tally, _ = PulseTally.objects.select_for_update().get_or_create(
        cohort=enrolment.cohort, moment=moment, defaults={"organisation_id": enrolment.organisation_id}
    )
    for counts, answer in zip(tally.counts, answers, strict=True):
        counts[answer - 1] += 1
    tally.replies += 1
    if tally.replies % STEP == 0:
        tally.shown_replies, tally.shown_counts = tally.replies, tally.counts
    tally.save()
    return True
