"""What happened to people's accounts, as the timeline tells it: accounts lies below the timeline and cannot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse

from accounts.queries import second_factor_resets
from pathway.timeline import TimelineEntry, TimelineEvent

if TYPE_CHECKING:
    from pathway.querysets import EnrolmentQuerySet

MILESTONE_KINDS: frozenset[str] = frozenset()


def entries(enrolments: EnrolmentQuerySet, today: dt.date) -> list[TimelineEntry]:
    """Nothing is ever due."""
    return []


def events(since: dt.datetime) -> Iterable[TimelineEvent]:
    for reset in second_factor_resets(since):
        if reset.subject_id and reset.organisation_id:
            yield TimelineEvent(
                key=f"second-factor-reset:{reset.pk}",
                kind="second_factor_reset",
                organisation_id=reset.organisation_id,
                recipient_id=reset.subject_id,
                title=f"{reset.actor or 'Somebody'} has reset your second step at sign-in",
                url=reverse("accounts:account"),
                at=reset.at,
            )
