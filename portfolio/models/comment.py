"""What mentor and supervisor say about a piece of evidence."""

from django.db import models

from accounts.models import TenantModel
from portfolio.querysets.evidence import CommentQuerySet


class Comment(TenantModel):
    evidence = models.ForeignKey("portfolio.Evidence", on_delete=models.PROTECT, related_name="comments")
    # The version it spoke about.
    version = models.ForeignKey("portfolio.EvidenceVersion", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    # The words of that version it is about, if it names some.
    passage = models.TextField(blank=True)
    # What it answers; an answer has none below it.
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="answers")
    text = models.TextField()

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"comment {self.pk}"
