"""When the three questions are open, for whom, and what is counted."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import AuditEvent
from pathway.models import Enrolment
from pqs_portal.lib.dates import add_months
from sessions_catalogue.models import Moment, PulseTally, PulseTurn
from sessions_catalogue.pulse import askings, window
from sessions_catalogue.pulse_news import entries
from sessions_catalogue.services.pulse import count_in, say_nothing
from tests.factories.pathway import CohortFactory, EnrolmentFactory

pytestmark = pytest.mark.django_db

START = dt.date(2026, 1, 15)
OPENS = dt.date(2026, 7, 15)
CLOSES = dt.date(2026, 9, 13)


@pytest.fixture
def cohort(db):
    return CohortFactory(starts_on=START)


def asked(today=OPENS):
    return {(asking.enrolment, asking.moment) for asking in askings(Enrolment.objects.all(), today)}


def answer_all(cohort, *answers, moment=Moment.MIDWAY):
    for one in answers:
        assert count_in(enrolment=EnrolmentFactory(cohort=cohort), moment=moment, answers=one)


def test_each_moment_is_open_for_sixty_days(cohort):
    assert window(cohort, Moment.MIDWAY) == (OPENS, CLOSES)
    assert window(cohort, Moment.END) == (dt.date(2027, 1, 15), dt.date(2027, 3, 16))


@pytest.mark.parametrize(
    ("today", "moments"),
    [
        (OPENS - dt.timedelta(days=1), []),
        (OPENS, ["midway"]),
        (CLOSES, ["midway"]),
        (CLOSES + dt.timedelta(days=1), []),
        (dt.date(2027, 1, 15), ["end"]),
    ],
)
def test_who_is_asked_when(cohort, today, moments):
    person = EnrolmentFactory(cohort=cohort)
    assert asked(today) == {(person, moment) for moment in moments}


@pytest.mark.parametrize(
    "fields",
    [
        {"paused_from": OPENS, "paused_until": OPENS + dt.timedelta(days=1)},
        {"ended_on": OPENS},
        {"starts_on": OPENS + dt.timedelta(days=1)},
        {"kind": "programme_only", "taking_part_as": "single_sessions"},
    ],
)
def test_who_is_not_asked(cohort, fields):
    EnrolmentFactory(cohort=cohort, **fields)
    assert asked() == set()


@pytest.mark.parametrize("status", ["draft", "closed"])
def test_only_running_cohorts_are_asked(cohort, status):
    EnrolmentFactory(cohort=CohortFactory(starts_on=START, status=status))
    assert asked() == set()


def test_it_waits_on_the_person_until_they_answer_or_not(cohort, django_assert_num_queries):
    people = [EnrolmentFactory(cohort=cohort) for _ in range(3)]
    count_in(enrolment=people[0], moment=Moment.MIDWAY, answers=[1, 2, 3])
    say_nothing(enrolment=people[1], moment=Moment.MIDWAY)
    with django_assert_num_queries(1):
        found = {entry.waiting_on_id: entry for entry in entries(Enrolment.objects.all(), OPENS)}
    assert [found[person.supervisor_id].done_on for person in people] == [OPENS, OPENS, None]
    waits = found[people[2].supervisor_id]
    assert (waits.kind, waits.url, waits.due_on, waits.remind_from, waits.until, waits.importance) == (
        "pulse", "/pulse/", CLOSES, OPENS, CLOSES, "",
    )  # fmt: skip
    assert waits.key == f"pulse:midway:{people[2].pk}"


def test_a_turn_is_taken_once_and_nothing_says_who_or_when(cohort):
    person = EnrolmentFactory(cohort=cohort)
    took = [count_in(enrolment=person, moment=Moment.MIDWAY, answers=[1, 5, 3]) for _ in range(2)]
    assert (took, say_nothing(enrolment=person, moment=Moment.MIDWAY)) == ([True, False], False)
    tally = PulseTally.objects.get()
    assert (tally.replies, tally.counts) == (1, [[1, 0, 0, 0, 0], [0, 0, 0, 0, 1], [0, 0, 1, 0, 0]])
    assert PulseTurn.objects.count() == 1
    assert not AuditEvent.objects.exists()
    for model in (PulseTurn, PulseTally):
        kinds = {type(field).__name__ for field in model._meta.get_fields()}
        assert kinds & {"DateField", "DateTimeField", "TimeField", "AutoField", "BigAutoField"} == set()


def test_no_thanks_counts_nothing(cohort):
    say_nothing(enrolment=EnrolmentFactory(cohort=cohort), moment=Moment.MIDWAY)
    assert not PulseTally.objects.exists()


def test_what_is_shown_moves_five_replies_at_a_time(cohort):
    seen = []
    for number in range(1, 12):
        answer_all(cohort, [1 + number % 5, 5, 1])
        tally = PulseTally.objects.get()
        seen.append((tally.shown_replies, [sum(counts) for counts in tally.shown_counts]))
    assert seen == [(0, [])] * 4 + [(5, [5, 5, 5])] * 5 + [(10, [10, 10, 10])] * 2
    assert tally.replies == 11
    assert tally.shown_counts == [[2] * 5, [0, 0, 0, 0, 10], [10, 0, 0, 0, 0]]


def test_moments_and_cohorts_are_counted_apart(cohort):
    answer_all(cohort, [1, 1, 1])
    answer_all(cohort, [2, 2, 2], moment=Moment.END)
    answer_all(CohortFactory(), [3, 3, 3])
    assert sorted(PulseTally.objects.values_list("moment", "replies")) == [("end", 1), ("midway", 1), ("midway", 1)]


@pytest.mark.django_db(transaction=True)
def test_answers_at_once_are_all_counted():
    cohort = CohortFactory(starts_on=add_months(timezone.localdate(), -6))
    people = [EnrolmentFactory(cohort=cohort) for _ in range(5)]

    def answer(person):
        count_in(enrolment=person, moment=Moment.MIDWAY, answers=[4, 4, 4])
        connection.close()

    threads = [threading.Thread(target=answer, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tally = PulseTally.objects.get()
    assert (tally.replies, tally.shown_replies, tally.shown_counts) == (5, 5, [[0, 0, 0, 5, 0]] * 3)
