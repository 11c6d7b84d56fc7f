"""Filters over standards, programmes, cohorts and people on the pathway."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from accounts.models import Role
from accounts.querysets import TenantQuerySet, live_on

if TYPE_CHECKING:
    from accounts.models import User


class SuppliedQuerySet(models.QuerySet[Any]):
    """Rows that are supplied to everybody (no organisation) or are an organisation's own."""

    def visible_to(self, user: User) -> Self:
        return self.filter(Q(organisation=None) | Q(organisation__in=user.live_organisation_ids))


class PartOfStandardQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        return self.filter(Q(standard__organisation=None) | Q(standard__organisation__in=user.live_organisation_ids))


class MilestoneQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        return self.filter(Q(programme__organisation=None) | Q(programme__organisation__in=user.live_organisation_ids))


class RelationQuerySet(TenantQuerySet):
    """Mentoring, line management and panel membership: rows with dates whose end ends the right."""

    def current(self, on: dt.date | None = None) -> Self:
        return self.filter(live_on(on or timezone.localdate()))


class EnrolmentQuerySet(TenantQuerySet):
    """People on the pathway. The filters name who is looking, so that other apps can build on them."""

    def of_supervisor(self, user: User) -> Self:
        return self.in_organisations_of(user).filter(supervisor=user)

    def mentored_by(self, user: User) -> Self:
        from pathway.models import Mentoring

        pairs = Mentoring.objects.current().filter(enrolment=OuterRef("pk"), mentor=user)
        return self.in_organisations_of(user).filter(Exists(pairs), cohort__status__in=("published", "closed"))

    def line_managed_by(self, user: User) -> Self:
        from pathway.models import LineManagement

        pairs = LineManagement.objects.current().filter(enrolment=OuterRef("pk"), manager=user)
        return self.in_organisations_of(user).filter(Exists(pairs), cohort__status__in=("published", "closed"))

    def overseen_by(self, user: User) -> Self:
        """Of the organisations in which the person is L&D lead or admin."""
        return self.where_role(user, Role.LD_LEAD, Role.ORGANISATION_ADMIN)

    def visible_to(self, user: User) -> Self:
        """Whose dates and steps ``user`` may see; nothing is said here about anybody's writing."""
        from pathway.models import LineManagement, Mentoring

        mentored = Mentoring.objects.current().filter(enrolment=OuterRef("pk"), mentor=user)
        managed = LineManagement.objects.current().filter(enrolment=OuterRef("pk"), manager=user)
        overseen = Q(organisation__in=user.organisation_ids_with_role(Role.LD_LEAD, Role.ORGANISATION_ADMIN))
        related = Q(supervisor=user) | Q(Exists(mentored)) | Q(Exists(managed))
        begun = Q(cohort__status__in=("published", "closed"))
        return self.in_organisations_of(user).filter(overseen | (related & begun))

    def begun(self) -> Self:
        return self.filter(cohort__status="published", ended_on=None)

    def with_people(self) -> Self:
        """Loads supervisor, cohort, current mentor and current line manager, for the properties that name them."""
        from pathway.models import LineManagement, Mentoring

        mentorings = Mentoring.objects.current().select_related("mentor").order_by("-starts_on")
        managements = LineManagement.objects.current().select_related("manager").order_by("-starts_on")
        return self.select_related("supervisor", "cohort").prefetch_related(
            Prefetch("mentorings", mentorings, to_attr="current_mentorings"),
            Prefetch("line_managements", managements, to_attr="current_line_managements"),
        )


class PartOfEnrolmentQuerySet(RelationQuerySet):
    def visible_to(self, user: User) -> Self:
        from pathway.models import Enrolment

        return self.filter(enrolment__in=Enrolment.objects.visible_to(user))


class CohortQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        """Leads and admins of the organisation; once published, also those whose people are in it."""
        from pathway.models import Enrolment, PanelMember

        overseen = Q(organisation__in=user.organisation_ids_with_role(Role.LD_LEAD, Role.ORGANISATION_ADMIN))
        mine = Exists(Enrolment.objects.visible_to(user).filter(cohort=OuterRef("pk")))
        panel = Exists(PanelMember.objects.current().filter(cohort=OuterRef("pk"), member=user))
        begun = Q(status__in=("published", "closed"))
        return self.in_organisations_of(user).filter(overseen | (begun & (Q(mine) | Q(panel))))


class PanelMemberQuerySet(RelationQuerySet):
    def visible_to(self, user: User) -> Self:
        overseen = Q(organisation__in=user.organisation_ids_with_role(Role.LD_LEAD, Role.ORGANISATION_ADMIN))
        return self.in_organisations_of(user).filter(overseen | Q(member=user))


class MilestoneCompletionQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        """Steps recorded by hand: the dates go with the enrolment; shared ones with the organisation."""
        from pathway.models import Enrolment

        return self.in_organisations_of(user).filter(
            Q(enrolment=None) | Q(enrolment__in=Enrolment.objects.visible_to(user))
        )
