"""One person's year on the pathway."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.models import TenantModel
from pathway.querysets import EnrolmentQuerySet
from pqs_portal.lib.dates import months_between
from pqs_portal.lib.year import FULL_TIME, Shift, months_long, step_date
from pqs_portal.templatetags.portal import short_date

if TYPE_CHECKING:
    from accounts.models import User
    from pathway.models.relations import LineManagement, Mentoring


class Enrolment(TenantModel):
    class Kind(models.TextChoices):
        PATHWAY = "pathway", "On the pathway"
        PROGRAMME_ONLY = "programme_only", "Sessions only"

    class TakingPartAs(models.TextChoices):
        """Why somebody takes part in sessions without being on the pathway."""

        ASPIRING = "aspiring", "Aspiring supervisor"
        OTHER_PROFESSION = "other_profession", "Supervisor of another profession"
        MENTOR = "mentor", "Mentor"
        LEADER = "leader", "Leader"
        SINGLE_SESSIONS = "single_sessions", "Single sessions"

    cohort = models.ForeignKey("pathway.Cohort", on_delete=models.PROTECT, related_name="enrolments")
    supervisor = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="enrolments")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.PATHWAY)
    starts_on = models.DateField(default=timezone.localdate)
    ended_on = models.DateField(null=True, blank=True)
    # Empty for people on the pathway.
    taking_part_as = models.CharField(max_length=20, choices=TakingPartAs, blank=True)
    # Hours worked of full time; stretches the year where the organisation says so.
    pace_percent = models.PositiveSmallIntegerField(default=100)
    # The latest pause, also while still to come; the first day back is ``paused_until``. History: EnrolmentChange.
    paused_from = models.DateField(null=True, blank=True)
    paused_until = models.DateField(null=True, blank=True)
    # ISO week days (1 is Monday) on which the person does not work.
    days_off = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)

    # Filled by ``with_people()``.
    current_mentorings: list[Mentoring]
    current_line_managements: list[LineManagement]

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "supervisor"], name="enrolment_once_per_cohort"),
            models.CheckConstraint(
                condition=models.Q(paused_from=None, paused_until=None)
                | models.Q(paused_until__gt=models.F("paused_from")),
                name="enrolment_pause_ends_later",
            ),
            models.CheckConstraint(
                condition=models.Q(pace_percent__gte=20, pace_percent__lte=100), name="enrolment_pace_is_part_of_full"
            ),
        ]

    def __str__(self) -> str:
        return self.supervisor.name

    def get_absolute_url(self) -> str:
        return reverse("insights:person", args=[self.pk])

    def is_paused(self, on: dt.date) -> bool:
        return (
            self.paused_from is not None
            and self.paused_until is not None
            and (self.paused_from <= on < self.paused_until)
        )

    @property
    def paused_words(self) -> str:
        """All that others than the person and L&D learn of a pause, while it lasts; else empty."""
        today = timezone.localdate()
        return f"Paused until {short_date(self.paused_until)}" if self.is_paused(today) else ""

    def month_on(self, on: dt.date) -> int:
        """Which month of the year it is, counted from 1."""
        return months_between(self.starts_on, on) + 1

    # ``with_dates()`` brings the next two along; elsewhere each costs a query once.
    @cached_property
    def shift_rows(self) -> list[list[str | int | None]]:
        """Pauses and extensions as JSON has them: from, days, first day back."""
        return list(self.changes.shifts())

    @cached_property
    def pace(self) -> int:
        """How much of full time counts for the dates: all of it, unless the organisation stretches the year."""
        part_time = self.pace_percent < FULL_TIME and self.organisation.part_time_pro_rata
        return self.pace_percent if part_time else FULL_TIME

    @property
    def shifts(self) -> list[Shift]:
        return [
            Shift(dt.date.fromisoformat(str(on)), int(days or 0), dt.date.fromisoformat(str(until)) if until else None)
            for on, days, until in self.shift_rows
        ]

    def due_on(self, months: int) -> dt.date:
        """When what comes ``months`` after the start of the year is due, with all that has changed since."""
        return step_date(self.starts_on, months, pace=self.pace, shifts=self.shifts)

    def months_long(self, months: int) -> int:
        """How many months of the calendar a programme of ``months`` takes in this year."""
        return months_long(self.starts_on, self.due_on(months))

    @property
    def current_mentoring(self) -> Mentoring | None:
        """Needs ``with_people()``, like the next three."""
        return self.current_mentorings[0] if self.current_mentorings else None

    @property
    def current_mentor(self) -> User | None:
        return self.current_mentoring.mentor if self.current_mentoring else None

    @property
    def current_line_manager(self) -> User | None:
        return self.current_line_managements[0].manager if self.current_line_managements else None

    @property
    def mentor_is_line_manager(self) -> bool:
        mentor = self.current_mentor
        return mentor is not None and mentor == self.current_line_manager
