"""What two people hear when one asks the other to talk about something learnt: never of what it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, User
from pathway.timeline import TimelineEntry, TimelineEvent
from portfolio.models import PeerInvitation

ANSWER_WITHIN = dt.timedelta(days=7)


def waiting_on(peer: User, organisation: Organisation) -> list[TimelineEntry]:
    """Who asked and has no answer yet. It belongs to no year that the peer sees: they may stand beside none."""
    rows = PeerInvitation.objects.standing().filter(peer=peer, organisation=organisation, answer="")
    return [_asked(row) for row in rows.select_related("record__enrolment__supervisor")]


def _asked(row: PeerInvitation) -> TimelineEntry:
    """The news that they are asked has told them already, so that nothing is sent again."""
    on = timezone.localdate(row.created_at)
    return TimelineEntry(
        key=f"peer_waits:{row.pk}",
        kind="peer_waits",
        organisation_id=row.organisation_id,
        enrolment_id=None,
        waiting_on_id=row.peer_id,
        title=f"{row.record.enrolment.supervisor.name} would like to talk about something they have learnt",
        starts_on=on,
        due_on=on + ANSWER_WITHIN,
        url=reverse("portfolio:peer_invitation", args=[row.pk]),
    )


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
