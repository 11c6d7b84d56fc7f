"""When steps are due, for whom they wait, and at what cost."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Organisation
from pathway.milestones import milestones_of
from pathway.models import Enrolment, Milestone, MilestoneCompletion, MilestoneDate
from pqs_portal.lib.dates import add_months
from tests.factories.pathway import EnrolmentChangeFactory, EnrolmentFactory, MilestoneFactory

DAY = dt.timedelta(days=1)
KINDS = frozenset({Milestone.Kind.OTHER})


@pytest.fixture
def step(world):
    return MilestoneFactory(programme=world.cohort.programme, start_month=1, due_month=3)


def only(enrolment, kinds=KINDS):
    (found,) = milestones_of(Enrolment.objects.filter(pk=enrolment.pk), kinds)
    return found


def complete(step, by, **fields):
    return MilestoneCompletion.objects.create(
        milestone=step, organisation=by.live_memberships[0].organisation, recorded_by=by, **fields
    )


def test_dates_follow_the_start_of_the_year(world, step):
    found = only(world.enrolment)

    assert (found.milestone, found.enrolment) == (step, world.enrolment)
    assert found.starts_on == add_months(world.enrolment.starts_on, 1)
    assert found.due_on == add_months(world.enrolment.starts_on, 3)
    assert (found.done_on, found.agreed_on) == (None, None)
    assert (found.mentor_id, found.line_manager_id) == (world.mentor.pk, world.line_manager.pk)
    assert found.mentored_from == world.mentoring.starts_on


def test_an_agreed_date_comes_first(world, step):
    agreed = timezone.localdate() + dt.timedelta(days=50)
    MilestoneDate.objects.create(
        organisation=world.organisation, enrolment=world.enrolment, milestone=step, due_on=agreed
    )

    assert only(world.enrolment).due_on == agreed


@pytest.mark.parametrize("for_whom", ["person", "cohort", "organisation"])
def test_done_for_the_person_the_cohort_or_the_organisation(world, step, for_whom):
    where = {
        "person": {"cohort": world.cohort, "enrolment": world.enrolment},
        "cohort": {"cohort": world.cohort},
        "organisation": {},
    }[for_whom]
    complete(step, world.ld_lead, done_on=dt.date(2026, 1, 5), **where)

    assert only(world.enrolment).done_on == dt.date(2026, 1, 5)
    assert only(world.other.enrolment).done_on is None


def test_somebody_elses_record_does_not_count(world, step):
    neighbour = EnrolmentFactory(cohort=world.cohort)
    complete(step, world.ld_lead, cohort=world.cohort, enrolment=neighbour)

    assert only(world.enrolment).done_on is None


def test_an_ended_pairing_no_longer_counts(world, step):
    world.mentoring.ends_on = timezone.localdate()
    world.mentoring.save()

    found = only(world.enrolment)

    assert (found.mentor_id, found.mentored_from) == (None, None)


@pytest.mark.parametrize(
    ("waiting_on", "person"), [("supervisor", "supervisor"), ("mentor", "mentor"), ("line_manager", "line_manager")]
)
def test_it_waits_on_one_person(world, step, waiting_on, person):
    Milestone.objects.filter(pk=step.pk).update(waiting_on=waiting_on)

    assert only(world.enrolment).waiting_on_id == getattr(world, person).pk


@pytest.mark.parametrize("waiting_on", ["ld_lead", "organisation_admin", "panel"])
def test_it_waits_on_a_role(world, step, waiting_on):
    Milestone.objects.filter(pk=step.pk).update(waiting_on=waiting_on)

    assert only(world.enrolment).waiting_on_id is None


def test_sessions_only_have_the_first_session_and_no_other_step(world, step):
    first = MilestoneFactory(programme=world.cohort.programme, kind=Milestone.Kind.FIRST_SESSION)
    Enrolment.objects.filter(pk=world.enrolment.pk).update(kind=Enrolment.Kind.PROGRAMME_ONLY)

    found = only(world.enrolment, frozenset(Milestone.Kind))

    assert found.milestone == first


@pytest.mark.parametrize("people", [1, 3])
def test_two_queries_however_many(world, step, people, django_assert_num_queries):
    MilestoneFactory(programme=world.cohort.programme)
    for _ in range(people - 1):
        EnrolmentFactory(cohort=world.cohort)

    with django_assert_num_queries(2):
        found = milestones_of(Enrolment.objects.filter(cohort=world.cohort), KINDS)
        names = {due.enrolment.supervisor.name for due in found}

    assert (len(found), len(names)) == (people * 2, people)


@pytest.mark.parametrize("people", [1, 3])
def test_people_of_a_list_in_three_queries(world, people, django_assert_num_queries):
    for _ in range(people - 1):
        EnrolmentFactory(cohort=world.cohort)

    with django_assert_num_queries(3):
        found = list(Enrolment.objects.filter(cohort=world.cohort).with_people())
        mentors = [enrolment.current_mentor for enrolment in found]

    assert mentors.count(world.mentor) == 1
    assert mentors.count(None) == people - 1
    assert not any(enrolment.mentor_is_line_manager for enrolment in found)


def change(enrolment, **fields):
    return EnrolmentChangeFactory(enrolment=enrolment, **fields)


def test_a_pause_and_an_extension_move_what_comes_after_them(world, step):
    start = world.enrolment.starts_on
    before = only(world.enrolment)
    pause = change(world.enrolment, kind="pause", starts_on=start + DAY, ends_on=start + 15 * DAY, days=14)
    change(world.enrolment, kind="extend", starts_on=start + 60 * DAY, days=7)
    change(world.other.enrolment, kind="extend", starts_on=start, days=70)
    change(world.enrolment, kind="pace", starts_on=start, days=0)

    found = only(world.enrolment)

    assert (found.starts_on, found.due_on) == (before.starts_on + 14 * DAY, before.due_on + 21 * DAY)
    pause.delete()
    assert only(world.enrolment).starts_on == before.starts_on


def test_an_agreed_date_stays_in_a_pause(world, step):
    agreed = timezone.localdate() + 50 * DAY
    MilestoneDate.objects.create(
        organisation=world.organisation, enrolment=world.enrolment, milestone=step, due_on=agreed
    )
    change(world.enrolment, kind="extend", starts_on=world.enrolment.starts_on, days=70)

    assert only(world.enrolment).due_on == agreed


def test_part_time_hours_stretch_the_year_where_the_organisation_says_so(world, step):
    plain = only(world.enrolment).due_on
    Enrolment.objects.filter(pk=world.enrolment.pk).update(pace_percent=50)
    assert only(world.enrolment).due_on == plain

    Organisation.objects.filter(pk=world.organisation.pk).update(part_time_pro_rata=True)

    start = world.enrolment.starts_on
    assert only(world.enrolment).due_on == start + 2 * (plain - start)


def test_a_row_reckons_alone_as_the_queryset_does(world):
    Organisation.objects.filter(pk=world.organisation.pk).update(part_time_pro_rata=True)
    Enrolment.objects.filter(pk=world.enrolment.pk).update(pace_percent=80)
    start = world.enrolment.starts_on
    change(world.enrolment, kind="pause", starts_on=start, ends_on=start + 30 * DAY, days=30)

    alone = Enrolment.objects.get(pk=world.enrolment.pk)
    together = Enrolment.objects.with_people().get(pk=world.enrolment.pk)

    assert alone.due_on(12) == together.due_on(12)
    assert alone.months_long(12) == together.months_long(12) == 16


def test_whose_year_runs_on_a_day(world):
    today = timezone.localdate()
    Enrolment.objects.filter(pk=world.enrolment.pk).update(paused_from=today, paused_until=today + 7 * DAY)
    mine = Enrolment.objects.filter(cohort=world.cohort)

    assert [mine.active_on(today + days * DAY).exists() for days in (-1, 0, 6, 7)] == [True, False, False, True]
    Enrolment.objects.filter(pk=world.enrolment.pk).update(ended_on=today)
    assert not mine.active_on(today - DAY).exists()
