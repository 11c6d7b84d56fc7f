"""Looking for identifying words before a note or a worksheet is opened to the mentor."""

import pytest
from django.urls import reverse

from accounts.models import SaidFine
from sessions_catalogue.models import Worksheet, WorkspaceEntry
from tests.factories.workspace import WorksheetFactory, WorkspaceEntryFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NAME = "Oluwaseun Adeyemi"
OPENED = {"revision": 1, "to_mentor": "on", "nobody_recognisable": "on"}


@pytest.fixture
def entry(world):
    return WorkspaceEntryFactory(enrolment=world.enrolment, text=f"{NAME} came late.", revision=1)


@pytest.fixture
def sheet(world):
    answers = {"noticed": f"{NAME} came late", "time": "2"}
    return WorksheetFactory(enrolment=world.enrolment, about=NAME, answers=answers, revision=1)


def url(row):
    name = "worksheet_open" if isinstance(row, Worksheet) else "workspace_open"
    return reverse(f"sessions_catalogue:{name}", args=[row.pk])


def open_items(response):
    return response.context["words"].open_items


def test_a_note_is_not_opened_before_it_was_looked_at(world, sign_in, entry):
    client = sign_in(world.supervisor)
    (found,) = open_items(client.post(url(entry), OPENED))
    assert (found.item.words, [place.label for place in found.item.places]) == ([NAME], ["Text"])
    entry.refresh_from_db()
    assert entry.shared_with is None
    response = client.post(url(entry), OPENED | {"words_do": f"use:{found.token}:Worker A"})
    assert (response.status_code, response.context["form"]["revision"].value()) == (200, "2")
    assert response.context["form"]["to_mentor"].value()
    # The page that was open before has not seen it.
    assert client.post(url(entry), OPENED).status_code == 409
    assert client.post(url(entry), OPENED | {"revision": 2, "shown": world.mentor.pk}).status_code == 302
    entry.refresh_from_db()
    assert (entry.shared_text, entry.shared_with) == ("Worker A came late.", world.mentor)


def test_a_worksheet_is_one_piece_with_what_it_is_about(world, sign_in, sheet):
    client = sign_in(world.supervisor)
    page = client.get(url(sheet))
    (found,) = open_items(page)
    assert [place.label for place in found.item.places] == ["About", "What did you notice?"]
    assert page.content.decode().count(f'<p><mark class="pp-found">{NAME}</mark> came late</p>') == 1
    client.post(url(sheet), OPENED | {"words_do": "use_all"})
    sheet.refresh_from_db()
    instead = found.item.stand_ins[0]
    assert (sheet.about, sheet.answers, sheet.revision) == (
        instead,
        {"noticed": f"{instead} came late", "time": "2"},
        2,
    )
    assert client.post(url(sheet), OPENED | {"revision": 2, "shown": world.mentor.pk}).status_code == 302
    sheet.refresh_from_db()
    assert (sheet.shared_about, sheet.shared_with) == (instead, world.mentor)


def test_said_fine_it_is_opened_as_it_is(world, sign_in, entry):
    client = sign_in(world.supervisor)
    (found,) = open_items(client.get(url(entry)))
    client.post(url(entry), OPENED | {"words_do": f"fine:{found.token}"})
    assert client.post(url(entry), OPENED | {"shown": world.mentor.pk}).status_code == 302
    entry.refresh_from_db()
    assert (entry.shared_text, SaidFine.objects.get().author) == (f"{NAME} came late.", world.supervisor)


def test_keeping_it_as_material_asks_nothing(world, sign_in, entry):
    answer = sign_in(world.supervisor).post(url(entry), {"revision": 1, "is_material": "on"})
    assert answer.status_code == 302
    assert WorkspaceEntry.objects.get().is_material


def test_a_newer_save_elsewhere_is_not_written_over(world, sign_in, entry):
    client = sign_in(world.supervisor)
    (found,) = open_items(client.get(url(entry)))
    WorkspaceEntry.objects.update(text=f"{NAME} stayed away.", revision=2)
    answer = client.post(url(entry), OPENED | {"words_do": f"use:{found.token}:Worker A"})
    assert (answer.status_code, answer.context["form"]["revision"].value()) == (409, "2")
    entry.refresh_from_db()
    assert entry.text == f"{NAME} stayed away."


def test_what_it_is_about_must_stay_short(world, sign_in, sheet):
    Worksheet.objects.update(about=f"{'Long ' * 18}AB123456C", answers={})
    client = sign_in(world.supervisor)
    response = client.post(url(sheet), OPENED | {"words_do": "use_all"})
    assert "would be too long" in response.context["form"].non_field_errors()[0]
    sheet.refresh_from_db()
    assert sheet.revision == 1


@pytest.mark.parametrize("person", ["mentor", "ld_lead", "outsider"])
def test_nobody_else_presses(world, sign_in, entry, person):
    answer = sign_in(getattr(world, person)).post(url(entry), OPENED | {"words_do": "use_all"})
    assert answer.status_code == 404
    entry.refresh_from_db()
    assert entry.text == f"{NAME} came late."
