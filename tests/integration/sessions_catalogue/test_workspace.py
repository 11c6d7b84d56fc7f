"""The workspace of a session: each note saved by itself, its writer's alone."""

import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from pathway.models import Cohort, Mentoring
from sessions_catalogue.models import WorkspaceEntry
from tests.factories.pathway import CohortFactory, EnrolmentFactory, MentoringFactory
from tests.factories.sessions_catalogue import (
    BlockItemFactory,
    ProgrammeSessionFactory,
    ResourceFactory,
    SessionBlockFactory,
    ToolFactory,
)
from tests.factories.workspace import WorksheetFactory, WorksheetTemplateFactory, WorkspaceEntryFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

OTHERS = ("mentor", "line_manager", "ld_lead", "admin", "panel_member", "senior_leader", "outsider")
PAGE = "/sessions/4/workspace/"


@pytest.fixture
def session(db):
    return ProgrammeSessionFactory(number=4, title="Ethics")


@pytest.fixture
def question(session):
    return BlockItemFactory(block=SessionBlockFactory(session=session, kind="introduction"), text="What guides you?")


@pytest.fixture
def film(session):
    block = SessionBlockFactory(session=session, kind="experience")
    return BlockItemFactory(block=block, kind="film", text="Watch it.", resource=ResourceFactory())


def post_url(item):
    return reverse("sessions_catalogue:workspace_item", args=[item.pk])


def text_of(answer):
    return answer.content.decode()


def test_a_note_is_saved_and_one_is_led_back_to_its_place(world, sign_in, question):
    client = sign_in(world.supervisor)
    answer = client.post(post_url(question), {"revision": 0, "text": " Fairness\r\n"})
    assert (answer.status_code, answer.url) == (302, f"{PAGE}#item-{question.pk}")
    entry = WorkspaceEntry.objects.get()
    assert (entry.text, entry.ticked_on, entry.enrolment, entry.item) == (
        " Fairness\n",
        None,
        world.enrolment,
        question,
    )
    page = text_of(client.get(PAGE))
    assert f'id="item-{question.pk}"' in page
    assert '<div class="pp-text"><p>Fairness</p>' in page
    assert page.count(">Only you</strong>") == 1
    assert client.get(post_url(question)).url == f"{PAGE}#item-{question.pk}"


def test_a_film_is_ticked_once_and_keeps_its_day(world, sign_in, film):
    client = sign_in(world.supervisor)
    client.post(post_url(film), {"revision": 0, "text": "", "done": "on"})
    day = timezone.localdate() - timezone.timedelta(days=3)
    WorkspaceEntry.objects.update(ticked_on=day)
    client.post(post_url(film), {"revision": 1, "text": "Moving", "done": "on"})
    assert WorkspaceEntry.objects.values_list("text", "ticked_on", "revision").get() == ("Moving", day, 2)
    client.post(post_url(film), {"revision": 2, "text": "Moving"})
    assert WorkspaceEntry.objects.get().ticked_on is None


def test_another_tab_is_shown_beside_what_was_typed(world, sign_in, film):
    client = sign_in(world.supervisor)
    for revision, text in enumerate(("First", "The other tab")):
        client.post(post_url(film), {"revision": revision, "text": text})
    answer = client.post(post_url(film), {"revision": 1, "text": "Mine", "done": "on"})
    page = text_of(answer)
    assert answer.status_code == 409
    assert (page.count("The other tab"), "Mine" in page) == (1, True)
    assert re.search(r'<textarea name="revision"[^>]*>\s*2</textarea>', page)
    assert WorkspaceEntry.objects.get().text == "The other tab"
    client.post(post_url(film), {"revision": 2, "text": "Mine", "done": "on"})
    assert WorkspaceEntry.objects.get().text == "Mine"


@pytest.mark.parametrize("data", [{"revision": 0, "text": "a\x00b"}, {"revision": "x", "text": "Typed"}])
def test_what_cannot_be_saved_comes_back_with_what_was_typed(world, sign_in, question, data):
    answer = sign_in(world.supervisor).post(post_url(question), data)
    page = text_of(answer)
    assert answer.status_code == 200
    assert "<title>\n      Error:" in page or "<title>Error:" in page
    assert '<details class="govuk-details govuk-!-margin-bottom-2" open>' in page
    assert WorkspaceEntry.objects.count() == 0


def test_the_end_and_the_follow_up_have_pages_of_their_own(world, sign_in, session):
    choice = BlockItemFactory(block=SessionBlockFactory(session=session, kind="evidence"), kind="evidence_choice")
    after = BlockItemFactory(block=SessionBlockFactory(session=session, kind="follow_up"), kind="follow_up")
    client = sign_in(world.supervisor)
    assert [client.post(post_url(item), {"revision": 0, "text": "x"}).status_code for item in (choice, after)] == [
        404
    ] * 2
    WorkspaceEntryFactory(enrolment=world.enrolment, session=session, item=None, text="It went well")
    assert text_of(client.get(PAGE)).count("It went well") == 1


def test_somebody_without_a_year_has_no_workspace(world, sign_in, question):
    for name in OTHERS:
        client = sign_in(getattr(world, name))
        addresses = (PAGE, f"{PAGE}print/", post_url(question), "/worksheets/")
        assert [client.get(address).status_code for address in addresses] == [404] * 4
        assert client.post(post_url(question), {"revision": 0, "text": "x"}).status_code == 404
    assert WorkspaceEntry.objects.count() == 0
    Cohort.objects.update(status=Cohort.Status.DRAFT)
    assert sign_in(world.supervisor).get(PAGE).status_code == 404


def test_a_mentor_who_attends_has_a_workspace_of_their_own(world, sign_in, question):
    EnrolmentFactory(cohort=world.cohort, supervisor=world.mentor, kind="programme_only", taking_part_as="mentor")
    WorkspaceEntryFactory(enrolment=world.enrolment, item=question, text="Not theirs")
    client = sign_in(world.mentor)
    client.post(post_url(question), {"revision": 0, "text": "Mine"})
    page = text_of(client.get(PAGE))
    assert ("Mine" in page, "Not theirs" in page) == (True, False)


def test_a_session_that_does_not_exist_is_not_found(world, sign_in, session):
    client = sign_in(world.supervisor)
    assert [client.get(f"/sessions/{number}/workspace/").status_code for number in (5, 0)] == [404, 404]


def test_an_own_session_is_worked_on_by_its_id(world, sign_in):
    own, foreign = (
        ProgrammeSessionFactory._meta.model.objects.create(
            series="own", number=4, organisation=organisation, slug="x", title="Our own", overview="o", day=1
        )
        for organisation in (world.organisation, world.other.organisation)
    )
    item = BlockItemFactory(block=SessionBlockFactory(session=own))
    client = sign_in(world.supervisor)
    page = reverse("sessions_catalogue:own_workspace", args=[own.pk])
    assert client.post(post_url(item), {"revision": 0, "text": "Here"}).url == f"{page}#item-{item.pk}"
    assert "Here" in text_of(client.get(page))
    assert "Here" in text_of(client.get(f"{page}print/"))
    assert client.get(reverse("sessions_catalogue:own_workspace", args=[foreign.pk])).status_code == 404


def test_notes_of_an_earlier_year_are_still_there(world, sign_in, question):
    WorkspaceEntryFactory(enrolment=world.enrolment, item=question, text="A year ago")
    type(world.enrolment).objects.update(ended_on=timezone.localdate())
    EnrolmentFactory(cohort=CohortFactory(organisation=world.organisation), supervisor=world.supervisor)
    page = text_of(sign_in(world.supervisor).get(PAGE))
    assert page.count("A year ago") == 1
    assert "What you wrote before" in page


def test_printing_shows_notes_and_no_forms(world, sign_in, question):
    WorkspaceEntryFactory(enrolment=world.enrolment, item=question, text="On paper")
    page = text_of(sign_in(world.supervisor).get(f"{PAGE}print/"))
    assert ("On paper" in page, "<textarea" in page) == (True, False)


def test_a_worksheet_stands_at_its_tool(world, sign_in, session):
    tool = ToolFactory()
    BlockItemFactory(block=SessionBlockFactory(session=session), kind="tool", tool=tool)
    WorksheetTemplateFactory(key="grow", title="GROW", tool=tool, session_number=8)
    WorksheetTemplateFactory(key="elsewhere", session_number=9)
    page = text_of(sign_in(world.supervisor).get(PAGE))
    assert ('href="#sheet-grow"' in page, 'id="sheet-grow"' in page, "elsewhere" in page) == (True, True, False)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_queries_for_any_number(world, sign_in, session, django_assert_num_queries, number):
    block = SessionBlockFactory(session=session)
    for _ in range(number):
        item = BlockItemFactory(block=block, kind="tool", tool=ToolFactory(), resource=ResourceFactory())
        WorksheetTemplateFactory(tool=item.tool)
        WorkspaceEntryFactory(enrolment=world.enrolment, item=item, shared_with=world.mentor)
    client = sign_in(world.supervisor)
    client.get(PAGE)
    with django_assert_num_queries(14):
        assert client.get(PAGE).status_code == 200


def test_every_supplied_session_has_its_page_and_its_workspace(world, sign_in):
    call_command("load_standards")
    call_command("load_catalogue")
    client = sign_in(world.supervisor)
    for number in range(1, 13):
        paths = (f"/sessions/{number}/", f"/sessions/{number}/workspace/", f"/sessions/{number}/workspace/print/")
        assert [client.get(path).status_code for path in paths] == [200] * 3


# --- opening a note to the mentor -------------------------------------------------------------------------------
def open_url(entry):
    return reverse("sessions_catalogue:workspace_open", args=[entry.pk])


def notes_url(enrolment):
    return reverse("sessions_catalogue:session_notes", args=[enrolment.pk])


def test_a_note_is_opened_to_the_mentor_by_name_and_closed_again(world, sign_in, question):
    entry = WorkspaceEntryFactory(enrolment=world.enrolment, item=question, text="Opened words")
    WorkspaceEntryFactory(enrolment=world.enrolment, item=BlockItemFactory(block=question.block), text="Private words")
    client, mentor = sign_in(world.supervisor), sign_in(world.mentor)
    assert "Opened words" not in text_of(mentor.get(notes_url(world.enrolment)))
    assert f"Open it to {world.mentor.name}, my mentor" in text_of(client.get(open_url(entry)))
    data = {"revision": 1, "to_mentor": "on", "nobody_recognisable": "on", "shown": world.mentor.pk}
    assert client.post(open_url(entry), data).url == f"{PAGE}#item-{question.pk}"
    page = text_of(mentor.get(notes_url(world.enrolment)))
    assert (page.count("Opened words"), "Private" in page) == (1, False)
    client.post(post_url(question), {"revision": 1, "text": "Later words"})
    page = text_of(mentor.get(notes_url(world.enrolment)))
    assert ("Opened words" in page, "Later words" in page) == (True, False)
    client.post(open_url(entry), {"revision": 2, "is_material": "on"})
    entry.refresh_from_db()
    assert (entry.shared_with, entry.shared_text, entry.is_material) == (None, "", True)
    assert "Nothing is open to you" in text_of(mentor.get(notes_url(world.enrolment)))


def test_the_tick_is_asked_for(world, sign_in, question):
    entry = WorkspaceEntryFactory(enrolment=world.enrolment, item=question)
    answer = sign_in(world.supervisor).post(open_url(entry), {"revision": 1, "to_mentor": "on"})
    assert answer.context["form"].errors == {
        "nobody_recognisable": ["Check that nobody can be recognised, then tick the box"]
    }
    entry.refresh_from_db()
    assert entry.shared_with is None


def test_a_newer_text_is_looked_at_first(world, sign_in, question):
    entry = WorkspaceEntryFactory(enrolment=world.enrolment, item=question, text="Newer", revision=5)
    data = {"revision": 1, "to_mentor": "on", "nobody_recognisable": "on", "shown": world.mentor.pk}
    answer = sign_in(world.supervisor).post(open_url(entry), data)
    assert (answer.status_code, answer.context["form"]["revision"].value()) == (409, "5")
    entry.refresh_from_db()
    assert entry.shared_with is None


def test_it_opens_to_the_mentor_that_the_page_named(world, sign_in, question):
    entry = WorkspaceEntryFactory(enrolment=world.enrolment, item=question)
    client = sign_in(world.supervisor)
    shown = client.get(open_url(entry)).context["form"]["shown"].value()
    today = timezone.localdate()
    Mentoring.objects.update(ends_on=today)
    new = MentoringFactory(enrolment=world.enrolment, starts_on=today).mentor
    for stranger in (shown, ""):
        data = {"revision": 1, "to_mentor": "on", "nobody_recognisable": "on", "shown": stranger}
        answer = client.post(open_url(entry), data)
        assert answer.context["form"].errors["__all__"] == ["Your mentor has changed. Look again who will read it"]
        assert f"Open it to {new.name}, my mentor" in text_of(answer)
    entry.refresh_from_db()
    assert entry.shared_with is None
    client.post(open_url(entry), data | {"shown": answer.context["form"]["shown"].value()})
    entry.refresh_from_db()
    assert entry.shared_with == new


def test_without_a_mentor_there_is_nobody_to_open_it_to(world, sign_in, question):
    Mentoring.objects.update(ends_on=timezone.localdate())
    entry = WorkspaceEntryFactory(enrolment=world.enrolment, item=question)
    client = sign_in(world.supervisor)
    answer = client.get(open_url(entry))
    assert list(answer.context["form"].fields) == ["revision", "is_material", "shown"]
    client.post(open_url(entry), {"revision": 1, "to_mentor": "on", "nobody_recognisable": "on"})
    entry.refresh_from_db()
    assert entry.shared_with is None


def test_nobody_else_opens_or_reads_a_note(world, sign_in, question):
    entry = WorkspaceEntryFactory(enrolment=world.enrolment, item=question, shared_with=world.mentor)
    statuses = {name: sign_in(getattr(world, name)).get(open_url(entry)).status_code for name in OTHERS}
    assert statuses == dict.fromkeys(OTHERS, 404) | {"mentor": 403}
    assert sign_in(world.other.supervisor).get(open_url(entry)).status_code == 404
    lists = {name: sign_in(getattr(world, name)).get(notes_url(world.enrolment)).status_code for name in OTHERS}
    assert lists == dict.fromkeys(OTHERS, 404) | {"mentor": 200}
    assert sign_in(world.supervisor).get(notes_url(world.enrolment)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_mentors_page_takes_the_same_queries_for_any_number(
    world, sign_in, question, django_assert_num_queries, number
):
    for _ in range(number):
        item = BlockItemFactory(block=question.block)
        WorkspaceEntryFactory(enrolment=world.enrolment, item=item, shared_with=world.mentor)
        WorksheetFactory(enrolment=world.enrolment, shared_with=world.mentor)
    client = sign_in(world.mentor)
    client.get(notes_url(world.enrolment))
    with django_assert_num_queries(10):
        assert client.get(notes_url(world.enrolment)).status_code == 200


# --- what nobody else may learn ---------------------------------------------------------------------------------
SECRET = "zebrafinch"
# Pages on which people look at somebody else's year, and lists of what happened.
LOOKED_AT = (
    "/", "/people/", "/people/{enrolment}/", "/cohorts/{cohort}/", "/cohorts/{cohort}/people/",
    "/people/{enrolment}/evidence/", "/people/{enrolment}/session-notes/", "/people/{enrolment}/export/",
    "/organisation/records/", "/organisation/records/?category=portfolio", "/notices/", "/exports/", "/sessions/4/",
)  # fmt: skip


def looked_at(world):
    return [address.format(enrolment=world.enrolment.pk, cohort=world.cohort.pk) for address in LOOKED_AT]


def plain(answer):
    """The page without what differs each time it is asked for."""
    return re.sub(r'(csrfmiddlewaretoken" value|name="id" value|nonce)="[^"]*"|id=[0-9a-f-]{36}', "", text_of(answer))


@pytest.mark.slow
def test_nothing_that_others_see_changes_by_what_somebody_writes_for_themselves(world, sign_in, question):
    """Not the words, not their number, not that there are any: each page is the same before and after."""
    former = world.mentor
    Mentoring.objects.update(ends_on=timezone.localdate())
    new = MentoringFactory(enrolment=world.enrolment, starts_on=timezone.localdate()).mentor
    film = BlockItemFactory(block=question.block, kind="film")
    personal = WorksheetTemplateFactory(key="personal", is_personal=True)
    readers = [*(getattr(world, name) for name in OTHERS), new]
    pages = {
        (reader.pk, address): plain(sign_in(reader).get(address)) for reader in readers for address in looked_at(world)
    }
    WorkspaceEntryFactory(enrolment=world.enrolment, item=question, text=SECRET, ticked_on=timezone.localdate())
    WorkspaceEntryFactory(enrolment=world.enrolment, item=None, session=question.block.session, text=SECRET)
    WorksheetFactory(enrolment=world.enrolment, about=SECRET, answers={"noticed": SECRET}, is_material=True)
    WorksheetFactory(enrolment=world.enrolment, template=personal, answers={"noticed": SECRET})
    sign_in(world.supervisor).post(post_url(film), {"revision": 0, "text": SECRET, "done": "on"})
    assert (WorkspaceEntry.objects.count(), AuditEvent.objects.filter(verb="saved a session note").count()) == (3, 1)
    for (pk, address), before in pages.items():
        reader = next(each for each in readers if each.pk == pk)
        assert (address, reader.name, plain(sign_in(reader).get(address)) == before) == (address, reader.name, True)
    assert former in readers
    assert [address for address, page in pages.items() if SECRET in page] == []


def test_a_former_mentor_and_a_new_one_read_nothing_of_what_was_opened_before(world, sign_in, question):
    entry = WorkspaceEntryFactory(enrolment=world.enrolment, item=question, text=SECRET, shared_with=world.mentor)
    sheet = WorksheetFactory(enrolment=world.enrolment, answers={"noticed": SECRET}, shared_with=world.mentor)
    assert text_of(sign_in(world.mentor).get(notes_url(world.enrolment))).count(SECRET) == 1
    assert SECRET in text_of(sign_in(world.mentor).get(sheet.get_absolute_url()))
    Mentoring.objects.update(ends_on=timezone.localdate())
    new = MentoringFactory(enrolment=world.enrolment, starts_on=timezone.localdate()).mentor
    assert sign_in(world.mentor).get(notes_url(world.enrolment)).status_code == 404
    assert "Nothing is open to you" in text_of(sign_in(new).get(notes_url(world.enrolment)))
    for reader in (world.mentor, new):
        client = sign_in(reader)
        assert [client.get(url).status_code for url in (sheet.get_absolute_url(), open_url(entry))] == [404, 404]
    own = text_of(sign_in(world.supervisor).get(PAGE))
    assert f"{world.mentor} is no longer your mentor." in own
    assert ">Only you</strong>" in own


def test_the_session_leads_to_the_workspace_of_those_who_have_one(world, sign_in, session):
    offered = {
        name: PAGE in text_of(sign_in(getattr(world, name)).get("/sessions/4/")) for name in ("supervisor", *OTHERS)
    }
    assert [name for name, is_offered in offered.items() if is_offered] == ["supervisor"]


def test_the_list_of_tools_names_their_worksheets(world, sign_in):
    WorksheetTemplateFactory(key="grow", tool=ToolFactory())
    ToolFactory()
    assert text_of(sign_in(world.ld_lead).get("/tools/")).count("/worksheets/grow/blank/") == 1
