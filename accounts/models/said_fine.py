"""Words that a writer looked at and left: the check before sharing does not ask about them again."""

from __future__ import annotations

from django.db import models

from accounts.models.base import TenantModel
from accounts.querysets import SaidFineQuerySet


class SaidFine(TenantModel):
    """A keyed digest, never the words."""

    author = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    # What was to be shared. Not a foreign key, since texts of every app are checked.
    thing_id = models.UUIDField()
    digest = models.CharField(max_length=64)

    objects = SaidFineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "thing_id", "digest"], name="said_fine_once"),
        ]

    def __str__(self) -> str:
        return f"said fine {self.pk}"
