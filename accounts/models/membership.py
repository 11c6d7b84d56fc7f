"""Who belongs to which organisation, in which roles, from when until when."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.models.base import TenantModel
from accounts.querysets import MembershipQuerySet


class Role(models.TextChoices):
    """Roles given by hand. Supervisor, mentor, line manager and panel member follow from pathway's rows."""

    ORGANISATION_ADMIN = "organisation_admin", "Organisation admin"
    LD_LEAD = "ld_lead", "L&D lead"
    SENIOR_LEADER = "senior_leader", "Senior leader"


class Membership(TenantModel):
    class Status(models.TextChoices):
        INVITED = "invited", "Invited"
        ACTIVE = "active", "Member"

    class Body(models.TextChoices):
        SOCIAL_WORK_ENGLAND = "swe", "Social Work England"
        HCPC = "hcpc", "Health and Care Professions Council"
        NMC = "nmc", "Nursing and Midwifery Council"
        NONE = "none", "None of these"

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="memberships")
    status = models.CharField(max_length=10, choices=Status, default=Status.INVITED)
    # What the organisation typed; all it sees until the person has accepted.
    invited_name = models.CharField(max_length=200)
    invited_email = models.EmailField()
    invited_at = models.DateTimeField(default=timezone.now)
    invited_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    invitation_nonce = models.CharField(max_length=64, blank=True)
    accepted_at = models.DateTimeField(null=True)
    starts_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField(null=True, blank=True)
    registration_body = models.CharField(max_length=10, choices=Body, blank=True)
    registration_number = models.CharField(max_length=20, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="membership_once_per_organisation"),
            models.UniqueConstraint(
                fields=["organisation", "registration_body", "registration_number"],
                condition=~models.Q(registration_number=""),
                name="membership_registration_once_per_organisation",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="membership_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(status="invited", accepted_at__isnull=True)
                | models.Q(status="active", accepted_at__isnull=False),
                name="membership_accepted_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    def get_absolute_url(self) -> str:
        return reverse("accounts:person", args=[self.pk])

    @property
    def display_name(self) -> str:
        """The typed name until accepted: the organisation must not learn that the address has an account."""
        return self.user.name if self.status == self.Status.ACTIVE else self.invited_name

    @property
    def display_email(self) -> str:
        return self.user.email if self.status == self.Status.ACTIVE else self.invited_email

    def has_ended(self, on: dt.date) -> bool:
        return self.ends_on is not None and self.ends_on <= on

    def is_live(self, on: dt.date) -> bool:
        return self.status == self.Status.ACTIVE and self.starts_on <= on and not self.has_ended(on)


class RoleGrant(models.Model):
    """One role for one stretch of time."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=30, choices=Role)
    starts_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "role"],
                condition=models.Q(ends_on__isnull=True),
                name="role_grant_open_once",
            ),
        ]

    def __str__(self) -> str:
        return self.get_role_display()

    def is_live(self, on: dt.date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or self.ends_on > on)

    def has_ended(self, on: dt.date) -> bool:
        return self.ends_on is not None and self.ends_on <= on
