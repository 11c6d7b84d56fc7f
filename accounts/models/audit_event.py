"""Who did what, when, to which row: ids, verbs and statuses, never text."""

import uuid

from django.db import models
from django.utils import timezone

from accounts.querysets import AuditEventQuerySet


class AuditEvent(models.Model):
    class Category(models.TextChoices):
        PEOPLE = "people", "People and roles"
        COHORTS = "cohorts", "Cohorts"
        SIGN_IN = "sign_in", "Sign-in and second factor"
        EXPORTS = "exports", "Exports"
        ORGANISATION = "organisation", "Organisation"
        PORTFOLIO = "portfolio", "Portfolio"
        # Of a portfolio the one thing that admins read: that it was done, by whom and when.
        TAKEN_OUT = "taken_out", "Portfolio: taken out for good"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, db_index=True)
    actor = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    category = models.CharField(max_length=20, choices=Category)
    verb = models.CharField(max_length=60)
    target_type = models.CharField(max_length=60, blank=True)
    target_id = models.UUIDField(null=True)
    # Whom it is about, where that is a person.
    subject = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    from_status = models.CharField(max_length=30, blank=True)
    to_status = models.CharField(max_length=30, blank=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["organisation", "-at"])]

    def __str__(self) -> str:
        return f"{self.verb} {self.target_type}"
