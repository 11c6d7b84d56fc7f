"""Bringing many people into a cohort from a file or a list of addresses."""

from django.db import models

from accounts.models import TenantModel
from pathway.querysets import PeopleImportQuerySet


class PeopleImport(TenantModel):
    """One list of people: checked first, then carried out row by row in the background, each row once.

    ``rows``: [{"number", "cells": {column: text}, "problems": [words], "outcome": "" | "added" | "invited" |
    "there_already" | "refused", "why"}]. A run that was cut off goes on with the rows that have no outcome.
    """

    class Status(models.TextChoices):
        CHECKED = "checked", "Waiting for your yes"
        QUEUED = "queued", "Waiting to begin"
        RUNNING = "running", "Under way"
        DONE = "done", "Done"
        DISCARDED = "discarded", "Not carried out"

    cohort = models.ForeignKey("pathway.Cohort", on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.CHECKED)
    file_name = models.CharField(max_length=255, blank=True)
    rows = models.JSONField(default=list)
    done = models.PositiveIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = PeopleImportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.status}"

    @property
    def progress(self) -> int:
        """Percent of the rows that have their outcome."""
        return 100 * self.done // len(self.rows) if self.rows else 100
