"""One person's year on the pathway."""

import datetime as dt

from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.models import TenantModel
from pathway.querysets import EnrolmentQuerySet
from pqs_portal.lib.dates import add_months, months_between


class Enrolment(TenantModel):
    class Kind(models.TextChoices):
        PATHWAY = "pathway", "On the pathway"
        PROGRAMME_ONLY = "programme_only", "Sessions only"

    cohort = models.ForeignKey("pathway.Cohort", on_delete=models.PROTECT, related_name="enrolments")
    supervisor = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="enrolments")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.PATHWAY)
    starts_on = models.DateField(default=timezone.localdate)
    ended_on = models.DateField(null=True, blank=True)

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
