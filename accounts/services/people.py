"""Inviting people into an organisation, and their accepting it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts import audit, emails
from accounts.invitations import new_nonce
from accounts.models import AuditEvent, Membership, Organisation, RoleGrant, User
from accounts.services.mail import queue_account_mail
from accounts.transitions import ACCEPT_INVITATION, INVITE_AGAIN, move

RESEND_AFTER = dt.timedelta(minutes=1)
PEOPLE = AuditEvent.Category.PEOPLE


class AlreadyInvited(Exception):
    """The address belongs to somebody who is a member, or has an open invitation, in this very organisation."""

    def __init__(self, membership: Membership) -> None:
        self.membership = membership
        name = membership.display_name
        if membership.status == Membership.Status.ACTIVE:
            super().__init__(f"{name} is already a member of {membership.organisation}")
        else:
            super().__init__(f"{name} has been invited already. You can send the invitation again from their page")


class LinkUsed(Exception):
    """The invitation was accepted, withdrawn or sent anew since the page was opened."""


@transaction.atomic
def invite_person(
    *,
    organisation: Organisation,
    name: str,
    email: str,
    roles: Iterable[str],
    by: User | None,
    pk: uuid.UUID | None = None,
) -> Membership:
    """A membership that waits to be accepted, and its mail. What comes back is the same if the address has an account.

    ``pk`` is the id the form carried: a double press finds the first press's row. Raises AlreadyInvited.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    double: Membership | None = Membership.objects.filter(pk=pk).first() if pk else None
    if double and double.organisation_id == organisation.pk:
        return double
    user = _person(email=email.strip().lower(), name=name)
    membership: Membership | None = Membership.objects.filter(organisation=organisation, user=user).first()
    if membership and not membership.has_ended(timezone.localdate()):
        raise AlreadyInvited(membership)
    if membership:
        _invite_again(membership, name=name, by=by)
    else:
        membership = Membership.objects.create(
            id=pk if pk and not double else uuid.uuid4(),
            organisation=organisation,
            user=user,
            invited_name=name,
            invited_email=user.email,
            invited_by=by,
            invitation_nonce=new_nonce(),
        )
        audit.record("invited", by=by, category=PEOPLE, target=membership, to_status=membership.status)
    for role in roles:
        RoleGrant.objects.create(membership=membership, role=role)
        audit.record("gave role", by=by, category=PEOPLE, target=membership, to_status=role)
    _send(membership)
    return membership


def _person(*, email: str, name: str) -> User:
    """Whoever has the address, else somebody who cannot sign in until they accept."""
    user: User
    user, is_new = User.objects.get_or_create(email=email, defaults={"name": name, "is_active": False})
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


def _invite_again(membership: Membership, *, name: str, by: User | None) -> None:
    if by is None:
        raise ValueError("Somebody must be the one who invites again")
    values = {"invited_name": name, "invited_email": membership.user.email, "invited_by": by, "ends_on": None}
    move(membership, INVITE_AGAIN, by=by, accepted_at=None, starts_on=timezone.localdate(), **values, **_fresh())


def _fresh() -> dict[str, object]:
    return {"invitation_nonce": new_nonce(), "invited_at": timezone.now()}


def _send(membership: Membership) -> None:
    mail = emails.invitation(membership)
    queue_account_mail(to=mail.to, subject=mail.subject, text=mail.text)


@transaction.atomic
def resend_invitation(*, membership: Membership, by: User) -> bool:
    """A new link by mail; the former one stops working. False if one went out within the last minute."""
    locked = Membership.objects.select_for_update(of=("self",)).select_related("user", "organisation")
    row = locked.get(pk=membership.pk)
    if row.status != Membership.Status.INVITED or row.has_ended(timezone.localdate()):
        raise LinkUsed
    if timezone.now() - row.invited_at < RESEND_AFTER:
        return False
    for field, value in _fresh().items():
        setattr(row, field, value)
    row.save(update_fields=["invitation_nonce", "invited_at"])
    audit.record("sent invitation again", by=by, category=PEOPLE, target=row)
    _send(row)
    return True


@transaction.atomic
def accept_invitation(
    *, membership: Membership, by: User, name: str | None = None, password: str | None = None
) -> Membership:
    """``by`` joins. A new person comes with name and password. Raises LinkUsed when somebody was quicker."""
    row: Membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if row.invitation_nonce != membership.invitation_nonce or row.status != Membership.Status.INVITED:
        raise LinkUsed
    if row.user_id != by.pk:
        raise ValueError("An invitation is accepted by the person invited")
    if password is not None:
        _open_account(by, name=name or row.invited_name, password=password)
    return move(row, ACCEPT_INVITATION, by=by, accepted_at=timezone.now(), invitation_nonce="")


def _open_account(user: User, *, name: str, password: str) -> None:
    """Once only: somebody who has an account signs in instead."""
    fresh = User.objects.select_for_update().get(pk=user.pk)
    if fresh.is_active or fresh.has_usable_password():
        raise LinkUsed
    user.name = name
    user.is_active = True
    user.set_password(password)
    user.save(update_fields=["name", "is_active", "password"])
