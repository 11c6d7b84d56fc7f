"""Filters over standards, programmes, cohorts and people on the pathway."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Count, Exists, F, Max, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONArray
from django.utils import timezone

from accounts.models import Role
from accounts.querysets import TenantQuerySet, live_on

if TYPE_CHECKING:
    from accounts.models import User
    from pathway.models import Cohort, Enrolment, Milestone


class SuppliedQuerySet(models.QuerySet[Any]):
    """Rows that are supplied to everybody (no organisation) or are an organisation's own."""

    def visible_to(self, user: User) -> Self:
        return self.filter(Q(organisation=None) | Q(organisation__in=user.live_organisation_ids))


class OfferedQuerySet(SuppliedQuerySet):
    def offered_in(self, organisation_id: object) -> Self:
        """Supplied ones and the organisation's own: nothing goes from one organisation to another."""
        return self.filter(Q(organisation=None) | Q(organisation=organisation_id))


class StandardQuerySet(OfferedQuerySet):
    def with_area_count(self) -> Self:
        return self.annotate(area_count=Count("areas"))


class ProgrammeQuerySet(OfferedQuerySet):
    def newest_or(self, pk: object) -> Self:
        """The newest version of each series of each owner, and the one with the given id."""
        newest = self.order_by("series", "organisation", "-version").distinct("series", "organisation")
        return self.filter(Q(pk__in=newest.values("pk")) | Q(pk=pk))

    def with_use(self) -> Self:
        """Adds ``is_frozen``: a running or closed cohort is on this version, so it no longer changes."""
        from pathway.models import Cohort  # noqa: PLC0415 -- models import querysets

        return self.annotate(
            is_frozen=Exists(Cohort.objects.filter(programme=OuterRef("pk")).exclude(status="draft")),
            steps=Count("milestones"),
        )

    def frozen(self) -> Self:
        return self.with_use().filter(is_frozen=True)


class PartOfStandardQuerySet(models.QuerySet[Any]):
    def with_sets(self, organisation_id: uuid.UUID) -> Self:
        """Adds ``is_complete``: the organisation says that the area's statements are all there."""
        from pathway.models import StatementSet  # noqa: PLC0415 -- models import querysets

        sets = StatementSet.objects.filter(organisation=organisation_id, area=OuterRef("pk"))
        return self.annotate(is_complete=Exists(sets))

    def visible_to(self, user: User) -> Self:
        return self.filter(Q(standard__organisation=None) | Q(standard__organisation__in=user.live_organisation_ids))


class StatementSetQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        """Everybody of the organisation: it says what their pages show."""
        return self.in_organisations_of(user)


class MilestoneQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        return self.filter(Q(programme__organisation=None) | Q(programme__organisation__in=user.live_organisation_ids))

    def shared_by(self, cohort: Cohort) -> Self:
        """Steps done once for the cohort or the organisation, with ``recorded_on``."""
        from pathway.models import MilestoneCompletion  # noqa: PLC0415 -- models import querysets

        where = Q(cohort=cohort.pk) | Q(cohort=None)
        recorded = MilestoneCompletion.objects.standing().filter(
            where, organisation=cohort.organisation_id, enrolment=None, milestone=OuterRef("pk")
        )
        return self.filter(programme=cohort.programme_id, level__in=("organisation", "cohort")).annotate(
            recorded_on=Subquery(recorded.values("done_on")[:1])
        )


class RelationQuerySet(TenantQuerySet):
    """Mentoring, line management and panel membership: rows with dates whose end ends the right."""

    def current(self, on: dt.date | None = None) -> Self:
        return self.filter(live_on(on or timezone.localdate()))


class EnrolmentQuerySet(TenantQuerySet):
    """People on the pathway. The filters name who is looking, so that other apps can build on them."""

    def of_supervisor(self, user: User) -> Self:
        return self.in_organisations_of(user).filter(supervisor=user)

    def mentored_by(self, user: User) -> Self:
        from pathway.models import Mentoring  # noqa: PLC0415 -- models import querysets

        pairs = Mentoring.objects.current().filter(enrolment=OuterRef("pk"), mentor=user)
        return self.in_organisations_of(user).filter(Exists(pairs), cohort__status__in=("published", "closed"))

    def line_managed_by(self, user: User) -> Self:
        from pathway.models import LineManagement  # noqa: PLC0415 -- models import querysets

        pairs = LineManagement.objects.current().filter(enrolment=OuterRef("pk"), manager=user)
        return self.in_organisations_of(user).filter(Exists(pairs), cohort__status__in=("published", "closed"))

    def overseen_by(self, user: User) -> Self:
        """Of the organisations in which the person is L&D lead or admin."""
        return self.where_role(user, Role.LD_LEAD, Role.ORGANISATION_ADMIN)

    def visible_to(self, user: User) -> Self:
        """Whose dates and steps ``user`` may see; nothing is said here about anybody's writing."""
        from pathway.models import LineManagement, Mentoring  # noqa: PLC0415 -- models import querysets

        mentored = Mentoring.objects.current().filter(enrolment=OuterRef("pk"), mentor=user)
        managed = LineManagement.objects.current().filter(enrolment=OuterRef("pk"), manager=user)
        overseen = Q(organisation__in=user.organisation_ids_with_role(Role.LD_LEAD, Role.ORGANISATION_ADMIN))
        related = Q(supervisor=user) | Q(Exists(mentored)) | Q(Exists(managed))
        begun = Q(cohort__status__in=("published", "closed"))
        return self.in_organisations_of(user).filter(overseen | (related & begun))

    def begun(self) -> Self:
        return self.filter(cohort__status="published", ended_on=None)

    def active_on(self, on: dt.date) -> Self:
        """Whose year runs on the day: begun, not ended, not paused."""
        return self.begun().exclude(paused_from__lte=on, paused_until__gt=on)

    def with_dates(self) -> Self:
        """Brings along what ``due_on()`` reckons with, without a query more."""
        from pathway.models import EnrolmentChange  # noqa: PLC0415 -- models import querysets

        changes = EnrolmentChange.objects.filter(enrolment=OuterRef("pk"))
        counts = When(organisation__part_time_pro_rata=True, then=F("pace_percent"))
        return self.annotate(shift_rows=ArraySubquery(changes.shifts()), pace=Case(counts, default=Value(100)))

    def with_people(self) -> Self:
        """Loads supervisor, cohort, current mentor and current line manager, for the properties that name them, and
        what the dates of the year are reckoned with."""
        from pathway.models import LineManagement, Mentoring  # noqa: PLC0415 -- models import querysets

        mentorings = Mentoring.objects.current().select_related("mentor").order_by("-starts_on")
        managements = LineManagement.objects.current().select_related("manager").order_by("-starts_on")
        people = self.with_dates().select_related("supervisor", "cohort")
        return people.prefetch_related(
            Prefetch("mentorings", mentorings, to_attr="current_mentorings"),
            Prefetch("line_managements", managements, to_attr="current_line_managements"),
        )


class PartOfEnrolmentQuerySet(RelationQuerySet):
    def visible_to(self, user: User) -> Self:
        from pathway.models import Enrolment  # noqa: PLC0415 -- models import querysets

        return self.filter(enrolment__in=Enrolment.objects.visible_to(user))


class CohortQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        """Leads and admins of the organisation; once published, also those whose people are in it."""
        from pathway.models import Enrolment, PanelMember  # noqa: PLC0415 -- models import querysets

        overseen = Q(organisation__in=user.organisation_ids_with_role(Role.LD_LEAD, Role.ORGANISATION_ADMIN))
        mine = Exists(Enrolment.objects.visible_to(user).filter(cohort=OuterRef("pk")))
        panel = Exists(PanelMember.objects.current().filter(cohort=OuterRef("pk"), member=user))
        begun = Q(status__in=("published", "closed"))
        return self.in_organisations_of(user).filter(overseen | (begun & (Q(mine) | Q(panel))))

    def with_people_count(self) -> Self:
        """Adds ``people``: how many are in it now."""
        return self.annotate(people=Count("enrolments", filter=Q(enrolments__ended_on=None)))

    def with_room(self) -> Self:
        """Adds ``taken``: how many of its places are, also by those who join once they accept their invitation."""
        from pathway.models import Enrolment, Nomination  # noqa: PLC0415 -- models import querysets

        def number(rows: models.QuerySet[Any]) -> Coalesce:
            counted = rows.filter(cohort=OuterRef("pk")).order_by().values("cohort").annotate(number=Count("pk"))
            return Coalesce(Subquery(counted.values("number")), 0)

        inside = Enrolment.objects.filter(ended_on=None)
        return self.annotate(taken=number(inside) + number(Nomination.objects.filter(status="placed")))


class PanelMemberQuerySet(RelationQuerySet):
    def visible_to(self, user: User) -> Self:
        overseen = Q(organisation__in=user.organisation_ids_with_role(Role.LD_LEAD, Role.ORGANISATION_ADMIN))
        return self.in_organisations_of(user).filter(overseen | Q(member=user))


class MilestoneCompletionQuerySet(TenantQuerySet):
    def for_step(self, milestone: Milestone, enrolment: Enrolment) -> Self:
        """What says that the step is done for the person: their own record, the cohort's or the organisation's."""
        shared = Q(enrolment=None) & (Q(cohort=enrolment.cohort_id) | Q(cohort=None))
        own = Q(enrolment=enrolment.pk)
        return self.filter(own | shared, organisation=enrolment.organisation_id, milestone=milestone.pk)

    def for_shared_step(self, milestone: Milestone, cohort: Cohort) -> Self:
        where = Q(cohort=cohort.pk) | Q(cohort=None)
        return self.filter(where, organisation=cohort.organisation_id, enrolment=None, milestone=milestone.pk)

    def standing(self) -> Self:
        """Not taken back."""
        return self.filter(discarded_at=None)

    def visible_to(self, user: User) -> Self:
        """Steps recorded by hand: the dates go with the enrolment; shared ones with the organisation."""
        from pathway.models import Enrolment  # noqa: PLC0415 -- models import querysets

        return (
            self.standing()
            .in_organisations_of(user)
            .filter(Q(enrolment=None) | Q(enrolment__in=Enrolment.objects.visible_to(user)))
        )


class EnrolmentChangeQuerySet(TenantQuerySet):
    def with_names(self) -> Self:
        """For the history of a year, newest first."""
        return self.select_related("from_cohort", "to_cohort", "made_by").order_by("-created_at")

    def shifts(self) -> models.QuerySet[Any, Any]:
        """Pauses and extensions as arrays for JSON: from, days, first day back."""
        moving = self.filter(kind__in=("pause", "extend"), days__gt=0)
        return moving.order_by("starts_on").values_list(JSONArray("starts_on", "days", "ends_on"), flat=True)

    def visible_to(self, user: User) -> Self:
        """The person and L&D: why a year was paused is nobody else's to know."""
        own = Q(enrolment__supervisor=user, enrolment__cohort__status__in=("published", "closed"))
        lead = Q(organisation__in=user.organisation_ids_with_role(Role.LD_LEAD))
        return self.in_organisations_of(user).filter(own | lead)


class NominationQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        """The person, their line manager, whoever made it (while they belong there), and L&D."""
        overseen = Q(organisation__in=user.organisation_ids_with_role(Role.LD_LEAD))
        theirs = Q(membership__user=user, membership__status="active") | Q(line_manager=user) | Q(made_by=user)
        return self.in_organisations_of(user).filter(overseen | theirs)

    def open(self) -> Self:
        return self.filter(status__in=("asked", "waiting", "placed"))

    def of_person(self, user: User) -> Self:
        """Those that are about ``user``."""
        theirs = self.filter(membership__user=user, membership__status="active")
        return theirs.filter(organisation__in=user.live_organisation_ids)

    def with_facts(self) -> Self:
        """What a line of a list names."""
        return self.select_related("membership__user", "cohort", "line_manager", "made_by", "organisation")


class MentorRecordQuerySet(TenantQuerySet):
    def with_load(self) -> Self:
        """Adds ``load``, how many they mentor in the organisation now, and ``cohorts``, the names of theirs."""
        from pathway.models import Mentoring  # noqa: PLC0415 -- models import querysets

        same = {"mentor": OuterRef("mentor"), "organisation": OuterRef("organisation")}
        mine = Mentoring.objects.current().filter(**same, enrolment__ended_on=None)
        running = mine.exclude(enrolment__cohort__status="closed").order_by()
        number = running.values("mentor").annotate(number=Count("enrolment", distinct=True)).values("number")
        names = running.values_list("enrolment__cohort__name", flat=True).order_by("enrolment__cohort__name").distinct()
        return self.select_related("mentor").annotate(load=Coalesce(Subquery(number), 0), cohorts=ArraySubquery(names))

    def visible_to(self, user: User) -> Self:
        own = Q(mentor=user)
        overseen = Q(organisation__in=user.organisation_ids_with_role(Role.LD_LEAD, Role.ORGANISATION_ADMIN))
        return self.in_organisations_of(user).filter(own | overseen)


class PeopleImportQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        return self.where_role(user, Role.LD_LEAD)


class PeopleImportRowQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        return self.where_role(user, Role.LD_LEAD)

    def troubled(self) -> Self:
        """With a problem: left out."""
        return self.exclude(problems=[])

    def to_do(self) -> Self:
        return self.filter(problems=[], outcome="")


class ParticipationNeedQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        """The person and L&D; a facilitator reads them through their delivery."""
        own = Q(enrolment__supervisor=user)
        lead = Q(organisation__in=user.organisation_ids_with_role(Role.LD_LEAD))
        return self.in_organisations_of(user).filter(own | lead)


class ReadinessItemQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        overseen = Q(
            organisation__in=user.organisation_ids_with_role(Role.LD_LEAD, Role.ORGANISATION_ADMIN, Role.SENIOR_LEADER)
        )
        return self.in_organisations_of(user).filter(discarded_at=None).filter(overseen | Q(owner=user))


class NudgeQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        """L&D, so that nobody is nudged twice for one thing; the person has it among their notices."""
        return self.where_role(user, Role.LD_LEAD)

    def latest_by_enrolment(self) -> dict[uuid.UUID, dt.date]:
        return dict(self.values_list("enrolment").annotate(last=Max("nudged_on")))
