"""Filters over observations: who may read the words, and who may only know that one is booked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q

from accounts.querysets import TenantQuerySet
from pathway.models import Enrolment

if TYPE_CHECKING:
    from accounts.models import User


class ObservationQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        """The mentor who writes it, while the pairing lasts; the supervisor once it is released."""
        author = Q(observer=user, enrolment__in=Enrolment.objects.mentored_by(user))
        released = Q(status__in=("released", "reflected"), enrolment__in=Enrolment.objects.of_supervisor(user))
        return self.filter(author | released)

    def dates_visible_to(self, user: User) -> Self:
        """Rows whose kind, date and status (and nothing else) may be shown."""
        return self.filter(enrolment__in=Enrolment.objects.visible_to(user)).only(
            "id", "organisation_id", "enrolment_id", "observer_id", "kind", "status", "planned_at", "observed_on"
        )

    def released(self) -> Self:
        return self.filter(status__in=("released", "reflected"))

    def with_current_mentor(self) -> Self:
        """``observer_is_mentor``: whether who wrote it is still the person's mentor."""
        from pathway.models import Mentoring  # noqa: PLC0415 -- models import querysets

        pairs = Mentoring.objects.current().filter(enrolment=OuterRef("enrolment"), mentor=OuterRef("observer"))
        return self.annotate(observer_is_mentor=Exists(pairs))

    def released_or_open(self) -> Self:
        """Released ones, and begun ones whose observer can still open them: a former mentor's draft is left out."""
        return self.with_current_mentor().filter(Q(status__in=("released", "reflected")) | Q(observer_is_mentor=True))


class ObservationVersionQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        from observations.models import Observation  # noqa: PLC0415 -- models import querysets

        author = Q(observation__in=Observation.objects.visible_to(user), saved_by=user)
        return self.filter(author)
