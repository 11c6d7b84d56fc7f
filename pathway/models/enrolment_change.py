"""What was changed about somebody's year, and why: the history that ``Enrolment`` keeps only the end of."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import TenantModel
from pathway.querysets import EnrolmentChangeQuerySet
from pqs_portal.templatetags.portal import plural, short_date


class EnrolmentChange(TenantModel):
    """One decision about a year. The reason is seen by the person and L&D; others see only "paused until"."""

    class Kind(models.TextChoices):
        MOVE = "move", "Moved to another cohort"
        PAUSE = "pause", "Paused"
        EXTEND = "extend", "Extended"
        PACE = "pace", "Hours changed"
        WITHDRAW = "withdraw", "Left the pathway"
        RETURN = "return", "Came back"

    class Reason(models.TextChoices):
        """No health or family detail is asked for or kept."""

        LEAVE = "leave", "Leave"
        CHANGE_OF_POST = "change_of_post", "Change of post"
        AGREED = "agreed", "Agreed with the person"

    enrolment = models.ForeignKey("pathway.Enrolment", on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    # For a pause and an extension: steps due from ``starts_on`` on fall ``days`` later.
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    days = models.PositiveSmallIntegerField(default=0)
    from_cohort = models.ForeignKey("pathway.Cohort", on_delete=models.PROTECT, null=True, related_name="+")
    to_cohort = models.ForeignKey("pathway.Cohort", on_delete=models.PROTECT, null=True, related_name="+")
    pace_percent = models.PositiveSmallIntegerField(null=True)
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    # A pause may end early or go on longer; then this is when that was settled.
    changed_at = models.DateTimeField(default=timezone.now)

    objects = EnrolmentChangeQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="enrolment_change_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def words(self) -> str:
        """What was changed, without the reason; needs both cohorts for a move."""
        starts = short_date(self.starts_on)
        return {
            self.Kind.MOVE.value: f"Moved from {self.from_cohort} to {self.to_cohort}",
            self.Kind.PAUSE.value: f"Paused from {starts} until {short_date(self.ends_on)}"
            if self.days
            else f"A pause from {starts} was taken out",
            self.Kind.EXTEND.value: f"Extended by {plural(self.days // 7, 'week,weeks')} from {starts}",
            self.Kind.PACE.value: f"Hours changed to {self.pace_percent} % of full time",
            self.Kind.WITHDRAW.value: f"Left the pathway on {starts}",
            self.Kind.RETURN.value: f"Came back on {starts}",
        }[self.kind]
