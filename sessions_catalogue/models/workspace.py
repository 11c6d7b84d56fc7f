"""What a person writes for themselves around a session. Nobody else reads it unless they open it, nor its count."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import TenantModel
from sessions_catalogue.models.programme_session import ProgrammeSession
from sessions_catalogue.querysets import WorksheetQuerySet, WorksheetTemplateQuerySet, WorkspaceQuerySet


class Opened(TenantModel):
    """Who may read a text of the workspace: its author, and with the switch the mentor named at that moment."""

    enrolment = models.ForeignKey("pathway.Enrolment", on_delete=models.PROTECT, related_name="+")
    # The mentor it was opened to; a later mentor does not read it.
    shared_with = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    shared_at = models.DateTimeField(null=True)
    # Kept as material for the portfolio: offered where evidence is written. Opens it to nobody.
    is_material = models.BooleanField(default=False)
    # Counts its saves, so that two tabs cannot overwrite each other unseen.
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True


def workspace_url(session: ProgrammeSession, page: str = "workspace") -> str:
    """The address of a session's workspace: by number where the session is supplied, else by its own id."""
    if session.organisation_id:
        return reverse(f"sessions_catalogue:own_{page}", args=[session.pk])
    return reverse(f"sessions_catalogue:{page}", args=[session.number])


class WorkspaceEntry(Opened):
    """A tick and a text beside one item of a session (or beside its follow-up)."""

    session = models.ForeignKey("sessions_catalogue.ProgrammeSession", on_delete=models.PROTECT, related_name="+")
    # The key ``BlockItem.pk`` at the time of writing; empty for the session's follow-up as a whole.
    item = models.ForeignKey("sessions_catalogue.BlockItem", on_delete=models.PROTECT, null=True, related_name="+")
    ticked_on = models.DateField(null=True)
    text = models.TextField(blank=True)
    # What the mentor reads: the text as it was opened. Later changes stay private until they are opened too.
    shared_text = models.TextField(blank=True)
    # What became of it: the piece of evidence that was made from the note. No key, since evidence lies above.
    evidence_id = models.UUIDField(null=True)

    objects = WorkspaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "session", "item"], nulls_distinct=False, name="workspace_entry_once"
            ),
            models.CheckConstraint(
                condition=Q(shared_with=None, shared_at=None) | Q(shared_with__isnull=False, shared_at__isnull=False),
                name="workspace_entry_shared_with_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.item_id}"

    @property
    def is_changed_since_opened(self) -> bool:
        return self.shared_with_id is not None and self.text != self.shared_text

    def get_absolute_url(self) -> str:
        """Its place in the workspace. Needs ``session``."""
        place = f"item-{self.item_id}" if self.item_id else "follow-up"
        return f"{workspace_url(self.session)}#{place}"


class WorksheetTemplate(models.Model):
    """A worksheet in our own words. ``fields``: [{"key", "label", "hint", "kind": "text" | "long" | "scale" |
    "date", "group"}] in order; ``groups``: [{"key", "title", "text"}]."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    text = models.TextField()
    tool = models.ForeignKey("sessions_catalogue.Tool", on_delete=models.PROTECT, null=True, related_name="worksheets")
    session_number = models.PositiveSmallIntegerField(null=True)
    groups = models.JSONField(default=list)
    fields = models.JSONField(default=list)
    # About who somebody is: never opened to anybody, in no search, suggestion or export but one's own.
    is_personal = models.BooleanField(default=False)
    # Filled in about one supervisee, who is named by a pseudonym; may be filled in several times.
    is_per_supervisee = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    objects = WorksheetTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["position", "title"]

    def __str__(self) -> str:
        return self.title


class Worksheet(Opened):
    """A template filled in by one person."""

    template = models.ForeignKey(WorksheetTemplate, on_delete=models.PROTECT, related_name="+")
    # "Worker B": a pseudonym, or what this filling-in is about.
    about = models.CharField(max_length=100, blank=True)
    answers = models.JSONField(default=dict)
    # What the mentor reads: both as they were opened.
    shared_about = models.CharField(max_length=100, blank=True)
    shared_answers = models.JSONField(default=dict)
    evidence_id = models.UUIDField(null=True)
    discarded_at = models.DateTimeField(null=True)

    objects = WorksheetQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(shared_with=None, shared_at=None) | Q(shared_with__isnull=False, shared_at__isnull=False),
                name="worksheet_shared_with_somebody",
            ),
            models.CheckConstraint(
                condition=Q(discarded_at=None) | Q(shared_with=None), name="worksheet_thrown_away_is_closed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template_id} {self.about}"

    @property
    def is_changed_since_opened(self) -> bool:
        opened = (self.shared_about, self.shared_answers)
        return self.shared_with_id is not None and (self.about, self.answers) != opened

    def get_absolute_url(self) -> str:
        return reverse("sessions_catalogue:worksheet", args=[self.pk])
