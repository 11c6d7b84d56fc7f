"""Filters over what people are told, and the mails that carry it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db.models import BooleanField, ExpressionWrapper, Q

from accounts.querysets import TenantQuerySet

if TYPE_CHECKING:
    from accounts.models import Organisation, User

# After so many tries a mail is given up, and shown as such.
LAST_ATTEMPT = 8


class NotificationQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        return self.in_organisations_of(user).filter(recipient=user)

    def of(self, organisation: Organisation) -> Self:
        return self.filter(organisation=organisation)

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def unread_first(self) -> Self:
        """Unread ones, then read ones, each newest first; with ``is_new`` and the mail they went by."""
        is_new = ExpressionWrapper(Q(read_at=None), output_field=BooleanField())
        return self.annotate(is_new=is_new).select_related("delivery").order_by("-is_new", "-happened_at", "pk")


class DeliveryQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        return self.in_organisations_of(user).filter(recipient=user)

    def open(self) -> Self:
        """Mails that more may still be put into: at most one a person and organisation (a constraint)."""
        return self.filter(state="queued", attempts=0)

    def due(self, now: dt.datetime) -> Self:
        """Waiting and due, or claimed by a process that did not come back in time."""
        waiting = Q(state="queued", due_at__lte=now)
        abandoned = Q(state="sending", lease_until__lt=now)
        return self.filter(waiting | abandoned, attempts__lt=LAST_ATTEMPT)

    def abandoned_for_good(self, now: dt.datetime) -> Self:
        """Claimed for the last time by a process that did not come back."""
        return self.filter(state="sending", lease_until__lt=now, attempts__gte=LAST_ATTEMPT)
