"""A piece of a person's portfolio, its areas and its versions."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import TenantModel
from pathway.models import Enrolment
from portfolio.querysets import EvidenceQuerySet, EvidenceVersionQuerySet, OfEvidenceQuerySet


class Evidence(TenantModel):
    """The writer's own current state; readers see ``shared_version`` and nothing that was saved after it."""

    class Audience(models.TextChoices):
        ONLY_ME = "only_me", "Only me"
        MENTOR = "mentor", "My mentor"
        PORTFOLIO = "portfolio", "In my portfolio"

    enrolment = models.ForeignKey("pathway.Enrolment", on_delete=models.PROTECT, related_name="evidence")
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
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("portfolio:evidence", args=[self.pk])

    @property
    def is_shared(self) -> bool:
        return self.audience != self.Audience.ONLY_ME


class EvidenceMapping(TenantModel):
    """Why a piece speaks to an area."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="mappings")
    area = models.ForeignKey("pathway.Area", on_delete=models.PROTECT, related_name="+")
    rationale = models.TextField(blank=True)

    objects = OfEvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["area__number"]
        constraints = [
            models.UniqueConstraint(fields=["evidence", "area"], name="evidence_area_once"),
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id} {self.area_id}"


class EvidenceVersion(TenantModel):
    """One deliberate save; rows are only ever added. Holds what a reader of that save may see."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    body = models.TextField()
    happened_on = models.DateField()
    # [{"area": area id, "rationale": text}]
    mappings = models.JSONField(default=list)
    audience = models.CharField(max_length=10, choices=Evidence.Audience)
    shared_with = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
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
