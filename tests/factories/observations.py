"""Rows of observations for tests."""

import datetime as dt

import factory
from django.utils import timezone

from observations.models import FocusWish, Observation, ObservationVersion
from tests.factories.pathway import AreaFactory, EnrolmentFactory

WORDS = {
    "with_whom": "Worker B",
    "asked_beforehand": True,
    "context": "A monthly supervision.",
    "noticed": "They began with how the week had been.",
    "strengths": "Gave time to think.",
    "development_points": "Name the risk sooner.",
}


class ObservationFactory(factory.django.DjangoModelFactory):
    """A booked one by the person's current mentor; ``drafted`` has everything a release needs."""

    class Meta:
        model = Observation
        skip_postgeneration_save = True

    enrolment = factory.SubFactory(EnrolmentFactory)
    organisation = factory.SelfAttribute("enrolment.organisation")
    observer = factory.LazyAttribute(lambda row: row.enrolment.mentorings.get(ends_on=None).mentor)
    kind = Observation.Kind.FORMATIVE
    planned_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=3))
    booked_at = factory.LazyFunction(timezone.now)

    class Params:
        drafted = factory.Trait(
            status=Observation.Status.DRAFT,
            observed_on=factory.LazyFunction(lambda: timezone.localdate() - dt.timedelta(days=1)),
            planned_at=None,
            booked_at=None,
            version=1,
            **WORDS,
        )

    @factory.post_generation
    def areas(self, create, extracted, **kwargs):
        if self.version:
            standard = self.enrolment.cohort.programme.standard
            self.areas.set(extracted or [AreaFactory(standard=standard, number=1)])


class FocusWishFactory(factory.django.DjangoModelFactory):
    """Asked of the person's current mentor, for an observation that is not booked yet."""

    class Meta:
        model = FocusWish
        skip_postgeneration_save = True

    enrolment = factory.SubFactory(EnrolmentFactory)
    organisation = factory.SelfAttribute("enrolment.organisation")
    mentor = factory.LazyAttribute(lambda wish: wish.enrolment.mentorings.get(ends_on=None).mentor)
    asked_at = factory.LazyFunction(timezone.now)
    text = "How I end it."

    @factory.post_generation
    def areas(self, create, extracted, **kwargs):
        standard = self.enrolment.cohort.programme.standard
        self.areas.set(extracted or [AreaFactory(standard=standard, number=1)])


def draft(enrolment, **fields):
    """A whole draft with its version, ready to be released."""
    row = ObservationFactory(enrolment=enrolment, drafted=True, **fields)
    ObservationVersion.objects.create(
        organisation=row.organisation, observation=row, number=1, content={}, saved_by=row.observer
    )
    return row


def released(enrolment, **fields):
    """One that the supervisor may read, released a moment ago."""
    row = draft(enrolment, **fields)
    row.status = Observation.Status.RELEASED
    row.released_at, row.released_by, row.released_version = timezone.now(), row.observer, row.versions.get()
    row.save()
    return row


def reflected(enrolment, reflection="It rings true.", **fields):
    row = released(enrolment, **fields)
    row.status = Observation.Status.REFLECTED
    row.reflection, row.reflected_at, row.reflected_by = reflection, timezone.now(), enrolment.supervisor
    row.save()
    return row
