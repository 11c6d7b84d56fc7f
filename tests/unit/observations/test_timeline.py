"""What the timeline says of observations, by when, to whom and from when on."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from observations.timeline import MILESTONE_KINDS, entries, events
from pathway.models import Enrolment, MilestoneCompletion
from tests.factories.observations import FocusWishFactory, ObservationFactory, draft, reflected, released
from tests.factories.pathway import MentoringFactory, MilestoneFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

LONDON = ZoneInfo("Europe/London")
START = dt.date(2026, 9, 1)


def at(day, hour=10):
    return dt.datetime.combine(day, dt.time(hour), tzinfo=LONDON)


@pytest.fixture
def year(world):
    """Three steps: formative by 1 December, direct by 1 March, second direct by 1 July; published on 1 September."""
    world.cohort.starts_on, world.cohort.published_at = START, at(START)
    world.cohort.save()
    world.enrolment.starts_on = START
    world.enrolment.save()
    world.supervisor.name = "Sam Okafor"
    world.supervisor.save()
    shape = [
        ("formative_observation", "Formative observation", 1, 3, 1),
        ("direct_observation", "First direct observation", 3, 6, 1),
        ("direct_observation", "Second direct observation", 6, 10, 2),
    ]
    world.steps = [
        MilestoneFactory(
            programme=world.cohort.programme, kind=kind, title=title, start_month=start, due_month=due, minimum=minimum,
            waiting_on="mentor", importance="key_point",
        )
        for kind, title, start, due, minimum in shape
    ]  # fmt: skip
    return world


def mine(today=dt.date(2026, 11, 20)):
    return entries(Enrolment.objects.filter(supervisor__name="Sam Okafor"), today)


def steps(today=dt.date(2026, 11, 20)):
    return [entry for entry in mine(today) if entry.importance]


def test_the_kinds():
    assert {"formative_observation", "direct_observation"} == MILESTONE_KINDS


def test_a_step_without_a_booking_is_asked_of_the_mentor_from_two_weeks_before(year):
    first = steps()[0]
    assert (first.kind, first.title) == ("observation_due", "Formative observation of Sam Okafor")
    assert (first.waiting_on_id, first.importance) == (year.mentor.pk, "key_point")
    assert (first.starts_on, first.due_on) == (dt.date(2026, 10, 1), dt.date(2026, 12, 1))
    assert (first.remind_from, first.until) == (dt.date(2026, 11, 17), dt.date(2026, 12, 15))
    assert first.url == f"/people/{year.enrolment.pk}/observations/new/?kind=formative"


def test_a_booked_one_stands_for_the_step_and_is_asked_for_once_its_day_has_passed(year):
    friday = dt.date(2026, 11, 27)
    row = ObservationFactory(enrolment=year.enrolment, planned_at=at(friday))
    before = {entry.key: entry for entry in mine(friday)}
    booked = before[f"observation:{row.pk}"]
    assert (booked.kind, booked.due_on, booked.remind_from) == ("observation_planned", friday, None)
    assert steps(friday)[0].remind_from is None
    assert steps(friday)[0].url == f"/observations/{row.pk}/edit/"
    after = {entry.key: entry for entry in mine(dt.date(2026, 11, 28))}[f"observation:{row.pk}"]
    monday = dt.date(2026, 11, 30)
    assert (after.kind, after.due_on, after.remind_from) == ("observation_to_record", monday, monday)
    assert (after.until, after.waiting_on_id) == (dt.date(2026, 12, 14), year.mentor.pk)
    assert after.url == f"/observations/{row.pk}/edit/"


def test_a_draft_is_still_to_be_released(year):
    row = draft(year.enrolment, planned_at=at(dt.date(2026, 11, 3)), observed_on=dt.date(2026, 11, 3))
    entry = {entry.key: entry for entry in mine()}[f"observation:{row.pk}"]
    assert (entry.kind, entry.due_on) == ("observation_to_record", dt.date(2026, 11, 4))
    assert row.noticed not in str(mine())


def test_released_ones_do_the_steps_in_order(year):
    released(year.enrolment, observed_on=dt.date(2026, 11, 3))
    released(year.enrolment, kind="direct", observed_on=dt.date(2027, 5, 4))
    released(year.enrolment, kind="direct", observed_on=dt.date(2027, 2, 2))
    done = [(entry.title, entry.done_on, entry.remind_from) for entry in steps(dt.date(2027, 7, 1))]
    assert done == [
        ("Formative observation of Sam Okafor", dt.date(2026, 11, 3), None),
        ("First direct observation of Sam Okafor", dt.date(2027, 2, 2), None),
        ("Second direct observation of Sam Okafor", dt.date(2027, 5, 4), None),
    ]
    assert [entry for entry in mine(dt.date(2027, 7, 1)) if not entry.importance] == []


def test_a_step_recorded_by_hand_is_done_and_the_next_release_counts_as_the_next_step(year):
    MilestoneCompletion.objects.create(
        organisation=year.organisation, milestone=year.steps[1], cohort=year.cohort, enrolment=year.enrolment,
        done_on=dt.date(2027, 1, 5), recorded_by=year.ld_lead,
    )  # fmt: skip
    assert [entry.done_on for entry in steps()] == [None, dt.date(2027, 1, 5), None]
    released(year.enrolment, kind="direct", observed_on=dt.date(2027, 5, 4))
    assert [entry.done_on for entry in steps()] == [None, dt.date(2027, 1, 5), dt.date(2027, 5, 4)]


def test_nothing_is_sent_of_what_was_due_before_the_cohort_was_published(year):
    year.cohort.published_at = at(dt.date(2026, 12, 10))
    year.cohort.save()
    ObservationFactory(enrolment=year.enrolment, kind="direct", planned_at=at(dt.date(2026, 12, 3)))
    today = dt.date(2026, 12, 10)
    assert [entry.remind_from for entry in mine(today)] == [None, None, dt.date(2027, 6, 17), None]


def test_reminders_begin_on_the_day_of_publishing_at_the_earliest(year):
    year.cohort.published_at = at(dt.date(2026, 11, 25))
    year.cohort.save()
    assert steps()[0].remind_from == dt.date(2026, 11, 25)


def test_what_a_former_mentor_began_waits_on_nobody(year):
    row = ObservationFactory(enrolment=year.enrolment, planned_at=at(dt.date(2026, 11, 3)))
    year.mentoring.ends_on = timezone.localdate()
    year.mentoring.save()
    new = MentoringFactory(enrolment=year.enrolment, starts_on=timezone.localdate()).mentor
    assert f"observation:{row.pk}" not in {entry.key for entry in mine()}
    assert (steps()[0].waiting_on_id, steps()[0].url) == (
        new.pk, f"/people/{year.enrolment.pk}/observations/new/?kind=formative",
    )  # fmt: skip
    assert events(timezone.now() - dt.timedelta(days=1)) == []


@pytest.mark.parametrize("people", [1, 3])
def test_three_queries(year, people, django_assert_num_queries):
    for _ in range(people):
        ObservationFactory(enrolment=year.enrolment)
        released(year.enrolment, kind="direct")
    with django_assert_num_queries(3):
        assert len(mine()) == 3 + people


@pytest.mark.parametrize("rows", [1, 3])
def test_events_go_to_the_one_whom_they_concern_without_words(world, rows, django_assert_num_queries):
    for _ in range(rows):
        booked = ObservationFactory(enrolment=world.enrolment)
        reflected(world.enrolment, kind="direct", noticed="CANARY", reflection="CANARY")
    FocusWishFactory(enrolment=world.enrolment, text="CANARY")
    with django_assert_num_queries(2):
        found = events(timezone.now() - dt.timedelta(hours=1))
    told = sorted({(event.kind, event.recipient_id, event.title) for event in found})
    day = booked.planned_on
    assert told == sorted([
        ("observation_booked", world.supervisor.pk,
         f"Formative observation booked for {day:%A} {day.day} {day:%B %Y}"),
        ("observation_released", world.supervisor.pk, f"{world.mentor.name} released your direct observation"),
        ("observation_reflected", world.mentor.pk, f"{world.supervisor.name} reflected on the direct observation"),
        ("observation_focus", world.mentor.pk, f"{world.supervisor.name} asked for a focus of the next observation"),
    ])  # fmt: skip
    assert len({event.key for event in found}) == 3 * rows + 1
    assert "CANARY" not in str(found)


def test_older_things_are_no_news(world):
    reflected(world.enrolment)
    assert events(timezone.now() + dt.timedelta(hours=1)) == []
