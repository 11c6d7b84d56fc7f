"""Filters over the catalogue and its dated deliveries."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.models import Role
from accounts.querysets import TenantQuerySet
from pathway.models import Enrolment
from pathway.querysets import RelationQuerySet, SuppliedQuerySet
from sessions_catalogue.layout import MINUTES

if TYPE_CHECKING:
    from accounts.models import Organisation, User

SERIES = "model-programme"


class ProgrammeSessionQuerySet(SuppliedQuerySet):
    def supplied(self) -> Self:
        """The newest version of each supplied session, by number."""
        return self.filter(series=SERIES, organisation=None).order_by("number", "-version").distinct("number")

    def offered_to(self, organisation_id: uuid.UUID) -> Self:
        """What a plan can be made of, by number: the newest version of each supplied session and of each of the
        organisation's own, without those that are retired."""
        each = ("organisation_id", "series", "number")
        either = self.filter(Q(organisation=None, series=SERIES) | Q(organisation=organisation_id))
        newest = either.order_by(*each, "-version").distinct(*each)
        own_last = F("organisation_id").asc(nulls_first=True)
        return self.filter(pk__in=newest.values("pk"), retired_at=None).order_by("number", own_last)

    def own_of(self, organisation: Organisation | None) -> Self:
        """The newest version of each session of the organisation's own, also of those that are no longer offered."""
        newest = self.filter(organisation=organisation, organisation__isnull=False)
        return newest.order_by("number", "series", "-version").distinct("number", "series")

    def with_use(self) -> Self:
        """Adds ``is_frozen``: a running or closed cohort has a date for this version, so it no longer changes; and
        ``is_newest`` among the versions of its owner."""
        from sessions_catalogue.models import ScheduledSession  # noqa: PLC0415 -- models import querysets

        dated = ScheduledSession.objects.filter(session=OuterRef("pk")).exclude(cohort__status="draft")
        same = {name: OuterRef(name) for name in ("series", "organisation", "number")}
        newer = self.model.objects.filter(**same, version__gt=OuterRef("version"))
        return self.annotate(is_frozen=Exists(dated), is_newest=~Exists(newer))

    def with_length(self) -> Self:
        """Adds ``length``: the minutes of its blocks together, ninety where none says."""
        from sessions_catalogue.models import SessionBlock  # noqa: PLC0415 -- models import querysets

        blocks = SessionBlock.objects.filter(session=OuterRef("pk")).order_by().values("session")
        together = Subquery(blocks.annotate(together=Sum("minutes")).values("together"))
        return self.annotate(length=Coalesce(together, MINUTES))

    def whole(self) -> Self:
        """With everything a session's page shows, in a fixed number of queries."""
        from sessions_catalogue.models import BlockItem  # noqa: PLC0415 -- models import querysets

        items = BlockItem.objects.select_related("tool", "resource")
        return self.select_related("area__standard").prefetch_related(
            "area__statements", "blocks", models.Prefetch("blocks__items", items)
        )


class BlockItemQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        own = Q(block__session__organisation__in=user.live_organisation_ids)
        return self.filter(Q(block__session__organisation=None) | own)


class MaterialQuerySet(SuppliedQuerySet):
    """Tools and resources."""

    def of(self, organisation: Organisation | None) -> Self:
        """Supplied ones and the organisation's own: nothing goes from one organisation to another."""
        return self.filter(Q(organisation=None) | Q(organisation=organisation))

    def offered_in(self, organisation: Organisation | None, chosen: object = None) -> Self:
        """What an item can name: those still offered, and the one that it names already."""
        return self.of(organisation).filter(Q(retired_at=None) | Q(pk=chosen))

    def with_sessions(self, organisation: Organisation) -> Self:
        """With the items that name each in the sessions offered now, so that a list can say where it is used."""
        from sessions_catalogue.models import BlockItem, ProgrammeSession  # noqa: PLC0415 -- models import querysets

        offered = ProgrammeSession.objects.offered_to(organisation.pk)
        items = BlockItem.objects.filter(block__session__in=offered.values("pk")).select_related("block__session")
        return self.prefetch_related(models.Prefetch("block_items", items.order_by("block__session__number")))

    def with_worksheets(self) -> Self:
        """Tools only: adds ``worksheet_keys``, of the worksheets that go with each."""
        from sessions_catalogue.models import WorksheetTemplate  # noqa: PLC0415 -- models import querysets

        theirs = WorksheetTemplate.objects.filter(tool=OuterRef("pk")).order_by("position")
        return self.annotate(worksheet_keys=ArraySubquery(theirs.values("key")))


class ResourceAddressQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        return self.in_organisations_of(user)


class OfCohortQuerySet(TenantQuerySet):
    """Dates of a cohort: for leads and admins, for those whose people are in it, and one by one for those who run
    them; not for panel members."""

    def visible_to(self, user: User) -> Self:
        from sessions_catalogue.models import Facilitation  # noqa: PLC0415 -- models import querysets

        overseen = Q(organisation__in=user.organisation_ids_with_role(Role.LD_LEAD, Role.ORGANISATION_ADMIN))
        theirs = Q(cohort__in=Enrolment.objects.visible_to(user).values("cohort"))
        run = Q(pk__in=Facilitation.objects.current().filter(member=user).values("scheduled"))
        return self.in_organisations_of(user).filter(overseen | theirs | run)

    def of_supervisor(self, user: User) -> Self:
        """Of the person's own running cohorts."""
        own = Enrolment.objects.of_supervisor(user).begun()
        return self.in_organisations_of(user).filter(cohort__in=own.values("cohort"))

    def attended_by(self, user: User) -> Self:
        """What the person comes to: with their cohort, unless they take single sessions, and by their own places."""
        from sessions_catalogue.models import Place  # noqa: PLC0415 -- models import querysets

        own = Enrolment.objects.of_supervisor(user).begun()
        places = Place.objects.kept().filter(enrolment__in=own.values("pk"))
        with_cohort = own.exclude(taking_part_as=Enrolment.TakingPartAs.SINGLE_SESSIONS)
        comes = Q(cohort__in=with_cohort.values("cohort")) | Q(pk__in=places.values("scheduled"))
        return self.in_organisations_of(user).filter(comes)

    def overlapping(self, starts_at: dt.datetime, ends_at: dt.datetime) -> Self:
        return self.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)

    def standing(self) -> Self:
        """Not cancelled."""
        return self.filter(cancelled_at=None)

    def run_by(self, user: User) -> Self:
        """Deliveries that the person facilitates today."""
        from sessions_catalogue.models import Facilitation  # noqa: PLC0415 -- models import querysets

        runs = Facilitation.objects.current().filter(member=user)
        return self.in_organisations_of(user).filter(pk__in=runs.values("scheduled"))


class SessionPlanQuerySet(TenantQuerySet):
    """A cohort's plan goes with its dates; a template is L&D's."""

    def visible_to(self, user: User) -> Self:
        overseen = Q(organisation__in=user.organisation_ids_with_role(Role.LD_LEAD, Role.ORGANISATION_ADMIN))
        theirs = Q(cohort__in=Enrolment.objects.visible_to(user).values("cohort"))
        return self.in_organisations_of(user).filter(discarded_at=None).filter(overseen | theirs)

    def templates(self) -> Self:
        return self.filter(cohort=None)


class FacilitationQuerySet(RelationQuerySet):
    def visible_to(self, user: User) -> Self:
        """Who runs a delivery is known to L&D and to those who run it."""
        lead = Q(organisation__in=user.organisation_ids_with_role(Role.LD_LEAD))
        return self.in_organisations_of(user).filter(lead | Q(member=user))


class PlaceQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        return self.in_organisations_of(user).filter(enrolment__in=Enrolment.objects.visible_to(user))

    def kept(self) -> Self:
        return self.filter(given_up_at=None)


class AttendanceQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        """It goes with the dates: the person, whoever stands beside them, L&D and admin. Facilitators read it
        through their delivery."""
        return self.in_organisations_of(user).filter(enrolment__in=Enrolment.objects.visible_to(user))

    def counted(self) -> Self:
        """There, or studied since."""
        return self.filter(Q(state="attended") | Q(studied_on__isnull=False))


class CalendarPeriodQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        return self.in_organisations_of(user)

    def touching(self, first: dt.date, last: dt.date) -> Self:
        return self.filter(starts_on__lte=last, ends_on__gte=first)


class CalendarFeedQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        return self.filter(user=user)


class LinkCheckQuerySet(models.QuerySet[Any]):
    """Not a tenant's rows: ask only for addresses that the person can see."""

    def dead(self) -> Self:
        return self.filter(is_dead=True)


class WorksheetTemplateQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """Supplied, readable by everybody who is signed in."""
        return self.all()


class WorkspaceQuerySet(TenantQuerySet):
    """Entries and worksheets: the author's own, and what they opened to their mentor of today."""

    def visible_to(self, user: User) -> Self:
        own = Q(enrolment__supervisor=user)
        opened = Q(shared_with=user, enrolment__in=Enrolment.objects.mentored_by(user))
        return self.in_organisations_of(user).filter(own | opened)

    def of_author(self, user: User) -> Self:
        return self.in_organisations_of(user).filter(enrolment__supervisor=user)

    def opened_to(self, user: User) -> Self:
        """What others have opened to the person; whether they are the mentor today, ``visible_to`` asks."""
        return self.filter(shared_with=user).exclude(enrolment__supervisor=user)


class WorksheetQuerySet(WorkspaceQuerySet):
    def visible_to(self, user: User) -> Self:
        """Those about who somebody is: the author alone, whatever else is set."""
        return super().visible_to(user).filter(Q(enrolment__supervisor=user) | Q(template__is_personal=False))

    def kept(self) -> Self:
        return self.filter(discarded_at=None)

    def thrown_away(self) -> Self:
        return self.filter(discarded_at__isnull=False)


class SuggestionQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        """The author, and L&D. What was answered is published by theme, without the suggestion."""
        return self.in_organisations_of(user).filter(
            Q(author=user) | Q(organisation__in=user.organisation_ids_with_role(Role.LD_LEAD))
        )

    def published(self, user: User) -> Self:
        """Answers that everybody of the organisation may read; show theme, status and answer only."""
        return self.in_organisations_of(user).filter(published_at__isnull=False)


class PulseTurnQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        return self.in_organisations_of(user).filter(enrolment__supervisor=user)


class PulseTallyQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        """L&D; pages show the numbers of five and more."""
        return self.where_role(user, Role.LD_LEAD)
