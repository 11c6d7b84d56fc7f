"""A text that its writer opens as a whole: to the mentor by name, and apart from that to the portfolio."""

from django.db import models
from django.db.models import Q

from accounts.models import TenantModel


class Opened(TenantModel):
    """The writer's own current state; readers see a version that was opened to them and nothing saved after it.

    A subclass adds ``shared_version`` and ``portfolio_version``, what the mentor reads and what the portfolio says:
    each set by choosing it, emptied by taking it back.
    """

    class Audience(models.TextChoices):
        ONLY_ME = "only_me", "Only me"
        MENTOR = "mentor", "My mentor"

    audience = models.CharField(max_length=10, choices=Audience, default=Audience.ONLY_ME)
    shared_with = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    shared_at = models.DateTimeField(null=True)
    # The writer ticked that nobody can be recognised in what is opened.
    nobody_recognisable_at = models.DateTimeField(null=True)
    # Counts its saves; each has its version.
    revision = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(audience="only_me", shared_with=None, shared_at=None, shared_version=None)
                | Q(
                    audience="mentor",
                    shared_with__isnull=False,
                    shared_at__isnull=False,
                    shared_version__isnull=False,
                ),
                name="%(class)s_shared_by_name",
            ),
            models.CheckConstraint(
                condition=Q(shared_version=None, portfolio_version=None) | Q(nobody_recognisable_at__isnull=False),
                name="%(class)s_opened_was_checked",
            ),
        ]

    @property
    def is_shared(self) -> bool:
        return self.audience == self.Audience.MENTOR


class OpenedVersion(TenantModel):
    """One deliberate save; rows are only ever added."""

    number = models.PositiveIntegerField()
    # The mentor it was opened to as this save.
    shared_with = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    # When the writer closed it to that mentor; no reader sees it again, whatever is opened later.
    taken_back_at = models.DateTimeField(null=True)
    in_portfolio = models.BooleanField(default=False)
    saved_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        ordering = ["number"]

    def __str__(self) -> str:
        return f"version {self.number}"
