"""What people say to their organisation: suggestions (session 3), and three anonymous questions mid-way and at
the end."""

from django.db import models

from accounts.models import TenantModel
from sessions_catalogue.querysets import PulseReplyQuerySet, PulseTurnQuerySet, SuggestionQuerySet


class Suggestion(TenantModel):
    class Status(models.TextChoices):
        RECEIVED = "received", "Received"
        CONSIDERED = "considered", "Being considered"
        UNDER_WAY = "under_way", "Under way"
        DONE = "done", "Done"
        NOT_NOW = "not_now", "Not now"

    class Theme(models.TextChoices):
        TIME = "time", "Time and workload"
        SUPERVISION = "supervision", "My own supervision"
        TRAINING = "training", "Learning and development"
        CULTURE = "culture", "Culture and wellbeing"
        TOOLS = "tools", "Systems, rooms and equipment"
        OTHER = "other", "Something else"

    # Empty where the person chose not to be named: then nothing of them is kept.
    author = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    theme = models.CharField(max_length=20, choices=Theme)
    status = models.CharField(max_length=20, choices=Status, default=Status.RECEIVED)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    # From then on everybody reads the answer under its theme, never the suggestion's own words or author.
    published_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.get_theme_display()


class Moment(models.TextChoices):
    MIDWAY = "midway", "Mid-way"
    END = "end", "At the end"


class PulseTurn(TenantModel):
    """That somebody has answered or said no: so nobody answers twice. It points at no reply, and keeps no time."""

    enrolment = models.ForeignKey("pathway.Enrolment", on_delete=models.CASCADE, related_name="+")
    moment = models.CharField(max_length=10, choices=Moment)
    created_at = None  # type: ignore[assignment]  # a time would join it to its reply

    objects = PulseTurnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "moment"], name="pulse_turn_once"),
        ]

    def __str__(self) -> str:
        return self.moment


class PulseReply(TenantModel):
    """One anonymous reply: three answers of 1 to 5 and a line, of a cohort; shown from five replies on."""

    cohort = models.ForeignKey("pathway.Cohort", on_delete=models.PROTECT, related_name="+")
    moment = models.CharField(max_length=10, choices=Moment)
    answers = models.JSONField(default=list)
    created_at = None  # type: ignore[assignment]  # a time would point at whoever was at the computer

    objects = PulseReplyQuerySet.as_manager()

    def __str__(self) -> str:
        return self.moment
