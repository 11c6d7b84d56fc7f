import datetime as dt

import pytest
from django.utils import timezone

from tests.factories.observations import FocusWishFactory, ObservationFactory, draft, reflected, released
from tests.factories.pathway import EnrolmentFactory, MentoringFactory, MilestoneFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LIST = "/observations/"


def page(client):
    answer = client.get(LIST)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_mentor_sees_people_and_what_waits(world, sign_in):
    MilestoneFactory(programme=world.cohort.programme, kind="direct_observation", title="First direct observation",
                     waiting_on="mentor", start_month=0, due_month=6)  # fmt: skip
    row = draft(world.enrolment)
    body = page(sign_in(world.mentor))
    assert world.supervisor.name in body
    assert f"First direct observation of {world.supervisor.name}" in body
    assert f"/people/{world.enrolment.pk}/observations/new/?kind=direct" in body
    assert f"/observations/{row.pk}/edit/" in body
    assert row.noticed not in body


def test_each_that_waits_says_how_it_stands(world, sign_in):
    future = ObservationFactory(enrolment=world.enrolment)
    past = ObservationFactory(enrolment=world.enrolment, planned_at=timezone.now() - dt.timedelta(days=2))
    written = draft(world.enrolment)
    items = sign_in(world.mentor).get(LIST).context["waiting"]
    assert {item["url"]: item["action"] for item in items} == {
        f"/observations/{future.pk}/": "Open",
        f"/observations/{past.pk}/edit/": "Record it",
        f"/observations/{written.pk}/edit/": "Continue",
    }


def test_before_the_release_the_supervisor_sees_kind_date_and_status_only(world, sign_in):
    words = dict.fromkeys(["with_whom", "context", "noticed", "strengths", "development_points"], "CANARY")
    row = draft(world.enrolment, kind="direct", **words)
    booked = ObservationFactory(enrolment=world.enrolment)
    body = page(sign_in(world.supervisor))
    assert "CANARY" not in body
    assert "Direct observation" in body
    assert "Formative observation" in body
    assert "Being written" in body
    assert "Booked" in body
    for one in (row, booked):
        assert f'href="/observations/{one.pk}/booked/"' in body
        assert f'href="/observations/{one.pk}/"' not in body


def test_released_ones_are_there_to_read(world, sign_in):
    row = released(world.enrolment)
    body = page(sign_in(world.supervisor))
    assert "Released to you: read it and add a reflection" in body
    assert f'href="/observations/{row.pk}/"' in body


@pytest.mark.parametrize("role", ["line_manager", "ld_lead", "admin", "panel_member", "senior_leader", "outsider"])
def test_others_find_an_empty_list(world, sign_in, role):
    reflected(world.enrolment)
    ObservationFactory(enrolment=world.enrolment)
    body = page(sign_in(getattr(world, role)))
    assert "No observations yet" in body
    assert world.supervisor.name not in body


def test_another_organisations_people_see_nothing(world, sign_in):
    reflected(world.enrolment)
    assert "Reflected on" not in page(sign_in(world.other.mentor))
    assert "No observations yet" in page(sign_in(world.other.supervisor))


def test_a_former_mentor_sees_nothing_and_their_draft_is_no_longer_booked(world, sign_in):
    draft(world.enrolment)
    world.mentoring.ends_on = timezone.localdate()
    world.mentoring.save()
    assert "No observations yet" in page(sign_in(world.mentor))
    assert "No observations yet" in page(sign_in(world.supervisor))


@pytest.mark.parametrize("people", [1, 3])
def test_queries_of_the_mentors_list(world, sign_in, people, django_assert_num_queries):
    for _ in range(people - 1):
        other = EnrolmentFactory(cohort=world.cohort)
        MentoringFactory(enrolment=other, mentor=world.mentor)
    for enrolment in world.cohort.enrolments.all():
        for _ in range(people):
            ObservationFactory(enrolment=enrolment, planned_at=timezone.now() - dt.timedelta(days=3))
            reflected(enrolment, kind="direct")
        FocusWishFactory(enrolment=enrolment)
    client = sign_in(world.mentor)
    client.get(LIST)
    with django_assert_num_queries(QUERIES):
        client.get(LIST)


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_supervisors_list(world, sign_in, rows, django_assert_num_queries):
    for _ in range(rows):
        row = ObservationFactory(enrolment=world.enrolment)
        FocusWishFactory(enrolment=world.enrolment, observation=row)
        released(world.enrolment)
    client = sign_in(world.supervisor)
    client.get(LIST)
    with django_assert_num_queries(QUERIES - 4):
        client.get(LIST)


# Session, person, memberships, roles, frame of the page, people, observations, what they asked for and its areas,
# steps, rows of steps, own, own year.
QUERIES = 14
