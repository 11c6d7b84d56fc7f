"""What a date collides with, in sentences for whoever sets dates: warned about, never forbidden."""

from __future__ import annotations

import calendar
import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from pathway.models import Cohort, Enrolment
from pqs_portal.lib.dates import bank_holidays
from pqs_portal.lib.days import main_faith_days
from pqs_portal.templatetags.portal import clock, plural_word
from sessions_catalogue.models import CalendarPeriod, Facilitation, ScheduledSession

Span = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True)
class Surroundings:
    """Everything around a cohort's dates, loaded once in a fixed number of queries."""

    periods: Sequence[CalendarPeriod]
    # Of how many people, and how many of them do not work on each ISO week day.
    people: int
    days_off: Counter[int]
    # Who runs each delivery of the cohort, and what the same people run elsewhere.
    runs: Sequence[Facilitation]
    elsewhere: Sequence[Facilitation]

    def names(self, scheduled_id: uuid.UUID) -> list[str]:
        """Who runs a delivery, guests too."""
        return [
            run.member.name if run.member else run.guest_name for run in self.runs if run.scheduled_id == scheduled_id
        ]

    def of(self, span: Span, scheduled_id: uuid.UUID | None = None) -> list[str]:
        """In the order of how few could come."""
        on = timezone.localdate(span[0])
        found = [*_no_working_day(on), *self._periods(on)]
        faith_day = main_faith_days(on.year).get(on)
        if faith_day:
            found.append(f"{faith_day} falls on this day")
        return found + self._days_off(on) + self._elsewhere(span, scheduled_id)

    def _periods(self, on: dt.date) -> list[str]:
        return [
            f"{period.get_kind_display()}: {period.label}" if period.kind != CalendarPeriod.Kind.OTHER else period.label
            for period in self.periods
            if period.starts_on <= on <= period.ends_on
        ]

    def _days_off(self, on: dt.date) -> list[str]:
        off = self.days_off[on.isoweekday()]
        day = f"{calendar.day_name[on.weekday()]}s"
        words = plural_word(off, "person does,people do") if off == self.people else plural_word(off, "does,do")
        if not off:
            return []
        if off == self.people:
            return [f"{'The one' if off == 1 else f'All {off}'} {words} not work on {day}"]
        return [f"{off} of {self.people} people {words} not work on {day}"]

    def _elsewhere(self, span: Span, scheduled_id: uuid.UUID | None) -> list[str]:
        names = {run.member_id: run.member.name for run in self.runs if run.member and run.scheduled_id == scheduled_id}
        return [
            f"{names[run.member_id]} also runs session {run.scheduled.session.number} of {run.scheduled.cohort.name},"
            f" {_hours(run.scheduled)}"
            for run in self.elsewhere
            if run.member_id in names and run.scheduled.starts_at < span[1] and run.scheduled.ends_at > span[0]
        ]


def surroundings(cohort: Cohort, spans: Iterable[Span]) -> Surroundings:
    """For dates of the cohort within ``spans``."""
    moments = [moment for span in spans for moment in span] or [timezone.now()]
    begin, end = min(moments), max(moments)
    periods = CalendarPeriod.objects.filter(organisation=cohort.organisation_id)
    expected = Enrolment.objects.filter(cohort=cohort, ended_on=None).exclude(
        taking_part_as=Enrolment.TakingPartAs.SINGLE_SESSIONS
    )
    days_off = list(expected.values_list("days_off", flat=True))
    not_ended = Facilitation.objects.filter(Q(ends_on=None) | Q(ends_on__gt=timezone.localdate()))
    runs = list(not_ended.filter(scheduled__cohort=cohort).select_related("member").order_by("created_at"))
    members = {run.member_id for run in runs if run.member_id}
    elsewhere = not_ended.filter(
        member__in=members,
        organisation=cohort.organisation_id,
        scheduled__cancelled_at=None,
        scheduled__starts_at__lt=end,
        scheduled__ends_at__gt=begin,
    ).exclude(scheduled__cohort=cohort)
    return Surroundings(
        periods=list(periods.touching(timezone.localdate(begin), timezone.localdate(end))),
        people=len(days_off),
        days_off=Counter(day for days in days_off for day in set(days)),
        runs=runs,
        elsewhere=list(elsewhere.select_related("scheduled__session", "scheduled__cohort")) if members else [],
    )


def same_day(others: Iterable[ScheduledSession], on: dt.date) -> list[str]:
    """The cohort's other deliveries of the day."""
    return [
        f"Session {other.session.number} of this cohort is on the same day, {_hours(other)}"
        for other in others
        if other.held_on == on
    ]


def _no_working_day(on: dt.date) -> list[str]:
    if on in bank_holidays(on.year):
        return ["That is a bank holiday"]
    return [f"That is a {on:%A}"] if on.weekday() > 4 else []


def _hours(scheduled: ScheduledSession) -> str:
    return f"{clock(scheduled.starts_at)} to {clock(scheduled.ends_at)}"
