"""The sessions to read."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from sessions_catalogue.models import ProgrammeSession
from tests.factories.accounts import UserFactory
from tests.factories.sessions_catalogue import (
    BlockItemFactory,
    ProgrammeSessionFactory,
    ResourceAddressFactory,
    ResourceFactory,
    ScheduledSessionFactory,
    SessionBlockFactory,
    ToolFactory,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def supplied(db):
    call_command("load_standards")
    call_command("load_catalogue")


def page_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_shows_three_days_and_the_persons_own_dates(world, sign_in, supplied):
    session = ProgrammeSession.objects.get(number=4)
    ScheduledSessionFactory(cohort=world.cohort, session=session, starts_at=dt.datetime(2031, 3, 4, 10, tzinfo=dt.UTC))
    page = page_of(sign_in(world.supervisor), "/sessions/")
    days = ("Day 1: Foundations", "Day 2: Relational", "Day 3: Enabling good practice")
    assert [page.count(day) for day in days] == [1, 1, 1]
    assert page.count("Recommended for everyone") == 1
    assert page.count("Your date: Tuesday 4 March 2031, 10:00 to 11:30") == 1
    assert page.count('class="pp-steps__one"') == 12


def test_somebody_elses_dates_are_not_shown(world, sign_in):
    session = ProgrammeSessionFactory(number=4)
    ScheduledSessionFactory(cohort=world.other.cohort, session=session)
    assert "Your date" not in page_of(sign_in(world.supervisor), "/sessions/")
    assert "Your date" not in page_of(sign_in(world.other.mentor), "/sessions/")
    assert "Your date" in page_of(sign_in(world.other.supervisor), "/sessions/")


def test_an_empty_list_says_what_will_be_there(world, sign_in):
    assert "No sessions yet" in page_of(sign_in(world.mentor), "/sessions/")


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number(world, sign_in, django_assert_num_queries, number):
    for each in range(1, number + 1):
        ScheduledSessionFactory(cohort=world.cohort, session=ProgrammeSessionFactory(number=each))
    client = sign_in(world.supervisor)
    page_of(client, "/sessions/")
    with django_assert_num_queries(8):
        page_of(client, "/sessions/")


def test_a_session_page_has_everything_of_session_4(world, sign_in, supplied):
    page = page_of(sign_in(world.supervisor), "/sessions/4/")
    for heading in ("Preparation", "Introduction", "Experience", "Evidence", "Follow-up"):
        assert f">{heading}</h2>" in page
    assert page.count("30 minutes</p>") == 2
    assert "Tool 3</a>: Privilege exercise" in page
    assert "Tool 29</a> (no title given)" in page
    assert "What area 1 asks" in page
    assert "Session 3: Challenges and enablers to supervision" in page
    assert "Session 5: Relationship-based practice supervision" in page
    assert "Recommended for everyone" not in page


def test_the_first_and_the_last_have_one_neighbour(world, sign_in, supplied):
    client = sign_in(world.mentor)
    assert [page_of(client, f"/sessions/{number}/").count('govuk-pagination__link"') for number in (1, 2, 12)] == [
        1,
        2,
        1,
    ]


def test_only_supervisors_are_offered_evidence(world, sign_in, supplied):
    link = "/evidence/new/?session=4"
    offered = {
        name: link in page_of(sign_in(getattr(world, name)), "/sessions/4/")
        for name in ("supervisor", "mentor", "line_manager", "ld_lead", "admin", "outsider")
    }
    assert [name for name, is_offered in offered.items() if is_offered] == ["supervisor"]


def test_the_own_date_place_and_link_are_on_the_page(world, sign_in, supplied):
    ScheduledSessionFactory(
        cohort=world.cohort,
        session=ProgrammeSession.objects.get(number=4),
        starts_at=timezone.now() + dt.timedelta(days=3),
        venue="Room 2",
        joining_link="https://meet.example.org/4",
    )
    own, other = (page_of(sign_in(each.supervisor), "/sessions/4/") for each in (world, world.other))
    assert "Room 2" in own
    assert 'href="https://meet.example.org/4"' in own
    assert "Room 2" not in other
    assert "meet.example.org" not in other


def test_a_resource_links_to_the_organisations_own_address_before_the_publishers(world, sign_in):
    resource = ResourceFactory(address="https://publisher.example.org/")
    session = ProgrammeSessionFactory(number=1)
    BlockItemFactory(block=SessionBlockFactory(session=session), resource=resource, extract="page 15")
    ResourceAddressFactory(resource=resource, organisation=world.organisation, address="https://here.example.org/")
    page = page_of(sign_in(world.supervisor), "/sessions/1/")
    assert 'href="https://here.example.org/"' in page
    assert "publisher.example.org" not in page
    assert ", page 15" in page
    assert 'href="https://publisher.example.org/"' in page_of(sign_in(world.other.supervisor), "/sessions/1/")


def test_a_tool_is_described_once(world, sign_in):
    tool = ToolFactory(description="What this tool does.")
    block = SessionBlockFactory(session=ProgrammeSessionFactory(number=1))
    for _ in range(3):
        BlockItemFactory(block=block, tool=tool)
    assert page_of(sign_in(world.supervisor), "/sessions/1/").count("What this tool does.") == 1


@pytest.mark.parametrize("number", [1, 3])
def test_a_session_page_takes_the_same_queries_for_any_number(world, sign_in, django_assert_num_queries, number):
    session = ProgrammeSessionFactory(number=4)
    for _ in range(number):
        for kind in ("preparation", "experience", "follow_up")[:number]:
            block = session.blocks.filter(kind=kind).first() or SessionBlockFactory(session=session, kind=kind)
            BlockItemFactory(block=block, tool=ToolFactory(), resource=ResourceFactory())
    ScheduledSessionFactory(cohort=world.cohort, session=session)
    client = sign_in(world.supervisor)
    page_of(client, "/sessions/4/")
    with django_assert_num_queries(12):
        page_of(client, "/sessions/4/")


@pytest.mark.parametrize("address", ["/sessions/13/", "/sessions/0/", "/sessions/99999999999/", "/sessions/four/"])
def test_a_session_that_does_not_exist_is_not_found(world, sign_in, supplied, address):
    assert sign_in(world.supervisor).get(address).status_code == 404


@pytest.mark.parametrize("address", ["/sessions/", "/sessions/4/", "/tools/", "/resources/"])
def test_nobody_reads_without_signing_in(client, supplied, address):
    answer = client.get(address)
    assert (answer.status_code, answer.url) == (302, f"/accounts/login/?next={address}")


def test_somebody_without_an_organisation_has_no_lists(sign_in, db):
    assert sign_in(UserFactory()).get("/sessions/").status_code == 403
