"""The steps of the year as data: months, counts, levels, kinds and words may be changed by an organisation."""

import uuid

from django.db import models
from django.urls import reverse

from pathway.querysets import MilestoneQuerySet, ProgrammeQuerySet


class Programme(models.Model):
    """One version of a year's milestones; ``organisation`` empty means supplied."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    series = models.SlugField()
    version = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=200)
    standard = models.ForeignKey("pathway.Standard", on_delete=models.PROTECT, related_name="+")
    months = models.PositiveSmallIntegerField(default=12)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["series", "version", "organisation"],
                nulls_distinct=False,
                name="programme_series_version_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("pathway:programme", args=[self.pk])


class Milestone(models.Model):
    class Kind(models.TextChoices):
        """What says that the step is done: exactly one app's timeline yields each kind."""

        ORGANISATION_PREPARATION = "organisation_preparation", "The organisation prepares"
        NOMINATION = "nomination", "Nomination"
        MENTOR_MATCH = "mentor_match", "Mentor found"
        FIRST_SESSION = "first_session", "Session 1"
        SELF_ASSESSMENT = "self_assessment", "Self-assessment"
        AGREEMENT = "agreement", "Learning agreement"
        FORMATIVE_OBSERVATION = "formative_observation", "Formative observation"
        DIRECT_OBSERVATION = "direct_observation", "Direct observation"
        FEEDBACK = "feedback", "Feedback"
        INTERIM_REVIEW = "interim_review", "Interim review"
        CRITICAL_REFLECTION = "critical_reflection", "Critical reflection"
        SELF_ASSESSMENT_FINAL = "self_assessment_final", "Final self-assessment"
        FINAL_REPORT = "final_report", "Final report"
        PANEL = "panel", "Panel"
        OUTCOME = "outcome", "Outcome"
        OTHER = "other", "A step of your own"

    class Level(models.TextChoices):
        ORGANISATION = "organisation", "The organisation"
        COHORT = "cohort", "The cohort"
        PAIRING = "pairing", "The pairing"
        PERSON = "person", "The person"

    class Importance(models.TextChoices):
        KEY_POINT = "key_point", "Key point"
        KEY_ACTIVITY = "key_activity", "Key activity"

    class WaitingOn(models.TextChoices):
        SUPERVISOR = "supervisor", "Practice supervisor"
        MENTOR = "mentor", "Mentor"
        LINE_MANAGER = "line_manager", "Line manager"
        LD_LEAD = "ld_lead", "L&D lead"
        ORGANISATION_ADMIN = "organisation_admin", "Organisation admin"
        PANEL = "panel", "Panel"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="milestones")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField()
    kind = models.CharField(max_length=30, choices=Kind)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    level = models.CharField(max_length=20, choices=Level, default=Level.PERSON)
    importance = models.CharField(max_length=20, choices=Importance, default=Importance.KEY_ACTIVITY)
    start_month = models.PositiveSmallIntegerField(default=0)
    due_month = models.PositiveSmallIntegerField()
    minimum = models.PositiveSmallIntegerField(default=1)
    waiting_on = models.CharField(max_length=20, choices=WaitingOn, default=WaitingOn.SUPERVISOR)
    basis = models.CharField(max_length=200, blank=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "position"],
                name="milestone_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(fields=["programme", "key"], name="milestone_key_once"),
            models.CheckConstraint(
                condition=models.Q(due_month__gte=models.F("start_month")), name="milestone_due_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def basis_words(self) -> str:
        """Where the step comes from; the supplied programme names its two sources in short."""
        words = self.basis.replace("seed", "the published pathway").replace("asye", "the assessed first year (ASYE)")
        return words[:1].upper() + words[1:]
