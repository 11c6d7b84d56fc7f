"""Bringing many people into a cohort from a file or a list of addresses."""

from django.db import models
from django.urls import reverse

from accounts.models import TenantModel
from pathway.querysets import PeopleImportQuerySet, PeopleImportRowQuerySet


class PeopleImport(TenantModel):
    """One list of people: checked first, then carried out row by row in the background, each row once."""

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
    # Headings of the file that say nothing to the portal.
    unknown_columns = models.JSONField(default=list)
    claimed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = PeopleImportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.status}"

    def get_absolute_url(self) -> str:
        return reverse("pathway:people_import", args=[self.pk])


class PeopleImportRow(TenantModel):
    """One line of the list. A row of its own, so that carrying it out and noting that is one small transaction, and a
    run that was cut off goes on with the rows that have no outcome."""

    class Outcome(models.TextChoices):
        ADDED = "added", "In the cohort"
        INVITED = "invited", "Invited, joins on accepting"
        THERE_ALREADY = "there_already", "There already"
        REFUSED = "refused", "Left out"

    people_import = models.ForeignKey(PeopleImport, on_delete=models.CASCADE, related_name="rows")
    # As a spreadsheet counts lines.
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    # In words: with a problem the row is left out, with a remark it is carried out and something is told.
    problems = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    why = models.CharField(max_length=500, blank=True)

    objects = PeopleImportRowQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["people_import", "number"], name="people_import_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.people_import_id} {self.number}"
