"""What somebody is typing and has not saved yet: for its writer alone, and gone when they save."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from accounts.models.base import TenantModel
from accounts.querysets import WorkingCopyQuerySet


class WorkingCopy(TenantModel):
    """One form as it stands on somebody's screen. Never audited, counted, searched or exported."""

    author = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    # Which form, as ``settings.DRAFT_MODULES`` name them.
    form = models.SlugField(max_length=40)
    # What is written on: a row that is there, or one that will be. Not a foreign key, since it may never come to be.
    target_id = models.UUIDField()
    # Field name → what it holds, as a form posts it.
    payload = models.JSONField()
    # Grows with each save and never comes twice, so that a window left open cannot take a later copy for its own.
    revision = models.PositiveBigIntegerField()
    # The version of the row that the writer began from; 0 if there was none.
    based_on = models.PositiveIntegerField(default=0)
    # Where the form is: path and query, so that it opens as it was.
    page = models.CharField(max_length=500, blank=True)
    saved_at = models.DateTimeField(default=timezone.now)

    objects = WorkingCopyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "form", "target_id"], name="one_working_copy_each"),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.target_id}"
