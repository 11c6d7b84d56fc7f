"""What the timeline says of steps, when it reminds, and of whom it tells news."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from pathway.models import Cohort, Enrolment, Mentoring, Milestone, MilestoneCompletion
from pathway.timeline import entries, events
from pqs_portal.lib.dates import add_months
from tests.factories.pathway import (
    CohortFactory,
    EnrolmentFactory,
    LineManagementFactory,
    MentoringFactory,
    MilestoneFactory,
)

TODAY = timezone.localdate
DAY = dt.timedelta(days=1)


@pytest.fixture
def step(world):
    return MilestoneFactory(programme=world.cohort.programme, due_month=6, start_month=4)


def entry_for(enrolment, milestone):
    found = entries(Enrolment.objects.filter(pk=enrolment.pk), TODAY())
    (entry,) = [entry for entry in found if entry.key == f"step:{enrolment.pk}:{milestone.pk}"]
    return entry


def test_a_step_to_come(world, step):
    entry = entry_for(world.enrolment, step)

    assert entry.due_on == add_months(world.enrolment.starts_on, 6)
    assert entry.starts_on == add_months(world.enrolment.starts_on, 4)
    assert entry.remind_from == entry.due_on - 7 * DAY
    assert entry.until == entry.due_on + 14 * DAY
    assert (entry.waiting_on_id, entry.waiting_on) == (world.supervisor.pk, "Practice supervisor")
    assert entry.url == reverse("pathway:step_done", args=[world.enrolment.pk, step.pk])
    assert (entry.done_on, entry.importance) == (None, "key_activity")


def test_a_step_due_before_the_cohort_was_published_is_never_sent(world, step):
    published_on = add_months(world.enrolment.starts_on, 6) + DAY
    at = timezone.make_aware(dt.datetime.combine(published_on, dt.time(9)))
    Cohort.objects.filter(pk=world.cohort.pk).update(published_at=at)

    entry = entry_for(world.enrolment, step)
    assert (entry.remind_from, entry.until) == (None, None)

    Cohort.objects.filter(pk=world.cohort.pk).update(published_at=at - DAY)
    assert entry_for(world.enrolment, step).remind_from is not None


def test_a_step_due_before_somebody_was_put_into_the_cohort_is_never_sent(world, step):
    at = timezone.make_aware(dt.datetime.combine(add_months(world.enrolment.starts_on, 6), dt.time(9)))
    for came_at, is_sent in ((at + DAY, False), (at, True)):
        Enrolment.objects.filter(pk=world.enrolment.pk).update(created_at=came_at)
        assert (entry_for(world.enrolment, step).remind_from is not None) is is_sent


def test_a_step_that_waits_on_a_role_or_is_done_is_never_sent(world, step):
    panel = MilestoneFactory(programme=world.cohort.programme, due_month=9, waiting_on="panel")
    MilestoneCompletion.objects.create(
        organisation=world.organisation,
        milestone=step,
        cohort=world.cohort,
        enrolment=world.enrolment,
        recorded_by=world.supervisor,
    )

    assert entry_for(world.enrolment, step).remind_from is None
    assert entry_for(world.enrolment, step).done_on == TODAY()
    assert entry_for(world.enrolment, panel).remind_from is None


@pytest.mark.parametrize("level", Milestone.Level.values)
def test_only_a_persons_own_steps_are_ever_overdue(world, level):
    step = MilestoneFactory(programme=world.cohort.programme, due_month=1, level=level)

    entry = entry_for(world.enrolment, step)

    assert entry.is_overdue(TODAY()) is (level in {"person", "pairing"})


def test_the_pairing_says_by_itself_that_it_is_done(world):
    match = MilestoneFactory(programme=world.cohort.programme, kind=Milestone.Kind.MENTOR_MATCH, waiting_on="ld_lead")
    assert entry_for(world.enrolment, match).done_on == world.mentoring.starts_on

    Mentoring.objects.filter(pk=world.mentoring.pk).update(ends_on=TODAY())
    assert entry_for(world.enrolment, match).done_on is None


@pytest.mark.parametrize("people", [1, 3])
def test_entries_cost_two_queries(world, step, people, django_assert_num_queries):
    for _ in range(people - 1):
        EnrolmentFactory(cohort=world.cohort)

    with django_assert_num_queries(2):
        found = entries(Enrolment.objects.filter(cohort=world.cohort), TODAY())

    assert len(found) == people


def told(since, organisation):
    return [
        (event.kind, event.recipient_id, event.title)
        for event in events(since)
        if event.organisation_id == organisation.pk
    ]


def test_news_of_a_published_cohort(world):
    day = world.enrolment.starts_on
    supervisor, mentor, manager = world.supervisor, world.mentor, world.line_manager

    assert told(timezone.now() - DAY, world.organisation) == [
        ("mentor", supervisor.pk, f"{mentor.name} is now your mentor. They see only what you open to them."),
        ("mentor", mentor.pk, f"You are now {supervisor.name}’s mentor. You see only what they open to you."),
        (
            "joined",
            supervisor.pk,
            f"You are now in {world.cohort.name}. Your year on the pathway runs from {day.day} {day:%B %Y}.",
        ),
        (
            "line_manager",
            supervisor.pk,
            f"{manager.name} is named as your line manager. They see your steps and dates, not your texts.",
        ),
        (
            "line_manager",
            manager.pk,
            f"You are named as {supervisor.name}’s line manager on the pathway. You see their steps and dates.",
        ),
    ]


def test_keys_are_the_rows_own_ids(world):
    keys = {event.key for event in events(timezone.now() - DAY) if event.organisation_id == world.organisation.pk}

    line = world.enrolment.line_managements.get()
    assert keys == {f"mentor:{world.mentoring.pk}", f"joined:{world.enrolment.pk}", f"line_manager:{line.pk}"}


def test_a_cohort_that_is_being_prepared_is_no_news(world):
    Cohort.objects.filter(pk=world.cohort.pk).update(status="draft", published_at=None)

    assert told(timezone.now() - DAY, world.organisation) == []


def test_what_was_prepared_long_ago_is_news_on_publishing(world):
    old = timezone.now() - 30 * DAY
    for model in (Enrolment, Mentoring):
        model.objects.update(created_at=old)
    world.enrolment.line_managements.update(created_at=old)

    found = [event for event in events(timezone.now() - DAY) if event.organisation_id == world.organisation.pk]

    assert len(found) == 5
    assert {event.at for event in found} == {world.cohort.published_at}


def test_old_news_is_not_told_again(world):
    assert told(timezone.now() + DAY, world.organisation) == []


def test_a_new_line_manager_alone_is_news(world):
    old = timezone.now() - 30 * DAY
    Cohort.objects.filter(pk=world.cohort.pk).update(published_at=old)
    Enrolment.objects.update(created_at=old)
    Mentoring.objects.update(created_at=old)

    assert {kind for kind, _, _ in told(timezone.now() - DAY, world.organisation)} == {"line_manager"}


@pytest.mark.parametrize("people", [1, 3])
def test_events_cost_five_queries(db, people, django_assert_num_queries):
    cohort = CohortFactory()
    for _ in range(people):
        enrolment = EnrolmentFactory(cohort=cohort)
        MentoringFactory(enrolment=enrolment)
        LineManagementFactory(enrolment=enrolment)

    with django_assert_num_queries(5):
        found = events(timezone.now() - DAY)

    assert len(found) == 5 * people
