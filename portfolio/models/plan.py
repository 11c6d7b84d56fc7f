"""The development plan: what somebody wants to learn in a period, how, by when, and how it went."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import TenantModel
from pathway.models import Enrolment
from portfolio.models.opened import Opened, OpenedVersion
from portfolio.querysets.plan import (
    ObjectiveQuerySet,
    ObjectiveReviewQuerySet,
    PlanQuerySet,
    PlanVersionQuerySet,
)


class Period(models.TextChoices):
    """Which part of the year an objective is for; the last goes on after it."""

    FIRST = "first", "First half of the year"
    SECOND = "second", "Second half of the year"
    AFTER = "after", "After the pathway"


class Plan(Opened):
    """One per year; its objectives are its content."""

    enrolment = models.OneToOneField("pathway.Enrolment", on_delete=models.PROTECT, related_name="plan")
    shared_version = models.ForeignKey("portfolio.PlanVersion", on_delete=models.PROTECT, null=True, related_name="+")
    portfolio_version = models.ForeignKey(
        "portfolio.PlanVersion", on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = PlanQuerySet.as_manager()

    class Meta(Opened.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"plan {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("portfolio:plan")


class PlanVersion(OpenedVersion):
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    # The objectives as they stood, in their order: [{"id", "period", "need", "areas": [ids], "why", "source",
    # "source_id", "activity", "support", "success", "target_on": ISO date or null, "status", "closed_on": the same,
    # "how_it_went", "evidence": [ids], "reviews": [{"id", "by": name, "on": ISO date, "text"}], the writer's own}]
    objectives = models.JSONField(default=list)

    objects = PlanVersionQuerySet.as_manager()

    class Meta(OpenedVersion.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once")]

    @property
    def enrolment(self) -> Enrolment:
        """Whose it is, for permissions."""
        return self.plan.enrolment


class Objective(TenantModel):
    """One thing to learn or to change. The writer's own until the plan is opened."""

    class Status(models.TextChoices):
        NOT_STARTED = "not_started", "Not started"
        UNDER_WAY = "under_way", "Under way"
        MET = "met", "Met"
        CARRIED = "carried", "Carried forward"
        DROPPED = "dropped", "Dropped"

    class Source(models.TextChoices):
        SELF_ASSESSMENT = "self_assessment", "A self-assessment"
        OBSERVATION = "observation", "An observation"
        FEEDBACK = "feedback", "Feedback on a piece of evidence"
        APPRAISAL = "appraisal", "My appraisal"
        ACTION = "action", "An action I noted"
        NOTE = "note", "A note I kept for later"
        OTHER = "other", "Something else"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="objectives")
    period = models.CharField(max_length=10, choices=Period, default=Period.FIRST)
    need = models.TextField()
    areas = models.ManyToManyField("pathway.Area", related_name="+")
    why = models.TextField(blank=True)
    source = models.CharField(max_length=20, choices=Source, default=Source.OTHER)
    # The row it came from, if it is one of the portal's: asked for through its own ``visible_to``.
    source_id = models.UUIDField(null=True)
    activity = models.TextField(blank=True)
    support = models.TextField(blank=True)
    success = models.TextField(blank=True)
    target_on = models.DateField(null=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.NOT_STARTED)
    how_it_went = models.TextField(blank=True)
    evidence = models.ManyToManyField("portfolio.Evidence", related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    # The objective of an earlier period that goes on in this one.
    carried_from = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="carried_to")
    position = models.PositiveIntegerField(default=0)
    # Counts its saves, so that two tabs cannot overwrite each other unseen.
    revision = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)
    discarded_at = models.DateTimeField(null=True)

    objects = ObjectiveQuerySet.as_manager()

    class Meta:
        ordering = ["position", F("target_on").asc(nulls_last=True), "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=("not_started", "under_way"), closed_at=None, closed_by=None)
                | Q(status__in=("met", "carried", "dropped"), closed_at__isnull=False, closed_by__isnull=False),
                name="objective_closed_has_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"objective {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("portfolio:objective", args=[self.pk])

    @property
    def enrolment(self) -> Enrolment:
        """Whose it is, for permissions."""
        return self.plan.enrolment

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class ObjectiveReview(TenantModel):
    """What writer or mentor said about how an objective is going; only ever added."""

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="reviews")
    # The version that a mentor had read; empty for the writer's own.
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()

    objects = ObjectiveReviewQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"review {self.pk}"
