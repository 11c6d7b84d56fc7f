"""Filters over observations: who may read the words, and who may only know that one is booked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

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

    def to_come(self) -> Self:
        """Booked by today's mentor for a moment that is still to come; see ``Observation.is_to_come``."""
        open_ones = self.with_current_mentor().filter(observer_is_mentor=True, status__in=("planned", "draft"))
        return open_ones.filter(observed_on=None, planned_at__gt=timezone.now())

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


class FocusWishQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        """Who asks, and the mentor who was asked, while they are: the next one has not been."""
        asked = Q(mentor=user, enrolment__in=Enrolment.objects.mentored_by(user))
        return self.filter(asked | Q(enrolment__in=Enrolment.objects.of_supervisor(user)))

    def open(self) -> Self:
        """Of today's mentor, not taken back, and for an observation that is not booked or still to come."""
        from observations.models import Observation  # noqa: PLC0415 -- models import querysets
        from pathway.models import Mentoring  # noqa: PLC0415 -- the same

        pairs = Mentoring.objects.current().filter(enrolment=OuterRef("enrolment"), mentor=OuterRef("mentor"))
        ahead = Q(observation=None) | Q(observation__in=Observation.objects.to_come())
        return self.filter(ahead, Exists(pairs), asked_at__isnull=False)
