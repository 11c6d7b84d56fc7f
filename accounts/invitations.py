"""The link of an invitation: signed, for one membership, one nonce and this one purpose, for fourteen days."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership

PURPOSE = "accounts.invitation"
MAX_AGE = dt.timedelta(days=14)


def new_nonce() -> str:
    return secrets.token_urlsafe(32)


def waiting_invitations() -> QuerySet[Any]:
    """Memberships whose invitation can be accepted now."""
    today = timezone.localdate()
    return (
        Membership.objects.filter(status=Membership.Status.INVITED, invited_at__gt=timezone.now() - MAX_AGE)
        .exclude(invitation_nonce="")
        .exclude(ends_on__lte=today)
        .select_related("user", "organisation")
    )


def invitation_url(membership: Membership) -> str:
    """The address to mail; it works until accepted, withdrawn or sent anew."""
    token = signing.dumps([membership.pk.hex, membership.invitation_nonce], salt=PURPOSE)
    return settings.SITE_URL + reverse("accounts:invitation", args=[token])


def invited_by_token(token: str) -> Membership | None:
    """The waiting invitation a link stands for; None if it is expired, used, withdrawn, sent anew or made up."""
    try:
        membership_id, nonce = signing.loads(token, salt=PURPOSE, max_age=MAX_AGE)
        found: Membership | None = waiting_invitations().filter(pk=membership_id, invitation_nonce=nonce).first()
    except (signing.BadSignature, ValidationError, ValueError, TypeError):
        return None
    return found if found and can_accept(found) else None


def needs_account(membership: Membership) -> bool:
    """The person was made by an invitation and has never set a password."""
    return not membership.user.is_active and not membership.user.has_usable_password()


def can_accept(membership: Membership) -> bool:
    """Not somebody whose account has been closed."""
    return membership.user.is_active or needs_account(membership)
