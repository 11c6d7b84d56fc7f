"""Giving an observation to the person who was observed, and what they say to it."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from accounts.services.working_copies import Typed, drop_copy
from accounts.transitions import move
from observations.models import Observation
from observations.services.write import StaleVersion
from observations.transitions import REFLECT, RELEASE


@transaction.atomic
def release_observation(*, observation: Observation, version: int, by: User) -> Observation:
    """Let the supervisor read it, for good. ``version`` is the one the observer read before releasing.

    Raises StaleVersion if it was saved since, GuardRefused if something is missing, InvalidTransition if it
    was released before.
    """
    row: Observation = Observation.objects.select_for_update().get(pk=observation.pk)
    if row.version != version:
        raise StaleVersion(row)
    return move(row, RELEASE, by=by, released_version=row.versions.filter(number=version).first())


@transaction.atomic
def reflect_on_observation(
    *, observation: Observation, reflection: str, by: User, typed: Typed | None = None
) -> Observation:
    """The supervisor's own thoughts on a released observation; said once. InvalidTransition after that.

    Raises UnseenCopy if another window has kept a draft that ``typed`` has not seen.
    """
    drop_copy(author=by, typed=typed)
    return move(observation, REFLECT, by=by, reflection=reflection)
