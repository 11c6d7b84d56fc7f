"""What somebody thinks of an area's evidence as a whole."""

from __future__ import annotations

from django.db import models

from accounts.models import TenantModel
from portfolio.querysets.evidence import AreaWordQuerySet


class AreaWord(TenantModel):
    """The writer's own word for themselves; the mentor's for both. Neither counts as a decision."""

    class Level(models.TextChoices):
        MORE = "more", "More is needed"
        ENOUGH = "enough", "Enough"

    enrolment = models.ForeignKey("pathway.Enrolment", on_delete=models.PROTECT, related_name="area_words")
    area = models.ForeignKey("pathway.Area", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10, choices=Level)
    text = models.TextField(blank=True)
    updated_at = models.DateTimeField(auto_now=True)
    revision = models.PositiveIntegerField(default=1)

    objects = AreaWordQuerySet.as_manager()

    class Meta:
        ordering = ["area__number", "updated_at"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "area", "author"], name="area_word_once_each"),
        ]

    def __str__(self) -> str:
        return f"word about an area {self.pk}"
