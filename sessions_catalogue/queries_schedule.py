"""What the pages of a cohort's dates read: the chosen sessions, their deliveries, and where dates would fall."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from accounts.models import User
from pathway.models import Cohort
from pqs_portal.lib.dates import is_working_day
from pqs_portal.templatetags.portal import date_and_time, long_date
from sessions_catalogue.layout import A_DAY, Rhythm, Slot, Wanted, lay_out
from sessions_catalogue.models import CalendarPeriod, PlannedSession, ProgrammeSession, ScheduledSession, SessionPlan

# Within an organisation a number is one session: supplied, or the organisation's own version of it.


def identity(session: ProgrammeSession) -> tuple[uuid.UUID | None, int]:
    """Whose session it is, whatever its version."""
    return session.organisation_id, session.number


def dated_sessions(user: User, cohort: Cohort) -> QuerySet[ScheduledSession]:
    rows: QuerySet[ScheduledSession] = ScheduledSession.objects.visible_to(user).standing().filter(cohort=cohort)
    return rows.select_related("session").order_by("starts_at")


def cancelled_sessions(user: User, cohort: Cohort) -> list[ScheduledSession]:
    """Those that people had been told of and that have no other date, the first to be held first."""
    if cohort.published_at is None:
        return []
    rows = ScheduledSession.objects.visible_to(user).filter(cohort=cohort, cancelled_at__gte=cohort.published_at)
    return list(rows.select_related("session").order_by("starts_at"))


def sessions_of(plan: SessionPlan | None) -> list[ProgrammeSession]:
    """The chosen sessions in their order, each with its ``length``; all supplied ones where none are chosen."""
    with_area = ProgrammeSession.objects.with_length().select_related("area")
    planned = PlannedSession.objects.filter(plan=plan).values_list("session", flat=True) if plan else ()
    chosen = list(planned)
    if not chosen:
        return list(with_area.supplied())
    rows = with_area.in_bulk(chosen)
    return [rows[pk] for pk in chosen]


def offered_for(user: User, cohort: Cohort) -> list[ProgrammeSession]:
    """What can be chosen for the cohort, by number. A running cohort keeps the versions it has, retired ones too."""
    rows = ProgrammeSession.objects.visible_to(user).offered_to(cohort.organisation_id)
    by_identity = {identity(session): session for session in rows.with_length().select_related("area")}
    if cohort.status != Cohort.Status.DRAFT:
        by_identity |= {identity(session): session for session in sessions_of(plan_of(cohort))}
    return sorted(by_identity.values(), key=lambda session: (session.number, session.organisation_id is not None))


def templates_of(user: User, organisation_id: uuid.UUID) -> QuerySet[SessionPlan]:
    rows: QuerySet[SessionPlan] = SessionPlan.objects.visible_to(user).templates()
    return rows.filter(organisation=organisation_id).order_by("name", "created_at")


def with_counts(templates: QuerySet[SessionPlan]) -> list[tuple[SessionPlan, int]]:
    """Each with how many sessions it holds."""
    supplied = ProgrammeSession.objects.supplied().count()
    return [(plan, plan.chosen or supplied) for plan in templates.annotate(chosen=Count("planned"))]


def plan_of(cohort: Cohort) -> SessionPlan | None:
    found: SessionPlan | None = SessionPlan.objects.filter(cohort=cohort).first()
    return found


def closed_days(organisation_id: uuid.UUID, first: dt.date) -> dict[dt.date, str]:
    """Each closed day from ``first`` on, and why."""
    periods = CalendarPeriod.objects.filter(
        organisation=organisation_id, kind=CalendarPeriod.Kind.CLOSED, ends_on__gte=first
    )
    return {
        period.starts_on + dt.timedelta(days=days): period.label
        for period in periods
        for days in range((period.ends_on - period.starts_on).days + 1)
    }


@dataclass(frozen=True)
class LaidOut:
    """One line of the table shown before dates are saved. ``current`` may be a cancelled delivery, which gets a
    date again."""

    session: ProgrammeSession
    slot: Slot | None
    current: ScheduledSession | None
    closed: str = ""

    @property
    def is_kept(self) -> bool:
        """Already held, so laying out again leaves it alone."""
        return self.slot is None

    @property
    def is_new(self) -> bool:
        """Whether the session gets another date than it has."""
        if self.slot is None or self.current is None:
            return self.slot is not None
        now = (self.current.starts_at, self.current.ends_at, self.current.cancelled_at)
        return now != (self.slot.starts_at, self.slot.ends_at, None)

    @property
    def notes(self) -> list[str]:
        """What is other than one would expect."""
        found = []
        if self.slot and self.slot.is_moved:
            found.append(f"Instead of {long_date(self.slot.wanted_on)}, {self._why()}")
        if self.slot and self.current and self.current.cancelled_at:
            found.append("Cancelled before, now takes place after all")
        elif self.slot and self.current and self.slot.starts_at != self.current.starts_at:
            found.append(f"Now {date_and_time(self.current.starts_at, self.current.ends_at)}")
        return found

    def _why(self) -> str:
        if self.closed:
            return f"when you are closed: {self.closed}"
        is_taken = self.slot is not None and is_working_day(self.slot.wanted_on)
        return "which an earlier session has taken" if is_taken else "which is not a working day"


def is_kept(scheduled: ScheduledSession, cohort: Cohort, now: dt.datetime) -> bool:
    """Already begun in a running cohort; a draft's dates may all be laid anew."""
    return cohort.status != Cohort.Status.DRAFT and scheduled.cancelled_at is None and scheduled.starts_at <= now


def deliveries_of(cohort: Cohort) -> dict[int, ScheduledSession]:
    """The standing delivery of each number, else the one that was cancelled last."""
    rows = ScheduledSession.objects.filter(cohort=cohort).select_related("session")
    by_standing = sorted(rows, key=lambda row: (row.cancelled_at is None, row.cancelled_at or row.starts_at))
    return {row.session.number: row for row in by_standing}


@dataclass(frozen=True)
class Standing:
    """How a cohort's programme stands: what is chosen, and the delivery of each session by its number."""

    cohort: Cohort
    plan: SessionPlan | None
    sessions: Sequence[ProgrammeSession]
    deliveries: Mapping[int, ScheduledSession]
    now: dt.datetime

    @property
    def held(self) -> list[ScheduledSession]:
        """What laying out leaves alone, in its order."""
        kept = (row for row in self.deliveries.values() if is_kept(row, self.cohort, self.now))
        return sorted(kept, key=lambda row: row.starts_at)

    @property
    def to_come(self) -> list[tuple[ProgrammeSession, Wanted]]:
        """The chosen sessions that have not been held, each with its day of four."""
        held = {row.session.number for row in self.held}
        return [
            (session, Wanted(session.number, index // A_DAY + 1, session.length))
            for index, session in enumerate(self.sessions)
            if session.number not in held
        ]

    @property
    def wanted(self) -> list[Wanted]:
        return [wanted for _, wanted in self.to_come]

    @property
    def seen(self) -> str:
        """What a page was shown of the dates: another once somebody has changed one."""
        return f"{len(self.deliveries)}:{sum(row.revision for row in self.deliveries.values())}"

    def laid_out(self, rhythm: Rhythm) -> list[LaidOut]:
        """Every chosen session with the slot it would get, beside what is saved now; first what has been held."""
        closed = closed_days(self.cohort.organisation_id, rhythm.first_on)
        slots = {slot.key: slot for slot in lay_out(self.wanted, rhythm, closed)}
        return [LaidOut(row.session, None, row) for row in self.held] + [
            LaidOut(session, slot, self.deliveries.get(session.number), closed.get(slot.wanted_on, ""))
            for session, slot in ((session, slots[session.number]) for session, _ in self.to_come)
        ]


def standing_of(cohort: Cohort, now: dt.datetime) -> Standing:
    plan = plan_of(cohort)
    return Standing(cohort, plan, sessions_of(plan), deliveries_of(cohort), now)
