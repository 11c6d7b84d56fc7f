"""What overrides or completes a milestone for one person, a cohort or the organisation."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import TenantModel
from pathway.querysets import MilestoneCompletionQuerySet, PartOfEnrolmentQuerySet


class MilestoneDate(TenantModel):
    """A due date agreed for one person instead of the programme's."""

    enrolment = models.ForeignKey("pathway.Enrolment", on_delete=models.PROTECT, related_name="milestone_dates")
    milestone = models.ForeignKey("pathway.Milestone", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()

    objects = PartOfEnrolmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "milestone"], name="milestone_date_once"),
        ]

    def __str__(self) -> str:
        return f"{self.milestone_id} {self.due_on}"


class MilestoneCompletion(TenantModel):
    """A step recorded as done by hand. ``enrolment`` is empty for a cohort's step, ``cohort`` too for the
    organisation's."""

    class FileState(models.TextChoices):
        CHECKING = "checking", "Being checked"
        CLEAN = "clean", "Ready"
        REFUSED = "refused", "Refused"

    milestone = models.ForeignKey("pathway.Milestone", on_delete=models.PROTECT, related_name="completions")
    cohort = models.ForeignKey("pathway.Cohort", on_delete=models.PROTECT, null=True, related_name="+")
    enrolment = models.ForeignKey("pathway.Enrolment", on_delete=models.PROTECT, null=True, related_name="completions")
    done_on = models.DateField(default=timezone.localdate)
    took_part = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=500, blank=True)
    file = models.FileField(upload_to="steps/", blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    file_type = models.CharField(max_length=100, blank=True)
    file_state = models.CharField(max_length=10, choices=FileState, default=FileState.CLEAN)
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    # Taken back; the row stays, the step is open again.
    discarded_at = models.DateTimeField(null=True)
    discarded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    objects = MilestoneCompletionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "milestone", "cohort", "enrolment"],
                nulls_distinct=False,
                condition=Q(discarded_at=None),
                name="milestone_completed_once",
            ),
            models.CheckConstraint(
                condition=Q(enrolment=None) | Q(cohort__isnull=False), name="milestone_completion_person_has_cohort"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone_id} {self.done_on}"
