"""What people say to their organisation: suggestions (session 3), and three anonymous questions mid-way and at
the end."""

from django.db import models

from accounts.models import TenantModel
from sessions_catalogue.querysets import PulseTallyQuerySet, PulseTurnQuerySet, SuggestionQuerySet


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

    # Empty where the person chose not to be named: then nothing of them is kept, and of the time only the day.
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
    """That somebody has answered or said no, not which of the two: so nobody answers twice. It keeps no time."""

    enrolment = models.ForeignKey("pathway.Enrolment", on_delete=models.CASCADE, related_name="+")
    moment = models.CharField(max_length=10, choices=Moment)
    created_at = None  # type: ignore[assignment]  # a time would join it to a change of the tally

    objects = PulseTurnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "moment"], name="pulse_turn_once"),
        ]

    def __str__(self) -> str:
        return self.moment


def nobody() -> list[list[int]]:
    """How many gave each of the five answers, for each of the three questions."""
    return [[0] * 5 for _ in range(3)]


class PulseTally(TenantModel):
    """The replies of one cohort at one moment, added up.

    No reply is kept by itself: written together with its turn, the database's own bookkeeping (the number of the
    transaction, the order in which rows lie) would say whose it is.

    ``shown_…`` is what L&D see: a copy made when the number of replies reaches five, ten, fifteen. Each showing
    differs from the last by five people, so the sixth answer cannot be found by taking one from the other; and since
    it is a copy, what is counted in stays the same without a time on any reply. What is left over at the end would
    be found by the same sum, so it is never shown.
    """

    cohort = models.ForeignKey("pathway.Cohort", on_delete=models.PROTECT, related_name="+")
    moment = models.CharField(max_length=10, choices=Moment)
    replies = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=nobody)
    shown_replies = models.PositiveIntegerField(default=0)
    shown_counts = models.JSONField(default=list)
    created_at = None  # type: ignore[assignment]  # a time would point at whoever answered first

    objects = PulseTallyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "moment"], name="pulse_tally_once"),
        ]

    def __str__(self) -> str:
        return self.moment
