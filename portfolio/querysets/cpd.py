"""Filters over records for a regulator: their writer alone, everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from accounts.querysets import TenantQuerySet
from pathway.models import Enrolment

if TYPE_CHECKING:
    from accounts.models import User


class CpdRecordQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        return self.filter(enrolment__in=Enrolment.objects.of_supervisor(user))

    def kept(self) -> Self:
        return self.filter(discarded_at=None)


class PeerInvitationQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        """Who asked, and who is asked while it stands; the record itself stays with its writer."""
        asked = Q(record__enrolment__in=Enrolment.objects.of_supervisor(user))
        peer = Q(peer=user, withdrawn_at=None, record__discarded_at=None, organisation__in=user.live_organisation_ids)
        return self.filter(asked | peer)
