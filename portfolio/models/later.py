"""What the last fifteen minutes of a session leave behind: notes for later, and actions (Tool 29). The writer's own."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import TenantModel
from portfolio.querysets.later import ActionQuerySet, OwnNotesQuerySet


class Jotting(TenantModel):
    """Something short that a session, a follow-up or an observation set off. Nobody but the writer reads it."""

    enrolment = models.ForeignKey("pathway.Enrolment", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    area = models.ForeignKey("pathway.Area", on_delete=models.PROTECT, null=True, related_name="+")
    session = models.ForeignKey(
        "sessions_catalogue.ProgrammeSession", on_delete=models.PROTECT, null=True, related_name="+"
    )
    discarded_at = models.DateTimeField(null=True)
    # Counts its saves, so that two tabs cannot overwrite each other unseen.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)


class Note(Jotting):
    """For the text it belongs to: the self-assessment, the development plan or the critical reflection."""

    class For(models.TextChoices):
        SELF_ASSESSMENT = "self_assessment", "Self-assessment"
        PLAN = "plan", "Development plan"
        REFLECTION = "reflection", "Critical reflection"

    class CameFrom(models.TextChoices):
        OWN = "own", "Your own note"
        SESSION = "session", "A session"
        FOLLOW_UP = "follow_up", "A follow-up"
        OBSERVATION = "observation", "An observation"
        EVIDENCE = "evidence", "A piece of evidence"

    belongs_to = models.CharField(max_length=20, choices=For)
    came_from = models.CharField(max_length=20, choices=CameFrom, default=CameFrom.OWN)
    # The row it came from, where ``session`` does not say it: asked for through its own ``visible_to``.
    came_from_id = models.UUIDField(null=True)
    # Taken up into the text it was for.
    used_at = models.DateTimeField(null=True)

    objects = OwnNotesQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def get_absolute_url(self) -> str:
        return f"{reverse('portfolio:later')}#note-{self.pk}"


class Action(Jotting):
    """Something to do by a day (Tool 29), with how it went once it is done."""

    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    how_it_went = models.TextField(blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = [F("done_on").asc(nulls_first=True), F("due_on").asc(nulls_last=True), "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(how_it_went="") | Q(done_on__isnull=False), name="action_went_once_done"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("portfolio:action", args=[self.pk])
