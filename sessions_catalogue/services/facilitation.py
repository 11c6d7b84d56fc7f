"""Who runs a delivery: members by name, guests by a link whose secret is not kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts import audit
from accounts.models import AuditEvent, User
from accounts.services.rows import is_taken
from sessions_catalogue.models import Facilitation, ScheduledSession

COHORTS = AuditEvent.Category.COHORTS
LINK_LASTS = dt.timedelta(days=14)


@dataclass(frozen=True)
class GuestLink:
    """The address to pass on; shown once, since only a hash of it is kept."""

    facilitation: Facilitation
    address: str


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def guest_by_token(token: str, today: dt.date) -> Facilitation | None:
    """The guest a link stands for; None if it is made up, renewed, ended or older than it may be."""
    rows = Facilitation.objects.current(today).filter(token_hash=hash_of(token), member=None)
    found: Facilitation | None = rows.select_related(
        "scheduled__session", "scheduled__cohort", "scheduled__organisation"
    ).first()
    return found


@transaction.atomic
def add_member(*, scheduled: ScheduledSession, member: User, today: dt.date, by: User) -> Facilitation:
    """Somebody of the organisation; a second press finds the first's row."""
    row: Facilitation
    row, made = Facilitation.objects.get_or_create(
        scheduled=scheduled,
        member=member,
        ends_on=None,
        defaults={"organisation_id": scheduled.organisation_id, "starts_on": today, "invited_by": by},
    )
    if made:
        audit.record("added facilitator", by=by, category=COHORTS, target=row, subject=member)
    return row


@transaction.atomic
def add_guest(*, pk: uuid.UUID, scheduled: ScheduledSession, name: str, today: dt.date, by: User) -> GuestLink:
    """A guest with their link. The same id a second time is the same guest with a new link: the page that the first
    press would have shown never came."""
    before = Facilitation.objects.filter(pk=pk, scheduled=scheduled, member=None).first()
    if before:
        return renew_link(facilitation=before, today=today, by=by)
    token = secrets.token_urlsafe(32)
    row = Facilitation.objects.create(
        pk=uuid.uuid4() if is_taken(Facilitation, pk) else pk,
        organisation_id=scheduled.organisation_id,
        scheduled=scheduled,
        guest_name=name,
        token_hash=hash_of(token),
        starts_on=today,
        ends_on=link_ends_on(scheduled, today),
        invited_by=by,
    )
    audit.record("added guest facilitator", by=by, category=COHORTS, target=row)
    return GuestLink(row, _address(token))


@transaction.atomic
def renew_link(*, facilitation: Facilitation, today: dt.date, by: User) -> GuestLink:
    """A new link for the guest; the one before opens nothing from now on."""
    token = secrets.token_urlsafe(32)
    facilitation.token_hash = hash_of(token)
    facilitation.ends_on = link_ends_on(facilitation.scheduled, today)
    facilitation.save(update_fields=["token_hash", "ends_on"])
    audit.record("renewed guest link", by=by, category=COHORTS, target=facilitation)
    return GuestLink(facilitation, _address(token))


@transaction.atomic
def end_facilitation(*, facilitation: Facilitation, today: dt.date, by: User) -> None:
    """From today on they see nothing of the delivery."""
    if facilitation.ends_on is not None and facilitation.ends_on <= today:
        return
    facilitation.ends_on = today
    facilitation.save(update_fields=["ends_on"])
    audit.record("ended facilitation", by=by, category=COHORTS, target=facilitation, subject=facilitation.member)


def link_ends_on(scheduled: ScheduledSession, today: dt.date) -> dt.date:
    return max(scheduled.held_on, today) + LINK_LASTS


def _address(token: str) -> str:
    return settings.SITE_URL + reverse("sessions_catalogue:guest_delivery", args=[token])
