"""What an organisation knows about somebody as a mentor: the gate they passed, and how many people they take."""

from django.db import models

from accounts.models import TenantModel
from pathway.querysets import MentorRecordQuerySet


class MentorRecord(TenantModel):
    mentor = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="mentor_records")
    # A registered social worker; only the registration runs out (30 November each year).
    registered_until = models.DateField(null=True, blank=True)
    has_two_years = models.BooleanField(default=False)
    capacity = models.PositiveSmallIntegerField(default=2)
    # Shown where mentors are proposed: team, what they know well.
    about = models.CharField(max_length=300, blank=True)
    checked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    checked_on = models.DateField(null=True)
    # No longer proposed; pairings that stand are untouched.
    retired_on = models.DateField(null=True, blank=True)

    objects = MentorRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "mentor"], name="mentor_record_once"),
        ]

    def __str__(self) -> str:
        return self.mentor.name
