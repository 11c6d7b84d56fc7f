"""Each form for a long text keeps what is typed, comes back with it, and lets go of it once it is saved for good."""

import datetime as dt
import json
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.drafts import as_posted
from accounts.models import WorkingCopy
from accounts.services.working_copies import save_copy
from observations.drafts import OBSERVATION
from portfolio.drafts.self_assessment import SELF_ASSESSMENT, target_of
from portfolio.models import Action, Note, SelfAssessment
from sessions_catalogue.models import Worksheet
from tests.factories.observations import draft, released
from tests.factories.portfolio import ActionFactory, NoteFactory
from tests.factories.sessions_catalogue import BlockItemFactory, ProgrammeSessionFactory, SessionBlockFactory
from tests.factories.workspace import WorksheetFactory, WorksheetTemplateFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

FREE = "2f1c6d0e-5b7a-4c1d-9e3f-8a6b4c2d0e1f"
WATCHED = {"kind": "formative", "mode": "in_person"}


def new(address, *args):
    return f"{reverse(address, args=args)}?id={FREE}"


def observation_new(world):
    address = new("observations:observation_record", world.enrolment.pk)
    return world.mentor, address, address, "noticed", WATCHED | {"id": FREE, "version": 0}


def observation(world):
    row = draft(world.enrolment)
    address = reverse("observations:observation_edit", args=[row.pk])
    return world.mentor, address, address, "noticed", WATCHED | {"version": 1}


def reflection_on_observation(world):
    row = released(world.enrolment)
    post = reverse("observations:observation_reflect", args=[row.pk])
    return world.supervisor, row.get_absolute_url(), post, "reflection", {}


def session_note(world):
    block = SessionBlockFactory(session=ProgrammeSessionFactory(number=4), kind="introduction")
    post = reverse("sessions_catalogue:workspace_item", args=[BlockItemFactory(block=block).pk])
    return world.supervisor, "/sessions/4/workspace/", post, "text", {"revision": 0}


def worksheet_new(world):
    address = new("sessions_catalogue:worksheet_new", WorksheetTemplateFactory(key="a-sheet").key)
    return world.supervisor, address, address, "noticed", {"id": FREE, "revision": 0, "sheet_key": "a-sheet"}


def worksheet(world):
    row = WorksheetFactory(enrolment=world.enrolment)
    address = reverse("sessions_catalogue:worksheet_edit", args=[row.pk])
    return world.supervisor, address, address, "noticed", {"revision": 1, "sheet_key": row.template.key}


def note_of_session(world):
    ProgrammeSessionFactory(number=4)
    address = f"/sessions/4/last-fifteen-minutes/?choice=plan&id={FREE}"
    return world.supervisor, address, address, "text", {"id": FREE}


def action_of_session(world):
    ProgrammeSessionFactory(number=4)
    address = f"/sessions/4/last-fifteen-minutes/?choice=action&id={FREE}"
    return world.supervisor, address, address, "text", {"id": FREE}


def note(world):
    address = reverse("portfolio:note_edit", args=[NoteFactory(enrolment=world.enrolment).pk])
    return world.supervisor, address, address, "text", {"revision": 1}


def action_new(world):
    return world.supervisor, new("portfolio:action_new"), new("portfolio:action_new"), "text", {"id": FREE}


def action(world):
    address = reverse("portfolio:action_edit", args=[ActionFactory(enrolment=world.enrolment).pk])
    return world.supervisor, address, address, "text", {"revision": 1}


def action_done(world):
    address = reverse("portfolio:action", args=[ActionFactory(enrolment=world.enrolment).pk])
    today = timezone.localdate()
    day = {"done_on_day": today.day, "done_on_month": today.month, "done_on_year": today.year}
    return world.supervisor, address, address, "how_it_went", {"revision": 1, **day}


def follow_up(world):
    ProgrammeSessionFactory(number=4)
    return world.supervisor, "/sessions/4/follow-up/", "/sessions/4/follow-up/", "text", {"revision": 0}


def self_assessment(world):
    address = reverse("portfolio:self_assessment_edit", args=[world.enrolment.pk, "start"])
    return world.supervisor, address, address, "why_1", {"revision": 0}


def mentor_view(world):
    address = reverse("portfolio:mentor_view", args=[world.enrolment.pk, "start"])
    return world.mentor, address, address, "why_1", {"revision": 0}


def needs(world):
    address = reverse("pathway:needs", args=[world.enrolment.pk])
    return world.supervisor, address, address, "text", {}


FORMS = [
    observation_new, observation, reflection_on_observation, session_note, worksheet_new, worksheet, note_of_session,
    action_of_session, note, action_new, action, action_done, follow_up, self_assessment, mentor_view, needs,
]  # fmt: skip
EACH_FORM = pytest.mark.parametrize("form", FORMS, ids=[form.__name__ for form in FORMS])


@pytest.fixture
def area(world):
    from tests.factories.pathway import AreaFactory  # noqa: PLC0415 -- one of the factories of an app below

    return AreaFactory(standard=world.cohort.programme.standard, number=1, title="Values")


def draft_on(response):
    """The draft of the one form of a page."""
    if "blocks" in response.context:
        return response.context["blocks"][0]["lines"][0].form.draft
    return response.context["form"].draft


def keep(client, person, drafted, data, page):
    payload = {name: [str(value)] for name, value in data.items()}
    sent = {"payload": payload, "revision": drafted.revision, "based_on": 0, "author": str(person.pk), "page": page}
    return client.post(drafted.url, json.dumps(sent), content_type="application/json").json()["revision"]


@EACH_FORM
def test_what_is_typed_comes_back_and_is_let_go_of_when_saved(world, sign_in, area, form):
    person, page, address, field, data = form(world)
    client = sign_in(person)
    revision = keep(client, person, draft_on(client.get(page)), data | {field: "Half a thought"}, page)
    again = client.get(page)
    assert "Half a thought" in again.content.decode()
    assert "You have unsaved changes from" in again.content.decode()
    assert draft_on(again).revision == revision
    saved = client.post(address, data | {field: "A whole thought", "draft_revision": revision})
    assert (saved.status_code, WorkingCopy.objects.exists()) == (302, False)


@EACH_FORM
def test_what_another_window_keeps_is_shown_before_anything_is_saved(world, sign_in, area, form):
    person, page, address, field, data = form(world)
    client = sign_in(person)
    keep(client, person, draft_on(client.get(page)), data | {field: "Of the other window"}, page)
    refused = client.post(address, data | {field: "Of this window"})
    words = refused.content.decode()
    assert refused.status_code == 409
    assert "Of <mark>the other</mark> window" in words
    assert "Of <mark>this</mark> window" in words
    copy = WorkingCopy.objects.get()
    assert copy.payload[field] == ["Of the other window"]
    assert client.post(address, data | {field: "Of both", "draft_revision": copy.revision}).status_code == 302


@EACH_FORM
def test_the_button_without_javascript_leads_back_to_the_words(world, sign_in, area, form):
    person, page, _, field, data = form(world)
    client = sign_in(person)
    answer = client.post(draft_on(client.get(page)).url, data | {field: "Half", "draft_page": page})
    assert (answer.status_code, answer.url.partition("#")[0]) == (302, page)
    assert "Half" in client.get(answer.url).content.decode()


@EACH_FORM
def test_what_has_ended_gives_the_words_back(world, sign_in, area, form):
    person, page, _, field, data = form(world)
    client = sign_in(person)
    url = draft_on(client.get(page)).url
    world.enrolment.mentorings.update(ends_on=timezone.localdate() - dt.timedelta(days=1))
    world.enrolment.__class__.objects.filter(pk=world.enrolment.pk).update(supervisor=world.outsider)
    answer = client.post(url, data | {field: "Not to be lost"})
    assert (answer.status_code, "Not to be lost" in answer.content.decode()) == (404, True)
    assert client.post(url, "{}", content_type="application/json").status_code == 404
    assert not WorkingCopy.objects.exists()


def as_it_begins(form):
    """What a page sends of a form that nobody has touched."""
    return as_posted({name: form[name].value() for name in form.fields if name != "attachments"})


def begin_as_new(address):
    return lambda world: (world.supervisor, new(address), new(address), None, None)


NEW_ONES = {
    "note": note_of_session,
    "action": action_new,
    "worksheet": worksheet_new,
    "observation": observation_new,
    "evidence": begin_as_new("portfolio:evidence_new"),
    "objective": begin_as_new("portfolio:objective_new"),
    "cpd": begin_as_new("portfolio:cpd_new"),
    "self_assessment": self_assessment,
    "follow_up": follow_up,
}


@pytest.mark.parametrize("form", NEW_ONES.values(), ids=list(NEW_ONES))
def test_nothing_is_kept_before_there_are_words(world, sign_in, area, form):
    person, page, *_ = form(world)
    client = sign_in(person)
    opened = client.get(page)
    drafted, payload = draft_on(opened), as_it_begins(opened.context["form"])
    sent = {"payload": payload, "revision": 0, "based_on": 0, "author": str(person.pk), "page": page}
    answer = client.post(drafted.url, json.dumps(sent), content_type="application/json")
    assert (answer.status_code, answer.json()) == (200, {"revision": 0, "time": ""})
    assert not WorkingCopy.objects.exists()
    # Who presses "Save draft" finds their choices again.
    assert (client.post(drafted.url, payload).status_code, WorkingCopy.objects.count()) == (302, 1)


def test_levels_are_kept_without_words(world, sign_in, area):
    person, page, *_ = self_assessment(world)
    client = sign_in(person)
    assert keep(client, person, draft_on(client.get(page)), {"level_1": "2", "why_1": ""}, page) > 0
    assert WorkingCopy.objects.get().payload == {"level_1": ["2"], "why_1": [""]}


def test_what_was_kept_without_words_is_not_offered(world, sign_in, area):
    person, page, _, field, data = action_new(world)
    client = sign_in(person)
    revision = keep(client, person, draft_on(client.get(page)), data | {field: "Words"}, page)
    elsewhere = page.replace(FREE, str(uuid.uuid4()))
    assert [one.words for one in draft_on(client.get(elsewhere)).begun] == ["Words"]
    drafted = draft_on(client.get(page))
    assert drafted.revision == revision
    keep(client, person, drafted, data | {field: ""}, page)
    assert WorkingCopy.objects.get().payload[field] == [""]
    assert list(draft_on(client.get(elsewhere)).begun) == []


@pytest.mark.parametrize("form", [note_of_session, action_new, worksheet_new, observation_new])
def test_what_was_begun_is_offered_where_something_new_is_begun(world, sign_in, area, form):
    person, page, _, field, data = form(world)
    client = sign_in(person)
    keep(client, person, draft_on(client.get(page)), data | {field: "Begun on the train"}, page)
    elsewhere = client.get(page.replace(FREE, str(uuid.uuid4())))
    begun = [(one.words, one.url) for one in draft_on(elsewhere).begun]
    assert [url for _, url in begun] == [page]
    assert "Begun" in elsewhere.content.decode()


def test_what_was_done_meanwhile_is_not_written_on(world, sign_in, area):
    person, page, *_ = self_assessment(world)
    url = draft_on(sign_in(person).get(page)).url
    done = {"status": "done", "done_at": timezone.now(), "done_by": person, "words": ["a", "b", "c"]}
    SelfAssessment.objects.create(
        enrolment=world.enrolment, organisation=world.organisation, point="start", revision=1, **done
    )
    assert str(target_of(SELF_ASSESSMENT, world.enrolment.pk, "start")) in url
    assert sign_in(person).post(url, {"why_1": "Later"}).status_code == 404


def test_an_observation_with_unsaved_words_is_not_released(world, sign_in, area):
    row = draft(world.enrolment)
    save_copy(
        author=world.mentor, organisation_id=row.organisation_id, form=OBSERVATION, target_id=row.pk,
        payload={"noticed": ["More"]}, revision=0, based_on=1,
    )  # fmt: skip
    response = sign_in(world.mentor).post(reverse("observations:observation_release", args=[row.pk]), {"version": 1})
    row.refresh_from_db()
    assert (response.status_code, row.is_released) == (200, False)
    assert "You have typed something since that is not saved" in response.content.decode()


def test_a_worksheet_about_oneself_takes_its_draft_along(world, sign_in):
    row = WorksheetFactory(enrolment=world.enrolment, template=WorksheetTemplateFactory(is_personal=True))
    client = sign_in(world.supervisor)
    page = reverse("sessions_catalogue:worksheet_edit", args=[row.pk])
    keep(client, world.supervisor, draft_on(client.get(page)), {"noticed": "Who I am"}, page)
    client.post(reverse("sessions_catalogue:worksheet_erase", args=[row.pk]))
    assert (Worksheet.objects.exists(), WorkingCopy.objects.exists()) == (False, False)


def test_put_away_is_not_written_on_and_keeps_its_draft(world, sign_in, area):
    client = sign_in(world.supervisor)
    for form, kind in ((note, Note), (action, Action)):
        _, page, _, field, data = form(world)
        drafted = draft_on(client.get(page))
        keep(client, world.supervisor, drafted, data | {field: "Half"}, page)
        kind.objects.update(discarded_at=timezone.now())
        assert client.post(drafted.url, data | {field: "More"}).status_code == 404
        kind.objects.update(discarded_at=None)
        assert "Half" in client.get(page).content.decode()
