"""Rows of pathway for tests."""

import datetime as dt

import factory
from django.utils import timezone

from pathway.models import (
    Area,
    Cohort,
    Enrolment,
    EnrolmentChange,
    LineManagement,
    Mentoring,
    MentorRecord,
    Milestone,
    Nomination,
    PanelMember,
    Programme,
    Standard,
    Statement,
)
from tests.factories.accounts import MembershipFactory, member


class StandardFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Standard
        django_get_or_create = ("series", "version", "organisation")

    series = "test-standard"
    version = 1
    organisation = None
    title = "A set of standards"
    short_title = "Set"
    audience = "supervisors"
    publisher = "A publisher"


class AreaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Area
        django_get_or_create = ("standard", "number")

    standard = factory.SubFactory(StandardFactory)
    number = factory.Sequence(lambda n: n + 1)
    title = factory.LazyAttribute(lambda area: f"Area title {area.number}")
    summary = "What the area is about."
    basis = Area.Basis.OUR_SUMMARY


class StatementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Statement

    area = factory.SubFactory(AreaFactory)
    position = factory.Sequence(lambda n: n + 1)
    text = "Does something well."
    basis = Area.Basis.OUR_SUMMARY


class ProgrammeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Programme
        django_get_or_create = ("series", "version", "organisation")

    series = "test-programme"
    version = 1
    organisation = None
    title = "A year"
    standard = factory.SubFactory(StandardFactory)


class MilestoneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Milestone

    programme = factory.SubFactory(ProgrammeFactory)
    position = factory.Sequence(lambda n: n + 1)
    key = factory.Sequence(lambda n: f"step-{n}")
    kind = Milestone.Kind.OTHER
    title = "A step"
    due_month = 3


class CohortFactory(factory.django.DjangoModelFactory):
    """A running cohort that began three months ago."""

    class Meta:
        model = Cohort

    organisation = factory.SubFactory("tests.factories.accounts.OrganisationFactory")
    name = factory.Sequence(lambda n: f"Cohort {n}")
    programme = factory.SubFactory(ProgrammeFactory)
    starts_on = factory.LazyFunction(lambda: timezone.localdate() - dt.timedelta(days=90))
    status = Cohort.Status.PUBLISHED
    published_at = factory.LazyFunction(timezone.now)


class EnrolmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Enrolment

    cohort = factory.SubFactory(CohortFactory)
    organisation = factory.SelfAttribute("cohort.organisation")
    supervisor = factory.LazyAttribute(lambda enrolment: member(enrolment.cohort.organisation))
    starts_on = factory.SelfAttribute("cohort.starts_on")


class MentoringFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Mentoring

    enrolment = factory.SubFactory(EnrolmentFactory)
    organisation = factory.SelfAttribute("enrolment.organisation")
    mentor = factory.LazyAttribute(lambda pairing: member(pairing.enrolment.organisation))
    starts_on = factory.SelfAttribute("enrolment.starts_on")
    is_registered = True
    has_two_years = True
    paired_by = factory.SelfAttribute("mentor")


class LineManagementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LineManagement

    enrolment = factory.SubFactory(EnrolmentFactory)
    organisation = factory.SelfAttribute("enrolment.organisation")
    manager = factory.LazyAttribute(lambda relation: member(relation.enrolment.organisation))
    starts_on = factory.SelfAttribute("enrolment.starts_on")


class PanelMemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PanelMember

    cohort = factory.SubFactory(CohortFactory)
    organisation = factory.SelfAttribute("cohort.organisation")
    member = factory.LazyAttribute(lambda row: member(row.cohort.organisation))


class EnrolmentChangeFactory(factory.django.DjangoModelFactory):
    """Without more: a pause of four weeks from today."""

    class Meta:
        model = EnrolmentChange

    enrolment = factory.SubFactory(EnrolmentFactory)
    organisation = factory.SelfAttribute("enrolment.organisation")
    kind = EnrolmentChange.Kind.PAUSE
    reason = EnrolmentChange.Reason.LEAVE
    starts_on = factory.LazyFunction(timezone.localdate)
    days = 28
    made_by = factory.LazyAttribute(lambda change: member(change.enrolment.organisation))


class MentorRecordFactory(factory.django.DjangoModelFactory):
    """Somebody who may mentor: registered for another half year."""

    class Meta:
        model = MentorRecord

    organisation = factory.SubFactory("tests.factories.accounts.OrganisationFactory")
    mentor = factory.LazyAttribute(lambda record: member(record.organisation))
    registered_until = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=180))
    has_two_years = True


class NominationFactory(factory.django.DjangoModelFactory):
    """A member whom the line manager nominated, waiting for a place."""

    class Meta:
        model = Nomination

    organisation = factory.SubFactory("tests.factories.accounts.OrganisationFactory")
    membership = factory.LazyAttribute(lambda row: MembershipFactory(organisation=row.organisation))
    typed_name = "Typed Name"
    typed_email = factory.LazyAttribute(lambda row: row.membership.user.email if row.membership else "new@example.org")
    source = Nomination.Source.LINE_MANAGER
    status = Nomination.Status.WAITING
    line_manager = factory.LazyAttribute(lambda row: member(row.organisation))
    made_by = factory.SelfAttribute("line_manager")
    time_agreed_by = factory.SelfAttribute("line_manager")
    time_agreed_at = factory.LazyFunction(timezone.now)
