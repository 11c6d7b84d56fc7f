"""How people come to a cohort: nominated, by themselves with their line manager's yes, or brought in by the lead."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import TenantModel
from pathway.models.enrolment import Enrolment
from pathway.querysets import NominationQuerySet


class Nomination(TenantModel):
    """Somebody who is to join a cohort. They are known by their membership, since who has not accepted the
    invitation yet is known here only by the name that was typed; they are enrolled once they accept. Whoever a line
    manager names by an address that belongs to no member has no membership until L&D gives them a place."""

    class Source(models.TextChoices):
        LINE_MANAGER = "line_manager", "Nominated by the line manager"
        SELF = "self", "Asked to join"
        LD_LEAD = "ld_lead", "Brought in by L&D"

    class Status(models.TextChoices):
        ASKED = "asked", "Waiting for the line manager"
        WAITING = "waiting", "Waiting for a place"
        PLACED = "placed", "Has a place, joins on accepting the invitation"
        JOINED = "joined", "In the cohort"
        DECLINED = "declined", "Not this time"
        WITHDRAWN = "withdrawn", "Withdrawn"

    OPEN = (Status.ASKED, Status.WAITING, Status.PLACED)

    membership = models.ForeignKey(
        "accounts.Membership", on_delete=models.PROTECT, null=True, related_name="nominations"
    )
    # As whoever nominated typed them; they go on seeing this, whoever the address belongs to.
    typed_name = models.CharField(max_length=200, blank=True)
    typed_email = models.EmailField(blank=True)
    source = models.CharField(max_length=20, choices=Source)
    status = models.CharField(max_length=10, choices=Status)
    # Which cohort, once that is known.
    cohort = models.ForeignKey("pathway.Cohort", on_delete=models.PROTECT, null=True, related_name="nominations")
    kind = models.CharField(max_length=20, choices=Enrolment.Kind, default=Enrolment.Kind.PATHWAY)
    taking_part_as = models.CharField(max_length=20, choices=Enrolment.TakingPartAs, blank=True)
    starts_on = models.DateField(null=True)
    line_manager = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    # As whoever asked typed it; the line manager is filled in once a member has this address.
    line_manager_email = models.EmailField(blank=True)
    mentor = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    # The line manager's yes to the time it takes.
    time_agreed_at = models.DateTimeField(null=True)
    time_agreed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    placed_at = models.DateTimeField(null=True)
    placed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    # Told to whoever waits, and to whoever is not taken this time.
    answer = models.CharField(max_length=500, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    enrolment = models.OneToOneField(
        "pathway.Enrolment", on_delete=models.PROTECT, null=True, related_name="nomination"
    )

    objects = NominationQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership"],
                condition=Q(status__in=["asked", "waiting", "placed"]),
                name="nomination_one_open",
            ),
            models.UniqueConstraint(
                fields=["organisation", "typed_email"],
                condition=Q(membership=None, status__in=["asked", "waiting", "placed"]),
                name="nomination_one_open_by_address",
            ),
            models.CheckConstraint(
                condition=Q(membership__isnull=False)
                | (~Q(typed_email="") & ~Q(status__in=["asked", "placed", "joined"])),
                name="nomination_of_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status="placed") | Q(cohort__isnull=False, placed_by__isnull=False),
                name="nomination_placed_in_cohort",
            ),
            models.CheckConstraint(
                condition=~Q(status="joined") | Q(enrolment__isnull=False), name="nomination_joined_has_enrolment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.status}"

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    @property
    def person_name(self) -> str:
        """For L&D, who see the organisation's people; whoever nominated sees what they typed."""
        return self.membership.display_name if self.membership else self.typed_name

    @property
    def person_email(self) -> str:
        return self.membership.display_email if self.membership else self.typed_email
