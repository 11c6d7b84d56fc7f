"""One's own year, one person's year, one's people and a cohort's board."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from observations.models import Observation
from pathway.models import Milestone
from sessions_catalogue.models import Attendance
from tests.factories.observations import draft, released
from tests.factories.pathway import (
    AreaFactory,
    EnrolmentFactory,
    LineManagementFactory,
    MentoringFactory,
    MilestoneFactory,
)
from tests.factories.portfolio import shared
from tests.factories.sessions_catalogue import ProgrammeSessionFactory, ScheduledSessionFactory

PATHWAY, PEOPLE = reverse("insights:pathway"), reverse("insights:people")


def person_url(enrolment):
    return reverse("insights:person", args=[enrolment.pk])


def board_url(cohort):
    return reverse("insights:cohort", args=[cohort.pk])


@pytest.fixture
def step(world):
    return MilestoneFactory(programme=world.cohort.programme, title="Agreement signed", due_month=1)


def test_ones_own_year_names_the_mentor_and_the_line_manager(world, sign_in, step):
    page = sign_in(world.supervisor).get(PATHWAY).content.decode()
    assert world.mentor.name in page
    assert world.line_manager.name in page
    assert "Agreement signed" in page


def test_where_mentor_and_line_manager_are_one_person_the_page_says_whom_to_ask(world, sign_in):
    world.organisation.help_name = "Helen in workforce"
    world.organisation.save()
    world.enrolment.line_managements.all().delete()
    LineManagementFactory(enrolment=world.enrolment, manager=world.mentor)
    page = sign_in(world.supervisor).get(PATHWAY).content.decode()
    assert "Your mentor is also your line manager" in page
    assert "ask Helen in workforce" in page


def test_the_picture_says_who_is_where_it_stands(world, sign_in, step):
    own = sign_in(world.supervisor)
    theirs = sign_in(world.mentor)
    for page in (own.get(PATHWAY), own.get(person_url(world.enrolment))):
        assert page.content.decode().count(">You are here<") == 2  # lying and standing
    for page in (theirs.get(reverse("home")), theirs.get(PEOPLE), theirs.get(person_url(world.enrolment))):
        body = page.content.decode()
        assert body.count(f">{world.supervisor.get_short_name()} is here<") == 2
        assert ">You are here<" not in body


@pytest.mark.parametrize("role", ["supervisor", "mentor", "line_manager", "ld_lead", "admin"])
def test_those_beside_a_person_see_the_year_and_never_a_word_of_it(world, sign_in, role, step):
    piece = shared(world.enrolment, title="A title of mine", body="A word of mine")
    seen = draft(world.enrolment, noticed="A word of the mentor")
    page = sign_in(getattr(world, role)).get(person_url(world.enrolment)).content.decode()
    assert "Agreement signed" in page
    for words in (piece.title, piece.body, seen.noticed, seen.with_whom):
        assert words not in page


def test_the_lead_learns_which_areas_the_portfolio_covers_and_nobody_else(world, sign_in):
    standard = world.cohort.programme.standard
    covered, kept = (AreaFactory(standard=standard, number=number, title=f"Title {number}") for number in (7, 8))
    shared(world.enrolment, audience="portfolio", areas={covered: "It fits"})
    shared(world.enrolment, audience="mentor", areas={kept: "Not for the lead"})
    page = sign_in(world.ld_lead).get(person_url(world.enrolment)).content.decode()
    assert "7 Title 7" in page
    assert "8 Title 8" not in page
    for role in ("admin", "line_manager"):
        assert "7 Title 7" not in sign_in(getattr(world, role)).get(person_url(world.enrolment)).content.decode()


@pytest.mark.parametrize("role", ["outsider", "senior_leader", "panel_member"])
def test_others_do_not_find_the_person(world, sign_in, role):
    assert sign_in(getattr(world, role)).get(person_url(world.enrolment)).status_code == 404
    assert sign_in(getattr(world.other, role)).get(person_url(world.enrolment)).status_code == 404
    assert sign_in(world.other.ld_lead).get(person_url(world.enrolment)).status_code == 404


def test_the_board_puts_who_needs_a_word_first(world, sign_in, step):
    alone = EnrolmentFactory(cohort=world.cohort)
    formative = Milestone.Kind.FORMATIVE_OBSERVATION
    MilestoneFactory(programme=world.cohort.programme, kind=formative, title="Observed", due_month=11)
    released(world.enrolment)
    answer = sign_in(world.ld_lead).get(board_url(world.cohort))
    rows = answer.context["rows"]
    assert {row.year.enrolment.pk: row.reason for row in rows} == {
        world.enrolment.pk: "Agreement signed",
        alone.pk: "Nobody is paired yet",
    }
    assert {row.year.enrolment.pk: row.observations for row in rows} == {
        world.enrolment.pk: "1 formative, 0 direct",
        alone.pk: "0 formative, 0 direct",
    }


@pytest.mark.parametrize("role", ["supervisor", "mentor", "line_manager", "panel_member"])
def test_the_board_is_for_leads_and_admins(world, sign_in, role):
    assert sign_in(getattr(world, role)).get(board_url(world.cohort)).status_code == 403
    assert sign_in(world.other.ld_lead).get(board_url(world.cohort)).status_code == 404


def test_a_draft_observation_does_not_count(world, sign_in):
    draft(world.enrolment, kind=Observation.Kind.DIRECT)
    [row] = sign_in(world.ld_lead).get(board_url(world.cohort)).context["rows"]
    assert row.observations == "0 formative, 0 direct"


@pytest.mark.parametrize("people", [1, 3])
def test_the_board_costs_the_same_however_many_people(world, sign_in, people, django_assert_num_queries):
    for _ in range(people - 1):
        MentoringFactory(enrolment=EnrolmentFactory(cohort=world.cohort))
    client = sign_in(world.ld_lead)
    client.get(board_url(world.cohort))
    with django_assert_num_queries(14):
        client.get(board_url(world.cohort))


@pytest.mark.parametrize("people", [1, 3])
def test_ones_people_cost_the_same_however_many(world, sign_in, people, django_assert_num_queries):
    for _ in range(people - 1):
        MentoringFactory(enrolment=EnrolmentFactory(cohort=world.cohort), mentor=world.mentor)
    client = sign_in(world.mentor)
    client.get(PEOPLE)
    with django_assert_num_queries(11):
        client.get(PEOPLE)


@pytest.mark.parametrize("role", ["mentor", "line_manager", "ld_lead", "admin"])
def test_those_beside_a_person_see_which_sessions_they_were_at(world, sign_in, role):
    yesterday = timezone.now() - dt.timedelta(days=1)
    for number, state in ((4, "attended"), (5, "missed")):
        scheduled = ScheduledSessionFactory(
            cohort=world.cohort, session=ProgrammeSessionFactory(number=number), starts_at=yesterday
        )
        Attendance.objects.create(
            organisation=world.organisation, enrolment=world.enrolment, scheduled=scheduled, state=state
        )
    page = sign_in(getattr(world, role)).get(person_url(world.enrolment)).content.decode()
    assert "1 of 2 attended" in page
    assert "Title of 5" in page
    assert ("Catch up on sessions" in page) == (role == "ld_lead")


def test_only_the_lead_is_led_to_what_changes_a_year(world, sign_in):
    link = reverse("pathway:year_changes", args=[world.enrolment.pk])
    assert link in sign_in(world.ld_lead).get(person_url(world.enrolment)).content.decode()
    assert link not in sign_in(world.admin).get(person_url(world.enrolment)).content.decode()
