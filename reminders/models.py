"""What must be said to whom (exactly once on screen), and the mails that carry it (at least once)."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import TenantModel
from reminders.querysets import DeliveryQuerySet, NotificationQuerySet

# Organisation, recipient, kind, key and local date: what makes a thing to say that one thing.
Identity = tuple[uuid.UUID, uuid.UUID, str, str, dt.date]


class Delivery(TenantModel):
    """One mail to one person, holding everything that fell due together; its Message-ID never changes."""

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Could not be sent"
        CANCELLED = "cancelled", "No longer needed"

    recipient = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claim_id = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=200, unique=True)
    sent_at = models.DateTimeField(null=True)
    # Kind and code of the failure, never its words: they may hold addresses.
    last_error = models.CharField(max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            # Things of one day join the one mail that is still waiting.
            models.UniqueConstraint(
                fields=["organisation", "recipient"], condition=Q(state="queued", attempts=0), name="delivery_one_open"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"])]

    def __str__(self) -> str:
        return f"{self.state} {self.due_at}"


class Notification(TenantModel):
    """One thing to say: unique by what, to whom and for which local date, so planning again adds nothing."""

    recipient = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    local_date = models.DateField()
    # Never portfolio text.
    title = models.CharField(max_length=300)
    url = models.CharField(max_length=300)
    happened_at = models.DateTimeField(default=timezone.now)
    # Only reminders have a date, and the year that they belong to, which is read again before mail is sent.
    due_on = models.DateField(null=True)
    enrolment = models.ForeignKey("pathway.Enrolment", on_delete=models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, null=True, related_name="notifications")

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "recipient", "kind", "key", "local_date"], name="notification_once"
            ),
        ]
        indexes = [models.Index(fields=["recipient", "read_at"])]

    def __str__(self) -> str:
        return self.title

    @property
    def identity(self) -> Identity:
        return (self.organisation_id, self.recipient_id, self.kind, self.key, self.local_date)
