"""What of suggestions somebody should hear of: that there is a new one, that one's own is answered. Never the words."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, Role
from accounts.querysets import live_on
from pathway.timeline import TimelineEvent
from sessions_catalogue.models import Suggestion


def events(since: dt.datetime) -> list[TimelineEvent]:
    """Two queries at most."""
    happened = Q(created_at__gte=since) | Q(answered_at__gte=since, author__isnull=False)
    rows = list(Suggestion.objects.filter(happened).defer("text", "answer"))
    new = [row for row in rows if row.created_at >= since]
    leads = _leads({row.organisation_id for row in new}) if new else {}
    told = [
        TimelineEvent(
            key=f"suggestion:{row.pk}",
            kind="suggestion",
            organisation_id=row.organisation_id,
            recipient_id=lead,
            title=f"There is a new suggestion. Theme: {row.get_theme_display()}",
            url=reverse("sessions_catalogue:suggestion", args=[row.pk]),
            at=row.created_at,
        )
        for row in new
        for lead in leads.get(row.organisation_id, [])
        if lead != row.author_id
    ]
    return told + [
        TimelineEvent(
            key=f"suggestion:{row.pk}:{row.answered_at:%Y%m%dT%H%M%S}",
            kind="suggestion_answered",
            organisation_id=row.organisation_id,
            recipient_id=row.author_id,
            title=f"Your suggestion is answered. It stands at: {row.get_status_display()}",
            url=reverse("sessions_catalogue:suggestion_list"),
            at=row.answered_at,
        )
        for row in rows
        if row.author_id and row.answered_at and row.answered_at >= since
    ]


def _leads(organisations: Collection[uuid.UUID]) -> dict[uuid.UUID, list[uuid.UUID]]:
    today = timezone.localdate()
    members = Membership.objects.live(today).filter(
        live_on(today, "role_grants__"), role_grants__role=Role.LD_LEAD, organisation__in=organisations
    )
    found: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for organisation_id, user_id in members.values_list("organisation_id", "user_id").distinct():
        found[organisation_id].append(user_id)
    return found
