"""Continuing professional development: a piece of learning in the regulator's own questions. For its writer alone."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import TenantModel
from portfolio.querysets.cpd import CpdRecordQuerySet, PeerInvitationQuerySet


class CpdRecord(TenantModel):
    """What the person can copy into their regulator's site: only they can submit it there."""

    class Activity(models.TextChoices):
        """Our words for the kinds of learning; other bodies than Social Work England need none."""

        FORMAL = "formal", "A course, session or training"
        WORK_BASED = "work_based", "Learning from my own practice"
        SUPERVISION = "supervision", "Supervision or mentoring"
        READING = "reading", "Reading or research"
        FEEDBACK = "feedback", "Feedback"
        OTHER = "other", "Something else"

    class MadeFrom(models.TextChoices):
        EVIDENCE = "evidence", "A piece of evidence"
        REFLECTION = "reflection", "The critical reflection"
        OBSERVATION = "observation", "An observation"
        OBJECTIVE = "objective", "An objective of the plan"
        SESSION = "session", "A session"
        NOTHING = "nothing", "Written here"

    enrolment = models.ForeignKey("pathway.Enrolment", on_delete=models.PROTECT, related_name="cpd_records")
    title = models.CharField(max_length=200)
    made_from = models.CharField(max_length=20, choices=MadeFrom, default=MadeFrom.NOTHING)
    # The row it was made from, asked for through its own ``visible_to``; the record keeps its own words.
    made_from_id = models.UUIDField(null=True)
    activity = models.CharField(max_length=20, choices=Activity, blank=True)
    what_and_why = models.TextField(blank=True)
    # The day, or the last one; decides which registration year it counts for.
    happened_on = models.DateField(default=timezone.localdate)
    learnt = models.TextField(blank=True)
    impact = models.TextField(blank=True)
    with_peer = models.BooleanField(default=False)
    peer_on = models.DateField(null=True)
    peer_learnt = models.TextField(blank=True)
    # The person says that they have recorded it with their regulator.
    submitted_on = models.DateField(null=True)
    revision = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)
    discarded_at = models.DateTimeField(null=True)

    objects = CpdRecordQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_on", "-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(with_peer=True) | Q(peer_on=None, peer_learnt=""), name="cpd_peer_words_need_a_peer"
            ),
        ]

    def __str__(self) -> str:
        return f"CPD record {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("portfolio:cpd_record", args=[self.pk])

    @property
    def registration_year(self) -> int:
        """The year in which the registration year (1 December to 30 November) ends."""
        return registration_year(self.happened_on)


def registration_year(on: dt.date) -> int:
    """2026 for 1 December 2025 to 30 November 2026."""
    return on.year + (on.month == 12)


class PeerInvitation(TenantModel):
    """Somebody is asked to talk about a piece of learning. They read nothing of it: the two talk."""

    class Answer(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "Not now"

    record = models.ForeignKey(CpdRecord, on_delete=models.PROTECT, related_name="invitations")
    peer = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=5, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = PeerInvitationQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["record", "peer"], condition=Q(withdrawn_at=None), name="peer_asked_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="peer_answered_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"
