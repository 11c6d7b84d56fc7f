"""Who is expected, and which sessions are behind somebody."""

import datetime as dt

import pytest
from django.utils import timezone

from pathway.models import EnrolmentChange, ParticipationNeed
from sessions_catalogue.queries_attendance import (
    AttendanceSummary,
    RegisterCount,
    attendance_of,
    count_lines,
    counts_of,
    expected_among,
    expected_at,
    needs_at,
    register_of,
)
from tests.factories.pathway import CohortFactory, EnrolmentFactory
from tests.factories.sessions_catalogue import (
    AttendanceFactory,
    PlaceFactory,
    ProgrammeSessionFactory,
    ScheduledSessionFactory,
    held,
)

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

TODAY = timezone.localdate()


def day(days):
    return TODAY + dt.timedelta(days=days)


def paused(enrolment, start, end):
    EnrolmentChange.objects.create(
        organisation=enrolment.organisation,
        enrolment=enrolment,
        kind=EnrolmentChange.Kind.PAUSE,
        starts_on=start,
        ends_on=end,
        days=(end - start).days,
        made_by=enrolment.supervisor,
    )


@pytest.fixture
def cohort():
    return CohortFactory()


@pytest.fixture
def scheduled(cohort):
    return ScheduledSessionFactory(cohort=cohort)


def names(rows):
    return {row.supervisor.name for row in rows}


def test_the_cohort_is_expected_and_nobody_else(cohort, scheduled):
    own = EnrolmentFactory(cohort=cohort)
    EnrolmentFactory(cohort=CohortFactory(organisation=cohort.organisation))
    EnrolmentFactory()
    assert list(expected_at(scheduled)) == [own]


@pytest.mark.parametrize(("ended_on", "comes"), [(None, True), (day(6), False), (day(7), True), (day(1), False)])
def test_whose_year_is_over_is_not_expected(cohort, scheduled, ended_on, comes):
    EnrolmentFactory(cohort=cohort, ended_on=ended_on)
    assert expected_at(scheduled).exists() is comes


@pytest.mark.parametrize(
    ("start", "end", "comes"), [(7, 8, False), (0, 7, True), (8, 20, True), (0, 20, False), (-60, -30, True)]
)
def test_whose_year_is_paused_that_day_is_not_expected(cohort, scheduled, start, end, comes):
    enrolment = EnrolmentFactory(cohort=cohort)
    paused(enrolment, day(start), day(end))
    assert expected_at(scheduled).exists() is comes


def test_who_came_after_a_delivery_is_not_expected_at_it(cohort):
    late = EnrolmentFactory(cohort=cohort)
    row = held(cohort, days_ago=3)
    assert list(expected_at(row)) == [late]  # the cohort was published since: a year begun on paper
    cohort.published_at = timezone.now() - dt.timedelta(days=30)
    cohort.save()
    assert list(expected_at(row)) == []
    AttendanceFactory(enrolment=late, scheduled=row)
    assert [line.enrolment_id for line in register_of(row)] == [late.pk]


def test_who_begins_later_than_the_cohort_is_expected_from_then_on(cohort, scheduled):
    EnrolmentFactory(cohort=cohort, starts_on=day(8))
    own = EnrolmentFactory(cohort=cohort, starts_on=day(7))
    assert list(expected_at(scheduled)) == [own]


def test_single_sessions_need_a_place(cohort, scheduled):
    single = EnrolmentFactory(cohort=cohort, kind="programme_only", taking_part_as="single_sessions")
    other = ScheduledSessionFactory(cohort=cohort)
    assert list(expected_at(scheduled)) == []
    PlaceFactory(enrolment=single, scheduled=scheduled, reason="single")
    assert (list(expected_at(scheduled)), list(expected_at(other))) == ([single], [])


def test_a_place_that_was_given_up_is_none(cohort, scheduled):
    guest = EnrolmentFactory(cohort=CohortFactory(organisation=cohort.organisation))
    place = PlaceFactory(enrolment=guest, scheduled=scheduled)
    other = PlaceFactory(enrolment=guest, scheduled=ScheduledSessionFactory(cohort=cohort))
    assert list(expected_at(scheduled)) == [guest]
    place.given_up_at = timezone.now()
    place.save()
    assert (list(expected_at(scheduled)), list(expected_at(other.scheduled))) == ([], [guest])


def test_many_deliveries_say_the_same_as_each(cohort, django_assert_num_queries):
    here = [EnrolmentFactory(cohort=cohort) for _ in range(3)]
    single = EnrolmentFactory(cohort=cohort, taking_part_as="single_sessions")
    rows = [held(cohort, days_ago=days) for days in (1, 20, 40)]
    paused(here[0], day(-25), day(-15))
    here[1].ended_on = day(-10)
    here[1].save()
    PlaceFactory(enrolment=single, scheduled=rows[2])
    with django_assert_num_queries(2):
        together = expected_among(rows)
    assert together == {row.pk: {found.pk for found in expected_at(row)} for row in rows}
    assert [len(together[row.pk]) for row in rows] == [2, 2, 4]


def test_what_is_behind_somebody(cohort, django_assert_num_queries):
    one, two, three = (EnrolmentFactory(cohort=cohort) for _ in range(3))
    sessions = [held(cohort, session=ProgrammeSessionFactory(number=number)) for number in (1, 2, 3, 4)]
    AttendanceFactory(enrolment=one, scheduled=sessions[0])
    AttendanceFactory(enrolment=one, scheduled=sessions[1], state="missed")
    AttendanceFactory(enrolment=one, scheduled=sessions[2], state="missed", studied_on=TODAY)
    AttendanceFactory(enrolment=one, scheduled=sessions[3], state="missed")
    # The same session again, with another cohort.
    again = held(CohortFactory(organisation=cohort.organisation), session=sessions[3].session)
    AttendanceFactory(enrolment=one, scheduled=again)
    AttendanceFactory(enrolment=two, scheduled=sessions[0], state="missed")
    with django_assert_num_queries(1):
        found = attendance_of(cohort.enrolments.all())
    assert found[one.pk] == AttendanceSummary(frozenset({1, 3, 4}), frozenset({2}), 2)
    assert found[two.pk] == AttendanceSummary(frozenset(), frozenset({1}), 0)
    assert found[three.pk] == AttendanceSummary()
    assert attendance_of([two])[one.pk] == AttendanceSummary()


def test_held_while_paused_is_not_missed(cohort):
    enrolment = EnrolmentFactory(cohort=cohort)
    AttendanceFactory(enrolment=enrolment, scheduled=held(cohort), state="missed")
    assert attendance_of([enrolment])[enrolment.pk].missed
    paused(enrolment, day(-5), day(5))
    assert attendance_of([enrolment])[enrolment.pk] == AttendanceSummary()


def test_a_cancelled_delivery_is_nothing(cohort):
    enrolment = EnrolmentFactory(cohort=cohort)
    cancelled = held(cohort, cancelled_at=timezone.now())
    AttendanceFactory(enrolment=enrolment, scheduled=cancelled)
    assert attendance_of([enrolment])[enrolment.pk] == AttendanceSummary()


def test_the_register_has_who_is_expected_and_who_was_marked(cohort, django_assert_num_queries):
    scheduled = held(cohort)
    people = [EnrolmentFactory(cohort=cohort) for _ in range(3)]
    left = EnrolmentFactory(cohort=cohort, ended_on=day(-30))
    AttendanceFactory(enrolment=people[0], scheduled=scheduled, recorded_by=people[1].supervisor)
    AttendanceFactory(enrolment=people[1], scheduled=scheduled, state="missed", recorded_by_guest="Guest Gale")
    AttendanceFactory(enrolment=left, scheduled=scheduled)
    with django_assert_num_queries(2):
        lines = register_of(scheduled)
    found = {line.enrolment_id: (line.state, line.recorded_by) for line in lines}
    assert found == {
        people[0].pk: ("attended", people[1].supervisor.name),
        people[1].pk: ("missed", "Guest Gale"),
        people[2].pk: ("", ""),
        left.pk: ("attended", ""),
    }
    other = ScheduledSessionFactory(cohort=cohort)
    with django_assert_num_queries(3):
        counts = counts_of([scheduled, other])
    assert counts == {scheduled.pk: RegisterCount(2, 1, 1), other.pk: RegisterCount(0, 0, 3)}
    assert count_lines(lines) == counts[scheduled.pk]


def test_needs_are_told_until_the_day_is_over(cohort, scheduled):
    own = EnrolmentFactory(cohort=cohort)
    other = EnrolmentFactory(cohort=CohortFactory(organisation=cohort.organisation))
    for enrolment in (own, other):
        ParticipationNeed.objects.create(organisation=own.organisation, enrolment=enrolment, text="Large print")
    assert [need.enrolment for need in needs_at(scheduled, TODAY)] == [own]
    assert [need.enrolment for need in needs_at(scheduled, scheduled.held_on)] == [own]
    assert needs_at(scheduled, scheduled.held_on + dt.timedelta(days=1)) == []
