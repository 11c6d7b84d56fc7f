"""Every write to the choice of sessions: a cohort's own, and the templates made from it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User
from pathway.models import Cohort
from pathway.services.rows import free_id, made_before
from sessions_catalogue.models import PlannedSession, ProgrammeSession, ScheduledSession, SessionPlan
from sessions_catalogue.queries_schedule import deliveries_of, identity, is_kept
from sessions_catalogue.services.schedule import cancel, lock_open

COHORTS = AuditEvent.Category.COHORTS
RHYTHM = ("shape", "starts_at", "days_apart", "break_minutes", "lunch_minutes")


class WouldCancel(Exception):
    """Sessions that are left out have a date: ``deliveries`` would be cancelled, which nobody has confirmed."""

    def __init__(self, deliveries: list[ScheduledSession]) -> None:
        super().__init__(f"{len(deliveries)} deliveries")
        self.deliveries = deliveries


@transaction.atomic
def choose_sessions(
    *,
    cohort: Cohort,
    sessions: Sequence[ProgrammeSession],
    template: SessionPlan | None,
    confirmed: Collection[uuid.UUID],
    by: User,
) -> int:
    """Keep the choice in its order; returns how many deliveries were cancelled, all of which are ``confirmed``.

    What has been held stays. A cohort without dates takes on the rhythm of the ``template``.
    Raises WouldCancel and CohortClosed.
    """
    locked = lock_open(cohort)
    to_come, chosen = _to_come(locked), {session.number for session in sessions}
    left_out = sorted((row for number, row in to_come.items() if number not in chosen), key=lambda row: row.starts_at)
    if not {delivery.pk for delivery in left_out} <= set(confirmed):
        raise WouldCancel(left_out)
    plan, _ = SessionPlan.objects.get_or_create(
        cohort=locked, defaults={"organisation": locked.organisation, "first_on": locked.starts_on}
    )
    if template and not locked.scheduled_sessions.exists():
        _copy_rhythm(template, plan)
    _plan(plan, sessions)
    _exchange(to_come, sessions)
    audit.record("chose sessions", by=by, category=COHORTS, target=locked)
    for delivery in left_out:
        cancel(delivery, locked, by)
    return len(left_out)


def _to_come(cohort: Cohort) -> dict[int, ScheduledSession]:
    """Standing deliveries that have not been held, by number."""
    now = timezone.now()
    return {
        number: row
        for number, row in deliveries_of(cohort).items()
        if row.cancelled_at is None and not is_kept(row, cohort, now)
    }


def _exchange(deliveries: dict[int, ScheduledSession], sessions: Sequence[ProgrammeSession]) -> None:
    """Where the organisation's own version takes the place of the supplied one, or the other way, the date stays."""
    for session in sessions:
        delivery = deliveries.get(session.number)
        if delivery and delivery.session_id != session.pk:
            ScheduledSession.objects.filter(pk=delivery.pk).update(session=session, revision=F("revision") + 1)


def _plan(plan: SessionPlan, sessions: Sequence[ProgrammeSession]) -> None:
    """All supplied sessions in their order are the whole programme, which needs no rows."""
    plan.planned.all().delete()
    if [identity(session) for session in sessions] == [identity(one) for one in ProgrammeSession.objects.supplied()]:
        return
    PlannedSession.objects.bulk_create(
        PlannedSession(plan=plan, session=session, position=position)
        for position, session in enumerate(sessions, start=1)
    )


def _copy_rhythm(source: SessionPlan, target: SessionPlan) -> None:
    for name in RHYTHM:
        setattr(target, name, getattr(source, name))
    target.save(update_fields=RHYTHM)


@transaction.atomic
def save_template(*, pk: uuid.UUID, cohort: Cohort, name: str, by: User) -> SessionPlan:
    """A template of the cohort's choice and rhythm."""
    before = made_before(SessionPlan, pk, cohort.organisation_id)
    if before:
        return before
    source = SessionPlan.objects.filter(cohort=cohort).first()
    made = SessionPlan.objects.create(pk=free_id(SessionPlan, pk), organisation=cohort.organisation, name=name)
    if source:
        _copy_rhythm(source, made)
        _plan(made, [planned.session for planned in source.planned.select_related("session")])
    audit.record("saved session plan", by=by, category=COHORTS, target=made)
    return made


@transaction.atomic
def rename_template(*, template: SessionPlan, name: str, by: User) -> SessionPlan:
    if template.name != name:
        template.name = name
        template.save(update_fields=["name"])
        audit.record("renamed session plan", by=by, category=COHORTS, target=template)
    return template


@transaction.atomic
def put_away_template(*, template: SessionPlan, by: User) -> None:
    """It is no longer offered; cohorts that began from it keep what they have."""
    changed = SessionPlan.objects.filter(pk=template.pk, discarded_at=None).update(
        discarded_at=timezone.now(), discarded_by=by
    )
    if changed:
        audit.record("put session plan away", by=by, category=COHORTS, target=template)
