"""A cohort's chosen sessions and their dates."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import TenantModel
from sessions_catalogue.querysets import OfCohortQuerySet


class SessionPlan(TenantModel):
    """How a cohort's sessions are laid out."""

    class Shape(models.TextChoices):
        MONTHLY = "monthly", "Twelve sessions, monthly"
        FORTNIGHTLY = "fortnightly", "Twelve sessions, fortnightly"
        WEEKLY = "weekly", "Twelve sessions, weekly"
        THREE_DAYS = "three_days", "Three days of four sessions"

    cohort = models.OneToOneField("pathway.Cohort", on_delete=models.PROTECT, related_name="session_plan")
    shape = models.CharField(max_length=20, choices=Shape, default=Shape.MONTHLY)
    first_on = models.DateField()
    starts_at = models.TimeField(default=dt.time(10, 0))
    # Between the days of "three days of four".
    days_apart = models.PositiveSmallIntegerField(default=28)

    objects = OfCohortQuerySet.as_manager()

    def __str__(self) -> str:
        return self.get_shape_display()


class ScheduledSession(TenantModel):
    """A dated delivery of one session to one cohort. Times are stored in UTC and shown in Europe/London."""

    class Mode(models.TextChoices):
        FACE_TO_FACE = "face_to_face", "Face to face"
        ONLINE = "online", "Online"

    cohort = models.ForeignKey("pathway.Cohort", on_delete=models.PROTECT, related_name="scheduled_sessions")
    session = models.ForeignKey("sessions_catalogue.ProgrammeSession", on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    mode = models.CharField(max_length=20, choices=Mode, default=Mode.FACE_TO_FACE)
    venue = models.CharField(max_length=300, blank=True)
    joining_link = models.URLField(max_length=500, blank=True)
    # Counts its changes, so that two leads cannot overwrite each other unseen.
    revision = models.PositiveIntegerField(default=1)
    moved_at = models.DateTimeField(null=True)
    moved_from = models.DateTimeField(null=True)

    objects = OfCohortQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "session"], name="scheduled_session_once_per_cohort"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="scheduled_session_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.starts_at}"

    def get_absolute_url(self) -> str:
        return reverse("sessions_catalogue:cohort_sessions", args=[self.cohort_id])

    @property
    def held_on(self) -> dt.date:
        """The local date."""
        return timezone.localdate(self.starts_at)

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)
