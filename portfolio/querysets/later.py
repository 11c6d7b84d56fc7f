"""Filters over notes for later and actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from accounts.querysets import TenantQuerySet
from pathway.models import Enrolment

if TYPE_CHECKING:
    from accounts.models import User


class OwnNotesQuerySet(TenantQuerySet):
    """Notes for later and actions: the writer alone, everywhere."""

    def visible_to(self, user: User) -> Self:
        """The writer's own, kept or put away."""
        return self.filter(enrolment__in=Enrolment.objects.of_supervisor(user))

    def kept(self) -> Self:
        return self.filter(discarded_at=None)

    def put_away(self) -> Self:
        return self.filter(discarded_at__isnull=False)

    def with_source(self) -> Self:
        return self.select_related("enrolment__cohort__programme", "area", "session")


class ActionQuerySet(OwnNotesQuerySet):
    def open(self) -> Self:
        return self.kept().filter(done_on=None)
