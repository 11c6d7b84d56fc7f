"""The answer to a save was lost, and the writer went on before saving again: what they see is never dropped."""

import uuid

import pytest
from django.urls import reverse

from accounts.models import AuditEvent, WorkingCopy
from portfolio.models import Action
from sessions_catalogue.models import BlockItem, ProgrammeSession, Resource, Tool
from sessions_catalogue.services import own_sessions
from tests.factories.sessions_catalogue import ProgrammeSessionFactory, ScheduledSessionFactory, SessionBlockFactory
from tests.integration.test_saved_meanwhile import hidden
from tests.integration.test_writing_drafts import draft_on, keep

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TIMES = {"introduction": 15, "experience": 30, "reflection_analysis_planning": 30, "evidence": 15}


def session(world):
    data = {"title": "Ours", "area": "", "aims": "An aim", **TIMES}
    return ProgrammeSession.objects, reverse("sessions_catalogue:own_session_new"), "overview", data


def item(world):
    of = ProgrammeSessionFactory(organisation=world.organisation, number=13)
    SessionBlockFactory(session=of, kind="introduction")
    address = reverse("sessions_catalogue:own_item_new", args=[of.pk, "introduction"])
    return BlockItem.with_removed, address, "text", {"kind": "task", "resource": "", "tool": "", "extract": ""}


def resource(world):
    data = {"kind": "film", "title": "A film", "publisher": "", "address": "", "licence_note": ""}
    return Resource.objects, reverse("sessions_catalogue:resource_new"), "description", data


def tool(world):
    return Tool.objects, reverse("sessions_catalogue:tool_new"), "description", {"number": 40, "title": "A tool"}


FORMS = [session, item, resource, tool]
EACH_FORM = pytest.mark.parametrize("form", FORMS, ids=[form.__name__ for form in FORMS])


def opened(address, data):
    """The address that the new row will have, and what its form sends."""
    pk = str(uuid.uuid4())
    return pk, f"{address}?id={pk}", data | {"id": pk, "revision": ""}


@EACH_FORM
def test_other_words_from_the_same_form_are_shown_beside_what_is_saved(world, sign_in, form):
    rows, address, field, data = form(world)
    client = sign_in(world.ld_lead)
    pk, page, data = opened(address, data)
    drafted = draft_on(client.get(page))
    assert client.post(page, data | {field: "Words sent"}).status_code == 302
    more = data | {field: "Words added"}
    revision = keep(client, world.ld_lead, drafted, more, page)
    late = client.post(page, more | {"draft_revision": revision})
    assert (late.status_code, late.context["form"][field].value()) == (409, "Words added")
    assert [f"Words <mark>{word}</mark>" in late.content.decode() for word in ("sent", "added")] == [True, True]
    assert WorkingCopy.objects.get().payload[field] == ["Words added"]
    assert getattr(rows.get(pk=pk), field) == "Words sent"
    again = {"revision": hidden(late, "revision"), "draft_revision": hidden(late, "draft_revision")}
    assert client.post(page, more | again).status_code == 302
    row = rows.get(pk=pk)
    assert (getattr(row, field), row.revision, WorkingCopy.objects.exists()) == ("Words added", 2, False)


@EACH_FORM
def test_the_same_words_twice_are_one(world, sign_in, form):
    rows, address, field, data = form(world)
    client = sign_in(world.ld_lead)
    pk, page, data = opened(address, data)
    statuses = [client.post(page, data | {field: "Sent twice"}).status_code for _ in range(2)]
    told = AuditEvent.objects.filter(organisation=world.organisation, actor=world.ld_lead).count()
    assert (statuses, rows.get(pk=pk).revision, told) == ([302, 302], 1, 1)


@EACH_FORM
def test_what_a_colleague_changed_since_is_not_replaced(world, sign_in, form):
    rows, address, field, data = form(world)
    client = sign_in(world.ld_lead)
    pk, page, data = opened(address, data)
    client.post(page, data | {field: "First"})
    row = rows.get(pk=pk)
    setattr(row, field, "By a colleague")
    row.revision = 2
    row.save()
    for revision in ("", 0, 1):
        assert client.post(page, data | {field: "First", "revision": revision}).status_code == 409
    assert getattr(rows.get(pk=pk), field) == "By a colleague"


def test_minutes_are_compared_and_saved_too(world, sign_in):
    rows, address, field, data = session(world)
    client = sign_in(world.ld_lead)
    pk, page, data = opened(address, data | {field: "About"})
    client.post(page, data)
    late = client.post(page, data | {"experience": 45})
    told = [
        (pair.label, *("".join(part.text for part in parts) for parts in (pair.theirs, pair.mine)))
        for pair in late.context["form"].draft.differences
    ]
    assert (late.status_code, told) == (409, [("Experience", "30", "45")])
    assert client.post(page, data | {"experience": 45, "revision": hidden(late, "revision")}).status_code == 302
    kinds = dict(rows.get(pk=pk).blocks.values_list("kind", "minutes"))
    assert {kind: kinds[kind] for kind in TIMES} == TIMES | {"experience": 45}


def test_a_session_that_is_frozen_by_then_keeps_the_words_on_the_page(world, sign_in):
    rows, address, field, data = session(world)
    client = sign_in(world.ld_lead)
    pk, page, data = opened(address, data)
    client.post(page, data | {field: "One sentence"})
    ScheduledSessionFactory(cohort=world.cohort, session=rows.get(pk=pk))
    assert client.post(page, data | {field: "One sentence"}).status_code == 302
    late = client.post(page, data | {field: "One sentence more"})
    assert (late.status_code, late.context["form"][field].value()) == (200, "One sentence more")
    assert late.context["form"].non_field_errors() == [own_sessions.FROZEN]


def test_another_day_from_the_form_of_an_action_is_kept_as_a_second_one(world, sign_in):
    client = sign_in(world.supervisor)
    page = reverse("portfolio:action_new")
    _, page, data = opened(page, {"text": "Ask the team", "area": ""})
    for day in (1, 1, 2, 2):
        due = {"due_on_day": day, "due_on_month": 5, "due_on_year": 2027}
        assert client.post(page, data | due).status_code == 302
    assert sorted(str(row.due_on) for row in Action.objects.all()) == ["2027-05-01", "2027-05-02"]
