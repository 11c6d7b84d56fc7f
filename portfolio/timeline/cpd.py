"""What two people hear when one asks the other to talk about something learnt: never of what it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse

from pathway.timeline import TimelineEvent
from portfolio.models import PeerInvitation


def events(since: dt.datetime) -> Iterable[TimelineEvent]:
    """While it stands: who was asked hears of it, who asked hears of the answer. Nobody else ever does."""
    standing = PeerInvitation.objects.standing().with_people()
    for row in standing.filter(created_at__gte=since, answer=""):
        yield TimelineEvent(
            key=f"peer_asked:{row.pk}",
            kind="peer_asked",
            organisation_id=row.organisation_id,
            recipient_id=row.peer_id,
            title=f"{row.record.enrolment.supervisor.name} would like to talk about something they have learnt",
            url=reverse("portfolio:peer_invitation", args=[row.pk]),
            at=row.created_at,
        )
    for row in standing.filter(answered_at__gte=since):
        said = "would be glad to talk" if row.answer == PeerInvitation.Answer.YES else "cannot talk now"
        yield TimelineEvent(
            key=f"peer_answered:{row.pk}:{row.answer}",
            kind="peer_answered",
            organisation_id=row.organisation_id,
            recipient_id=row.record.enrolment.supervisor_id,
            title=f"{row.peer.name} {said}",
            url=reverse("portfolio:cpd_record", args=[row.record_id]),
            at=row.answered_at,
        )
