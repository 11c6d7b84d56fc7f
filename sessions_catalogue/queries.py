"""What pages of this and other apps read about sessions and their dates."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Organisation, User
from pathway.models import Cohort, Enrolment
from sessions_catalogue.layout import Slot, Wanted, lay_out
from sessions_catalogue.models import ProgrammeSession, ResourceAddress, ScheduledSession


def next_sessions(user: User, now: dt.datetime | None = None) -> dict[int, ScheduledSession]:
    """The person's own deliveries by session number: the next to come, else the last that was."""
    found: dict[int, ScheduledSession] = {}
    moment = now or timezone.now()
    own = ScheduledSession.objects.of_supervisor(user).select_related("session").order_by("-starts_at")
    for scheduled in own:
        earlier = found.get(scheduled.session.number)
        if earlier is None or scheduled.ends_at > moment:
            found[scheduled.session.number] = scheduled
    return found


def dates_for(user: User, now: dt.datetime | None = None) -> dict[int, dt.date]:
    """The local date of each session for the person, by its number; empty where they are in no cohort."""
    return {number: scheduled.held_on for number, scheduled in next_sessions(user, now).items()}


def upcoming_area_dates(enrolment: Enrolment, today: dt.date | None = None) -> dict[uuid.UUID, tuple[int, dt.date]]:
    """For each area that a session still to come serves: the session's number and local date."""
    start = today or timezone.localdate()
    rows = (
        ScheduledSession.objects.filter(cohort=enrolment.cohort_id, session__area__isnull=False)
        .order_by("-starts_at")
        .values_list("session__area", "session__number", "starts_at")
    )
    dated = [(area, number, timezone.localdate(starts_at)) for area, number, starts_at in rows]
    return {area: (number, on) for area, number, on in dated if on >= start}


def is_supervisor(user: User, organisation: Organisation | None) -> bool:
    """Whether the person can have evidence in the organisation: they are or were on the pathway there."""
    own = Enrolment.objects.of_supervisor(user).filter(organisation=organisation)
    return own.filter(cohort__status__in=(Cohort.Status.PUBLISHED, Cohort.Status.CLOSED)).exists()


def addresses_of(user: User, organisation: Organisation | None) -> dict[uuid.UUID, str]:
    """The organisation's own addresses by resource."""
    rows = ResourceAddress.objects.visible_to(user).filter(organisation=organisation)
    return dict(rows.values_list("resource", "address"))


def dated_sessions(user: User, cohort: Cohort) -> QuerySet[ScheduledSession]:
    rows: QuerySet[ScheduledSession] = ScheduledSession.objects.visible_to(user).filter(cohort=cohort)
    return rows.select_related("session").order_by("starts_at")


@dataclass(frozen=True)
class LaidOut:
    """One line of the table shown before dates are saved."""

    session: ProgrammeSession
    slot: Slot | None
    current: ScheduledSession | None

    @property
    def is_kept(self) -> bool:
        """Already held, so laying out again leaves it alone."""
        return self.slot is None

    @property
    def is_changed(self) -> bool:
        return bool(self.slot and self.current and self.slot.starts_at != self.current.starts_at)


def is_kept(scheduled: ScheduledSession, cohort: Cohort, now: dt.datetime) -> bool:
    """Already begun in a running cohort; a draft's dates may all be laid anew."""
    return cohort.status != Cohort.Status.DRAFT and scheduled.starts_at <= now


def last_held(cohort: Cohort, now: dt.datetime) -> ScheduledSession | None:
    rows = ScheduledSession.objects.filter(cohort=cohort).select_related("session").order_by("starts_at")
    kept = [row for row in rows if is_kept(row, cohort, now)]
    return kept[-1] if kept else None


def laid_out(
    *,
    cohort: Cohort,
    shape: str,
    first_on: dt.date,
    starts_at: dt.time,
    days_apart: int,
    now: dt.datetime,
) -> list[LaidOut]:
    """Every session of the programme with the slot it would get, beside what is saved now."""
    rows = ScheduledSession.objects.filter(cohort=cohort).select_related("session")
    current = {row.session.number: row for row in rows}
    sessions = list(ProgrammeSession.objects.supplied())
    kept = {number for number, row in current.items() if is_kept(row, cohort, now)}
    wanted = [Wanted(session.number, session.day) for session in sessions if session.number not in kept]
    slots = {
        slot.number: slot
        for slot in lay_out(wanted, shape=shape, first_on=first_on, starts_at=starts_at, days_apart=days_apart)
    }
    return [LaidOut(session, slots.get(session.number), current.get(session.number)) for session in sessions]
