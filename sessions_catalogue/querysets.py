"""Filters over the catalogue and its dated deliveries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from accounts.querysets import TenantQuerySet
from pathway.models import Cohort
from pathway.querysets import SuppliedQuerySet

if TYPE_CHECKING:
    from accounts.models import User


class ProgrammeSessionQuerySet(SuppliedQuerySet):
    def whole(self) -> Self:
        """With everything a session's page shows, in a fixed number of queries."""
        return self.select_related("area", "area__standard").prefetch_related(
            "blocks__items__resource", "blocks__items__tool"
        )


class ResourceAddressQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        return self.in_organisations_of(user)


class OfCohortQuerySet(TenantQuerySet):
    """Rows that are seen with their cohort."""

    def visible_to(self, user: User) -> Self:
        return self.filter(cohort__in=Cohort.objects.visible_to(user))
