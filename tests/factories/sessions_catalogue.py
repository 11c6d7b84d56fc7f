"""Rows of sessions_catalogue for tests."""

import datetime as dt

import factory
from django.utils import timezone

from sessions_catalogue.models import (
    Attendance,
    BlockItem,
    Facilitation,
    Place,
    ProgrammeSession,
    Resource,
    ResourceAddress,
    ScheduledSession,
    SessionBlock,
    Tool,
)
from tests.factories.accounts import member


class ProgrammeSessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProgrammeSession
        django_get_or_create = ("number",)

    number = factory.Sequence(lambda n: n + 1)
    slug = factory.LazyAttribute(lambda session: f"session-{session.number}")
    title = factory.LazyAttribute(lambda session: f"Title of {session.number}")
    overview = "What the session is about."
    day = factory.LazyAttribute(lambda session: (session.number - 1) // 4 + 1)
    aims = ["An aim"]


class SessionBlockFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SessionBlock

    session = factory.SubFactory(ProgrammeSessionFactory)
    position = factory.Sequence(lambda n: n + 1)
    kind = SessionBlock.Kind.EXPERIENCE
    minutes = 30


class BlockItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BlockItem

    block = factory.SubFactory(SessionBlockFactory)
    position = factory.Sequence(lambda n: n + 1)
    kind = BlockItem.Kind.QUESTION
    text = "What did you notice?"


class ToolFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Tool

    key = factory.Sequence(lambda n: f"tool-{n}")
    number = factory.Sequence(lambda n: n + 1)
    title = factory.LazyAttribute(lambda tool: f"Tool title {tool.number}")
    description = "What the tool is for."


class ResourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Resource

    key = factory.Sequence(lambda n: f"resource-{n}")
    kind = Resource.Kind.FILM
    title = factory.Sequence(lambda n: f"Resource title {n}")


class ResourceAddressFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ResourceAddress

    resource = factory.SubFactory(ResourceFactory)
    address = "https://learning.example.org/film"


class ScheduledSessionFactory(factory.django.DjangoModelFactory):
    """A delivery next week, unless ``starts_at`` says otherwise."""

    class Meta:
        model = ScheduledSession

    cohort = factory.SubFactory("tests.factories.pathway.CohortFactory")
    organisation = factory.SelfAttribute("cohort.organisation")
    session = factory.SubFactory(ProgrammeSessionFactory)
    starts_at = factory.LazyFunction(lambda: timezone.now().replace(microsecond=0) + dt.timedelta(days=7))
    ends_at = factory.LazyAttribute(lambda row: row.starts_at + dt.timedelta(minutes=90))


def twelve_sessions():
    return [ProgrammeSessionFactory(number=number) for number in range(1, 13)]


class PlaceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Place

    enrolment = factory.SubFactory("tests.factories.pathway.EnrolmentFactory")
    organisation = factory.SelfAttribute("scheduled.organisation")
    scheduled = factory.SubFactory(ScheduledSessionFactory)
    reason = Place.Reason.CATCH_UP
    made_by = factory.SelfAttribute("enrolment.supervisor")


class AttendanceFactory(factory.django.DjangoModelFactory):
    """The person was there; ``state="missed"`` if not."""

    class Meta:
        model = Attendance

    enrolment = factory.SubFactory("tests.factories.pathway.EnrolmentFactory")
    organisation = factory.SelfAttribute("scheduled.organisation")
    scheduled = factory.SubFactory(ScheduledSessionFactory)
    state = Attendance.State.ATTENDED


class FacilitationFactory(factory.django.DjangoModelFactory):
    """A member who runs the delivery."""

    class Meta:
        model = Facilitation

    scheduled = factory.SubFactory(ScheduledSessionFactory)
    organisation = factory.SelfAttribute("scheduled.organisation")
    member = factory.LazyAttribute(lambda row: member(row.organisation))
    invited_by = factory.SelfAttribute("member")


def held(cohort, days_ago=1, **fields):
    """A delivery that began some days ago."""
    starts_at = timezone.now().replace(microsecond=0) - dt.timedelta(days=days_ago)
    return ScheduledSessionFactory(cohort=cohort, starts_at=starts_at, **fields)
