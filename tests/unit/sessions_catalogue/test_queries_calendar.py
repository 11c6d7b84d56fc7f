"""Which dates stand in somebody's own calendar, and what is said of each."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from accounts.models import Membership
from pathway.models import Cohort, Enrolment
from sessions_catalogue.layout import at_local
from sessions_catalogue.meetings import meetings_of
from sessions_catalogue.queries_attendance import expected_at
from sessions_catalogue.queries_calendar import entries_for_keys, entries_of
from tests.factories.accounts import MembershipFactory, member
from tests.factories.pathway import CohortFactory, EnrolmentChangeFactory, EnrolmentFactory
from tests.factories.sessions_catalogue import (
    FacilitationFactory,
    PlaceFactory,
    ProgrammeSessionFactory,
    ScheduledSessionFactory,
)

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

TEN = dt.time(10, 0)
DAY = timezone.localdate() + dt.timedelta(days=30)


def scheduled(cohort, number, on=DAY, **fields):
    session = ProgrammeSessionFactory(number=number)
    return ScheduledSessionFactory(cohort=cohort, session=session, starts_at=at_local(on, TEN), **fields)


def cancel(row):
    row.cancelled_at = timezone.now()
    row.revision += 1
    row.save()
    return row


def elsewhere(world):
    return CohortFactory(organisation=world.organisation)


def ids(user):
    return [uuid.UUID(entry.uid.partition("@")[0]) for entry in entries_of(user)]


def test_what_is_said_of_a_date(world):
    row = scheduled(world.cohort, 4, venue="Room 2, Civic Centre", joining_link="https://meet.example/4")
    (entry,) = entries_of(world.supervisor)
    assert (entry.title, entry.place) == ("Session 4: Title of 4", "Room 2, Civic Centre")
    assert (entry.starts_at, entry.ends_at) == (row.starts_at, row.ends_at)
    assert (entry.uid, entry.url) == (f"{row.pk}@localhost", "http://localhost:8000/sessions/4/")
    assert (entry.sequence, entry.is_cancelled, entry.changed_at) == (1, False, row.created_at)


@pytest.mark.parametrize(("link", "place"), [("https://meet.example/4", "https://meet.example/4"), ("", "Online")])
def test_online_the_place_is_the_link(world, link, place):
    scheduled(world.cohort, 4, mode="online", venue="Room 2", joining_link=link)
    assert entries_of(world.supervisor)[0].place == place


def test_moved_and_cancelled_keep_their_uid_and_grow(world):
    row = scheduled(world.cohort, 4)
    before = entries_of(world.supervisor)[0]
    row.moved_from, row.moved_at = row.starts_at, timezone.now()
    row.starts_at, row.ends_at = at_local(DAY, dt.time(14)), at_local(DAY, dt.time(15))
    row.revision = 2
    row.save()
    moved = entries_of(world.supervisor)[0]
    assert (moved.uid, moved.starts_at, moved.sequence) == (before.uid, row.starts_at, 2)
    assert (moved.is_cancelled, moved.changed_at) == (False, row.moved_at)
    cancel(row)
    gone = entries_of(world.supervisor)[0]
    assert (gone.uid, gone.is_cancelled, gone.sequence) == (before.uid, True, 3)
    assert gone.changed_at == row.cancelled_at


def test_only_those_who_come_have_the_date(world):
    row = scheduled(world.cohort, 4)
    facilitator = FacilitationFactory(scheduled=row).member
    people = {name: value for name, value in vars(world).items() if hasattr(value, "email")}
    assert {name for name, person in people.items() if ids(person)} == {"supervisor"}
    (entry,) = entries_of(facilitator)
    assert entry.title == "Session 4: Title of 4 (you run it)"
    assert entry.url == f"http://localhost:8000/deliveries/{row.pk}/"


def test_a_mentor_who_attends_has_their_own_dates(world):
    EnrolmentFactory(
        cohort=world.cohort,
        supervisor=world.mentor,
        kind=Enrolment.Kind.PROGRAMME_ONLY,
        taking_part_as=Enrolment.TakingPartAs.MENTOR,
    )
    row = scheduled(world.cohort, 4)
    assert ids(world.mentor) == [row.pk]


def test_who_runs_a_session_of_their_own_cohort_has_it_once(world):
    row = scheduled(world.cohort, 4)
    FacilitationFactory(scheduled=row, member=world.supervisor)
    assert [entry.title for entry in entries_of(world.supervisor)] == ["Session 4: Title of 4"]


def test_who_no_longer_runs_it_has_it_no_longer(world):
    runs = FacilitationFactory(scheduled=scheduled(world.cohort, 4), ends_on=timezone.localdate())
    assert ids(runs.member) == []


def test_a_place_given_up_leaves_the_calendar(world):
    place = PlaceFactory(enrolment=world.enrolment, scheduled=scheduled(elsewhere(world), 4))
    assert ids(world.supervisor) == [place.scheduled_id]
    place.given_up_at = timezone.now()
    place.save()
    assert ids(world.supervisor) == []


def test_who_takes_single_sessions_has_those_of_their_places(world):
    single = EnrolmentFactory(
        cohort=world.cohort,
        kind=Enrolment.Kind.PROGRAMME_ONLY,
        taking_part_as=Enrolment.TakingPartAs.SINGLE_SESSIONS,
    )
    scheduled(world.cohort, 4)
    place = PlaceFactory(enrolment=single, scheduled=scheduled(world.cohort, 5), reason="single")
    assert ids(single.supervisor) == [place.scheduled_id]


def test_a_draft_is_in_nobodys_calendar(world):
    row = scheduled(CohortFactory(organisation=world.organisation, status=Cohort.Status.DRAFT, published_at=None), 4)
    own = EnrolmentFactory(cohort=row.cohort)
    runs = FacilitationFactory(scheduled=row)
    PlaceFactory(enrolment=world.enrolment, scheduled=row)
    assert [ids(person) for person in (own.supervisor, runs.member, world.supervisor)] == [[], [], []]


def test_a_closed_cohort_keeps_its_dates(world):
    row = scheduled(world.cohort, 4)
    Cohort.objects.update(status=Cohort.Status.CLOSED)
    assert ids(world.supervisor) == [row.pk]


def test_what_was_cancelled_before_one_had_it_is_left_out(world):
    row = cancel(scheduled(world.cohort, 4))
    newcomer = EnrolmentFactory(cohort=world.cohort)
    assert [ids(person) for person in (world.supervisor, newcomer.supervisor)] == [[row.pk], []]
    Cohort.objects.update(published_at=timezone.now())  # it was cancelled while the cohort was a draft
    assert ids(world.supervisor) == []


def test_a_person_of_two_organisations_has_both_until_one_ends(world):
    here = scheduled(world.cohort, 4)
    other = world.other
    MembershipFactory(organisation=other.organisation, user=world.supervisor)
    EnrolmentFactory(cohort=other.cohort, supervisor=world.supervisor)
    there = scheduled(other.cohort, 5, DAY + dt.timedelta(days=1))
    assert ids(world.supervisor) == [here.pk, there.pk]
    Membership.objects.filter(organisation=other.organisation).update(ends_on=timezone.localdate())
    del world.supervisor.live_memberships
    assert ids(world.supervisor) == [here.pk]


def test_the_calendar_says_the_same_as_the_year(world):
    """With a move, a cancelled date, a catch-up place, a pause, and an end."""
    kept = scheduled(world.cohort, 1, DAY)
    moved = scheduled(world.cohort, 2, DAY + dt.timedelta(days=40))
    moved.starts_at, moved.ends_at = (
        at_local(DAY + dt.timedelta(days=9), TEN),
        at_local(DAY + dt.timedelta(days=9), dt.time(12)),
    )
    moved.save()
    cancelled = cancel(scheduled(world.cohort, 3, DAY + dt.timedelta(days=10)))
    before_pause = scheduled(world.cohort, 4, DAY + dt.timedelta(days=19))
    scheduled(world.cohort, 5, DAY + dt.timedelta(days=20))
    scheduled(world.cohort, 6, DAY + dt.timedelta(days=29))
    after_pause = scheduled(world.cohort, 7, DAY + dt.timedelta(days=30))
    scheduled(world.cohort, 8, DAY + dt.timedelta(days=60))
    other = elsewhere(world)
    scheduled(other, 4, DAY + dt.timedelta(days=12))
    catch_up = scheduled(other, 5, DAY + dt.timedelta(days=35))
    PlaceFactory(enrolment=world.enrolment, scheduled=catch_up)
    PlaceFactory(enrolment=world.enrolment, scheduled=scheduled(other, 6, DAY + dt.timedelta(days=25)))
    EnrolmentChangeFactory(
        enrolment=world.enrolment, starts_on=DAY + dt.timedelta(days=20), ends_on=DAY + dt.timedelta(days=30), days=10
    )
    Enrolment.objects.filter(pk=world.enrolment.pk).update(ended_on=DAY + dt.timedelta(days=59))

    mine = Enrolment.objects.of_supervisor(world.supervisor)
    meetings = meetings_of(mine)[world.enrolment.pk]
    standing = [entry for entry in entries_of(world.supervisor) if not entry.is_cancelled]
    assert [(f"{one.scheduled_id}@localhost", one.on) for one in meetings] == [
        (entry.uid, timezone.localdate(entry.starts_at)) for entry in standing
    ]
    there = [kept.pk, moved.pk, cancelled.pk, before_pause.pk, after_pause.pk, catch_up.pk]
    assert ids(world.supervisor) == there
    expected = {row for row in there if expected_at(type(kept).objects.get(pk=row)).filter(pk=world.enrolment.pk)}
    assert expected == set(there)


@pytest.mark.parametrize("deliveries", [1, 3])
def test_the_queries_stay_the_same(world, deliveries, django_assert_num_queries):
    for number in range(1, deliveries + 1):
        FacilitationFactory(scheduled=scheduled(elsewhere(world), number), member=world.supervisor)
        scheduled(world.cohort, number)
    with django_assert_num_queries(3):  # memberships, their roles, the dates
        assert len(entries_of(world.supervisor)) == 2 * deliveries


def keys_of(row, enrolment):
    return [
        f"scheduled:{row.pk}:moved:20270303T100000",
        f"scheduled:{row.pk}:cancelled:20270303T100000",
        f"scheduled:{row.pk}:preparation:{enrolment.pk}",
    ]


def test_dates_for_a_mail(world, django_assert_num_queries):
    rows = [scheduled(world.cohort, number, DAY + dt.timedelta(days=number)) for number in (4, 5)]
    scheduled(world.cohort, 6)
    keys = [key for row in rows for key in keys_of(row, world.enrolment)]
    with django_assert_num_queries(3):
        found = entries_for_keys(keys, world.supervisor)
    assert [entry.title for entry in found] == ["Session 4: Title of 4", "Session 5: Title of 5"]
    assert entries_for_keys(keys, world.mentor) == []
    assert entries_for_keys(keys, member(world.other.organisation)) == []


def test_other_things_of_a_mail_have_no_dates(world, django_assert_num_queries):
    row = scheduled(world.cohort, 4)
    keys = ["", "session:1", f"comment:{row.pk}:moved:1", "scheduled:------------------------------------:moved:1"]
    keys += [f"scheduled:{row.pk}:{part}:{world.enrolment.pk}" for part in ("follow_up", "catch_up", "session")]
    with django_assert_num_queries(0):
        assert entries_for_keys(keys, world.supervisor) == []


def test_a_delivery_that_is_gone_is_left_out(world):
    row = scheduled(world.cohort, 4)
    keys = keys_of(row, world.enrolment)
    row.delete()
    assert entries_for_keys(keys, world.supervisor) == []
