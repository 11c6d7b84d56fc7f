"""Planning, writing and saving: everything the observer does before anybody else may read a word."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import AuditEvent, User
from accounts.services.working_copies import Typed, drop_copy
from accounts.transitions import InvalidTransition, move
from observations.models import FocusWish, Observation, ObservationVersion
from observations.transitions import BEGIN
from pathway.models import Area, Enrolment

PORTFOLIO = AuditEvent.Category.PORTFOLIO


class StaleVersion(Exception):
    """Somebody (perhaps the same person) saved in between; ``current`` is the row as it is now."""

    def __init__(self, current: Observation) -> None:
        super().__init__("saved in between")
        self.current = current


@dataclass(frozen=True)
class Written:
    """What one save says, areas apart."""

    kind: str
    with_whom: str
    asked_beforehand: bool
    observed_on: dt.date | None
    mode: str
    context: str
    noticed: str
    strengths: str
    development_points: str

    @classmethod
    def of(cls, observation: Observation) -> Written:
        return cls(**{field.name: getattr(observation, field.name) for field in fields(cls)})


@transaction.atomic
def plan_observation(
    *,
    pk: uuid.UUID,
    enrolment: Enrolment,
    kind: str,
    planned_at: dt.datetime,
    mode: str,
    by: User,
    focus: Iterable[Area] = (),
) -> Observation:
    """Book an observation; the same ``pk`` again (a double press) finds the first one. ``focus``: what to look at,
    with which the form for writing it begins. What the supervisor has asked for waits for no other one then."""
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    facts = {"kind": kind, "planned_at": planned_at, "booked_at": timezone.now(), "mode": mode}
    observation, made = _found_or_made(pk, enrolment, by, facts)
    if made:
        observation.focus.set(focus)
        waiting = FocusWish.objects.filter(enrolment=enrolment, mentor=by, observation=None)
        if observation.is_to_come:
            waiting.exclude(asked_at=None).update(observation=observation)
        record("observation_planned", by=by, category=PORTFOLIO, target=observation, subject=enrolment.supervisor)
    return observation


@transaction.atomic
def replan_observation(
    *,
    observation: Observation,
    kind: str,
    planned_at: dt.datetime,
    mode: str,
    by: User,
    focus: Iterable[Area],
) -> Observation:
    """Agree another date, or another focus. InvalidTransition once it is released."""
    row = _open_row(observation)
    if set(row.focus.all()) != set(focus):
        row.focus.set(focus)
        record("observation_focus_set", by=by, category=PORTFOLIO, target=row, subject=row.enrolment.supervisor)
    if (row.kind, row.planned_at, row.mode) == (kind, planned_at, mode):
        return row
    row.kind, row.planned_at, row.mode, row.booked_at = kind, planned_at, mode, timezone.now()
    row.save(update_fields=["kind", "planned_at", "mode", "booked_at"])
    record("observation_planned_anew", by=by, category=PORTFOLIO, target=row, subject=row.enrolment.supervisor)
    return row


@transaction.atomic
def record_observation(
    *,
    pk: uuid.UUID,
    enrolment: Enrolment,
    written: Written,
    areas: list[Area],
    by: User,
    typed: Typed | None = None,
) -> Observation:
    """Write up one that was not booked; the same ``pk`` again saves nothing, or raises StaleVersion if it differs."""
    observation, made = _found_or_made(pk, enrolment, by, {"kind": written.kind})
    if made:
        record("observation_started", by=by, category=PORTFOLIO, target=observation, subject=enrolment.supervisor)
    return save_observation(observation=observation, version=0, written=written, areas=areas, by=by, typed=typed)


@transaction.atomic
def save_observation(
    *,
    observation: Observation,
    version: int,
    written: Written,
    areas: list[Area],
    by: User,
    typed: Typed | None = None,
) -> Observation:
    """Save what was written and keep it as a version of its own; ``version`` is the one the writing began from.

    Raises InvalidTransition once it is released, StaleVersion if another save came first with other words, UnseenCopy
    if another window has kept a draft that ``typed`` has not seen.
    """
    drop_copy(author=by, typed=typed)
    row = _open_row(observation)
    if row.version != version:
        if _content(Written.of(row), list(row.areas.all())) == _content(written, areas):
            return row
        raise StaleVersion(row)
    for name, value in asdict(written).items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*asdict(written), "version"])
    row.areas.set(areas)
    ObservationVersion.objects.create(
        organisation_id=row.organisation_id,
        observation=row,
        number=row.version,
        content=_content(written, areas),
        saved_by=by,
    )
    if row.status == Observation.Status.PLANNED:
        move(row, BEGIN, by=by)
    record("observation_saved", by=by, category=PORTFOLIO, target=row, subject=row.enrolment.supervisor)
    return row


def _found_or_made(pk: uuid.UUID, enrolment: Enrolment, by: User, facts: dict[str, Any]) -> tuple[Observation, bool]:
    """The row that a first press made, or a new one; an id taken by something else is replaced."""
    mine = {"enrolment": enrolment, "observer": by}
    if Observation.objects.filter(pk=pk).exclude(**mine).exists():
        pk = uuid.uuid4()
    organisation = {"organisation_id": enrolment.organisation_id}
    found: tuple[Observation, bool] = Observation.objects.get_or_create(pk=pk, **mine, defaults=facts | organisation)
    return found


def _open_row(observation: Observation) -> Observation:
    """The row, locked, as long as it may still be changed."""
    row: Observation = Observation.objects.select_for_update().get(pk=observation.pk)
    if row.is_released:
        raise InvalidTransition("a released observation stays as it is")
    return row


def _content(written: Written, areas: list[Area]) -> dict[str, Any]:
    in_order = sorted(areas, key=lambda area: area.number)
    seen_on = written.observed_on.isoformat() if written.observed_on else None
    return asdict(written) | {"observed_on": seen_on, "areas": [str(area.pk) for area in in_order]}
