"""Notes for later: one's own list, changing one, putting it away and bringing it back."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from portfolio.models import Note
from tests.both_texts import differing
from tests.factories.observations import ObservationFactory, released
from tests.factories.portfolio import EvidenceFactory, NoteFactory
from tests.factories.sessions_catalogue import ProgrammeSessionFactory

LIST = reverse("portfolio:later")


def edit_url(note):
    return reverse("portfolio:note_edit", args=[note.pk])


def put_away_url(note):
    return reverse("portfolio:note_put_away", args=[note.pk])


def bring_back_url(note):
    return reverse("portfolio:note_bring_back", args=[note.pk])


def texts(response):
    return [note.text for note in response.context["page"]]


def test_an_empty_list_says_how_to_begin(world, sign_in):
    NoteFactory(enrolment=world.other.enrolment, text="CANARY")
    body = sign_in(world.supervisor).get(LIST).content.decode()
    assert "Nothing here yet" in body
    assert "CANARY" not in body
    assert reverse("sessions_catalogue:session_list") in body


def test_the_list_by_kind_with_where_each_comes_from(world, sign_in, areas):
    session = ProgrammeSessionFactory(number=4, title="Ethics and values")
    for kind in Note.For.values:
        NoteFactory(enrolment=world.enrolment, belongs_to=kind, text=kind, session=session, area=areas[0])
    NoteFactory(enrolment=world.enrolment, belongs_to="plan", text="gone", discarded_at=timezone.now())
    NoteFactory(enrolment=world.other.enrolment, text="CANARY")
    client = sign_in(world.supervisor)
    shows = ["", *Note.For.values, "put_away", "nonsense"]
    found = {show: texts(client.get(LIST, {"show": show})) for show in shows}
    newest_first = ["reflection", "plan", "self_assessment"]
    assert found == {
        "": newest_first,
        **{kind: [kind] for kind in Note.For.values},
        "put_away": ["gone"],
        "nonsense": newest_first,
    }
    page = client.get(LIST)
    counts = [(row["label"], row["count"]) for row in page.context["filters"]]
    assert counts == [
        ("All", 3), ("Self-assessment", 1), ("Development plan", 1), ("Critical reflection", 1), ("Put away", 1),
    ]  # fmt: skip
    body = page.content.decode()
    assert body.count("from session 4, Ethics and values") == 3
    assert body.count("area 1, Area title 1") == 3
    assert "CANARY" not in body


def test_what_came_from_an_observation_names_it_with_the_way_there(world, sign_in):
    watched, hidden = released(enrolment=world.enrolment), ObservationFactory(enrolment=world.enrolment)
    note, _ = [
        NoteFactory(enrolment=world.enrolment, came_from="observation", came_from_id=row.pk)
        for row in (watched, hidden)
    ]
    client = sign_in(world.supervisor)
    name = f"Your {watched.get_kind_display().lower()} on"
    link = f'<a class="govuk-link" href="{watched.get_absolute_url()}">{name}'
    body = client.get(LIST).content.decode()
    assert (body.count(link), body.count("An observation that you can no longer open")) == (1, 1)
    assert link in client.get(edit_url(note)).content.decode()


def test_a_change_is_saved(world, sign_in, areas):
    note = NoteFactory(enrolment=world.enrolment, area=areas[0])
    client = sign_in(world.supervisor)
    form = client.get(edit_url(note)).context["form"]
    assert (form["text"].value(), form["revision"].value(), form["area"].value()) == (note.text, 1, str(areas[0].pk))
    answer = client.post(edit_url(note), {"revision": 1, "text": "Other words", "area": str(areas[1].pk)})
    note.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, f"{LIST}#note-{note.pk}")
    assert (note.text, note.area, note.revision) == ("Other words", areas[1], 2)


def test_two_windows_see_each_others_text(world, sign_in):
    note = NoteFactory(enrolment=world.enrolment)
    client = sign_in(world.supervisor)
    client.post(edit_url(note), {"revision": 1, "text": "First window"})
    answer = client.post(edit_url(note), {"revision": 1, "text": "Second window"})
    note.refresh_from_db()
    assert (answer.status_code, note.text) == (409, "First window")
    assert differing(answer) == {"Text": ("[First] window", "[Second] window")}
    client.post(edit_url(note), dict(answer.context["fields"]))
    note.refresh_from_db()
    assert (note.text, note.revision) == ("Second window", 3)


def test_an_empty_text_is_refused(world, sign_in):
    note = NoteFactory(enrolment=world.enrolment, text="As it was")
    answer = sign_in(world.supervisor).post(edit_url(note), {"revision": 1, "text": ""})
    note.refresh_from_db()
    assert (answer.context["form"].errors, note.text) == ({"text": ["Write a few words"]}, "As it was")


def test_put_away_and_brought_back(world, sign_in):
    note = NoteFactory(enrolment=world.enrolment)
    client = sign_in(world.supervisor)
    for _ in range(2):  # a second press changes nothing
        assert client.post(put_away_url(note)).status_code == 302
    note.refresh_from_db()
    assert note.discarded_at is not None
    assert (texts(client.get(LIST)), texts(client.get(LIST, {"show": "put_away"}))) == ([], [note.text])
    assert client.get(edit_url(note)).status_code == 404
    assert client.post(bring_back_url(note)).url == f"{LIST}#note-{note.pk}"
    assert texts(client.get(LIST)) == [note.text]


@pytest.mark.parametrize(
    "person", ["mentor", "line_manager", "panel_member", "ld_lead", "admin", "senior_leader", "outsider"]
)
def test_nobody_else_has_any_of_it(world, sign_in, person):
    note = NoteFactory(enrolment=world.enrolment, text="CANARY")
    client = sign_in(getattr(world, person))
    assert client.get(LIST).status_code == 404
    for address in (edit_url(note), put_away_url(note), bring_back_url(note)):
        assert client.post(address, {"revision": 1, "text": "Theirs"}).status_code == 404
    assert client.get(edit_url(note)).status_code == 404
    note.refresh_from_db()
    assert (note.text, note.discarded_at) == ("CANARY", None)


def test_nor_has_another_supervisor(world, sign_in):
    note = NoteFactory(enrolment=world.other.enrolment, text="CANARY")
    client = sign_in(world.supervisor)
    for address in (edit_url(note), put_away_url(note)):
        assert client.post(address, {"revision": 1, "text": "Theirs"}).status_code == 404
    assert client.get(reverse("portfolio:note_edit", args=[uuid.uuid4()])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(world, sign_in, areas, django_assert_num_queries, count):
    for number in range(count):
        session = ProgrammeSessionFactory(number=number + 1)
        NoteFactory(enrolment=world.enrolment, session=session, area=areas[number])
        piece, watched = EvidenceFactory(enrolment=world.enrolment), released(enrolment=world.enrolment)
        NoteFactory(enrolment=world.enrolment, came_from="evidence", came_from_id=piece.pk)
        NoteFactory(enrolment=world.enrolment, came_from="observation", came_from_id=watched.pk)
    client = sign_in(world.supervisor)
    client.get("/account/")
    with django_assert_num_queries(11):
        client.get(LIST)
