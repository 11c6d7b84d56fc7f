"""Filters over development plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from accounts.querysets import TenantQuerySet
from pathway.models import Enrolment
from portfolio.querysets.opened import OpenedQuerySet, OpenedVersionQuerySet

if TYPE_CHECKING:
    from accounts.models import User


class PlanQuerySet(OpenedQuerySet):
    pass


class PlanVersionQuerySet(OpenedVersionQuerySet):
    of = "plan"


class ObjectiveQuerySet(TenantQuerySet):
    """As they are being written: the writer alone; readers read a version of the plan."""

    def visible_to(self, user: User) -> Self:
        return self.filter(plan__enrolment__in=Enrolment.objects.of_supervisor(user))

    def kept(self) -> Self:
        return self.filter(discarded_at=None)

    def open(self) -> Self:
        return self.kept().filter(closed_at=None)


class ObjectiveReviewQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        """All of them to the writer of the plan; to their mentor what they wrote themselves, also after the plan was
        taken back."""
        own = Q(objective__plan__enrolment__in=Enrolment.objects.of_supervisor(user))
        said = Q(author=user, objective__plan__enrolment__in=Enrolment.objects.mentored_by(user))
        return self.filter(own | said)
