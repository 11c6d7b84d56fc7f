"""What somebody needs to take part."""

from django.db import models

from accounts.models import TenantModel
from pathway.querysets import ParticipationNeedQuerySet


class ParticipationNeed(TenantModel):
    """Written by the person; read by L&D and by the facilitators of their deliveries; deleted when the cohort
    closes, since it may say something about health."""

    enrolment = models.OneToOneField("pathway.Enrolment", on_delete=models.CASCADE, related_name="participation_need")
    text = models.TextField()
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    objects = ParticipationNeedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"needs of {self.enrolment_id}"
