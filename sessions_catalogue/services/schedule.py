"""Every write to a cohort's dates."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User
from pathway.models import Cohort
from sessions_catalogue.models import ScheduledSession, SessionPlan
from sessions_catalogue.queries import LaidOut, laid_out


class CohortClosed(Exception):
    """The cohort's year is over: its dates stay as they are."""


class StaleRevision(Exception):
    """Somebody else saved the session since the form was opened; ``current`` is what they saved."""

    def __init__(self, current: ScheduledSession) -> None:
        super().__init__(f"revision is {current.revision}")
        self.current = current


@transaction.atomic
def lay_out_sessions(
    *, cohort: Cohort, shape: str, first_on: dt.date, starts_at: dt.time, days_apart: int, by: User
) -> int:
    """Give every session of the cohort its date; returns how many got a new one.

    Existing rows are changed, never removed, and keep their venue and link. In a running cohort what has
    been held stays, and what moves is marked as moved.
    """
    locked = _open(cohort)
    now = timezone.now()
    plan = laid_out(cohort=locked, shape=shape, first_on=first_on, starts_at=starts_at, days_apart=days_apart, now=now)
    changed = sum(_place(line, locked, now) for line in plan)
    SessionPlan.objects.update_or_create(
        cohort=locked,
        defaults={
            "organisation": locked.organisation,
            "shape": shape,
            "first_on": first_on,
            "starts_at": starts_at,
            "days_apart": days_apart,
        },
    )
    if changed:
        audit.record("laid out sessions", by=by, category=AuditEvent.Category.COHORTS, target=locked)
    return changed


def _open(cohort: Cohort) -> Cohort:
    """The cohort, locked so that two leads cannot lay out at once."""
    locked: Cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    if locked.status == Cohort.Status.CLOSED:
        raise CohortClosed
    return locked


def _place(line: LaidOut, cohort: Cohort, now: dt.datetime) -> bool:
    slot = line.slot
    if slot is None:
        return False
    if line.current is None:
        ScheduledSession.objects.create(
            organisation=cohort.organisation,
            cohort=cohort,
            session=line.session,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
        )
        return True
    if (line.current.starts_at, line.current.ends_at) == (slot.starts_at, slot.ends_at):
        return False
    ScheduledSession.objects.filter(pk=line.current.pk).update(
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        revision=F("revision") + 1,
        **_moved(line.current, slot.starts_at, cohort, now),
    )
    return True


def _moved(
    scheduled: ScheduledSession, starts_at: dt.datetime, cohort: Cohort, now: dt.datetime
) -> dict[str, dt.datetime]:
    """What marks a session as moved: only in a running cohort, and not when past dates are put right."""
    running = cohort.status == Cohort.Status.PUBLISHED
    to_come = max(scheduled.starts_at, starts_at) > now
    if not running or not to_come or scheduled.starts_at == starts_at:
        return {}
    return {"moved_from": scheduled.starts_at, "moved_at": now}


@transaction.atomic
def change_scheduled_session(
    *,
    scheduled: ScheduledSession,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    mode: str,
    venue: str,
    joining_link: str,
    revision: int,
    by: User,
) -> ScheduledSession:
    """Save one session's time and place if nobody else did since ``revision``; raises StaleRevision."""
    cohort = _open(scheduled.cohort)
    current: ScheduledSession = ScheduledSession.objects.select_related("session").get(pk=scheduled.pk)
    values = {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "mode": mode,
        "venue": venue,
        "joining_link": joining_link,
    }
    if all(getattr(current, name) == value for name, value in values.items()):
        return current
    moved = _moved(current, starts_at, cohort, timezone.now())
    changed = ScheduledSession.objects.filter(pk=current.pk, revision=revision).update(
        **values, **moved, revision=F("revision") + 1
    )
    if changed != 1:
        raise StaleRevision(current)
    current.refresh_from_db()
    verb = "moved session" if moved else "changed session"
    audit.record(verb, by=by, category=AuditEvent.Category.COHORTS, target=current)
    return current
