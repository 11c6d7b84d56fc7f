"""Nothing shared or attended for six weeks: the person and the mentor hear first, L&D two weeks later."""

import datetime as dt

import pytest
from django.utils import timezone

from insights import timeline
from insights.queries.quiet import last_signs
from pathway.models import Enrolment
from portfolio.models import EvidenceVersion
from sessions_catalogue.models import Attendance
from tests.factories.portfolio import area_of, assessed, opened, plan_opened, planned, shared
from tests.factories.reflection import reflected, reflection_opened
from tests.factories.sessions_catalogue import ScheduledSessionFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
WEEK = dt.timedelta(weeks=1)


def began(world, weeks, **fields):
    Enrolment.objects.filter(pk=world.enrolment.pk).update(starts_on=TODAY - weeks * WEEK, **fields)


def heard():
    since = timezone.now() - dt.timedelta(days=1, hours=12)
    return {event.recipient_id for event in timeline.events(since)}


def at_noon(on):
    return timezone.make_aware(dt.datetime.combine(on, dt.time(12)))


def plan_opened_now(enrolment):
    planned(enrolment)
    plan_opened(enrolment)


def reflection_opened_now(enrolment):
    reflection_opened(reflected(enrolment, finish=True), to_mentor=False, in_portfolio=True)


def assessment_opened_now(enrolment):
    opened(assessed(enrolment, {area_of(enrolment, 1): 2}))


@pytest.fixture(autouse=True)
def _past_eight(monkeypatch):
    """The news is of eight in the morning: let it be noon."""
    monkeypatch.setattr(timeline.timezone, "now", lambda: at_noon(TODAY))


def test_after_six_weeks_the_person_and_the_mentor_hear(world):
    began(world, 5)
    assert heard() == set()
    began(world, 6)
    assert heard() == {world.supervisor.pk, world.mentor.pk}


def test_after_eight_weeks_the_leads_hear_and_nobody_else_again(world):
    began(world, 8)
    assert heard() == {world.ld_lead.pk}


def test_sharing_or_attending_counts_as_a_sign(world):
    began(world, 6)
    shared(world.enrolment)
    assert heard() == set()


def test_being_at_a_session_counts_and_missing_one_does_not(world):
    began(world, 6)
    scheduled = ScheduledSessionFactory(cohort=world.cohort, starts_at=at_noon(TODAY - WEEK))
    row = Attendance.objects.create(
        organisation=world.organisation, enrolment=world.enrolment, scheduled=scheduled, state="missed"
    )
    assert heard() == {world.supervisor.pk, world.mentor.pk}
    row.state = "attended"
    row.save()
    assert heard() == set()


def test_a_session_without_a_register_says_of_nobody_that_they_were_away(world):
    began(world, 6)
    ScheduledSessionFactory(cohort=world.cohort, starts_at=at_noon(TODAY - WEEK))
    assert heard() == set()


def test_six_weeks_count_from_the_end_of_a_pause_and_not_during_it(world):
    began(world, 20, paused_from=TODAY - 10 * WEEK, paused_until=TODAY - WEEK)
    assert heard() == set()
    began(world, 6, paused_from=TODAY - WEEK, paused_until=TODAY + WEEK)
    assert heard() == set()


def test_private_writing_is_no_sign_and_is_not_read(world):
    began(world, 6)
    piece = shared(world.enrolment)
    EvidenceVersion.objects.filter(evidence=piece).update(audience="only_me")
    assert heard() == {world.supervisor.pk, world.mentor.pk}


def test_other_organisations_hear_nothing(world):
    began(world, 8)
    assert world.other.ld_lead.pk not in heard()


@pytest.mark.parametrize("people", [1, 3])
def test_the_last_signs_take_one_query(world, people, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert last_signs(Enrolment.objects.all()) == {world.enrolment.pk: world.enrolment.starts_on}


@pytest.mark.parametrize("open_text", [plan_opened_now, reflection_opened_now, assessment_opened_now])
def test_opening_a_whole_text_counts_as_a_sign(world, open_text):
    began(world, 9)
    open_text(world.enrolment)
    assert heard() == set()
