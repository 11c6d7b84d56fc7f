"""A portfolio as PDF: a row with progress, built by a task, fetched through a checked view."""

from django.db import models
from django.db.models import Q

from accounts.models import TenantModel
from portfolio.querysets.exports import PortfolioExportQuerySet


class PortfolioExport(TenantModel):
    class Status(models.TextChoices):
        QUEUED = "queued", "Waiting to begin"
        RUNNING = "running", "Being made"
        DONE = "done", "Ready"
        FAILED = "failed", "Could not be made"
        DELETED = "deleted", "Deleted"

    enrolment = models.ForeignKey("pathway.Enrolment", on_delete=models.PROTECT, related_name="exports")
    requested_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    # Required of an admin before submission; told to the supervisor.
    reason = models.TextField(blank=True)
    # For its writer alone: also what nobody else can read. Of no effect where somebody else has asked.
    with_private = models.BooleanField(default=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)
    pages = models.PositiveIntegerField(null=True)
    file = models.FileField(upload_to="exports/", blank=True)
    # Why it could not be made, or was deleted.
    failure = models.CharField(max_length=300, blank=True)
    claim_id = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    objects = PortfolioExportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="done") | (Q(finished_at__isnull=False) & ~Q(file="")),
                name="export_done_has_file",
            ),
        ]

    def __str__(self) -> str:
        return f"export {self.pk}"

    @property
    def status_in_words(self) -> str:
        return self.failure if self.status == self.Status.DELETED else self.get_status_display()
