"""What people keep about themselves, and help for those who lost their second factor."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction

from accounts import audit, emails
from accounts.models import AuditEvent, Membership, User
from accounts.services.mail import queue_account_mail


class RegistrationTaken(Exception):
    """Somebody else of the organisation has this registration number."""


@transaction.atomic
def update_profile(
    *, user: User, membership: Membership | None, name: str, registration_body: str, registration_number: str
) -> User:
    """One's own name, and the registration as the organisation of ``membership`` sees it. Raises RegistrationTaken."""
    if user.name != name:
        user.name = name
        user.save(update_fields=["name"])
        audit.record(
            "changed own name",
            by=user,
            category=AuditEvent.Category.PEOPLE,
            organisation=membership.organisation if membership else None,
            subject=user,
        )
    if membership:
        _update_registration(membership, registration_body, registration_number)
    return user


def _update_registration(membership: Membership, body: str, number: str) -> None:
    if (membership.registration_body, membership.registration_number) == (body, number):
        return
    membership.registration_body = body
    membership.registration_number = number
    try:
        with transaction.atomic():
            membership.save(update_fields=["registration_body", "registration_number"])
    except IntegrityError as error:
        raise RegistrationTaken from error
    audit.record("changed own registration", by=membership.user, category=AuditEvent.Category.PEOPLE, target=membership)


def set_comfort(*, user: User, font: str, text_size: str, spacing: str, tint: str) -> None:
    """How pages and one's own PDF look to oneself; nobody else is told, and it is in no record."""
    user.font, user.text_size, user.spacing, user.tint = font, text_size, spacing, tint
    user.save(update_fields=["font", "text_size", "spacing", "tint"])


@transaction.atomic
def reset_second_factor(*, membership: Membership, by: User) -> bool:
    """Take the authenticator and recovery codes away and end every sign-in; the person is told by mail and notice.

    False, and nothing is done, if there was none.
    """
    user = membership.user
    removed, _ = Authenticator.objects.filter(user=user).delete()
    if not removed:
        return False
    for session in UserSession.objects.filter(user=user):
        session.end()
    audit.record("reset second factor", by=by, category=AuditEvent.Category.SIGN_IN, target=membership)
    mail = emails.second_factor_reset(user, membership.organisation, by)
    queue_account_mail(to=mail.to, subject=mail.subject, text=mail.text)
    return True
