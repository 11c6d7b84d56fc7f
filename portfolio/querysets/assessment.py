"""Filters over self-assessments. Before both have written, neither the writer nor the mentor reads the other's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Exists, F, OuterRef, Q

from accounts.querysets import TenantQuerySet
from pathway.models import Enrolment
from portfolio.querysets.opened import OpenedQuerySet

if TYPE_CHECKING:
    from accounts.models import User


class AssessmentScaleQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        """The words of the levels are no secret inside the organisation."""
        return self.in_organisations_of(user)


class SelfAssessmentQuerySet(OpenedQuerySet):
    def visible_to(self, user: User) -> Self:
        """The writer's own; what was opened to a current mentor who has given their view, or chose to look first."""
        from portfolio.models import MentorView  # noqa: PLC0415 -- models import querysets

        ready = MentorView.objects.filter(
            Q(given_at__isnull=False) | Q(looked_at__isnull=False),
            enrolment=OuterRef("enrolment"),
            point=OuterRef("point"),
            mentor=user,
        )
        own = Q(enrolment__in=Enrolment.objects.of_supervisor(user))
        opened = Q(
            Exists(ready), audience="mentor", shared_with=user, enrolment__in=Enrolment.objects.mentored_by(user)
        )
        return self.filter(own | opened)


class OfSelfAssessmentQuerySet(TenantQuerySet):
    """What is being written now: the writer alone."""

    def visible_to(self, user: User) -> Self:
        return self.filter(assessment__enrolment__in=Enrolment.objects.of_supervisor(user))


class SelfAssessmentVersionQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        """The writer's own; to a reader the one version that is opened to them."""
        from portfolio.models import SelfAssessment  # noqa: PLC0415 -- models import querysets

        own = Q(assessment__enrolment__in=Enrolment.objects.of_supervisor(user))
        opened = Q(
            shared_with=user,
            taken_back_at=None,
            assessment__in=SelfAssessment.objects.visible_to(user),
            assessment__shared_version=F("pk"),
        )
        return self.filter(own | opened)


class MentorViewQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        """The mentor's own while they are; the writer's once both are open, and no sign of it before."""
        own = Q(mentor=user, enrolment__in=Enrolment.objects.mentored_by(user))
        opened = Q(opened_at__isnull=False, enrolment__in=Enrolment.objects.of_supervisor(user))
        return self.filter(own | opened)
