"""Filters over what people are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from accounts.querysets import TenantQuerySet

if TYPE_CHECKING:
    from accounts.models import User


class NotificationQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        return self.in_organisations_of(user).filter(recipient=user)

    def unread(self) -> Self:
        return self.filter(read_at=None)
