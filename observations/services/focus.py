"""What the supervisor would like the next observation to look at, and setting it on the one that is booked."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import AuditEvent, User
from accounts.services.rows import SavedMeanwhile
from accounts.services.working_copies import Typed, drop_copy
from observations.models import FocusWish, Observation
from observations.queries import mentor_of, next_to_come, wish_about
from pathway.models import Area, Enrolment

PORTFOLIO = AuditEvent.Category.PORTFOLIO


class AnotherMentor(Exception):
    """Whom the page named is not the person's mentor any more, so nobody was asked."""


@transaction.atomic
def ask_focus(
    *,
    enrolment: Enrolment,
    mentor_id: uuid.UUID | None,
    areas: Iterable[Area],
    text: str,
    revision: int,
    by: User,
    typed: Typed | None = None,
) -> FocusWish:
    """Ask the mentor, who reads it at once; begun from ``revision``, 0 if nothing was there. An observation that is
    booked has the focus then; else it waits for the next one. Sent twice, it is asked once.

    Raises AnotherMentor, SavedMeanwhile, or UnseenCopy if another window has kept a draft ``typed`` has not seen.
    """
    drop_copy(author=by, typed=typed)
    mentor, observation, wish = _at_work(enrolment)
    if mentor is None or mentor.pk != mentor_id:
        raise AnotherMentor
    wanted = set(areas)
    if wish and wish.asked_at:
        is_set = observation is None or set(observation.focus.all()) == wanted
        if wish.observation == observation and is_set and wish.text == text and set(wish.areas.all()) == wanted:
            return wish
        if wish.revision != revision:
            raise SavedMeanwhile(wish)
    if wish is None:
        wish = FocusWish(organisation_id=enrolment.organisation_id, enrolment=enrolment, mentor=mentor, revision=0)
    wish.observation, wish.text, wish.asked_at = observation, text, timezone.now()
    wish.revision += 1
    wish.save()
    wish.areas.set(wanted)
    if observation:
        observation.focus.set(wanted)
    record("observation_focus_asked", by=by, category=PORTFOLIO, target=wish, subject=enrolment.supervisor)
    return wish


@transaction.atomic
def take_back_focus(*, enrolment: Enrolment, revision: int, by: User, typed: Typed | None = None) -> None:
    """Raises SavedMeanwhile or UnseenCopy."""
    drop_copy(author=by, typed=typed)
    _, observation, wish = _at_work(enrolment)
    if wish is None or wish.asked_at is None:
        return
    if wish.revision != revision:
        raise SavedMeanwhile(wish)
    if observation:
        observation.focus.remove(*wish.areas.all())
    wish.areas.clear()
    wish.text, wish.asked_at = "", None
    wish.revision += 1
    wish.save()
    record("observation_focus_taken_back", by=by, category=PORTFOLIO, target=wish, subject=enrolment.supervisor)


def _at_work(enrolment: Enrolment) -> tuple[User | None, Observation | None, FocusWish | None]:
    """Whom to ask, about which observation, and what was asked so far; booking one waits for it."""
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    mentor = mentor_of(enrolment)
    observation = next_to_come(enrolment)
    return mentor, observation, wish_about(enrolment, mentor, observation)
