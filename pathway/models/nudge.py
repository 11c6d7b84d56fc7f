"""A friendly word from L&D, said once."""

from django.db import models

from accounts.models import TenantModel
from pathway.querysets import NudgeQuerySet


class Nudge(TenantModel):
    """One a day for a person: a double press, or two leads, nudge once."""

    enrolment = models.ForeignKey("pathway.Enrolment", on_delete=models.PROTECT, related_name="nudges")
    # What stands on the board as the reason; empty for a word without one. Never portfolio text.
    about = models.CharField(max_length=200, blank=True)
    nudged_on = models.DateField()
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    objects = NudgeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "nudged_on"], name="nudge_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.nudged_on}"
