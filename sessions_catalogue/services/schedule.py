"""Every write to a cohort's dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User
from pathway.models import Cohort
from sessions_catalogue.layout import Rhythm
from sessions_catalogue.models import ScheduledSession, SessionPlan
from sessions_catalogue.queries_schedule import LaidOut, is_kept, standing_of

COHORTS = AuditEvent.Category.COHORTS
# So long news is held back before it goes out by mail.
NEWS_WAITS = dt.timedelta(minutes=10)


class CohortClosed(Exception):
    """The cohort's year is over: its dates stay as they are."""


class AlreadyDated(Exception):
    """The session has another date by now."""


class AlreadyHeld(Exception):
    """What has been held is not cancelled."""


class StaleRevision(Exception):
    """Somebody else saved the session since the form was opened; ``current`` is what they saved."""

    def __init__(self, current: ScheduledSession) -> None:
        super().__init__(f"revision is {current.revision}")
        self.current = current


@dataclass(frozen=True)
class Arrangement:
    """When, where and how one delivery takes place."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    mode: str
    venue: str = ""
    joining_link: str = ""
    format: str = ScheduledSession.Format.GROUP
    places: int | None = None


@transaction.atomic
def lay_out_sessions(*, cohort: Cohort, rhythm: Rhythm, by: User) -> int:
    """Give every chosen session of the cohort its date; returns how many got a new one.

    Existing rows are changed, never removed, and keep their venue and link; a cancelled delivery takes place after
    all. In a running cohort what has been held stays, and what moves is marked as moved.
    """
    locked = lock_open(cohort)
    now = timezone.now()
    changed = sum(_place(line, locked, now) for line in standing_of(locked, now).laid_out(rhythm))
    SessionPlan.objects.update_or_create(
        cohort=locked, defaults={"organisation": locked.organisation, **asdict(rhythm)}
    )
    if changed:
        audit.record("laid out sessions", by=by, category=COHORTS, target=locked)
    return changed


def lock_open(cohort: Cohort) -> Cohort:
    """The cohort, locked so that two leads cannot set its dates at once. Raises CohortClosed."""
    locked: Cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    if locked.status == Cohort.Status.CLOSED:
        raise CohortClosed
    return locked


def _place(line: LaidOut, cohort: Cohort, now: dt.datetime) -> bool:
    slot = line.slot
    if slot is None or not line.is_new:
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
    current = line.current
    ScheduledSession.objects.filter(pk=current.pk).update(
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        revision=F("revision") + 1,
        **_marks(current, slot.starts_at, cohort, now),
    )
    return True


def _marks(scheduled: ScheduledSession, starts_at: dt.datetime, cohort: Cohort, now: dt.datetime) -> dict[str, Any]:
    """What marks a session as moved: only in a running cohort, and not when past dates are put right. One that was
    cancelled takes place after all, which people are told even where the time is the one of before."""
    put_back: dict[str, Any] = {"cancelled_at": None, "cancelled_by": None} if scheduled.cancelled_at else {}
    running = cohort.status == Cohort.Status.PUBLISHED
    to_come = (starts_at if put_back else max(scheduled.starts_at, starts_at)) > now
    if not running or not to_come or (scheduled.starts_at == starts_at and not put_back):
        return put_back
    # Moved again before anybody had it by mail: what they know is where it was at first.
    again = scheduled.moved_at is not None and not put_back and now - scheduled.moved_at < NEWS_WAITS
    return {**put_back, "moved_from": scheduled.moved_from if again else scheduled.starts_at, "moved_at": now}


@transaction.atomic
def change_scheduled_session(
    *, scheduled: ScheduledSession, arrangement: Arrangement, revision: int, by: User
) -> ScheduledSession:
    """Save one session's time and place if nobody else did since ``revision``; one that was cancelled is put back.

    Raises StaleRevision, CohortClosed, and AlreadyDated where a cancelled one has been given another date meanwhile.
    """
    cohort = lock_open(scheduled.cohort)
    current = _fresh(scheduled)
    values = asdict(arrangement)
    if current.cancelled_at is None and all(getattr(current, name) == value for name, value in values.items()):
        return current
    if current.revision != revision:
        raise StaleRevision(current)
    if current.cancelled_at and _another_date(current):
        raise AlreadyDated
    marks = _marks(current, arrangement.starts_at, cohort, timezone.now())
    _save(current, {**values, **marks})
    audit.record(_verb(marks), by=by, category=COHORTS, target=current)
    return current


def _verb(marks: Mapping[str, Any]) -> str:
    if "cancelled_at" in marks:
        return "put session back"
    return "moved session" if marks else "changed session"


@transaction.atomic
def cancel_scheduled_session(*, scheduled: ScheduledSession, by: User) -> ScheduledSession:
    """It leaves the lists; the row stays, and can be given a new date. Raises CohortClosed and AlreadyHeld."""
    cohort = lock_open(scheduled.cohort)
    current = _fresh(scheduled)
    cancel(current, cohort, by)
    return current


def cancel(current: ScheduledSession, cohort: Cohort, by: User) -> None:
    """Under the cohort's lock; a second time changes nothing."""
    now = timezone.now()
    if current.cancelled_at:
        return
    if is_kept(current, cohort, now) or current.attendances.exists():
        raise AlreadyHeld
    _save(current, {"cancelled_at": now, "cancelled_by": by})
    audit.record("cancelled session", by=by, category=COHORTS, target=current)


def _fresh(scheduled: ScheduledSession) -> ScheduledSession:
    found: ScheduledSession = ScheduledSession.objects.select_related("session").get(pk=scheduled.pk)
    return found


def _another_date(current: ScheduledSession) -> bool:
    of_cohort = ScheduledSession.objects.standing().filter(cohort=current.cohort_id)
    return of_cohort.filter(session__number=current.session.number).exists()


def _save(current: ScheduledSession, values: Mapping[str, Any]) -> None:
    ScheduledSession.objects.filter(pk=current.pk).update(**values, revision=F("revision") + 1)
    current.refresh_from_db()
