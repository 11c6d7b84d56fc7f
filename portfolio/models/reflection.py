"""The critical reflection piece, and what the mentor says about its paragraphs."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import TenantModel
from pathway.models import Enrolment
from portfolio.models.opened import Opened, OpenedVersion
from portfolio.querysets.reflection import (
    ReflectionCommentQuerySet,
    ReflectionQuerySet,
    ReflectionVersionQuerySet,
    WordLimitQuerySet,
)


class WordLimit(TenantModel):
    """How long the organisation wants the piece; without a row 1,500 to 2,000 words. It warns, it never cuts."""

    FEWEST, MOST = 1500, 2000

    fewest = models.PositiveIntegerField(default=FEWEST)
    most = models.PositiveIntegerField(default=MOST)
    revision = models.PositiveIntegerField(default=1)

    objects = WordLimitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation"], name="word_limit_once_per_organisation"),
            models.CheckConstraint(condition=Q(most__gte=F("fewest")), name="word_limit_most_is_not_under_fewest"),
        ]

    def __str__(self) -> str:
        return f"{self.fewest} to {self.most} words"


class Structure(models.TextChoices):
    WHAT = "what", "What, so what, now what"
    GIBBS = "gibbs", "Gibbs’ cycle"
    KOLB = "kolb", "Kolb’s cycle"
    FREE = "free", "My own structure"


class Reflection(Opened):
    """One per year."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Being written"
        DONE = "done", "Done"

    enrolment = models.OneToOneField("pathway.Enrolment", on_delete=models.PROTECT, related_name="reflection")
    title = models.CharField(max_length=200, blank=True)
    structure = models.CharField(max_length=10, choices=Structure, default=Structure.WHAT)
    # {part: text}; a part that the chosen structure does not have keeps its words.
    parts = models.JSONField(default=dict)
    areas = models.ManyToManyField("pathway.Area", related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    shared_version = models.ForeignKey(
        "portfolio.ReflectionVersion", on_delete=models.PROTECT, null=True, related_name="+"
    )
    portfolio_version = models.ForeignKey(
        "portfolio.ReflectionVersion", on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = ReflectionQuerySet.as_manager()

    class Meta(Opened.Meta):
        abstract = False
        constraints = [
            *Opened.Meta.constraints,
            models.CheckConstraint(
                condition=Q(status="draft", done_at=None) | Q(status="done", done_at__isnull=False),
                name="reflection_done_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"reflection {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("portfolio:reflection")

    @property
    def is_done(self) -> bool:
        return self.status == self.Status.DONE


class ReflectionVersion(OpenedVersion):
    reflection = models.ForeignKey(Reflection, on_delete=models.PROTECT, related_name="versions")
    title = models.CharField(max_length=200, blank=True)
    structure = models.CharField(max_length=10, choices=Structure)
    # {part: text}
    parts = models.JSONField(default=dict)
    # [area ids in the order of their numbers]
    areas = models.JSONField(default=list)

    objects = ReflectionVersionQuerySet.as_manager()

    class Meta(OpenedVersion.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["reflection", "number"], name="reflection_version_once")]

    @property
    def enrolment(self) -> Enrolment:
        """Whose it is, for permissions."""
        return self.reflection.enrolment


class ReflectionComment(TenantModel):
    """About one paragraph of the version that was read; an answer names what it answers."""

    reflection = models.ForeignKey(Reflection, on_delete=models.PROTECT, related_name="comments")
    version = models.ForeignKey(ReflectionVersion, on_delete=models.PROTECT, related_name="+")
    # Which part, and which paragraph of it from 1; 0 is the part as a whole.
    part = models.CharField(max_length=20)
    paragraph = models.PositiveSmallIntegerField(default=0)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="answers")
    author = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()

    objects = ReflectionCommentQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"comment {self.pk}"
