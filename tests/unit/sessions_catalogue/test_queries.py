"""What other pages ask about sessions."""

import datetime as dt

import pytest

from sessions_catalogue import queries
from sessions_catalogue.layout import at_local
from tests.factories.pathway import AreaFactory, CohortFactory, EnrolmentFactory
from tests.factories.sessions_catalogue import PlaceFactory, ProgrammeSessionFactory, ScheduledSessionFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

NOW = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
NEXT_WEEK = dt.date(2027, 3, 8)


def scheduled(cohort, on, **session):
    return ScheduledSessionFactory(
        cohort=cohort, session=ProgrammeSessionFactory(**session), starts_at=at_local(on, dt.time(10))
    )


def test_the_next_date_of_two_cohorts_wins_and_the_last_one_where_all_are_past(world, django_assert_num_queries):
    second = EnrolmentFactory(cohort=CohortFactory(organisation=world.organisation), supervisor=world.supervisor).cohort
    scheduled(world.cohort, dt.date(2027, 2, 1), number=4)
    scheduled(second, NEXT_WEEK, number=4)
    scheduled(world.cohort, dt.date(2027, 6, 1), number=4 + 1)
    scheduled(second, dt.date(2027, 5, 3), number=4 + 1)
    scheduled(world.cohort, dt.date(2027, 1, 4), number=6)
    scheduled(second, dt.date(2027, 2, 1), number=6)
    assert world.supervisor.live_memberships
    with django_assert_num_queries(1):
        found = queries.dates_for(world.supervisor, NOW)
    assert found == {4: NEXT_WEEK, 5: dt.date(2027, 5, 3), 6: dt.date(2027, 2, 1)}
    assert queries.dates_for(world.mentor, NOW) == {}


def test_a_place_of_ones_own_is_ones_date_and_the_dates_of_a_cohort_are_not_for_single_sessions(world):
    other = CohortFactory(organisation=world.organisation)
    scheduled(world.cohort, dt.date(2027, 2, 1), number=4)
    elsewhere = scheduled(other, NEXT_WEEK, number=4)
    scheduled(other, NEXT_WEEK, number=5)
    place = PlaceFactory(enrolment=world.enrolment, scheduled=elsewhere)
    assert queries.dates_for(world.supervisor, NOW) == {4: NEXT_WEEK}
    world.enrolment.kind, world.enrolment.taking_part_as = "programme_only", "single_sessions"
    world.enrolment.save()
    assert queries.dates_for(world.supervisor, NOW) == {4: NEXT_WEEK}
    place.given_up_at = NOW
    place.save()
    assert queries.dates_for(world.supervisor, NOW) == {}


def test_areas_know_the_next_session_that_serves_them(world, django_assert_num_queries):
    area, past, undated = AreaFactory(), AreaFactory(), AreaFactory()
    scheduled(world.cohort, NEXT_WEEK, number=4, area=area)
    scheduled(world.cohort, dt.date(2027, 4, 5), number=5, area=area)
    scheduled(world.cohort, dt.date(2027, 2, 1), number=6, area=past)
    scheduled(world.other.cohort, NEXT_WEEK, number=7, area=undated)
    scheduled(world.cohort, NEXT_WEEK, number=8)
    with django_assert_num_queries(1):
        found = queries.upcoming_area_dates(world.enrolment, dt.date(2027, 3, 1))
    assert found == {area.pk: (4, NEXT_WEEK)}


def test_who_can_have_evidence(world):
    people = ("supervisor", "mentor", "line_manager", "ld_lead", "outsider")
    found = [queries.is_supervisor(getattr(world, name), world.organisation) for name in people]
    assert found == [True, False, False, False, False]
    assert queries.is_supervisor(world.supervisor, world.other.organisation) is False
