"""The sessions of the learning programme with their timed blocks."""

import uuid

from django.db import models
from django.urls import reverse

from sessions_catalogue.querysets import BlockItemQuerySet, ProgrammeSessionQuerySet


class ProgrammeSession(models.Model):
    """One session of the programme; supplied ones have no organisation and are addressed by number."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    series = models.SlugField(default="model-programme")
    version = models.PositiveSmallIntegerField(default=1)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    number = models.PositiveSmallIntegerField()
    slug = models.SlugField(max_length=100)
    title = models.CharField(max_length=200)
    overview = models.TextField()
    day = models.PositiveSmallIntegerField()
    # The one area the session serves; empty for the general ones.
    area = models.ForeignKey("pathway.Area", on_delete=models.PROTECT, null=True, related_name="sessions")
    recommended_for_all = models.BooleanField(default=False)
    aims = models.JSONField(default=list)
    # How often what stands over the blocks was saved; ``version`` counts what cohorts work with.
    revision = models.PositiveIntegerField(default=1)
    # An organisation's adapted copy names what it was made from; a session of its own does not.
    copied_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    # No longer offered when sessions are chosen; cohorts that have it keep it.
    retired_at = models.DateTimeField(null=True)

    # Filled by ``with_length()``.
    length: int

    objects = ProgrammeSessionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "version", "organisation", "number"],
                nulls_distinct=False,
                name="programme_session_number_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Session {self.number}: {self.title}"

    def get_absolute_url(self) -> str:
        if self.organisation_id:
            return reverse("sessions_catalogue:own_session", args=[self.pk])
        return reverse("sessions_catalogue:session", args=[self.number])


class SessionBlock(models.Model):
    class Kind(models.TextChoices):
        PREPARATION = "preparation", "Preparation"
        INTRODUCTION = "introduction", "Introduction"
        EXPERIENCE = "experience", "Experience"
        REFLECTION = "reflection_analysis_planning", "Reflection, analysis, planning"
        EVIDENCE = "evidence", "Evidence"
        FOLLOW_UP = "follow_up", "Follow-up"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(ProgrammeSession, on_delete=models.CASCADE, related_name="blocks")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40, choices=Kind)
    # Empty for preparation and follow-up, which have no place in the ninety minutes.
    minutes = models.PositiveSmallIntegerField(null=True)
    label_note = models.CharField(max_length=100, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["session", "kind"], name="session_block_kind_once"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class KeptItems(models.Manager.from_queryset(BlockItemQuerySet)):  # type: ignore[misc]  # made as it runs
    """Those that have not been taken out of their session."""

    def get_queryset(self) -> BlockItemQuerySet:
        return BlockItemQuerySet(self.model, using=self._db).filter(removed_at=None)


class BlockItem(models.Model):
    """One thing to do, watch, read, ask or discuss. Taken out of a session it is kept, for people may have written
    beside it."""

    class Kind(models.TextChoices):
        AIMS = "aims", "Aims"
        QUESTION = "question", "Question"
        FILM = "film", "Film"
        VIDEO = "video", "Video"
        WEBINAR = "webinar", "Webinar"
        READING = "reading", "Reading"
        TOOL = "tool", "Tool"
        TASK = "task", "Task"
        EXPLORATION = "exploration", "Exploration"
        DISCUSSION = "discussion", "Discussion"
        EVIDENCE_CHOICE = "evidence_choice", "Choice"
        FOLLOW_UP = "follow_up", "Follow-up"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    block = models.ForeignKey(SessionBlock, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    text = models.TextField()
    resource = models.ForeignKey(
        "sessions_catalogue.Resource", on_delete=models.PROTECT, null=True, related_name="block_items"
    )
    tool = models.ForeignKey("sessions_catalogue.Tool", on_delete=models.PROTECT, null=True, related_name="block_items")
    extract = models.CharField(max_length=100, blank=True)
    revision = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True)

    # The first is what ``block.items`` uses: what was taken out is seen only by who asks for it.
    objects = KeptItems()
    with_removed = BlockItemQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["block", "position"], name="block_item_position_once"),
        ]

    def __str__(self) -> str:
        return self.text
