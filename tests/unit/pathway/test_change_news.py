import datetime as dt

import pytest
from django.utils import timezone

from pathway.change_news import events
from pathway.models import Cohort
from tests.factories.pathway import CohortFactory, EnrolmentChangeFactory

DAY = dt.timedelta(days=1)
FIRST, BACK = dt.date(2027, 1, 4), dt.date(2027, 3, 3)


def told(organisation):
    return [
        (event.kind, event.recipient_id, event.title)
        for event in events(timezone.now() - DAY)
        if event.organisation_id == organisation.pk
    ]


def test_a_pause_is_told_to_the_person_and_without_more_to_the_mentor(world):
    change = EnrolmentChangeFactory(enrolment=world.enrolment, starts_on=FIRST, ends_on=BACK)

    name = world.supervisor.name
    assert told(world.organisation) == [
        ("year_paused", world.supervisor.pk, "Your year is paused from 4 January 2027 until 3 March 2027."),
        ("year_paused", world.mentor.pk, f"{name}’s year is paused until 3 March 2027."),
    ]
    first, _ = events(timezone.now() - DAY)
    change.ends_on = BACK + DAY
    change.save()
    assert first.key != events(timezone.now() - DAY)[0].key


def test_a_move_is_told_to_both(world):
    later = CohortFactory(organisation=world.organisation, name="Spring")
    start = world.enrolment.starts_on
    EnrolmentChangeFactory(enrolment=world.enrolment, kind="move", from_cohort=world.cohort, to_cohort=later)

    assert told(world.organisation) == [
        ("year_moved", world.supervisor.pk, f"You are now in Spring. Your year starts on {start.day} {start:%B %Y}."),
        ("year_moved", world.mentor.pk, f"{world.supervisor.name} is now in Spring."),
    ]


@pytest.mark.parametrize(
    ("fields", "kind", "title"),
    [
        ({"kind": "extend", "days": 21}, "year_extended", "Your year has 3 weeks more."),
        (
            {"kind": "pace", "pace_percent": 60},
            "year_hours",
            "Your year is reckoned at 60 % of full time. Your steps have new dates.",
        ),
        (
            {"kind": "withdraw", "starts_on": FIRST},
            "year_ended",
            "Your year on the pathway ended on 4 January 2027. Your portfolio is kept.",
        ),
        ({"kind": "return"}, "year_taken_up", "Your year on the pathway goes on."),
    ],
)
def test_the_rest_is_told_to_the_person_alone(world, fields, kind, title):
    EnrolmentChangeFactory(enrolment=world.enrolment, **fields)

    assert told(world.organisation) == [(kind, world.supervisor.pk, title)]


def test_a_pause_taken_out(world):
    EnrolmentChangeFactory(enrolment=world.enrolment, starts_on=FIRST, ends_on=FIRST, days=0)

    assert [title for _, _, title in told(world.organisation)] == [
        "The pause of your year from 4 January 2027 is taken out.",
        f"{world.supervisor.name}’s year goes on.",
    ]


def test_no_news_of_the_past_nor_of_a_cohort_that_is_being_prepared(world):
    change = EnrolmentChangeFactory(enrolment=world.enrolment, changed_at=timezone.now() - 2 * DAY)
    assert told(world.organisation) == []
    change.changed_at = timezone.now()
    change.save()
    Cohort.objects.filter(pk=world.cohort.pk).update(status="draft", published_at=None)
    assert told(world.organisation) == []


def test_a_former_mentor_is_not_told(world):
    world.mentoring.ends_on = timezone.localdate()
    world.mentoring.save()
    EnrolmentChangeFactory(enrolment=world.enrolment, ends_on=BACK)

    assert [person for _, person, _ in told(world.organisation)] == [world.supervisor.pk]


@pytest.mark.parametrize("many", [1, 3])
def test_one_query(world, many, django_assert_num_queries):
    for _ in range(many):
        EnrolmentChangeFactory(enrolment=world.enrolment, ends_on=BACK)

    with django_assert_num_queries(1):
        found = events(timezone.now() - DAY)

    assert len(found) == 2 * many
