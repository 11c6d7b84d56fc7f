"""Filters over exports of a portfolio."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import F, Q

from accounts.models import Role
from accounts.querysets import TenantQuerySet
from pathway.models import Enrolment

if TYPE_CHECKING:
    from accounts.models import User


class PortfolioExportQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        """Who asked for it, while still entitled to ask; others only learn that it was made (the audit trail)."""
        own = Q(enrolment__in=Enrolment.objects.of_supervisor(user), requested_by=user)
        admin = Q(requested_by=user, organisation__in=user.organisation_ids_with_role(Role.ORGANISATION_ADMIN))
        return self.in_organisations_of(user).filter(own | admin)

    def told_to(self, user: User) -> Self:
        """Exports of the person's own portfolio by somebody else: who, when and why."""
        return self.filter(enrolment__in=Enrolment.objects.of_supervisor(user)).exclude(
            requested_by=F("enrolment__supervisor")
        )
