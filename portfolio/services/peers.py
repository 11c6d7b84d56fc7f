"""Asking somebody to talk about a piece of learning. They read nothing of it: the two talk."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User
from portfolio.models import CpdRecord, PeerInvitation

PORTFOLIO = AuditEvent.Category.PORTFOLIO


class NobodyHere(Exception):
    """There is no such colleague in the organisation now, or it is the writer themselves."""


def colleague(*, record: CpdRecord, email: str, today: dt.date) -> User:
    """Whoever signs in with the address and belongs to the record's organisation. Raises NobodyHere."""
    members = User.objects.members_of(record.organisation_id, on=today).filter(is_active=True)
    found: User | None = members.filter(email=email.strip().lower()).first()
    if found is None or found.pk == record.enrolment.supervisor_id:
        raise NobodyHere
    return found


@transaction.atomic
def invite_peer(*, record: CpdRecord, peer: User, by: User) -> PeerInvitation:
    """Ask ``peer``, once: asking again while it stands gives the same invitation. Raises NobodyHere."""
    members = User.objects.members_of(record.organisation_id, on=timezone.localdate())
    if peer.pk == by.pk or not members.filter(pk=peer.pk).exists():
        raise NobodyHere
    try:
        with transaction.atomic():
            row: PeerInvitation = PeerInvitation.objects.create(
                organisation_id=record.organisation_id, record=record, peer=peer
            )
    except IntegrityError:
        standing: PeerInvitation = PeerInvitation.objects.not_withdrawn().get(record=record, peer=peer)
        return standing
    audit.record("asked a peer to talk", by=by, category=PORTFOLIO, target=row)
    return row


@transaction.atomic
def withdraw_invitation(*, invitation: PeerInvitation, by: User) -> None:
    """Taken back: the peer's page is gone."""
    if PeerInvitation.objects.not_withdrawn().filter(pk=invitation.pk).update(withdrawn_at=timezone.now()):
        audit.record("withdrew an invitation to talk", by=by, category=PORTFOLIO, target=invitation)


@transaction.atomic
def answer_invitation(*, invitation: PeerInvitation, answer: str, by: User) -> None:
    """Yes, or not now; the peer may think better of it while it stands."""
    open_rows = PeerInvitation.objects.not_withdrawn().filter(pk=invitation.pk).exclude(answer=answer)
    if open_rows.update(answer=answer, answered_at=timezone.now()):
        audit.record("answered an invitation to talk", by=by, category=PORTFOLIO, target=invitation)
    invitation.refresh_from_db()
