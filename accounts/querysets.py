"""Filters over people, organisations and memberships. ``visible_to`` is the only way to read for somebody."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.lookups import Unaccent
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Lower

if TYPE_CHECKING:
    from accounts.models import User


def live_on(on: dt.date, prefix: str = "") -> Q:
    """Rows whose dates include ``on``: begun, and not ended; the end date is the first day without the right."""
    begun = Q(**{f"{prefix}starts_on__lte": on})
    open_ended = Q(**{f"{prefix}ends_on__isnull": True})
    return begun & (open_ended | Q(**{f"{prefix}ends_on__gt": on}))


class TenantQuerySet(models.QuerySet[Any]):
    """Base of every tenant-owned model's queryset: the first wall is the organisation."""

    def in_organisations_of(self, user: User) -> Self:
        return self.filter(organisation__in=user.live_organisation_ids)

    def where_role(self, user: User, *roles: str) -> Self:
        """Rows of the organisations in which ``user`` now holds one of ``roles``."""
        return self.filter(organisation__in=user.organisation_ids_with_role(*roles))


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: User) -> Self:
        """Oneself, and the members of the organisations one leads or administers."""
        from accounts.models import Membership  # noqa: PLC0415 -- models import querysets

        members = Membership.objects.visible_to(user).accepted().values("user_id")
        return self.filter(Q(pk=user.pk) | Q(pk__in=members))

    def members_of(self, organisation_id: uuid.UUID, *, on: dt.date) -> Self:
        """People with a live membership of the organisation on the day."""
        from accounts.models import Membership  # noqa: PLC0415 -- models import querysets

        live = Membership.objects.filter(organisation_id=organisation_id).live(on)
        return self.filter(pk__in=live.values("user_id"))


class OrganisationQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        return self.filter(pk__in=user.live_organisation_ids)


class MembershipQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        from accounts.models import Role  # noqa: PLC0415 -- models import querysets

        managed = Q(organisation__in=user.organisation_ids_with_role(Role.ORGANISATION_ADMIN, Role.LD_LEAD))
        return self.filter(managed | Q(user=user, organisation__in=user.live_organisation_ids))

    def accepted(self) -> Self:
        return self.filter(status="active")

    def live(self, on: dt.date) -> Self:
        return self.accepted().filter(live_on(on))

    def by_name(self) -> Self:
        """With ``shown_name`` (the typed name until accepted), in the order of a telephone book."""
        shown = Case(When(status="active", then=F("user__name")), default=F("invited_name"))
        return self.annotate(shown_name=shown).order_by(Lower(Unaccent("shown_name")), "pk")

    def named_like(self, words: str) -> Self:
        """Of ``by_name``, those whose shown name holds ``words``, accents and case aside."""
        wanted = " ".join(words.replace("\x00", "").split())
        return self.filter(shown_name__unaccent__icontains=wanted) if wanted else self

    def waiting(self, on: dt.date) -> Self:
        return self.filter(status="invited").exclude(ends_on__lte=on)

    def ended(self, on: dt.date) -> Self:
        return self.filter(ends_on__lte=on)

    def not_ended(self, on: dt.date) -> Self:
        return self.exclude(ends_on__lte=on)


class AuditEventQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        """What an organisation admin may read: rows about people, cohorts, access, sign-ins and exports, and that
        something was taken out for good."""
        from accounts.models import AuditEvent, Role  # noqa: PLC0415 -- models import querysets

        return self.where_role(user, Role.ORGANISATION_ADMIN).exclude(category=AuditEvent.Category.PORTFOLIO)


class WorkingCopyQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        """Whoever wrote it, and nobody else whatever their role, while they belong to the organisation."""
        return self.in_organisations_of(user).filter(author=user)

    def newest_first(self) -> Self:
        return self.order_by("-saved_at", "pk")


class SaidFineQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        """Whoever said it."""
        return self.in_organisations_of(user).filter(author=user)
