"""What is due around a session, what is reminded of, and who hears of a move."""

import datetime as dt

import pytest
from django.utils import timezone

from pathway.models import Cohort, Enrolment, Milestone
from sessions_catalogue import timeline
from sessions_catalogue.layout import at_local
from tests.factories.pathway import EnrolmentFactory, MilestoneFactory
from tests.factories.sessions_catalogue import ProgrammeSessionFactory, ScheduledSessionFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

TODAY = dt.date(2027, 2, 1)
TEN = dt.time(10, 0)


@pytest.fixture
def cohort(world):
    return published_on(world.cohort, dt.date(2027, 1, 4))


def came_with(cohort):
    """Its people were in it from the first, whatever today's date is."""
    Enrolment.objects.filter(cohort=cohort).update(created_at=at_local(dt.date(2025, 1, 1), TEN))


def published_on(cohort, on):
    cohort.published_at = at_local(on, TEN)
    cohort.save()
    came_with(cohort)
    return cohort


def scheduled(cohort, number, on, time=TEN):
    return ScheduledSessionFactory(
        cohort=cohort, session=ProgrammeSessionFactory(number=number), starts_at=at_local(on, time)
    )


def of_kind(kind, today=TODAY):
    found = [entry for entry in timeline.entries(Enrolment.objects.all(), today) if entry.kind == kind]
    return sorted(found, key=lambda entry: (entry.due_on, entry.title))


def test_a_session_is_shown_on_its_day_and_done_afterwards(world, cohort):
    row = scheduled(cohort, 4, dt.date(2027, 3, 3))
    (entry,) = of_kind("session")
    assert (entry.title, entry.due_on, entry.done_on) == ("Session 4: Title of 4", dt.date(2027, 3, 3), None)
    assert (entry.importance, entry.url) == ("session", "/sessions/4/")
    assert entry.key == f"scheduled:{row.pk}:session:{world.enrolment.pk}"
    assert of_kind("session", dt.date(2027, 3, 3))[0].done_on is None
    assert of_kind("session", dt.date(2027, 3, 4))[0].done_on == dt.date(2027, 3, 3)


def test_preparation_is_reminded_of_five_working_days_before(world, cohort):
    row = scheduled(cohort, 4, dt.date(2027, 4, 1))
    (entry,) = of_kind("session_preparation")
    # Five working days before, over Easter and the weekend.
    assert entry.remind_from == dt.date(2027, 3, 23)
    assert (entry.due_on, entry.until) == (dt.date(2027, 4, 1), dt.date(2027, 4, 1))
    assert entry.title == "Prepare for session 4: Title of 4"
    assert entry.waiting_on_id == world.supervisor.pk
    assert entry.key == f"scheduled:{row.pk}:preparation:{world.enrolment.pk}"


@pytest.mark.parametrize(
    ("next_on", "expected"),
    [
        (None, dt.date(2027, 3, 17)),  # two weeks after
        (dt.date(2027, 4, 7), dt.date(2027, 3, 17)),
        (dt.date(2027, 3, 15), dt.date(2027, 3, 12)),  # the Friday before that Monday
        (dt.date(2027, 3, 4), dt.date(2027, 3, 3)),  # the next day: today itself
    ],
)
def test_follow_up_is_due_two_weeks_after_or_before_the_next_session(cohort, next_on, expected):
    scheduled(cohort, 4, dt.date(2027, 3, 3))
    if next_on:
        scheduled(cohort, 5, next_on)
    entry = of_kind("session_follow_up")[0]
    assert (entry.due_on, entry.remind_from) == (expected, expected)
    assert entry.until == expected + dt.timedelta(days=7)


def test_follow_up_after_a_saturday_is_never_due_before_the_session():
    assert timeline.follow_up_on(dt.date(2027, 3, 6), dt.date(2027, 3, 8)) == dt.date(2027, 3, 6)


def test_on_a_day_of_four_the_next_session_is_the_next_day(cohort):
    for number, hour in ((1, 9), (2, 11), (3, 13), (4, 15)):
        scheduled(cohort, number, dt.date(2027, 3, 3), dt.time(hour))
    scheduled(cohort, 5, dt.date(2027, 3, 10))
    assert [entry.due_on for entry in of_kind("session_follow_up")[:4]] == [dt.date(2027, 3, 9)] * 4


def test_a_draft_reminds_of_nothing(cohort):
    Cohort.objects.update(status=Cohort.Status.DRAFT, published_at=None)
    scheduled(cohort, 4, dt.date(2027, 3, 3))
    entries = timeline.entries(Enrolment.objects.all(), TODAY)
    assert len(entries) == 3
    assert [entry.remind_from for entry in entries] == [None] * 3


def test_what_was_past_when_the_cohort_was_published_reminds_of_nothing(cohort):
    published_on(cohort, dt.date(2027, 3, 2))
    scheduled(cohort, 1, dt.date(2027, 2, 2))
    scheduled(cohort, 2, dt.date(2027, 3, 3))
    assert [entry.remind_from for entry in of_kind("session_preparation")] == [None, dt.date(2027, 3, 2)]
    assert [entry.remind_from for entry in of_kind("session_follow_up")] == [None, dt.date(2027, 3, 17)]


def test_nothing_of_what_is_past_waits_or_is_overdue(cohort):
    scheduled(cohort, 4, dt.date(2027, 1, 6))
    entries = timeline.entries(Enrolment.objects.all(), TODAY)
    assert [entry.done_on for entry in entries] == [dt.date(2027, 1, 6), dt.date(2027, 1, 6), dt.date(2027, 1, 20)]
    assert not any(entry.is_overdue(TODAY) for entry in entries)


def test_sessions_after_the_end_of_a_year_are_not_shown(world, cohort):
    scheduled(cohort, 4, dt.date(2027, 3, 3))
    Enrolment.objects.filter(pk=world.enrolment.pk).update(ended_on=dt.date(2027, 3, 3))
    assert len(of_kind("session")) == 1  # on the last day
    Enrolment.objects.filter(pk=world.enrolment.pk).update(ended_on=dt.date(2027, 3, 2))
    assert timeline.entries(Enrolment.objects.all(), TODAY) == []


@pytest.fixture
def first_session(world):
    return MilestoneFactory(
        programme=world.cohort.programme, kind=Milestone.Kind.FIRST_SESSION, title="First session", due_month=2
    )


def test_the_first_session_milestone_is_due_and_done_with_session_1(world, cohort, first_session):
    milestones = lambda today: [  # noqa: E731
        entry
        for entry in timeline.entries(Enrolment.objects.filter(pk=world.enrolment.pk), today)
        if entry.title == "First session"
    ]
    (undated,) = milestones(TODAY)
    assert (undated.due_on, undated.done_on) == (world.enrolment.due_on(2), None)
    scheduled(cohort, 1, dt.date(2027, 3, 3))
    (dated,) = milestones(TODAY)
    assert (dated.due_on, dated.done_on, dated.remind_from) == (dt.date(2027, 3, 3), None, None)
    assert dated.url == "/sessions/1/"
    (done,) = milestones(dt.date(2027, 3, 4))
    assert done.done_on == dt.date(2027, 3, 3)


@pytest.mark.parametrize("people", [1, 3])
def test_entries_take_three_queries(cohort, first_session, people, django_assert_num_queries):
    for _ in range(people - 1):
        EnrolmentFactory(cohort=cohort)
    came_with(cohort)
    for number in (1, 2):
        scheduled(cohort, number, dt.date(2027, 3, number))
    with django_assert_num_queries(3):
        entries = timeline.entries(Enrolment.objects.filter(cohort=cohort), TODAY)
    assert len(entries) == people * 7


def moved(cohort, number, moved_at):
    row = scheduled(cohort, number, dt.date(2027, 3, 4))
    row.moved_from, row.moved_at = at_local(dt.date(2027, 3, 3), TEN), moved_at
    row.save()
    return row


def test_supervisors_and_mentors_of_the_cohort_hear_of_a_move(world, cohort, django_assert_num_queries):
    EnrolmentFactory(cohort=cohort, ended_on=timezone.localdate())
    now = timezone.now()
    row = moved(cohort, 6, now)
    moved(cohort, 7, now - dt.timedelta(days=3))
    moved(world.other.cohort, 6, now - dt.timedelta(days=3))
    with django_assert_num_queries(5):
        found = timeline.events(now - dt.timedelta(days=1))
    assert {event.recipient_id for event in found} == {world.supervisor.pk, world.mentor.pk}
    assert {event.title for event in found} == {
        "Session 6 moved from Wednesday 3 March 2027, 10:00 to Thursday 4 March 2027, 10:00"
    }
    assert {event.url for event in found} == {f"/cohorts/{cohort.pk}/sessions/"}
    assert {(event.at, event.organisation_id) for event in found} == {(row.moved_at, world.organisation.pk)}


def test_who_joined_after_a_move_hears_nothing_of_it(world, cohort):
    Enrolment.objects.filter(cohort=cohort).update(created_at=timezone.now())
    moved(cohort, 6, timezone.now() - dt.timedelta(hours=1))
    assert timeline.events(timezone.now() - dt.timedelta(days=1)) == []
