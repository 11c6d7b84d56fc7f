"""A watched supervision and what the observer made of it."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import TenantModel
from observations.querysets import ObservationQuerySet, ObservationVersionQuerySet


class Observation(TenantModel):
    class Kind(models.TextChoices):
        FORMATIVE = "formative", "Formative observation"
        DIRECT = "direct", "Direct observation"

    class Status(models.TextChoices):
        PLANNED = "planned", "Planned"
        DRAFT = "draft", "Being written"
        RELEASED = "released", "Released"
        REFLECTED = "reflected", "Reflected on"

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", "In person"
        LIVE_VIDEO = "live_video", "By live video"
        RECORDING = "recording", "From a recording"

    enrolment = models.ForeignKey("pathway.Enrolment", on_delete=models.PROTECT, related_name="observations")
    observer = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="observations_made")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.FORMATIVE)
    status = models.CharField(max_length=20, choices=Status, default=Status.PLANNED)
    planned_at = models.DateTimeField(null=True, blank=True)
    # When the date was agreed, or last changed: the supervisor is told of that moment.
    booked_at = models.DateTimeField(null=True)
    observed_on = models.DateField(null=True, blank=True)
    mode = models.CharField(max_length=20, choices=Mode, default=Mode.IN_PERSON)
    # A pseudonym, never the supervisee's name.
    with_whom = models.CharField(max_length=100, blank=True)
    asked_beforehand = models.BooleanField(default=False)
    context = models.TextField(blank=True)
    noticed = models.TextField(blank=True)
    strengths = models.TextField(blank=True)
    development_points = models.TextField(blank=True)
    # What the two have agreed to look at; ``areas`` are those that were seen.
    focus = models.ManyToManyField("pathway.Area", related_name="+", blank=True)
    areas = models.ManyToManyField("pathway.Area", related_name="+", blank=True)
    version = models.PositiveIntegerField(default=0)
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    # The version that was released, which is what the supervisor's reflection speaks about.
    released_version = models.ForeignKey(
        "observations.ObservationVersion", on_delete=models.PROTECT, null=True, related_name="+"
    )
    reflection = models.TextField(blank=True)
    reflected_at = models.DateTimeField(null=True)
    reflected_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    objects = ObservationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=("planned", "draft"), released_at__isnull=True)
                | Q(
                    status__in=("released", "reflected"),
                    released_at__isnull=False,
                    released_by__isnull=False,
                    released_version__isnull=False,
                    asked_beforehand=True,
                    observed_on__isnull=False,
                ),
                name="observation_released_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(status="reflected") | Q(reflected_at__isnull=False, reflected_by__isnull=False),
                name="observation_reflected_has_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def get_absolute_url(self) -> str:
        return reverse("observations:observation", args=[self.pk])

    @property
    def is_released(self) -> bool:
        return self.status in {self.Status.RELEASED, self.Status.REFLECTED}

    @property
    def is_to_come(self) -> bool:
        """Booked for a moment that is still to come, whatever has been prepared. See ``to_come``."""
        seen = self.is_released or self.observed_on is not None
        return not seen and self.planned_at is not None and self.planned_at > timezone.now()

    @property
    def asked_focus(self) -> Any:
        """The FocusWish that the supervisor has of it; read with ``select_related("wish")``."""
        wish = getattr(self, "wish", None)
        return wish if wish and wish.asked_at else None

    @property
    def planned_on(self) -> dt.date | None:
        """The local day of the plan."""
        return timezone.localdate(self.planned_at) if self.planned_at else None

    @property
    def takes_place_on(self) -> dt.date | None:
        """The day it was seen, else the day it is planned for."""
        return self.observed_on or self.planned_on


class ObservationVersion(TenantModel):
    """One deliberate save of an observation's words; rows are only ever added."""

    observation = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    # {"kind", "with_whom", "asked_beforehand", "observed_on": ISO date or null, "mode", "context", "noticed",
    #  "strengths", "development_points", "areas": [area ids in the order of their numbers]}
    content = models.JSONField()
    saved_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    objects = ObservationVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["observation", "number"], name="observation_version_once"),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"
