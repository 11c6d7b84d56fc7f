"""What a date collides with, in sentences."""

import datetime as dt

import pytest
from django.utils import timezone

from pathway.models import Enrolment
from sessions_catalogue.clashes import same_day, surroundings
from sessions_catalogue.layout import at_local
from sessions_catalogue.models import CalendarPeriod, Facilitation
from tests.factories.pathway import CohortFactory, EnrolmentFactory
from tests.factories.sessions_catalogue import ProgrammeSessionFactory, ScheduledSessionFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

TUESDAY = dt.date(2027, 2, 23)


def span(on, hour=10):
    begin = at_local(on, dt.time(hour))
    return begin, begin + dt.timedelta(minutes=90)


def said(cohort, on, scheduled=None):
    times = span(on)
    return surroundings(cohort, [times]).of(times, scheduled and scheduled.pk)


def period(organisation, kind, label, first, last=None):
    return CalendarPeriod.objects.create(
        organisation=organisation, kind=kind, label=label, starts_on=first, ends_on=last or first
    )


def test_an_ordinary_day_collides_with_nothing(world):
    period(world.organisation, "closed", "The day before", TUESDAY - dt.timedelta(days=1))
    period(world.other.organisation, "closed", "Elsewhere", TUESDAY)
    assert said(world.cohort, TUESDAY) == []


def test_weekends_bank_holidays_and_the_organisations_own_days_are_named(world):
    period(world.organisation, "closed", "Stocktaking", TUESDAY - dt.timedelta(days=1), TUESDAY)
    period(world.organisation, "school_holiday", "Half term", TUESDAY)
    period(world.organisation, "other", "Inspection", TUESDAY)
    assert sorted(said(world.cohort, TUESDAY)) == ["Closed: Stocktaking", "Inspection", "School holiday: Half term"]
    assert said(world.cohort, dt.date(2027, 2, 27)) == ["That is a Saturday"]
    assert said(world.cohort, dt.date(2027, 12, 27))[0] == "That is a bank holiday"


def test_the_main_days_of_the_faiths_are_named(world):
    assert said(world.cohort, dt.date(2027, 3, 26)) == ["That is a bank holiday", "Good Friday falls on this day"]
    assert said(world.cohort, dt.date(2027, 10, 11)) == ["Yom Kippur falls on this day"]


def test_it_is_said_how_many_do_not_work_on_that_day(world):
    Enrolment.objects.filter(pk=world.enrolment.pk).update(days_off=[2, 5])
    assert said(world.cohort, TUESDAY) == ["The one person does not work on Tuesdays"]
    EnrolmentFactory(cohort=world.cohort, days_off=[5])
    assert said(world.cohort, TUESDAY) == ["1 of 2 people does not work on Tuesdays"]
    assert said(world.cohort, dt.date(2027, 2, 19)) == ["All 2 people do not work on Fridays"]
    EnrolmentFactory(cohort=world.cohort, days_off=[2], ended_on=timezone.localdate())
    EnrolmentFactory(cohort=world.cohort, days_off=[2], kind="programme_only", taking_part_as="single_sessions")
    EnrolmentFactory(cohort=world.cohort)
    assert said(world.cohort, TUESDAY) == ["1 of 3 people does not work on Tuesdays"]


def test_whoever_runs_it_may_run_another_at_the_same_time(world, django_assert_num_queries):
    begin, end = span(TUESDAY)
    here = ScheduledSessionFactory(cohort=world.cohort, starts_at=begin, ends_at=end)
    other = CohortFactory(organisation=world.organisation, name="Spring")
    there = ScheduledSessionFactory(
        cohort=other, session=ProgrammeSessionFactory(number=5), starts_at=end - dt.timedelta(minutes=1)
    )
    after = ScheduledSessionFactory(cohort=other, session=ProgrammeSessionFactory(number=6), starts_at=end)
    for scheduled in (here, there, after):
        Facilitation.objects.create(
            organisation=world.organisation, scheduled=scheduled, member=world.mentor, invited_by=world.ld_lead
        )
    words = f"{world.mentor.name} also runs session 5 of Spring, 11:29 to 12:59"
    assert said(world.cohort, TUESDAY, here) == [words]
    assert said(world.cohort, TUESDAY) == []  # a delivery that nobody runs yet
    with django_assert_num_queries(4):
        surroundings(world.cohort, [(begin, end)])
    type(there).objects.filter(pk=there.pk).update(cancelled_at=timezone.now())
    assert said(world.cohort, TUESDAY, here) == []


def test_names_hold_guests_too_but_nobody_who_has_left(world):
    here = ScheduledSessionFactory(cohort=world.cohort)
    common = {"organisation": world.organisation, "scheduled": here, "invited_by": world.ld_lead}
    today = timezone.localdate()
    Facilitation.objects.create(member=world.mentor, **common)
    Facilitation.objects.create(guest_name="A guest", ends_on=today + dt.timedelta(days=9), **common)
    Facilitation.objects.create(guest_name="Gone", ends_on=today, starts_on=today - dt.timedelta(days=3), **common)
    assert surroundings(world.cohort, [span(TUESDAY)]).names(here.pk) == [world.mentor.name, "A guest"]


def test_the_cohorts_other_sessions_of_the_day(world):
    begin, end = span(TUESDAY, 13)
    other = ScheduledSessionFactory(
        cohort=world.cohort, session=ProgrammeSessionFactory(number=7), starts_at=begin, ends_at=end
    )
    assert same_day([other], TUESDAY) == ["Session 7 of this cohort is on the same day, 13:00 to 14:30"]
    assert same_day([other], TUESDAY + dt.timedelta(days=1)) == []
