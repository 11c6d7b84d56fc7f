"""What an organisation settles before its first cohort; it never blocks anything."""

from django.db import models

from accounts.models import TenantModel
from pathway.querysets import ReadinessItemQuerySet


class ReadinessItem(TenantModel):
    class Checklist(models.TextChoices):
        LEADERS_BRIEFING = "leaders_briefing", "Leaders’ Briefing"
        IMPLEMENTATION = "implementation", "Implementation Pathway"

    checklist = models.CharField(max_length=20, choices=Checklist)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    discarded_at = models.DateTimeField(null=True)
    discarded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    objects = ReadinessItemQuerySet.as_manager()

    class Meta:
        ordering = ["checklist", "position", "created_at"]

    def __str__(self) -> str:
        return self.text
