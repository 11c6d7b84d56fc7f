"""A file that goes with a piece of evidence."""

from django.db import models
from django.urls import reverse

from accounts.models import TenantModel
from portfolio.querysets.evidence import AttachmentQuerySet


class Attachment(TenantModel):
    """Saved as soon as it arrives; unclaimed ones are purged, so a failed form keeps its files."""

    class State(models.TextChoices):
        CHECKING = "checking", "Being checked"
        CLEAN = "clean", "Ready"
        REFUSED = "refused", "Refused"

    evidence = models.ForeignKey("portfolio.Evidence", on_delete=models.PROTECT, null=True, related_name="attachments")
    uploaded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    # As the person named it; the stored name is generated.
    name = models.CharField(max_length=255)
    file = models.FileField(upload_to="attachments/", max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.CHECKING)
    # What our own server found in it that might identify somebody: [{"kind", "where", "text"}], for its writer alone.
    # Null until it has looked. A row of kind "not_read" says in "where" what it could not look at.
    found = models.JSONField(null=True)
    # It could not look inside, or not everywhere: an image, a locked or damaged document.
    unread = models.BooleanField(default=False)
    # Taken off the piece; the bytes stay until retention says otherwise.
    removed_at = models.DateTimeField(null=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("portfolio:attachment", args=[self.pk])
