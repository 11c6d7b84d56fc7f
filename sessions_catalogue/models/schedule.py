"""A cohort's chosen sessions and their dates."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import TenantModel
from sessions_catalogue.querysets import OfCohortQuerySet, SessionPlanQuerySet


class SessionPlan(TenantModel):
    """Which sessions, in which order and rhythm: a cohort's own, or (without a cohort) a template to begin from."""

    class Shape(models.TextChoices):
        MONTHLY = "monthly", "Every month"
        FORTNIGHTLY = "fortnightly", "Every two weeks"
        WEEKLY = "weekly", "Every week"
        THREE_DAYS = "three_days", "Days of four sessions"
        OWN = "own", "Your own rhythm"

    cohort = models.OneToOneField("pathway.Cohort", on_delete=models.PROTECT, null=True, related_name="session_plan")
    # Only templates have a name, and only they can be discarded.
    name = models.CharField(max_length=200, blank=True)
    shape = models.CharField(max_length=20, choices=Shape, default=Shape.MONTHLY)
    first_on = models.DateField(null=True)
    starts_at = models.TimeField(default=dt.time(10, 0))
    # Between the days of "days of four", and between sessions in one's own rhythm.
    days_apart = models.PositiveSmallIntegerField(default=28)
    # Of a day of four: after its first and third session, and between the second and the third.
    break_minutes = models.PositiveSmallIntegerField(default=15)
    lunch_minutes = models.PositiveSmallIntegerField(default=45)
    discarded_at = models.DateTimeField(null=True)
    discarded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    objects = SessionPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(cohort=None, name__gt="") | Q(cohort__isnull=False, first_on__isnull=False),
                name="session_plan_is_template_or_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.get_shape_display()


class PlannedSession(models.Model):
    """One chosen session of a plan; a plan without any means all supplied sessions in their order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(SessionPlan, on_delete=models.CASCADE, related_name="planned")
    session = models.ForeignKey("sessions_catalogue.ProgrammeSession", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "session"], name="planned_session_once"),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.session_id}"


class ScheduledSession(TenantModel):
    """A dated delivery of one session to one cohort. Times are stored in UTC and shown in Europe/London."""

    class Mode(models.TextChoices):
        FACE_TO_FACE = "face_to_face", "Face to face"
        ONLINE = "online", "Online"

    class Format(models.TextChoices):
        GROUP = "group", "In a group"
        INDIVIDUAL = "individual", "On one’s own"
        MIXED = "mixed", "Partly in a group"

    cohort = models.ForeignKey("pathway.Cohort", on_delete=models.PROTECT, related_name="scheduled_sessions")
    session = models.ForeignKey("sessions_catalogue.ProgrammeSession", on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    mode = models.CharField(max_length=20, choices=Mode, default=Mode.FACE_TO_FACE)
    format = models.CharField(max_length=20, choices=Format, default=Format.GROUP)
    # How many people it has room for; empty means no limit.
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    venue = models.CharField(max_length=300, blank=True)
    joining_link = models.URLField(max_length=500, blank=True)
    # Counts its changes, so that two leads cannot overwrite each other unseen.
    revision = models.PositiveIntegerField(default=1)
    moved_at = models.DateTimeField(null=True)
    moved_from = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfCohortQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "session"],
                condition=Q(cancelled_at=None),
                name="scheduled_session_once_per_cohort",
            ),
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
