"""Who stands beside a person on the pathway, from when until when."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import TenantModel
from pathway.querysets import PanelMemberQuerySet, PartOfEnrolmentQuerySet

ENDS_AFTER_START = Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))


class Mentoring(TenantModel):
    """A pairing with a mentor, with the facts that made the mentor eligible."""

    enrolment = models.ForeignKey("pathway.Enrolment", on_delete=models.PROTECT, related_name="mentorings")
    mentor = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="mentorings")
    starts_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField(null=True, blank=True)
    is_registered = models.BooleanField(default=False)
    has_two_years = models.BooleanField(default=False)
    # Only where mentor and line manager are the same person.
    same_person_reason = models.TextField(blank=True)
    paired_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    objects = PartOfEnrolmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment"], condition=Q(ends_on=None), name="mentoring_one_open"),
            models.CheckConstraint(condition=ENDS_AFTER_START, name="mentoring_ends_after_start"),
            models.CheckConstraint(
                condition=Q(is_registered=True, has_two_years=True), name="mentoring_mentor_is_eligible"
            ),
        ]

    def __str__(self) -> str:
        return self.mentor.name


class LineManagement(TenantModel):
    enrolment = models.ForeignKey("pathway.Enrolment", on_delete=models.PROTECT, related_name="line_managements")
    manager = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="line_managements")
    starts_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField(null=True, blank=True)

    objects = PartOfEnrolmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment"], condition=Q(ends_on=None), name="line_management_one_open"),
            models.CheckConstraint(condition=ENDS_AFTER_START, name="line_management_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.manager.name


class PanelMember(TenantModel):
    """Reads a cohort's portfolios once they are submitted."""

    cohort = models.ForeignKey("pathway.Cohort", on_delete=models.PROTECT, related_name="panel_members")
    member = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="panel_memberships")
    starts_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField(null=True, blank=True)

    objects = PanelMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "member"], condition=Q(ends_on=None), name="panel_member_one_open"
            ),
        ]

    def __str__(self) -> str:
        return self.member.name
