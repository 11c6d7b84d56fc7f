"""A group of people who begin together."""

from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.models import TenantModel
from pathway.querysets import CohortQuerySet


class Cohort(TenantModel):
    class Status(models.TextChoices):
        DRAFT = "draft", "Being prepared"
        PUBLISHED = "published", "Running"
        CLOSED = "closed", "Closed"

    name = models.CharField(max_length=200)
    programme = models.ForeignKey("pathway.Programme", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(default=timezone.localdate)
    # How many people it has room for; empty means no limit.
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    objects = CohortQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="draft") | models.Q(published_at__isnull=False),
                name="cohort_published_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("insights:cohort", args=[self.pk])
