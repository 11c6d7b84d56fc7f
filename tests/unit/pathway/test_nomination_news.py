import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Membership
from pathway.models import Nomination
from pathway.nomination_news import events, waiting_for_a_place
from tests.factories.accounts import MembershipFactory
from tests.factories.pathway import CohortFactory, NominationFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
BEFORE = NOW - dt.timedelta(minutes=5)
LONG_AGO = NOW - dt.timedelta(days=30)


def told():
    return [(event.recipient_id, event.title, event.url) for event in events(BEFORE)]


def test_the_nominated_person_hears_of_it():
    row = NominationFactory()

    assert told() == [
        (row.membership.user_id, f"{row.made_by.name} nominated you for the pathway", "/nominations/mine/")
    ]


def test_who_is_invited_hears_of_it_on_joining_only():
    row = NominationFactory(membership=None)
    assert told() == []
    row.membership = MembershipFactory(organisation=row.organisation, status="invited", accepted_at=None)
    row.save()
    assert told() == []

    Nomination.objects.filter(pk=row.pk).update(created_at=LONG_AGO, changed_at=LONG_AGO)
    row.membership.status, row.membership.accepted_at = "active", timezone.now()
    row.membership.save()

    assert len(told()) == 1


def test_the_line_manager_is_asked():
    row = NominationFactory(source="self", status="asked", time_agreed_at=None, time_agreed_by=None)

    title = f"{row.membership.user.name} asks to join the pathway and needs your yes to the time"
    assert told() == [(row.line_manager_id, title, f"/nominations/{row.pk}/time/")]


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({"status": "waiting", "source": "self"}, "{manager} said yes to the time. You wait for a place now"),
        ({"status": "waiting", "answer": "Full."}, "L&D answered why you wait for a place. Read the answer"),
        ({"status": "declined", "answer": "No."}, "You have no place on the pathway this time. Read why"),
    ],
)
def test_what_became_of_it(fields, title):
    row = NominationFactory(**fields)
    Nomination.objects.filter(pk=row.pk).update(created_at=LONG_AGO)
    Membership.objects.filter(pk=row.membership_id).update(accepted_at=LONG_AGO)

    assert [event.title for event in events(BEFORE)] == [title.format(manager=row.line_manager.name)]


def test_who_withdrew_is_told_nothing():
    NominationFactory(status="withdrawn")

    assert events(BEFORE) == []


def test_it_is_one_query_whatever_happened(django_assert_num_queries):
    for status in ("waiting", "asked", "declined"):
        NominationFactory(status=status)

    with django_assert_num_queries(1):
        assert len(events(BEFORE)) == 5


def test_an_answer_after_an_answer_is_news_again():
    row = NominationFactory(answer="Full.")
    first = {event.key for event in events(BEFORE)}
    Nomination.objects.filter(pk=row.pk).update(changed_at=timezone.now() + dt.timedelta(seconds=2), answer="In March.")

    assert len({event.key for event in events(BEFORE)} - first) == 1


def test_how_many_wait_for_a_place(world):
    for _ in range(2):
        NominationFactory(organisation=world.organisation)
    NominationFactory(cohort=CohortFactory())

    rows = waiting_for_a_place(world.ld_lead, world.organisation)
    assert [(item["who"], item["what"]) for item in rows] == [("2 people", "wait for a place in a cohort")]
    assert waiting_for_a_place(world.outsider, world.organisation) == []
