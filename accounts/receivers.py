"""Third-party signals only: allauth tells of sign-ins and factor changes, the audit trail keeps them."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, password_reset, user_logged_in
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.dispatch import receiver

from accounts import audit
from accounts.models import AuditEvent, User

VERBS = {
    user_logged_in: "signed in",
    password_changed: "changed password",
    password_reset: "reset password",
    authenticator_added: "added second factor",
    authenticator_removed: "removed second factor",
    authenticator_reset: "made new recovery codes",
}


@receiver(list(VERBS))
def keep(sender: Any, signal: Any, user: User, **kwargs: Any) -> None:
    """One row in each of the person's organisations, whose admins answer for their people's sign-ins."""
    for membership in user.live_memberships:
        audit.record(
            VERBS[signal],
            by=user,
            category=AuditEvent.Category.SIGN_IN,
            organisation=membership.organisation,
            subject=user,
        )
