"""Who runs a delivery, who has a place at it, and who was there."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import TenantModel
from sessions_catalogue.querysets import AttendanceQuerySet, FacilitationQuerySet, PlaceQuerySet


class Facilitation(TenantModel):
    """Somebody who runs one delivery: a member of the organisation, or a guest who holds a link."""

    scheduled = models.ForeignKey(
        "sessions_catalogue.ScheduledSession", on_delete=models.PROTECT, related_name="facilitations"
    )
    member = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="facilitations")
    guest_name = models.CharField(max_length=200, blank=True)
    # SHA-256 of the link's secret; the link itself is shown once and not kept.
    token_hash = models.CharField(max_length=64, blank=True)
    starts_on = models.DateField(default=timezone.localdate)
    # The first day without the right; a guest's is some days after the delivery.
    ends_on = models.DateField(null=True, blank=True)
    invited_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    objects = FacilitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheduled", "member"], condition=Q(ends_on=None), name="facilitation_one_open"
            ),
            models.UniqueConstraint(fields=["token_hash"], condition=~Q(token_hash=""), name="facilitation_token_once"),
            models.CheckConstraint(
                condition=Q(member__isnull=False, guest_name="", token_hash="")
                | Q(member=None, guest_name__gt="", ends_on__isnull=False),
                name="facilitation_member_or_guest",
            ),
        ]

    def __str__(self) -> str:
        return self.guest_name or str(self.member_id)


class Place(TenantModel):
    """A place at a delivery that somebody has otherwise than by their cohort."""

    class Reason(models.TextChoices):
        CATCH_UP = "catch_up", "Catching up"
        SINGLE = "single", "Takes single sessions"

    enrolment = models.ForeignKey("pathway.Enrolment", on_delete=models.PROTECT, related_name="places")
    scheduled = models.ForeignKey(
        "sessions_catalogue.ScheduledSession", on_delete=models.PROTECT, related_name="extra_places"
    )
    reason = models.CharField(max_length=10, choices=Reason)
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    given_up_at = models.DateTimeField(null=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "scheduled"], condition=Q(given_up_at=None), name="place_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.scheduled_id}"


class Attendance(TenantModel):
    """Whether one person was at one delivery. Who missed it may have studied the blocks on their own since."""

    class State(models.TextChoices):
        ATTENDED = "attended", "There"
        MISSED = "missed", "Not there"

    enrolment = models.ForeignKey("pathway.Enrolment", on_delete=models.PROTECT, related_name="attendances")
    scheduled = models.ForeignKey(
        "sessions_catalogue.ScheduledSession", on_delete=models.PROTECT, related_name="attendances"
    )
    state = models.CharField(max_length=10, choices=State)
    recorded_at = models.DateTimeField(default=timezone.now)
    # Empty where a guest recorded it; then ``recorded_by_guest`` says who.
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    recorded_by_guest = models.CharField(max_length=200, blank=True)
    # Said by the person themselves: the blocks worked through on one's own.
    studied_on = models.DateField(null=True, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "scheduled"], name="attendance_once"),
            models.CheckConstraint(
                condition=Q(studied_on=None) | Q(state="missed"), name="attendance_studied_only_if_missed"
            ),
        ]

    def __str__(self) -> str:
        return self.get_state_display()

    @property
    def counts(self) -> bool:
        """Whether the session is behind the person, in the room or by study."""
        return self.state == self.State.ATTENDED or self.studied_on is not None
