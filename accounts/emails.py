"""The words of accounts' own mails; sending them is the outbox's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.invitations import MAX_AGE, invitation_url, needs_account
from accounts.models import Membership, Organisation, User


@dataclass(frozen=True)
class Mail:
    to: str
    subject: str
    text: str


def _rendered(name: str, to: str, context: dict[str, Any]) -> Mail:
    subject = render_to_string(f"emails/accounts/{name}_subject.txt", context)
    text = render_to_string(f"emails/accounts/{name}.txt", {**context, "site_url": settings.SITE_URL})
    return Mail(to=to, subject=subject.strip(), text=text)


def invitation(membership: Membership) -> Mail:
    """Only the mailbox's owner reads whether the address has an account."""
    context = {
        "membership": membership,
        "organisation": membership.organisation,
        "url": invitation_url(membership),
        "days": MAX_AGE.days,
        "is_new": needs_account(membership),
    }
    return _rendered("invitation", membership.user.email, context)


def second_factor_reset(user: User, organisation: Organisation, by: User) -> Mail:
    url = settings.SITE_URL + reverse("mfa_index")
    context = {"user": user, "organisation": organisation, "by": by, "url": url}
    return _rendered("second_factor_reset", user.email, context)
