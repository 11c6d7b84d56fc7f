"""Filters over records for a regulator: their writer alone, everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import Membership
from accounts.querysets import TenantQuerySet
from pathway.models import Enrolment

if TYPE_CHECKING:
    from accounts.models import User


class CpdRecordQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        return self.filter(enrolment__in=Enrolment.objects.of_supervisor(user))

    def kept(self) -> Self:
        return self.filter(discarded_at=None)

    def put_away(self) -> Self:
        return self.filter(discarded_at__isnull=False)

    def with_enrolment(self) -> Self:
        """For permissions."""
        return self.select_related("enrolment__cohort")


class PeerInvitationQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        """Who asked, and who is asked while it stands; the record itself stays with its writer."""
        asked = Q(record__enrolment__in=Enrolment.objects.of_supervisor(user))
        standing = self.model.objects.standing().filter(peer=user, organisation__in=user.live_organisation_ids)
        return self.filter(asked | Q(pk__in=standing.values("pk")))

    def standing(self) -> Self:
        """Not withdrawn, of a record that is not put away, between two who both belong to the organisation today."""
        here = Membership.objects.live(timezone.localdate()).filter(organisation=OuterRef("organisation"))
        return self.filter(
            Exists(here.filter(user=OuterRef("peer"))),
            Exists(here.filter(user=OuterRef("record__enrolment__supervisor"))),
            withdrawn_at=None,
            record__discarded_at=None,
        )

    def not_withdrawn(self) -> Self:
        return self.filter(withdrawn_at=None)

    def with_standing(self) -> Self:
        """``is_here``: whether both still belong to the organisation."""
        return self.annotate(is_here=Exists(self.model.objects.standing().filter(pk=OuterRef("pk"))))

    def with_people(self) -> Self:
        return self.select_related("record__enrolment__supervisor", "record__enrolment__cohort", "peer")
