"""Where somebody stands against their standard, three times in a year, and what their mentor thinks beside it."""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import TenantModel
from pathway.models import Enrolment
from portfolio.models.opened import Opened, OpenedVersion
from portfolio.querysets.assessment import (
    AssessmentScaleQuerySet,
    MentorViewQuerySet,
    OfSelfAssessmentQuerySet,
    SelfAssessmentQuerySet,
    SelfAssessmentVersionQuerySet,
)

# Our own words, lowest first; an organisation may have others.
DEFAULT_LEVELS = (
    "New to me",
    "Developing",
    "Capable with support",
    "Consistently capable",
    "Able to develop others",
)


class Point(models.TextChoices):
    START = "start", "First self-assessment"
    MIDDLE = "middle", "Self-assessment halfway"
    END = "end", "Last self-assessment"


class AssessmentScale(TenantModel):
    """The organisation's own levels; without a row the default ones count. One row, changed in place."""

    words = ArrayField(models.CharField(max_length=60))
    revision = models.PositiveIntegerField(default=1)

    objects = AssessmentScaleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation"], name="scale_once_per_organisation")]

    def __str__(self) -> str:
        return f"scale {self.pk}"


class SelfAssessment(Opened):
    """One at each point of the year."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Being written"
        DONE = "done", "Done"

    enrolment = models.ForeignKey("pathway.Enrolment", on_delete=models.PROTECT, related_name="self_assessments")
    point = models.CharField(max_length=10, choices=Point)
    # The organisation's levels when it was begun; they stay as they were.
    words = ArrayField(models.CharField(max_length=60))
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    shared_version = models.ForeignKey(
        "portfolio.SelfAssessmentVersion", on_delete=models.PROTECT, null=True, related_name="+"
    )
    portfolio_version = models.ForeignKey(
        "portfolio.SelfAssessmentVersion", on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = SelfAssessmentQuerySet.as_manager()

    class Meta(Opened.Meta):
        abstract = False
        ordering = ["created_at"]
        constraints = [
            *Opened.Meta.constraints,
            models.UniqueConstraint(fields=["enrolment", "point"], name="self_assessment_once_per_point"),
            models.CheckConstraint(
                condition=Q(status="draft", done_at=None) | Q(status="done", done_at__isnull=False),
                name="self_assessment_done_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"self-assessment {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("portfolio:self_assessment", args=[self.enrolment_id, self.point])

    @property
    def is_done(self) -> bool:
        return self.status == self.Status.DONE


class AreaRating(TenantModel):
    """A level for an area, or for one of its statements: any part may be left out."""

    assessment = models.ForeignKey(SelfAssessment, on_delete=models.CASCADE, related_name="ratings")
    area = models.ForeignKey("pathway.Area", on_delete=models.PROTECT, related_name="+")
    # Empty for the area as a whole.
    statement = models.ForeignKey("pathway.Statement", on_delete=models.PROTECT, null=True, related_name="+")
    # Counted from 1 on the assessment's own words.
    level = models.PositiveSmallIntegerField(null=True)
    why = models.TextField(blank=True)
    evidence = models.ManyToManyField("portfolio.Evidence", related_name="+")

    objects = OfSelfAssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["area__number", "statement__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "area", "statement"], nulls_distinct=False, name="rating_once_per_part"
            ),
            models.CheckConstraint(condition=Q(level=None) | Q(level__gte=1), name="rating_level_from_one"),
        ]

    def __str__(self) -> str:
        return f"rating {self.pk}"


class SelfAssessmentVersion(OpenedVersion):
    assessment = models.ForeignKey(SelfAssessment, on_delete=models.PROTECT, related_name="versions")
    words = ArrayField(models.CharField(max_length=60))
    # [{"area": id, "statement": id or null, "level": number or null, "why": text, "evidence": [ids]}]
    ratings = models.JSONField(default=list)

    objects = SelfAssessmentVersionQuerySet.as_manager()

    class Meta(OpenedVersion.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="self_assessment_version_once"),
        ]

    @property
    def enrolment(self) -> Enrolment:
        """Whose it is, for permissions."""
        return self.assessment.enrolment


class MentorView(TenantModel):
    """How the mentor sees the same areas at the same point. Given once; fixed from the moment that both are open."""

    enrolment = models.ForeignKey("pathway.Enrolment", on_delete=models.PROTECT, related_name="mentor_views")
    point = models.CharField(max_length=10, choices=Point)
    mentor = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    words = ArrayField(models.CharField(max_length=60))
    # As in SelfAssessmentVersion, for areas alone.
    ratings = models.JSONField(default=list)
    given_at = models.DateTimeField(null=True)
    # The mentor chose to read the writer's before giving their own.
    looked_at = models.DateTimeField(null=True)
    # Both were there: from now on the writer reads it, and nobody changes it.
    opened_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    objects = MentorViewQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "point", "mentor"], name="mentor_view_once_per_point"),
            models.CheckConstraint(
                condition=Q(opened_at=None) | Q(given_at__isnull=False), name="mentor_view_opened_was_given"
            ),
        ]

    def __str__(self) -> str:
        return f"mentor's view {self.pk}"

    @property
    def looked_first(self) -> bool:
        return self.looked_at is not None and (self.given_at is None or self.looked_at <= self.given_at)

    @property
    def given_on(self) -> dt.date | None:
        return self.given_at.date() if self.given_at else None
