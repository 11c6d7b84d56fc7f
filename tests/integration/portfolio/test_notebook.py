"""The notebook: notes for the critical reflection, each saying where it came from."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from portfolio.models import Evidence, Note
from tests.factories.observations import ObservationFactory, reflected, released
from tests.factories.portfolio import EvidenceFactory, NoteFactory
from tests.factories.sessions_catalogue import BlockItemFactory, ProgrammeSessionFactory
from tests.factories.workspace import WorkspaceEntryFactory

NOTEBOOK = reverse("portfolio:notebook")
NEW = reverse("portfolio:note_new")


def origins(page):
    return [(row["origin"].words, row["origin"].url) for row in page.context["rows"]]


def texts(page):
    return [row["note"].text for row in page.context["rows"]]


def test_a_note_is_written_on_the_page_once(world, sign_in):
    client = sign_in(world.supervisor)
    page = client.get(NOTEBOOK, follow=True)
    assert "Nothing here yet" in page.content.decode()
    sent = {"id": str(page.context["form"].initial["id"]), "text": "A thought"}
    for _ in range(2):
        assert client.post(NOTEBOOK, sent).url == f"{NOTEBOOK}#note-{sent['id']}"
    note = Note.objects.get()
    assert (note.belongs_to, note.came_from, note.text) == ("reflection", "own", "A thought")
    assert texts(client.get(NOTEBOOK, follow=True)) == ["A thought"]
    assert client.get(f"{NOTEBOOK}?id={sent['id']}").url == f"{NOTEBOOK}#note-{sent['id']}"
    empty = client.post(NOTEBOOK, {"id": str(uuid.uuid4()), "text": " "})
    assert empty.context["form"].errors == {"text": ["Write a few words"]}


def test_each_says_where_it_came_from_with_the_way_back(world, sign_in):
    session = ProgrammeSessionFactory(number=4, title="Ethics")
    watched, piece = released(enrolment=world.enrolment), EvidenceFactory(enrolment=world.enrolment, title="A piece")
    hidden = ObservationFactory(enrolment=world.enrolment)
    client = sign_in(world.supervisor)
    for named in ("session:4", "follow_up:4", f"observation:{watched.pk}", f"evidence:{piece.pk}"):
        answer = client.post(f"{NEW}?from={named}", {"id": str(uuid.uuid4()), "text": named})
        assert answer.status_code == 302
    for row in (hidden, EvidenceFactory(enrolment=world.other.enrolment, title="CANARY")):
        kind = "observation" if row is hidden else "evidence"
        NoteFactory(enrolment=world.enrolment, came_from=kind, came_from_id=row.pk)
    NoteFactory(enrolment=world.enrolment, belongs_to=Note.For.PLAN, text="FOR THE PLAN")
    page = client.get(NOTEBOOK, follow=True)
    on = f"{watched.observed_on.day} {watched.observed_on:%B %Y}"
    assert origins(page) == [
        ("A piece of evidence that you can no longer open", ""),
        ("An observation that you can no longer open", ""),
        ("Your evidence “A piece”", piece.get_absolute_url()),
        (f"Your {watched.get_kind_display().lower()} on {on}", watched.get_absolute_url()),
        ("The follow-up of session 4, Ethics", reverse("portfolio:follow_up", args=[4])),
        ("Session 4, Ethics", session.get_absolute_url()),
    ]
    assert "CANARY" not in page.content.decode()
    assert "FOR THE PLAN" not in page.content.decode()


def test_only_what_one_may_read_oneself_sets_off_a_note(world, sign_in):
    hidden, foreign = ObservationFactory(enrolment=world.enrolment), EvidenceFactory(enrolment=world.other.enrolment)
    client = sign_in(world.supervisor)
    for named in (f"observation:{hidden.pk}", f"evidence:{foreign.pk}", "session:99", "session:x", "nonsense:4"):
        assert client.get(f"{NEW}?from={named}").status_code == 404
    # What was typed is kept all the same.
    client.post(f"{NEW}?from=evidence:{foreign.pk}", {"id": str(uuid.uuid4()), "text": "Mine"})
    note = Note.objects.get()
    assert (note.text, note.came_from, note.came_from_id) == ("Mine", "own", None)


def test_the_words_of_ones_own_stand_beside_the_box_to_copy_from(world, sign_in):
    session = ProgrammeSessionFactory(number=4)
    item = BlockItemFactory(block__session=session, text="What is fair?")
    WorkspaceEntryFactory(enrolment=world.enrolment, item=item, text="Asked")
    for enrolment, text in ((world.enrolment, "How it went"), (world.other.enrolment, "CANARY")):
        WorkspaceEntryFactory(enrolment=enrolment, session=session, item=None, text=text)
    watched = reflected(world.enrolment, "What I make of it", noticed="CANARY")
    piece = EvidenceFactory(enrolment=world.enrolment, body="First\n\n<b>Second</b>")
    client = sign_in(world.supervisor)
    expected = {
        "session:4": [("What is fair?", "Asked"), ("Follow-up of session 4", "How it went")],
        "follow_up:4": [("", "How it went")],
        f"observation:{watched.pk}": [("", "What I make of it")],
        f"evidence:{piece.pk}": [("", "First\n\n<b>Second</b>")],
    }
    for named, texts in expected.items():
        page = client.get(f"{NEW}?from={named}", follow=True)
        assert page.context["origin"].texts == texts
        body = page.content.decode()
        assert body.count("What you wrote there, to copy from") == 1
        assert "CANARY" not in body
    assert "&lt;b&gt;Second" in body
    assert '<details class="govuk-details" open>' in body
    # Also when the box was left empty; and folded once it is long.
    Evidence.objects.update(body="Long. " * 200)
    again = client.post(f"{NEW}?from=evidence:{piece.pk}", {"id": str(uuid.uuid4()), "text": " "})
    assert again.context["form"].errors == {"text": ["Write a few words"]}
    assert ("Long. Long." in again.content.decode(), again.context["origin"].is_short) == (True, False)
    assert '<details class="govuk-details" open>' not in again.content.decode()
    ProgrammeSessionFactory(number=5)
    for named in ("session:5", "follow_up:5", f"observation:{released(enrolment=world.enrolment).pk}"):
        page = client.get(f"{NEW}?from={named}", follow=True)
        assert "to copy from" not in page.content.decode()


def test_changed_and_put_away_from_here_one_comes_back_here(world, sign_in):
    note = NoteFactory(enrolment=world.enrolment, text="Kept")
    client = sign_in(world.supervisor)
    edit = reverse("portfolio:note_edit", args=[note.pk]) + "?back=notebook"
    assert client.get(edit).context["list_url"] == NOTEBOOK
    assert client.post(edit, {"revision": 1, "text": "Other"}).url == f"{NOTEBOOK}#note-{note.pk}"
    back = {"back": "notebook"}
    assert client.post(reverse("portfolio:note_put_away", args=[note.pk]), back).url == NOTEBOOK
    assert texts(client.get(NOTEBOOK, follow=True)) == []
    assert texts(client.get(NOTEBOOK, {"show": "put_away"}, follow=True)) == ["Other"]
    answer = client.post(reverse("portfolio:note_bring_back", args=[note.pk]), back)
    assert answer.url == f"{NOTEBOOK}#note-{note.pk}"


def test_the_end_of_a_session_says_that_it_came_from_there(world, sign_in):
    session = ProgrammeSessionFactory(number=4)
    address = reverse("portfolio:last_fifteen", args=[4]) + f"?choice=reflection&id={uuid.uuid4()}"
    sign_in(world.supervisor).post(address, {"id": str(uuid.uuid4()), "text": "Words"})
    note = Note.objects.get()
    assert (note.came_from, note.session) == ("session", session)


def test_the_pages_to_keep_something_from_lead_here(world, sign_in):
    ProgrammeSessionFactory(number=4)
    watched, piece = released(enrolment=world.enrolment), EvidenceFactory(enrolment=world.enrolment)
    client = sign_in(world.supervisor)
    pages = {
        watched.get_absolute_url(): f"observation:{watched.pk}",
        piece.get_absolute_url(): f"evidence:{piece.pk}",
        reverse("portfolio:follow_up", args=[4]): "follow_up:4",
        reverse("sessions_catalogue:session", args=[4]): "session:4",
    }
    for address, named in pages.items():
        assert f"{NEW}?from={named}" in client.get(address).content.decode(), address
    assert f"{NEW}?from=" not in sign_in(world.mentor).get(watched.get_absolute_url()).content.decode()


@pytest.mark.parametrize("person", ["mentor", "line_manager", "panel_member", "ld_lead", "admin", "outsider"])
def test_nobody_else_has_any_of_it(world, sign_in, person):
    NoteFactory(enrolment=world.enrolment, text="CANARY")
    client = sign_in(getattr(world, person))
    for address in (NOTEBOOK, NEW):
        assert client.get(address).status_code == 404
        assert client.post(address, {"text": "Theirs"}).status_code == 404
    assert Note.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_long(world, sign_in, django_assert_num_queries, count):
    for number in range(count):
        session = ProgrammeSessionFactory(number=number + 1)
        NoteFactory(enrolment=world.enrolment, session=session, came_from="session")
        piece, watched = EvidenceFactory(enrolment=world.enrolment), released(enrolment=world.enrolment)
        NoteFactory(enrolment=world.enrolment, came_from="evidence", came_from_id=piece.pk)
        NoteFactory(enrolment=world.enrolment, came_from="observation", came_from_id=watched.pk)
        NoteFactory(enrolment=world.enrolment, discarded_at=timezone.now())
    client = sign_in(world.supervisor)
    client.get("/account/")
    address = f"{NOTEBOOK}?id={uuid.uuid4()}"
    with django_assert_num_queries(15):
        client.get(address)
