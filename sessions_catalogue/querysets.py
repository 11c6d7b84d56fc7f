"""Filters over the catalogue and its dated deliveries."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from accounts.models import Role
from accounts.querysets import TenantQuerySet
from pathway.models import Enrolment
from pathway.querysets import SuppliedQuerySet

if TYPE_CHECKING:
    from accounts.models import User

SERIES = "model-programme"


class ProgrammeSessionQuerySet(SuppliedQuerySet):
    def supplied(self) -> Self:
        """The newest version of each supplied session, by number."""
        return self.filter(series=SERIES, organisation=None).order_by("number", "-version").distinct("number")

    def whole(self) -> Self:
        """With everything a session's page shows, in a fixed number of queries."""
        from sessions_catalogue.models import BlockItem  # noqa: PLC0415 -- models import querysets

        items = BlockItem.objects.select_related("tool", "resource")
        return self.select_related("area__standard").prefetch_related(
            "area__statements", "blocks", models.Prefetch("blocks__items", items)
        )


class MaterialQuerySet(SuppliedQuerySet):
    """Tools and resources."""

    def with_sessions(self) -> Self:
        """With the items that name each, so that a list can say in which sessions it is used."""
        from sessions_catalogue.models import BlockItem  # noqa: PLC0415 -- models import querysets

        items = BlockItem.objects.select_related("block__session").order_by("block__session__number")
        return self.prefetch_related(models.Prefetch("block_items", items))


class ResourceAddressQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        return self.in_organisations_of(user)


class OfCohortQuerySet(TenantQuerySet):
    """Dates of a cohort: for leads and admins, and for those whose people are in it; not for panel members."""

    def visible_to(self, user: User) -> Self:
        overseen = Q(organisation__in=user.organisation_ids_with_role(Role.LD_LEAD, Role.ORGANISATION_ADMIN))
        theirs = Q(cohort__in=Enrolment.objects.visible_to(user).values("cohort"))
        return self.in_organisations_of(user).filter(overseen | theirs)

    def of_supervisor(self, user: User) -> Self:
        """Of the person's own running cohorts."""
        own = Enrolment.objects.of_supervisor(user).begun()
        return self.in_organisations_of(user).filter(cohort__in=own.values("cohort"))

    def overlapping(self, starts_at: dt.datetime, ends_at: dt.datetime) -> Self:
        return self.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)
