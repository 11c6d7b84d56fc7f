"""What a practice supervisor would like the next observation to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import TenantModel
from observations.querysets import FocusWishQuerySet
from pqs_portal.templatetags.portal import short_date

if TYPE_CHECKING:
    from observations.models.observation import Observation


class FocusWish(TenantModel):
    """Asked of one mentor, by name. It waits until an observation is booked, and stays with that one."""

    enrolment = models.ForeignKey("pathway.Enrolment", on_delete=models.PROTECT, related_name="focus_wishes")
    mentor = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    observation: models.OneToOneField[Observation | None, Observation | None] = models.OneToOneField(
        "observations.Observation", on_delete=models.PROTECT, null=True, related_name="wish"
    )
    areas = models.ManyToManyField("pathway.Area", related_name="+", blank=True)
    text = models.TextField(blank=True)
    # None once it is taken back.
    asked_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)

    objects = FocusWishQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "mentor"], condition=Q(observation=None), name="focus_wish_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(asked_at__isnull=False) | Q(text=""), name="focus_wish_taken_back_is_empty"
            ),
        ]

    def __str__(self) -> str:
        return "Focus that was asked for"

    def get_absolute_url(self) -> str:
        """For who asks."""
        if self.observation_id:
            return reverse("observations:booked", args=[self.observation_id])
        return reverse("observations:focus", args=[self.enrolment_id])

    @property
    def which_words(self) -> str:
        """Of which observation; read with ``select_related("observation")``."""
        return (
            f"the observation on {short_date(self.observation.planned_on)}"
            if self.observation
            else "the next observation"
        )
