"""Evidence that begins from a text of one's own, and from nobody else's."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from portfolio.models import Evidence
from sessions_catalogue.models import Worksheet, WorksheetTemplate, WorkspaceEntry
from tests.factories.pathway import EnrolmentFactory, MentoringFactory
from tests.factories.portfolio import NoteFactory
from tests.factories.sessions_catalogue import BlockItemFactory, ProgrammeSessionFactory, SessionBlockFactory

NEW = reverse("portfolio:evidence_new")


@pytest.fixture
def session(areas):
    return ProgrammeSessionFactory(number=4, title="Ethics and values", area=areas[0])


def entry_of(enrolment, session, **fields):
    item = BlockItemFactory(block=SessionBlockFactory(session=session), text="What guides you?")
    common = {"organisation": enrolment.organisation, "enrolment": enrolment, "session": session}
    return WorkspaceEntry.objects.create(**common, **({"item": item, "text": "My answer"} | fields))


def sheet_of(enrolment, *, is_personal=False, **fields):
    template = WorksheetTemplate.objects.create(
        key=uuid.uuid4(), title="A worksheet", text="", session_number=4, is_personal=is_personal,
        fields=[{"key": "a", "label": "Where are you?", "kind": "long"}, {"key": "b", "label": "Else", "kind": "long"}],
    )  # fmt: skip
    common = {"organisation": enrolment.organisation, "enrolment": enrolment, "template": template}
    return Worksheet.objects.create(**common, answers={"a": "Here", "b": ""}, about="Worker B", **fields)


def begun(client, named):
    return client.get(NEW, {"from": named}, follow=True)


def filled(response):
    form = response.context["form"]
    return tuple(form[name].value() for name in ("title", "body", "areas"))


def test_from_an_entry(world, sign_in, session, areas, posted):
    entry = entry_of(world.enrolment, session)
    client = sign_in(world.supervisor)
    for named in (f"entry:{entry.pk}", str(entry.pk)):
        response = begun(client, named)
        assert filled(response) == ("What guides you?", "My answer", [str(areas[0].pk)])
        assert response.context["session"] == session
    address, data = response.redirect_chain[-1][0], posted(id=str(response.context["form"]["id"].value()))
    for _ in range(2):
        assert client.post(address, data).status_code == 302
    evidence = Evidence.objects.get()
    entry.refresh_from_db()
    assert (evidence.session, evidence.body, entry.evidence_id) == (session, data["body"], evidence.pk)
    assert entry.text == "My answer"
    assert client.get(NEW, {"from": f"entry:{entry.pk}"}).url == evidence.get_absolute_url()


def test_from_the_follow_up(world, sign_in, session):
    entry = entry_of(world.enrolment, session, item=None, text="It went well")
    assert filled(begun(sign_in(world.supervisor), f"entry:{entry.pk}"))[:2] == (
        "Follow-up of session 4",
        "It went well",
    )


def test_from_a_worksheet(world, sign_in, session, areas, posted):
    sheet = sheet_of(world.enrolment)
    client = sign_in(world.supervisor)
    response = begun(client, f"worksheet:{sheet.pk}")
    assert filled(response) == ("A worksheet, Worker B", "Where are you?\nHere", [str(areas[0].pk)])
    client.post(response.redirect_chain[-1][0], posted())
    sheet.refresh_from_db()
    assert sheet.evidence_id == Evidence.objects.get().pk


def test_what_was_written_is_kept_though_the_text_it_began_from_is_gone(world, sign_in, session, areas, posted):
    sheet = sheet_of(world.enrolment)
    client = sign_in(world.supervisor)
    response = begun(client, str(sheet.pk))
    address, data = response.redirect_chain[-1][0], posted(id=str(response.context["form"]["id"].value()))
    Worksheet.objects.update(discarded_at=timezone.now())
    assert client.post(address, data).status_code == 302
    assert Evidence.objects.get().body == data["body"]


def test_from_a_note(world, sign_in, session, areas, posted):
    note = NoteFactory(enrolment=world.enrolment, session=session, area=areas[2], text="Fresh")
    client = sign_in(world.supervisor)
    response = begun(client, f"note:{note.pk}")
    assert filled(response) == ("From session 4, Ethics and values", "Fresh", [str(areas[2].pk)])
    client.post(response.redirect_chain[-1][0], posted())
    note.refresh_from_db()
    # It still waits for the text that it was kept for.
    assert (Evidence.objects.get().session, note.used_at, note.discarded_at) == (session, None, None)


def test_what_is_about_who_somebody_is_never_becomes_evidence(world, sign_in, session):
    personal = sheet_of(world.enrolment, is_personal=True)
    client = sign_in(world.supervisor)
    for named in (f"worksheet:{personal.pk}", str(personal.pk), f"entry:{personal.pk}"):
        assert begun(client, named).status_code == 404


def test_what_was_put_away_is_not_begun_from(world, sign_in):
    now = timezone.now()
    note, sheet = NoteFactory(enrolment=world.enrolment, discarded_at=now), sheet_of(world.enrolment, discarded_at=now)
    client = sign_in(world.supervisor)
    assert [begun(client, named).status_code for named in (f"note:{note.pk}", f"worksheet:{sheet.pk}")] == [404, 404]


@pytest.mark.parametrize("named", ["x", "entry:", "entry:x", "evidence:{pk}", "note:{pk}", ":", "entry:{pk}"])
def test_what_is_no_text_of_ones_own_is_not_found(world, sign_in, named):
    assert begun(sign_in(world.supervisor), named.format(pk=uuid.uuid4())).status_code == 404


def test_somebody_elses_text_is_not_found_even_when_it_is_opened(world, sign_in, session):
    """The mentor reads what was opened to them, but has none of it to write from."""
    supervisor, mentee = world.supervisor, EnrolmentFactory(cohort=world.cohort)
    MentoringFactory(enrolment=mentee, mentor=supervisor)
    opened = {"shared_with": supervisor, "shared_at": timezone.now()}
    rows = {
        "entry": entry_of(mentee, session, text="CANARY", shared_text="CANARY", **opened),
        "worksheet": sheet_of(mentee, **opened),
        "note": NoteFactory(enrolment=mentee, text="CANARY"),
    }
    assert WorkspaceEntry.objects.visible_to(supervisor).get() == rows["entry"]
    client = sign_in(supervisor)
    for kind, row in rows.items():
        for named in (f"{kind}:{row.pk}", str(row.pk)):
            response = begun(client, named)
            assert (response.status_code, "CANARY" in response.content.decode()) == (404, False)


@pytest.mark.parametrize("named", ["4", "0004"])
def test_a_session_by_its_number(world, sign_in, session, named):
    assert sign_in(world.supervisor).get(NEW, {"session": named}, follow=True).context["session"] == session


@pytest.mark.parametrize("named", ["99", "44444", "-1", "x", "5d3c9a4e-7f0b-4c55-9a31-0c2f4b6d8e10"])
def test_a_session_that_is_not_there(world, sign_in, session, named):
    assert sign_in(world.supervisor).get(NEW, {"session": named}, follow=True).status_code == 404
