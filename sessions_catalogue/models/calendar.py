"""Days to keep clear of, and people's private calendar addresses."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import TenantModel
from sessions_catalogue.querysets import CalendarFeedQuerySet, CalendarPeriodQuerySet


class CalendarPeriod(TenantModel):
    """Days on which the organisation is closed (dates avoid them), or that are only warned about."""

    class Kind(models.TextChoices):
        CLOSED = "closed", "Closed"
        SCHOOL_HOLIDAY = "school_holiday", "School holiday"
        OTHER = "other", "Other"

    kind = models.CharField(max_length=20, choices=Kind)
    label = models.CharField(max_length=100)
    starts_on = models.DateField()
    ends_on = models.DateField()  # the last day

    objects = CalendarPeriodQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="calendar_period_ends_later"),
        ]

    def __str__(self) -> str:
        return self.label


class CalendarFeed(models.Model):
    """One person's private address for their calendar; renewing it ends the one before."""

    user = models.OneToOneField("accounts.User", on_delete=models.CASCADE, related_name="calendar_feed")
    token_hash = models.CharField(max_length=64, unique=True)
    renewed_at = models.DateTimeField(default=timezone.now)

    objects = CalendarFeedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"calendar of {self.user_id}"
