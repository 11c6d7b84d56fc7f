"""What an organisation knows about somebody as a mentor: the gate they passed, and how many people they take."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils import timezone

from accounts.models import TenantModel
from pathway.querysets import MentorRecordQuerySet
from pqs_portal.templatetags.portal import short_date

SOON = dt.timedelta(days=30)


class MentorRecord(TenantModel):
    mentor = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="mentor_records")
    # A registered social worker; only the registration runs out (30 November each year).
    registered_until = models.DateField(null=True, blank=True)
    has_two_years = models.BooleanField(default=False)
    capacity = models.PositiveSmallIntegerField(default=2)
    # Shown where mentors are proposed: team, what they know well.
    about = models.CharField(max_length=300, blank=True)
    checked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    checked_on = models.DateField(null=True)
    # No longer proposed; pairings that stand are untouched.
    retired_on = models.DateField(null=True, blank=True)

    # Filled by ``with_load()``: how many they mentor now, and in which cohorts.
    load: int
    cohorts: list[str]

    objects = MentorRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "mentor"], name="mentor_record_once"),
        ]

    def __str__(self) -> str:
        return self.mentor.name

    def is_registered(self, on: dt.date) -> bool:
        return self.registered_until is not None and self.registered_until >= on

    def is_eligible(self, on: dt.date) -> bool:
        """The gate: a registered social worker with two years' experience of supervising."""
        return self.has_two_years and self.is_registered(on)

    def not_eligible_words(self, on: dt.date) -> str:
        if not self.has_two_years:
            return "two years’ experience not confirmed"
        if self.registered_until is None:
            return "registration not confirmed"
        return f"registration ran out on {short_date(self.registered_until)}"

    @property
    def registration(self) -> tuple[str, str]:
        """(word, kind of the status component): what is to be looked at; nothing while all is well."""
        today = timezone.localdate()
        if self.registered_until is None:
            return ("Not confirmed", "overdue")
        if self.registered_until < today:
            return ("Has run out", "overdue")
        return ("Runs out soon", "overdue") if self.registered_until <= today + SOON else ("", "")
