"""Two people, or two windows, change the same: the later one sees both and chooses. Each needs no draft for that."""

import re

import pytest
from django.urls import reverse

from accounts.models import AuditEvent, WorkingCopy
from accounts.views import keeps_draft
from pathway.models import ParticipationNeed
from sessions_catalogue.services import own_sessions
from tests.factories.pathway import AreaFactory
from tests.factories.sessions_catalogue import (
    ProgrammeSessionFactory,
    ResourceFactory,
    SessionBlockFactory,
    ToolFactory,
)
from tests.integration.test_writing_drafts import draft_on, keep

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def session(world):
    row = ProgrammeSessionFactory(organisation=world.organisation, number=13)
    address = reverse("sessions_catalogue:own_session_content", args=[row.pk])
    return row, address, "overview", {"title": "Ours", "area": "", "aims": "An aim"}


def block(world):
    row = SessionBlockFactory(
        session=ProgrammeSessionFactory(organisation=world.organisation, number=13), kind="introduction"
    )
    address = reverse("sessions_catalogue:own_block", args=[row.session_id, row.kind])
    return row, address, "label_note", {"minutes": 20}


def item(world):
    block = SessionBlockFactory(
        session=ProgrammeSessionFactory(organisation=world.organisation, number=13), kind="introduction"
    )
    row = block.items.create(position=1, kind="task", text="As it was")
    address = reverse("sessions_catalogue:own_item", args=[block.session_id, row.pk])
    return row, address, "text", {"kind": "task", "resource": "", "tool": "", "extract": ""}


def resource(world):
    row = ResourceFactory(organisation=world.organisation)
    data = {"kind": "film", "title": "A film", "publisher": "", "address": "", "licence_note": ""}
    return row, reverse("sessions_catalogue:resource_edit", args=[row.pk]), "description", data


def tool(world):
    row = ToolFactory(organisation=world.organisation)
    address = reverse("sessions_catalogue:tool_edit", args=[row.pk])
    return row, address, "description", {"number": 40, "title": "A tool"}


FORMS = [session, block, item, resource, tool]
EACH_FORM = pytest.mark.parametrize("form", FORMS, ids=[form.__name__ for form in FORMS])


def hidden(response, name):
    """What a browser would send on."""
    (field,) = re.findall(f'<input type="hidden" name="{name}"[^>]*>', response.content.decode())
    value = re.search('value="([^"]*)"', field)
    return value[1] if value else ""


@EACH_FORM
def test_the_later_lead_sees_both_and_chooses(world, sign_in, form):
    row, page, field, data = form(world)
    first, second = sign_in(world.ld_lead), sign_in(world.admin)
    began = [hidden(client.get(page), "revision") for client in (first, second)]
    assert began == ["1", "1"]
    assert first.post(page, data | {field: "Words of the first", "revision": 1}).status_code == 302
    late = second.post(page, data | {field: "Words of the second", "revision": 1})
    body = late.content.decode()
    assert late.status_code == 409
    assert "This was saved somewhere else meanwhile" in body
    assert "Words of the <mark>first</mark>" in body
    assert "Words of the <mark>second</mark>" in body
    assert late.context["form"][field].value() == "Words of the second"
    row.refresh_from_db()
    assert (getattr(row, field), row.revision) == ("Words of the first", 2)
    # To leave it: without JavaScript nothing of theirs is kept, so the page itself has what is saved.
    assert f'href="{page}">Leave it as it is saved now' in body
    again = {"revision": hidden(late, "revision"), "draft_revision": hidden(late, "draft_revision")}
    assert second.post(page, data | again | {field: "Words of both"}).status_code == 302
    row.refresh_from_db()
    assert (getattr(row, field), row.revision) == ("Words of both", 3)


@EACH_FORM
def test_a_draft_says_what_was_saved_since_and_is_kept_beside_it(world, sign_in, form):
    row, page, field, data = form(world)
    first, second = sign_in(world.ld_lead), sign_in(world.admin)
    drafted = draft_on(second.get(page))
    assert (drafted.version, drafted.based_on) == (1, 1)
    mine = data | {field: "Words of the second", "revision": 1}
    revision = keep(second, world.admin, drafted, mine, page)
    WorkingCopy.objects.update(based_on=1)
    assert "Since then" not in second.get(page).content.decode()
    first.post(page, data | {field: "Words of the first", "revision": 1})
    opened = second.get(page)
    assert "Since then version 2 was saved. When you save, you see both." in opened.content.decode()
    assert hidden(opened, "revision") == "1"
    late = second.post(page, mine | {"draft_revision": revision})
    assert (late.status_code, WorkingCopy.objects.get().payload[field]) == (409, ["Words of the second"])
    assert (hidden(late, "revision"), hidden(late, "draft_based_on")) == ("2", "2")
    # To leave it is to throw away what is kept.
    assert f'href="{drafted.url}discard/">Leave it as it is saved now' in late.content.decode()
    kept = mine | {"revision": 2, "draft_revision": hidden(late, "draft_revision")}
    assert second.post(page, kept).status_code == 302
    row.refresh_from_db()
    assert (getattr(row, field), WorkingCopy.objects.exists()) == ("Words of the second", False)


@EACH_FORM
def test_the_same_words_twice_are_no_conflict_and_no_change(world, sign_in, form):
    row, page, field, data = form(world)
    client = sign_in(world.ld_lead)
    statuses = [client.post(page, data | {field: "Sent twice", "revision": 1}).status_code for _ in range(2)]
    row.refresh_from_db()
    changed = AuditEvent.objects.filter(verb__startswith="changed").count()
    assert (statuses, row.revision, changed) == ([302, 302], 2, 1)


@EACH_FORM
def test_a_page_from_before_counts_as_too_old(world, sign_in, form):
    row, page, field, data = form(world)
    for revision in ({}, {"revision": ""}, {"revision": "9" * 30}):
        answer = sign_in(world.ld_lead).post(page, data | {field: "Mine"} | revision)
        assert (answer.status_code, answer.context["form"][field].value()) == (409, "Mine")
    row.refresh_from_db()
    assert row.revision == 1


def test_what_was_chosen_is_compared_in_words(world, sign_in):
    row, page, field, data = session(world)
    area = AreaFactory(title="Ethics")
    data[field] = row.overview
    sign_in(world.ld_lead).post(page, data | {"area": area.pk, "revision": 1})
    late = sign_in(world.admin).post(page, data | {"title": "Theirs", "revision": 1})
    differ = {pair.label: pair for pair in late.context["form"].draft.differences}
    assert list(differ) == ["Title", "Which area of the standards does it serve?"]
    chosen = differ["Which area of the standards does it serve?"]
    theirs, mine = ("".join(part.text for part in parts) for parts in (chosen.theirs, chosen.mine))
    assert (theirs.endswith(": Ethics"), mine) == (True, "None: it is a general session")


def test_minutes_alone_are_compared_too(world, sign_in):
    row, page, field, _ = block(world)
    first, second = sign_in(world.ld_lead), sign_in(world.admin)
    assert first.post(page, {"minutes": 20, field: "in pairs", "revision": 1}).status_code == 302
    late = second.post(page, {"minutes": "", field: "in pairs", "revision": 1})
    (differs,) = late.context["form"].draft.differences
    told = [[part.text for part in parts] for parts in (differs.theirs, differs.mine)]
    assert (late.status_code, differs.label, told) == (409, "Minutes", [["20"], []])
    # What is wrong on the page that comes back is shown again, and still counts from what was seen.
    wrong = second.post(page, {"minutes": "some", field: "mine", "revision": hidden(late, "revision")})
    shown = [wrong.context["form"][name].value() for name in ("minutes", field)]
    assert (wrong.status_code, shown, hidden(wrong, "revision")) == (200, ["some", "mine"], "2")
    row.refresh_from_db()
    assert (row.minutes, row.label_note, row.revision) == (20, "in pairs", 2)


def test_too_long_to_compare_is_not_lost(world, sign_in):
    _, page, field, data = tool(world)
    sign_in(world.ld_lead).post(page, data | {field: "Theirs", "revision": 1})
    long = "word " * 210_000
    late = sign_in(world.admin).post(page, data | {field: long, "revision": 1})
    assert (late.status_code, late.context["form"][field].value()) == (409, long)
    assert "too long to compare" in late.content.decode()
    assert "only choices differ" not in late.content.decode()


def test_what_was_changed_and_taken_out_meanwhile_is_compared_too(world, sign_in):
    row, page, field, data = item(world)
    first, second = sign_in(world.ld_lead), sign_in(world.admin)
    drafted = draft_on(second.get(page))
    mine = data | {field: "Words of the second", "revision": 1}
    first.post(page, data | {field: "Words of the first", "revision": 1})
    own_sessions.set_removed(row=row, removed=True, by=world.ld_lead)
    revision = keep(second, world.admin, drafted, mine, page)
    assert second.get(page).context["form"][field].value() == "Words of the second"
    late = second.post(page, mine | {"draft_revision": revision})
    body = late.content.decode()
    assert late.status_code == 409
    assert "Words of the <mark>first</mark>" in body
    assert "Words of the <mark>second</mark>" in body
    assert second.post(page, mine | {"revision": 2, "draft_revision": revision}).status_code == 302
    row.refresh_from_db()
    assert (row.text, row.removed_at is None, WorkingCopy.objects.exists()) == ("Words of the second", False, False)


@EACH_FORM
def test_both_are_shown_where_no_draft_can_be_kept(world, sign_in, form, monkeypatch):
    row, page, field, data = form(world)
    sign_in(world.ld_lead).post(page, data | {field: "Words of the first", "revision": 1})
    monkeypatch.setattr(keeps_draft, "place_for", lambda *asked: None)
    client, mine = sign_in(world.admin), data | {field: "Words of the second", "revision": 1}
    late = client.post(page, mine)
    form = late.context["form"]
    told = f"{form.fields[field].label}: Words of the first"
    assert (late.status_code, form[field].value()) == (409, "Words of the second")
    assert list(form.non_field_errors()) == [keeps_draft.ALSO_SAVED, told]
    assert client.post(page, mine | {"revision": hidden(late, "revision")}).status_code == 302
    row.refresh_from_db()
    assert getattr(row, field) == "Words of the second"


def test_the_next_version_of_a_session_begins_anew(world):
    row, *_ = session(world)
    part = SessionBlockFactory(session=row, kind="introduction", minutes=15)
    own_sessions.change_block(block=part, minutes=20, label_note="", revision=1, by=world.admin)
    own_sessions.change_content(
        session=row, content=own_sessions.Content("Other", "Other", None, []), revision=1, by=world.admin
    )
    row.refresh_from_db()
    made = own_sessions.next_version(session=row, by=world.admin)
    assert (row.revision, made.title, made.revision) == (2, "Other", 1)
    assert list(made.blocks.values_list("minutes", "revision")) == [(20, 1)]


# --- what somebody needs ---------------------------------------------------------------------------------------
def test_what_one_needs_in_two_windows(world, sign_in):
    page, client = reverse("pathway:needs", args=[world.enrolment.pk]), sign_in(world.supervisor)
    assert hidden(client.get(page), "revision") == "0"
    client.post(page, {"text": "A room without steps", "revision": 0})
    late = client.post(page, {"text": "A room without noise", "revision": 0})
    body = late.content.decode()
    assert (late.status_code, hidden(late, "revision")) == (409, "1")
    assert "A room without <mark>steps</mark>" in body
    assert "A room without <mark>noise</mark>" in body
    # Taking back what was changed meanwhile is a change like any other.
    assert client.post(page, {"text": "", "revision": 0}).status_code == 409
    assert ParticipationNeed.objects.get().text == "A room without steps"
    began = {"id": hidden(late, "id"), "revision": 1}
    assert client.post(page, {"text": "A room without noise"} | began).status_code == 302
    row = ParticipationNeed.objects.get()
    assert (row.text, row.revision) == ("A room without noise", 2)
    began = {"id": row.pk, "revision": 2}
    assert client.post(page, {"text": ""} | began).status_code == 302
    late = client.post(page, {"text": "Captions"} | began)
    assert (late.status_code, hidden(late, "revision"), "Captions" in late.content.decode()) == (409, "0", True)
    assert client.post(page, {"text": "Captions", "id": hidden(late, "id"), "revision": 0}).status_code == 302
    assert ParticipationNeed.objects.get().text == "Captions"


def test_what_one_needs_taken_back_and_said_anew_is_not_what_an_old_window_began_from(world, sign_in):
    page, client = reverse("pathway:needs", args=[world.enrolment.pk]), sign_in(world.supervisor)

    def opened(response):
        return {name: hidden(response, name) for name in ("id", "revision")}

    client.post(page, {"text": "A room without steps", "revision": 0})
    old = opened(client.get(page))
    client.post(page, {"text": ""} | opened(client.get(page)))
    client.post(page, {"text": "A room without noise"} | opened(client.get(page)))
    assert (old["revision"], ParticipationNeed.objects.get().revision) == ("1", 1)
    for typed in ("A room without steps and stairs", ""):
        late = client.post(page, {"text": typed} | old)
        assert (late.status_code, late.context["form"]["text"].value()) == (409, typed)
        (differs,) = late.context["form"].draft.differences
        assert "".join(part.text for part in differs.theirs) == "A room without noise"
        assert ParticipationNeed.objects.get().text == "A room without noise"
    # Having seen both, one may choose.
    assert client.post(page, {"text": "A room without steps and stairs"} | opened(late)).status_code == 302
    row = ParticipationNeed.objects.get()
    assert (row.text, row.revision) == ("A room without steps and stairs", 2)


def test_a_draft_of_what_one_needs_says_what_was_saved_since(world, sign_in):
    page, client = reverse("pathway:needs", args=[world.enrolment.pk]), sign_in(world.supervisor)
    drafted = draft_on(client.get(page))
    assert (drafted.version, drafted.based_on) == (0, 0)
    keep(client, world.supervisor, drafted, {"text": "Captions", "revision": 0}, page)
    ParticipationNeed.objects.create(organisation=world.organisation, enrolment=world.enrolment, text="Steps")
    body = client.get(page).content.decode()
    assert "Since then version 1 was saved. When you save, you see both." in body
