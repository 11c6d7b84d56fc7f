"""A piece of a person's portfolio, its areas and its versions."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import TenantModel, User
from pathway.models import Enrolment
from portfolio.querysets.evidence import EvidenceQuerySet, EvidenceVersionQuerySet, OfEvidenceQuerySet


class Evidence(TenantModel):
    """The writer's own current state; readers see ``shared_version`` and nothing that was saved after it."""

    class Audience(models.TextChoices):
        ONLY_ME = "only_me", "Only me"
        MENTOR = "mentor", "My mentor"
        PORTFOLIO = "portfolio", "In my portfolio"

    class Kind(models.TextChoices):
        REFLECTION = "reflection", "Reflection on supervision I gave"
        SITUATION = "situation", "A situation I handled"
        SESSION = "session", "What I learnt in a session"
        WENT_WELL = "went_well", "Something that went well"
        FEEDBACK = "feedback", "Feedback I received"
        AUDIT = "audit", "A supervision audit"
        AGREEMENT = "agreement", "A supervision agreement"
        DEVELOPMENT = "development", "Developing others"
        CHANGE = "change", "A change in policy or practice"
        PARTNERSHIP = "partnership", "Working in partnership"
        CPD = "cpd", "Professional development"
        PLAIN = "plain", "Something else"

    class SentBackFor(models.TextChoices):
        """What makes somebody recognisable, never the words themselves."""

        NAME = "name", "A name"
        NUMBER = "number", "A number, address or date of birth"
        STORY = "story", "A place, team or story that gives a person away"
        FILE = "file", "Something in a file"

    enrolment = models.ForeignKey("pathway.Enrolment", on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.PLAIN)
    # The writer's own words to find it again; no reader sees them.
    tags = ArrayField(models.CharField(max_length=40), default=list)
    # The place that the writer gave it in their portfolio; without one it stands by its date.
    position = models.PositiveIntegerField(null=True)
    title = models.CharField(max_length=200)
    body = models.TextField()
    happened_on = models.DateField(default=timezone.localdate)
    session = models.ForeignKey(
        "sessions_catalogue.ProgrammeSession", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.ONLY_ME)
    # The mentor it was opened to, by name; another mentor sees nothing until the writer opens it again.
    shared_with = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    # What readers read: set by sharing, emptied by taking back.
    shared_version = models.ForeignKey(
        "portfolio.EvidenceVersion", on_delete=models.PROTECT, null=True, related_name="+"
    )
    # The writer ticked that nobody can be recognised in what is shared.
    nobody_recognisable_at = models.DateTimeField(null=True)
    feedback_asked_at = models.DateTimeField(null=True)
    # A reader sent it back because somebody can be recognised in it; cleared by sharing it again.
    sent_back_at = models.DateTimeField(null=True)
    sent_back_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    # Empty again once something was taken out of it.
    sent_back_for = models.CharField(max_length=10, choices=SentBackFor, blank=True)
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)
    discarded_at = models.DateTimeField(null=True)
    discarded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(audience="only_me") | Q(nobody_recognisable_at__isnull=False),
                name="evidence_shared_was_checked",
            ),
            models.CheckConstraint(
                condition=~Q(audience="mentor") | Q(shared_with__isnull=False), name="evidence_shared_by_name"
            ),
            models.CheckConstraint(
                condition=Q(audience="only_me", shared_version__isnull=True)
                | (~Q(audience="only_me") & Q(shared_version__isnull=False)),
                name="evidence_shared_has_version",
            ),
            models.CheckConstraint(
                condition=Q(sent_back_at=None, sent_back_by=None, sent_back_for="")
                | Q(sent_back_at__isnull=False, sent_back_by__isnull=False, audience="only_me"),
                name="evidence_sent_back_is_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("portfolio:evidence", args=[self.pk])

    @property
    def is_shared(self) -> bool:
        return self.audience != self.Audience.ONLY_ME

    @property
    def is_to_take_out(self) -> bool:
        """It was sent back, and nothing has been taken out of it since."""
        return bool(self.sent_back_for)


class EvidenceMapping(TenantModel):
    """Why a piece speaks to an area."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="mappings")
    area = models.ForeignKey("pathway.Area", on_delete=models.PROTECT, related_name="+")
    rationale = models.TextField(blank=True)
    # Among the few pieces that the writer would show first for this area.
    is_best = models.BooleanField(default=False)
    # Offered and shown only while the organisation says that the area's statements are complete.
    statements = models.ManyToManyField("pathway.Statement", related_name="+")

    objects = OfEvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["area__number"]
        constraints = [
            models.UniqueConstraint(fields=["evidence", "area"], name="evidence_area_once"),
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id} {self.area_id}"


class EvidenceVersion(TenantModel):
    """One deliberate save; rows are only ever added. Holds what a reader of that save may see.

    Its words change in one case: what is taken out for good goes from every version.
    """

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=Evidence.Kind, default=Evidence.Kind.PLAIN)
    title = models.CharField(max_length=200)
    body = models.TextField()
    happened_on = models.DateField()
    # [{"area": area id, "rationale": text, "statements": [ids, where any were chosen]}]
    mappings = models.JSONField(default=list)
    audience = models.CharField(max_length=10, choices=Evidence.Audience)
    shared_with = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    # From then on it is its writer's alone again, whatever is shared later.
    taken_back_at = models.DateTimeField(null=True)
    # Its writer, or the reader who sent the piece back; of versions taken back long ago nobody knows.
    taken_back_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    attachments = models.ManyToManyField("portfolio.Attachment", related_name="versions")
    saved_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    objects = EvidenceVersionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["evidence", "number"], name="evidence_version_once"),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"

    @property
    def enrolment(self) -> Enrolment:
        """Whose piece it is, for permissions."""
        return self.evidence.enrolment

    @property
    def sent_back_by(self) -> User | None:
        """The reader who closed it; None if its writer took it back."""
        return self.taken_back_by if self.taken_back_by_id != self.saved_by_id else None
