"""What an L&D lead types about sessions, material and suggestions, and anybody about what they need, is kept."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, WorkingCopy
from pathway.services.cohorts import close_cohort
from sessions_catalogue.models import Suggestion
from tests.factories.sessions_catalogue import (
    ProgrammeSessionFactory,
    ResourceFactory,
    SessionBlockFactory,
    ToolFactory,
)
from tests.factories.voices import SuggestionFactory
from tests.integration.portfolio.test_comments import keep as keep_there
from tests.integration.test_writing_drafts import FREE, draft_on, keep, new

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

CONTENT = {"title": "Ours", "overview": "About it"}
ITEM = {"kind": "task", "text": "Do it"}


def own(world):
    return ProgrammeSessionFactory(organisation=world.organisation, number=13)


def session_new(world):
    address = new("sessions_catalogue:own_session_new")
    return address, "overview", CONTENT | {"id": FREE}


def session(world):
    return (
        reverse("sessions_catalogue:own_session_content", args=[own(world).pk]),
        "overview",
        CONTENT | {"revision": 1},
    )


def block(world):
    row = SessionBlockFactory(session=own(world), kind="introduction")
    address = reverse("sessions_catalogue:own_block", args=[row.session_id, row.kind])
    return address, "label_note", {"revision": 1, "minutes": 20}


def item_new(world):
    block = SessionBlockFactory(session=own(world), kind="introduction")
    return new("sessions_catalogue:own_item_new", block.session_id, block.kind), "text", ITEM | {"id": FREE}


def item(world):
    block = SessionBlockFactory(session=own(world), kind="introduction")
    row = block.items.create(position=1, kind="task", text="As it was")
    return reverse("sessions_catalogue:own_item", args=[block.session_id, row.pk]), "text", ITEM | {"revision": 1}


def resource_new(world):
    data = {"id": FREE, "kind": "film", "title": "A film"}
    return new("sessions_catalogue:resource_new"), "description", data


def resource(world):
    row = ResourceFactory(organisation=world.organisation)
    address = reverse("sessions_catalogue:resource_edit", args=[row.pk])
    return address, "description", {"revision": 1, "kind": "film", "title": "A film"}


def tool_new(world):
    return new("sessions_catalogue:tool_new"), "description", {"id": FREE, "number": 40, "title": "A tool"}


def tool(world):
    row = ToolFactory(organisation=world.organisation)
    address = reverse("sessions_catalogue:tool_edit", args=[row.pk])
    return address, "description", {"revision": 1, "number": 40, "title": "A tool"}


def suggestion(world):
    row = SuggestionFactory(organisation=world.organisation)
    return reverse("sessions_catalogue:suggestion", args=[row.pk]), "answer", {"revision": 1, "status": "considered"}


NEW = [session_new, item_new, resource_new, tool_new]
FORMS = [*NEW, session, block, item, resource, tool, suggestion]
EACH_FORM = pytest.mark.parametrize("form", FORMS, ids=[form.__name__ for form in FORMS])


@EACH_FORM
def test_what_is_typed_comes_back_and_is_let_go_of_when_saved(world, sign_in, form):
    page, field, data = form(world)
    client = sign_in(world.ld_lead)
    revision = keep(client, world.ld_lead, draft_on(client.get(page)), data | {field: "Half a thought"}, page)
    again = client.get(page)
    assert again.context["form"][field].value() == "Half a thought"
    assert "You have unsaved changes from" in again.content.decode()
    assert client.post(page, data | {field: "Of this window"}).status_code == 409
    saved = client.post(page, data | {field: "A whole thought", "draft_revision": revision})
    assert (saved.status_code, WorkingCopy.objects.exists()) == (302, False)


@EACH_FORM
def test_the_button_without_javascript_leads_back_to_the_words(world, sign_in, form):
    page, field, data = form(world)
    client = sign_in(world.ld_lead)
    answer = client.post(draft_on(client.get(page)).url, data | {field: "Half", "draft_page": page})
    assert (answer.status_code, answer.url) == (302, page)
    assert client.get(page).context["form"][field].value() == "Half"


@EACH_FORM
def test_who_may_not_save_there_keeps_nothing(world, sign_in, form):
    page, field, data = form(world)
    url = draft_on(sign_in(world.ld_lead).get(page)).url
    for person in (world.supervisor, world.mentor, world.outsider):
        assert sign_in(person).post(url, data | {field: "Theirs"}).status_code == 404
    # Anybody may begin something of their own organisation under a free id.
    elsewhere = sign_in(world.other.ld_lead).post(url, data | {field: "Theirs"}).status_code
    assert elsewhere == (302 if form in NEW else 404)
    Membership.objects.filter(user=world.ld_lead).update(ends_on=timezone.localdate())
    answer = sign_in(world.ld_lead).post(url, data | {field: "Not to be lost"})
    assert (answer.status_code, "Not to be lost" in answer.content.decode()) == (404, True)
    assert not WorkingCopy.objects.filter(organisation=world.organisation).exists()


@pytest.mark.parametrize("form", NEW)
def test_what_was_begun_is_offered_where_something_new_is_begun(world, sign_in, form):
    page, field, data = form(world)
    client = sign_in(world.ld_lead)
    keep(client, world.ld_lead, draft_on(client.get(page)), data | {field: "Begun on the train"}, page)
    elsewhere = client.get(page.replace(FREE, str(uuid.uuid4())))
    assert [one.url for one in draft_on(elsewhere).begun] == [page]


def test_what_is_supplied_is_nobodys_to_write_on(world, sign_in):
    client = sign_in(world.ld_lead)
    block = SessionBlockFactory(session=ProgrammeSessionFactory(number=4), kind="introduction")
    row = block.items.create(position=1, kind="task", text="Supplied")
    supplied = [
        ("session_content", block.session_id), ("session_block", block.pk), ("session_item", row.pk),
        ("tool", ToolFactory().pk), ("resource", ResourceFactory().pk),
    ]  # fmt: skip
    for form, target in supplied:
        assert keep_there(client, world.ld_lead, form, target, text="x").status_code == 404


def test_an_answer_saved_by_another_lead_meanwhile_is_shown(world, sign_in):
    page, _, data = suggestion(world)
    client = sign_in(world.ld_lead)
    revision = keep(client, world.ld_lead, draft_on(client.get(page)), data | {"answer": "Mine"}, page)
    Suggestion.objects.update(answer="Theirs", revision=2)
    answer = client.post(page, data | {"answer": "Mine", "draft_revision": revision})
    body = answer.content.decode()
    assert (answer.status_code, "Mine" in body, "Theirs" in body) == (409, True, True)
    assert WorkingCopy.objects.get().payload["answer"] == ["Mine"]


def test_a_suggestion_itself_is_not_kept_since_it_may_have_no_author(world, sign_in):
    page = sign_in(world.supervisor).get(new("sessions_catalogue:suggestion_new"))
    assert "data-draft" not in page.content.decode()


def test_what_somebody_needs_goes_with_the_cohort_typed_or_saved(world, sign_in):
    client, page = sign_in(world.supervisor), reverse("pathway:needs", args=[world.enrolment.pk])
    drafted = draft_on(client.get(page))
    keep(client, world.supervisor, drafted, {"text": "A room without"}, page)
    close_cohort(cohort=world.cohort, by=world.ld_lead)
    assert not WorkingCopy.objects.exists()
    assert client.post(drafted.url, {"text": "A room without"}).status_code == 404
