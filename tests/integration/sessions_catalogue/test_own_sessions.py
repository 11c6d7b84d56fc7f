"""An organisation's own sessions: to read, to copy, to write, to edit, to stop offering."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from sessions_catalogue.models import ProgrammeSession, SessionBlock
from sessions_catalogue.services import own_sessions
from tests.factories.accounts import MembershipFactory
from tests.factories.pathway import AreaFactory, CohortFactory
from tests.factories.sessions_catalogue import (
    BlockItemFactory,
    ProgrammeSessionFactory,
    ResourceFactory,
    ScheduledSessionFactory,
    ToolFactory,
)
from tests.integration.pathway.posting import is_refused

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

KEEPERS = ("ld_lead", "admin")
OTHERS = ("supervisor", "mentor", "line_manager", "panel_member", "senior_leader", "outsider")


def page_of(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def texts(session, kind="introduction"):
    return [item.text for item in session.blocks.get(kind=kind).items.all()]


def in_use(session, cohort):
    return ScheduledSessionFactory(cohort=cohort, session=session)


def content(**more):
    return {"title": "A title", "overview": "What it is about", "area": "", "aims": "One\n\n Two ", **more}


# --- to read -----------------------------------------------------------------------------------------------
def test_members_read_their_own_version_beside_the_supplied_one(world, sign_in, supplied, own):
    ours = own_sessions.Content("Our ethics", "Ours", None, ["Our aim"])
    own_sessions.change_content(session=own, content=ours, revision=1, by=world.admin)
    client = sign_in(world.supervisor)
    page = page_of(client, own.get_absolute_url())
    assert "Our ethics" in page
    assert "Our aim" in page
    assert f'href="/sessions/4/">session 4: {supplied.title}</a>' in page
    assert "90 minutes" in page
    assert "Edit this session" not in page
    assert "Stop offering it" not in page
    beside = page_of(client, "/sessions/4/")
    assert (
        f'Your organisation has adapted this session: <a class="govuk-link" href="{own.get_absolute_url()}">' in beside
    )


def test_nobody_else_reads_it(world, sign_in, own):
    for who in (world.other.supervisor, world.other.admin):
        client = sign_in(who)
        page_of(client, own.get_absolute_url(), 404)
        assert own.get_absolute_url() not in page_of(client, "/sessions/")
        assert "adapted this session" not in page_of(client, "/sessions/4/")


def test_a_supplied_session_has_no_address_by_id(world, sign_in, supplied):
    page_of(sign_in(world.admin), f"/sessions/own/{supplied.pk}/", 404)


def test_the_list_has_the_organisations_own_after_the_supplied(world, sign_in, supplied, own):
    page = page_of(sign_in(world.mentor), "/sessions/")
    assert (
        page.index('href="/sessions/4/"') < page.index("Your organisation’s own") < page.index(own.get_absolute_url())
    )
    assert page.count("Adapted from session 4") == 1
    assert "Write a session" not in page


def test_what_is_no_longer_offered_is_shown_to_those_who_can_bring_it_back(world, sign_in, own):
    own_sessions.set_retired(session=own, retired=True, by=world.admin)
    shown = {
        name: own.get_absolute_url() in page_of(sign_in(getattr(world, name)), "/sessions/")
        for name in (*KEEPERS, *OTHERS)
    }
    assert [name for name, is_shown in shown.items() if is_shown] == list(KEEPERS)
    assert "No longer offered" in page_of(sign_in(world.admin), "/sessions/")


def test_the_date_leads_to_the_version_that_the_cohort_works_with(world, sign_in, own):
    in_use(own, world.cohort)
    newer = own_sessions.next_version(session=own, by=world.ld_lead)
    page = page_of(sign_in(world.supervisor), "/sessions/")
    assert page.count("Your date: ") == 1
    assert f'href="{own.get_absolute_url()}"' in page
    assert newer.get_absolute_url() not in page
    assert "This is an earlier version." in page_of(sign_in(world.supervisor), own.get_absolute_url())


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_queries_for_any_number(world, sign_in, own, django_assert_num_queries, number):
    for block in own.blocks.all()[:number]:
        BlockItemFactory(block=block, resource=ResourceFactory(address="https://example.org/"), tool=ToolFactory())
    client = sign_in(world.supervisor)
    page_of(client, own.get_absolute_url())
    with django_assert_num_queries(14):
        page_of(client, own.get_absolute_url())


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number(world, sign_in, django_assert_num_queries, number):
    for each in range(1, number + 1):
        own_sessions.copy_session(
            session=ProgrammeSessionFactory(number=each), organisation=world.organisation, by=world.admin
        )
    client = sign_in(world.admin)
    page_of(client, "/sessions/")
    with django_assert_num_queries(8):
        page_of(client, "/sessions/")


# --- to copy -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", KEEPERS)
def test_a_supplied_session_is_copied_with_all_its_parts(world, sign_in, supplied, role):
    client = sign_in(getattr(world, role))
    assert 'href="/sessions/4/copy/"' in page_of(client, "/sessions/4/")
    assert "Make our own version" in page_of(client, "/sessions/4/copy/")
    answer = client.post("/sessions/4/copy/")
    copy = ProgrammeSession.objects.get(organisation=world.organisation)
    assert (answer.status_code, answer.url) == (302, f"/sessions/own/{copy.pk}/edit/")
    assert (copy.title, copy.number, copy.version, copy.copied_from) == (supplied.title, 4, 1, supplied)
    assert (copy.aims, copy.area, copy.day) == (supplied.aims, supplied.area, supplied.day)
    assert [(block.kind, block.minutes) for block in copy.blocks.all()] == [
        (block.kind, block.minutes) for block in supplied.blocks.all()
    ]
    assert texts(copy) == ["Welcome", "Who are we?", "What for?"]
    item, its_original = (each.blocks.get(kind="experience").items.get() for each in (copy, supplied))
    assert (item.resource, item.tool, item.extract) == (its_original.resource, its_original.tool, "p. 1")
    assert AuditEvent.objects.filter(verb="copied session", target_id=copy.pk).count() == 1


def test_there_is_no_second_copy(world, sign_in, supplied, own):
    client = sign_in(world.admin)
    for answer in (client.get("/sessions/4/copy/"), client.post("/sessions/4/copy/")):
        assert (answer.status_code, answer.url) == (302, own.get_absolute_url())
    assert "You have your own version of this session already" in page_of(client, own.get_absolute_url())
    assert ProgrammeSession.objects.filter(organisation=world.organisation).count() == 1


def test_each_organisation_has_its_own_copy(world, sign_in, supplied, own):
    sign_in(world.other.admin).post("/sessions/4/copy/")
    assert ProgrammeSession.objects.filter(number=4, organisation=world.other.organisation).count() == 1


@pytest.mark.parametrize("role", OTHERS)
def test_others_may_not_change_anything(world, sign_in, supplied, own, role):
    client, item = sign_in(getattr(world, role)), own.blocks.get(kind="introduction").items.first()
    assert "/copy/" not in page_of(client, "/sessions/4/")
    base = f"/sessions/own/{own.pk}"
    for address in (
        "/sessions/4/copy/", "/sessions/own/new/", f"{base}/edit/", f"{base}/edit/title/", f"{base}/version/",
        f"{base}/retire/", f"{base}/parts/introduction/", f"{base}/parts/introduction/add/",
        f"{base}/items/{item.pk}/", f"{base}/items/{item.pk}/remove/",
    ):  # fmt: skip
        assert (address, client.get(address).status_code) == (address, 403)
        assert (address, client.post(address).status_code) == (address, 403)
    for action in ("move", "put-back"):
        assert client.post(f"{base}/items/{item.pk}/{action}/").status_code == 403


# --- to write ----------------------------------------------------------------------------------------------
def test_a_session_is_written_with_its_parts(world, sign_in, supplied):
    client, pk, area = sign_in(world.ld_lead), uuid.uuid4(), AreaFactory()
    posted = content(id=pk, area=area.pk, introduction=10, experience=40, reflection_analysis_planning="", evidence=15)
    for _ in range(2):
        answer = client.post(f"/sessions/own/new/?id={pk}", posted)
        assert (answer.status_code, answer.url) == (302, f"/sessions/own/{pk}/edit/")
    session = ProgrammeSession.objects.get(organisation=world.organisation)
    assert (session.pk, session.number, session.copied_from, session.area) == (pk, 5, None, area)
    assert session.aims == ["One", "Two"]
    assert [(block.kind, block.minutes) for block in session.blocks.all()] == list(
        zip(SessionBlock.Kind.values, [None, 10, 40, None, 15, None], strict=True)
    )
    assert "<strong>65 of 90 minutes</strong> · 25 fewer than usual" in page_of(client, f"/sessions/own/{pk}/edit/")
    assert "Written by your organisation" in page_of(client, "/sessions/")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": ""}, "Enter a title"),
        ({"overview": " \n "}, "Enter in a sentence or two what the session is about"),
        ({"introduction": "-1"}, "Enter a number of minutes from 1 to 480"),
        ({"aims": "\n".join("x" * 20)}, "Enter no more than 12 aims. There are 20 lines"),
        ({"area": uuid.uuid4()}, "Choose one of the areas listed"),
    ],
)
def test_a_wrong_session_is_shown_again_with_all_that_was_typed(world, sign_in, supplied, wrong, words):
    posted = content(title="Kept title", overview="Kept words", aims="Kept aim") | wrong
    answer = sign_in(world.admin).post("/sessions/own/new/", posted)
    assert is_refused(answer)
    page = answer.content.decode()
    assert words in page
    assert [kept in page for kept in ("Kept title", "Kept words", "Kept aim")].count(True) >= 2
    assert ProgrammeSession.objects.filter(organisation=world.organisation).count() == 0


# --- to edit -----------------------------------------------------------------------------------------------
def test_title_overview_area_and_aims_are_changed(world, sign_in, own):
    client, address = sign_in(world.admin), f"/sessions/own/{own.pk}/edit/title/"
    page = page_of(client, address)
    assert "First aim\nSecond aim" in page
    assert client.post(address, content(revision=1)).url == f"/sessions/own/{own.pk}/edit/"
    own.refresh_from_db()
    assert (own.title, own.overview, own.area, own.aims) == ("A title", "What it is about", None, ["One", "Two"])


def test_minutes_add_up(world, sign_in, own):
    client, edit = sign_in(world.admin), f"/sessions/own/{own.pk}/edit/"
    assert "<strong>90 of 90 minutes</strong></p>" in page_of(client, edit)
    posted = {"minutes": "60", "label_note": "in pairs", "revision": 1}
    answer = client.post(f"/sessions/own/{own.pk}/parts/experience/", posted)
    assert answer.url == f"{edit}#experience"
    page = page_of(client, edit)
    assert "<strong>105 of 90 minutes</strong> · 15 more than usual, which is fine if you mean it</p>" in page
    assert "in pairs" in page


@pytest.mark.parametrize("minutes", ["0", "481", "half an hour"])
def test_wrong_minutes_are_shown_again(world, sign_in, own, minutes):
    answer = sign_in(world.admin).post(f"/sessions/own/{own.pk}/parts/experience/", {"minutes": minutes})
    assert is_refused(answer)
    assert f'value="{minutes}"' in answer.content.decode()
    assert own.blocks.get(kind="experience").minutes == 45


def test_what_was_taken_out_is_not_in_the_next_version(world, own):
    item = own.blocks.get(kind="introduction").items.first()
    own_sessions.set_removed(row=item, removed=True, by=world.admin)
    in_use(own, world.cohort)
    assert texts(own_sessions.next_version(session=own, by=world.admin)) == ["Who are we?", "What for?"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_for_editing_takes_the_same_queries(world, sign_in, own, django_assert_num_queries, number):
    for block in own.blocks.all()[:number]:
        BlockItemFactory(block=block, resource=ResourceFactory(), tool=ToolFactory())
    client = sign_in(world.admin)
    page_of(client, f"/sessions/own/{own.pk}/edit/")
    with django_assert_num_queries(10):
        page_of(client, f"/sessions/own/{own.pk}/edit/")


# --- versions ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("status", ["published", "closed"])
def test_a_version_that_a_cohort_works_with_stays_as_it_is(world, sign_in, own, status):
    now = timezone.now()
    in_use(own, CohortFactory(organisation=world.organisation, status=status, published_at=now))
    client, base = sign_in(world.admin), f"/sessions/own/{own.pk}"
    item = own.blocks.get(kind="introduction").items.first()
    page = page_of(client, own.get_absolute_url())
    assert "Make a new version to change it" in page
    assert "Edit this session" not in page
    for address in ("edit/", "edit/title/", "parts/experience/", "parts/experience/add/?id=" + str(uuid.uuid4()),
                    f"items/{item.pk}/", f"items/{item.pk}/remove/"):  # fmt: skip
        answer = client.get(f"{base}/{address}")
        assert (address, answer.status_code, answer.url) == (address, 302, own.get_absolute_url())
    for action in ("move", "remove", "put-back"):
        assert client.post(f"{base}/items/{item.pk}/{action}/").url == own.get_absolute_url()
    for address, posted in (("edit/title/", content(title="Kept")), ("parts/experience/", {"label_note": "Kept"})):
        answer = client.post(f"{base}/{address}", posted)
        assert is_refused(answer)
        assert "Make a new version to change it" in answer.content.decode()
        assert 'value="Kept"' in answer.content.decode()
    own.refresh_from_db()
    assert own.title != "Kept"
    assert texts(own) == ["Welcome", "Who are we?", "What for?"]


def test_the_next_version_is_made_once_and_offered_instead(world, sign_in, own, supplied):
    in_use(own, world.cohort)
    client = sign_in(world.ld_lead)
    assert "Version 2 begins as a copy of version 1" in page_of(client, f"/sessions/own/{own.pk}/version/")
    urls = [client.post(f"/sessions/own/{own.pk}/version/").url for _ in range(2)]
    newer = ProgrammeSession.objects.get(organisation=world.organisation, version=2)
    assert urls == [f"/sessions/own/{newer.pk}/edit/"] * 2
    assert (newer.copied_from, texts(newer)) == (supplied, texts(own))
    assert list(ProgrammeSession.objects.offered_to(world.organisation.pk)) == [supplied, newer]
    assert world.cohort.scheduled_sessions.get().session == own
    # The earlier one leads to it and cannot be edited.
    assert f'href="{newer.get_absolute_url()}">Read version 2</a>' in page_of(client, own.get_absolute_url())
    assert client.get(f"/sessions/own/{own.pk}/edit/").url == own.get_absolute_url()


def test_a_draft_cohorts_date_does_not_freeze(world, sign_in, own):
    in_use(own, CohortFactory(organisation=world.organisation, status="draft", published_at=None))
    page_of(sign_in(world.admin), f"/sessions/own/{own.pk}/edit/")


# --- to stop offering --------------------------------------------------------------------------------------
def test_a_session_is_no_longer_offered_and_offered_again(world, sign_in, supplied, own):
    client = sign_in(world.admin)
    assert "Cohorts that have it keep it" in page_of(client, f"/sessions/own/{own.pk}/retire/")
    assert client.post(f"/sessions/own/{own.pk}/retire/").url == own.get_absolute_url()
    assert list(ProgrammeSession.objects.offered_to(world.organisation.pk)) == [supplied]
    assert "Offer it again" in page_of(client, own.get_absolute_url())
    assert "adapted this session" not in page_of(client, "/sessions/4/")
    client.post(f"/sessions/own/{own.pk}/bring-back/")
    assert list(ProgrammeSession.objects.offered_to(world.organisation.pk)) == [supplied, own]


def test_what_is_supplied_is_nobodys_to_change(world, sign_in, supplied):
    for who in (world.admin, world.ld_lead):
        client = sign_in(who)
        for action in ("edit/", "edit/title/", "version/", "retire/", "parts/introduction/"):
            assert client.get(f"/sessions/own/{supplied.pk}/{action}").status_code == 403
            assert client.post(f"/sessions/own/{supplied.pk}/{action}").status_code == 403


def test_a_member_of_two_organisations_copies_into_the_one_at_hand(world, sign_in, supplied):
    MembershipFactory(user=world.ld_lead, organisation=world.other.organisation)
    client, answers = sign_in(world.ld_lead), []
    for organisation in (world.other.organisation, world.organisation):
        client.post(reverse("accounts:organisation_switch"), {"organisation": organisation.pk})
        answers.append(client.post("/sessions/4/copy/").status_code)
    assert answers == [403, 302]
    made = ProgrammeSession.objects.get(organisation__isnull=False)
    assert made.organisation == world.organisation
