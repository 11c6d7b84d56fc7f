"""One person's year on the pathway."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.models import TenantModel
from pathway.querysets import EnrolmentQuerySet
from pqs_portal.lib.dates import add_months, months_between

if TYPE_CHECKING:
    from accounts.models import User
    from pathway.models.relations import LineManagement, Mentoring


class Enrolment(TenantModel):
    class Kind(models.TextChoices):
        PATHWAY = "pathway", "On the pathway"
        PROGRAMME_ONLY = "programme_only", "Sessions only"

    cohort = models.ForeignKey("pathway.Cohort", on_delete=models.PROTECT, related_name="enrolments")
    supervisor = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="enrolments")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.PATHWAY)
    starts_on = models.DateField(default=timezone.localdate)
    ended_on = models.DateField(null=True, blank=True)

    # Filled by ``with_people()``.
    current_mentorings: list[Mentoring]
    current_line_managements: list[LineManagement]

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "supervisor"], name="enrolment_once_per_cohort"),
        ]

    def __str__(self) -> str:
        return self.supervisor.name

    def get_absolute_url(self) -> str:
        return reverse("insights:person", args=[self.pk])

    def month_on(self, on: dt.date) -> int:
        """Which month of the year it is, counted from 1."""
        return months_between(self.starts_on, on) + 1

    def due_on(self, months: int) -> dt.date:
        return add_months(self.starts_on, months)

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
