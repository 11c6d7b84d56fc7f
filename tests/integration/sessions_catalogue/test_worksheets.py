"""Worksheets: filled in once, looked back at, opened or gone."""

import re
import uuid

import pytest
from django.core.management import call_command
from django.urls import reverse

from sessions_catalogue.models import Worksheet
from tests.both_texts import differing
from tests.factories.accounts import UserFactory
from tests.factories.workspace import WorksheetFactory, WorksheetTemplateFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

OTHERS = ("mentor", "line_manager", "ld_lead", "admin", "panel_member", "senior_leader", "outsider")


@pytest.fixture
def sheet(db):
    return WorksheetTemplateFactory(key="a-sheet", title="A sheet")


def url(name, row):
    return reverse(f"sessions_catalogue:worksheet{name}", args=[row.pk])


def filled(**changes):
    day = {"held_on_day": "2", "held_on_month": "3", "held_on_year": "2027"}
    return {
        "revision": "0",
        "about": "Worker B",
        "noticed": " Much\r\nsilence",
        "word": "",
        "time": "2",
        **day,
    } | changes


def text_of(answer):
    return answer.content.decode()


def test_a_worksheet_is_filled_in_once(world, sign_in, sheet):
    client = sign_in(world.supervisor)
    fresh = client.get("/worksheets/a-sheet/new/")
    assert fresh.status_code == 302
    pk = fresh.url.partition("id=")[2]
    assert f'value="{pk}"' in text_of(client.get(fresh.url))
    answers = [client.post(fresh.url, filled(id=pk)) for _ in range(2)]
    made = Worksheet.objects.get()
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, f"/worksheets/{pk}/")] * 2
    assert (made.about, made.revision, made.enrolment, made.template) == ("Worker B", 1, world.enrolment, sheet)
    assert made.answers == {"held_on": "2027-03-02", "noticed": " Much\nsilence", "time": "2"}
    assert client.get(fresh.url).url == f"/worksheets/{pk}/"
    page = text_of(client.get(made.get_absolute_url()))
    assert ("2 March 2027" in page, "<p>Much" in page, "Left open" in page) == (True, True, True)


def test_what_is_wrong_comes_back_with_what_was_typed(world, sign_in, sheet):
    client = sign_in(world.supervisor)
    address = f"/worksheets/a-sheet/new/?id={uuid.uuid4()}"
    answer = client.post(address, filled(held_on_day="31", held_on_month="2", time="9"))
    form = answer.context["form"]
    assert (answer.status_code, sorted(form.errors)) == (200, ["held_on", "time"])
    assert "silence" in text_of(answer)
    assert Worksheet.objects.count() == 0


def test_it_is_changed_and_another_tab_is_not_written_over(world, sign_in, sheet):
    row = WorksheetFactory(enrolment=world.enrolment, template=sheet, about="Worker B")
    client = sign_in(world.supervisor)
    form = client.get(url("_edit", row)).context["form"]
    assert (form["noticed"].value(), form["time"].value(), form["revision"].value()) == ("Much silence", "2", 1)
    assert client.post(url("_edit", row), filled(revision="1", noticed="More")).url == row.get_absolute_url()
    answer = client.post(url("_edit", row), filled(revision="1", noticed="Mine"))
    page = text_of(answer)
    # The sheet's own question.
    assert (answer.status_code, list(differing(answer).values())) == (409, [("[More]", "[Mine]")])
    assert re.search(r'<textarea name="revision"[^>]*>\s*2</textarea>', page)
    row.refresh_from_db()
    assert (row.answers["noticed"], row.revision) == ("More", 2)


def test_two_tabs_with_one_new_form_show_both(world, sign_in, sheet):
    client, pk = sign_in(world.supervisor), str(uuid.uuid4())
    address = f"/worksheets/a-sheet/new/?id={pk}"
    client.post(address, filled(id=pk, noticed="First"))
    answer = client.post(address, filled(id=pk, noticed="Second"))
    assert answer.status_code == 409
    assert f'action="/worksheets/{pk}/edit/"' in text_of(answer)
    client.post(f"/worksheets/{pk}/edit/", filled(id=pk, noticed="Second", revision="1"))
    assert Worksheet.objects.get().answers["noticed"] == "Second"


def test_the_mentor_reads_it_as_it_was_opened_and_changes_nothing(world, sign_in, sheet):
    row = WorksheetFactory(enrolment=world.enrolment, template=sheet, about="Worker B", answers={"noticed": "Opened"})
    WorksheetFactory(enrolment=world.enrolment, template=sheet, answers={"time": "5"})
    client, mentor = sign_in(world.supervisor), sign_in(world.mentor)
    assert mentor.get(row.get_absolute_url()).status_code == 404
    data = {"revision": 1, "to_mentor": "on", "nobody_recognisable": "on", "shown": world.mentor.pk}
    assert client.post(url("_open", row), data).url == row.get_absolute_url()
    client.post(url("_edit", row), filled(revision="1", about="Worker C", noticed="Later"))
    for address in (row.get_absolute_url(), url("_print", row)):
        page = text_of(mentor.get(address))
        shown = [word in page for word in ("Opened", "Worker B", "Later", "Worker C", "earlier ones")]
        assert shown == [True, True, False, False, False]
    assert "earlier ones" in text_of(client.get(row.get_absolute_url()))
    assert text_of(mentor.get(f"/people/{world.enrolment.pk}/session-notes/")).count("A sheet, Worker B") == 1
    for name in ("_edit", "_open", "_erase"):
        assert mentor.post(url(name, row), filled(revision="2")).status_code == 403


def test_it_is_thrown_away_and_brought_back(world, sign_in, sheet):
    row = WorksheetFactory(enrolment=world.enrolment, template=sheet, shared_with=world.mentor)
    client = sign_in(world.supervisor)
    assert client.post(url("_erase", row)).url == "/worksheets/"
    assert [client.get(url(name, row)).status_code for name in ("", "_edit", "_open", "_print")] == [404] * 4
    assert sign_in(world.mentor).get(row.get_absolute_url()).status_code == 404
    assert "Bring it back" in text_of(client.get("/worksheets/"))
    assert client.post(url("_restore", row)).url == row.get_absolute_url()
    row.refresh_from_db()
    assert (row.discarded_at, row.shared_with) == (None, None)


def test_one_about_who_somebody_is_has_no_switch_and_is_erased_in_one_press(world, sign_in):
    personal = WorksheetTemplateFactory(key="personal", is_personal=True)
    row = WorksheetFactory(enrolment=world.enrolment, template=personal)
    client = sign_in(world.supervisor)
    assert "Paper is fine too" in text_of(client.get(f"/worksheets/personal/new/?id={uuid.uuid4()}"))
    page = text_of(client.get(row.get_absolute_url()))
    assert ("Erase it for good" in page, "Who can read it" in page, "Make evidence" in page) == (True, False, False)
    assert [client.get(url("_open", row)).status_code, client.post(url("_open", row)).status_code] == [404, 404]
    assert client.post(url("_erase", row)).url == "/worksheets/"
    assert Worksheet.objects.count() == 0
    page = text_of(client.get("/worksheets/"))
    assert ("Bring it back" in page, "It is gone for good." in page) == (False, True)


def test_what_is_set_aside_for_the_portfolio_is_found_again(world, sign_in, sheet):
    row = WorksheetFactory(enrolment=world.enrolment, template=sheet, about="Worker B")
    client = sign_in(world.supervisor)
    assert 'id="material"' not in text_of(client.get("/worksheets/"))
    client.post(url("_open", row), {"revision": 1, "is_material": "on"})
    page = text_of(client.get("/worksheets/"))
    assert (page.count(f'?from={row.pk}"'), 'id="material"' in page) == (1, True)
    row.refresh_from_db()
    assert (row.is_material, row.shared_with) == (True, None)


def test_nobody_else_reads_or_changes_one(world, sign_in, sheet):
    row = WorksheetFactory(enrolment=world.enrolment, template=sheet)
    names = ("", "_edit", "_open", "_print")
    for name in OTHERS:
        client = sign_in(getattr(world, name))
        assert (name, [client.get(url(page, row)).status_code for page in names]) == (name, [404] * 4)
        assert client.post(url("_erase", row)).status_code == 404
    assert sign_in(world.other.supervisor).get(row.get_absolute_url()).status_code == 404
    row.refresh_from_db()
    assert row.discarded_at is None


def test_an_id_that_is_taken_is_somebody_elses(world, sign_in, sheet):
    row = WorksheetFactory(enrolment=world.other.enrolment, template=sheet)
    answer = sign_in(world.supervisor).post(f"/worksheets/a-sheet/new/?id={row.pk}", filled(id=str(row.pk)))
    assert answer.status_code == 404


def test_every_member_prints_a_blank_one(world, sign_in, sheet):
    address = "/worksheets/a-sheet/blank/"
    for name in ("supervisor", *OTHERS):
        page = text_of(sign_in(getattr(world, name)).get(address))
        said = ("What did you notice?", "Made by Supervisors’ Pathway", "You may copy it")
        assert [words in page for words in said] == [True] * 3
    assert sign_in(UserFactory()).get(address).status_code == 200  # supplied, like the sessions
    assert sign_in(world.supervisor).get("/worksheets/nothing/blank/").status_code == 404


def test_each_supplied_worksheet_can_be_filled_in_and_printed(world, sign_in):
    call_command("load_standards")
    call_command("load_catalogue")
    client = sign_in(world.supervisor)
    page = text_of(client.get("/worksheets/"))
    keys = re.findall(r"/worksheets/([a-z-]+)/blank/", page)
    assert len(keys) == 15
    for key in keys:
        pk = str(uuid.uuid4())
        address = f"/worksheets/{key}/new/?id={pk}"
        form = client.get(address).context["form"]
        data = {name: "1" if hasattr(field, "choices") else "Words" for name, field in form.fields.items()}
        data |= {"id": pk, "revision": "0"}
        assert client.post(address, data).url == f"/worksheets/{pk}/"
        assert [
            client.get(f"/worksheets/{path}").status_code for path in (f"{pk}/", f"{pk}/print/", f"{key}/blank/")
        ] == [200] * 3
    assert Worksheet.objects.count() == 15


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number(world, sign_in, django_assert_num_queries, number):
    for _ in range(number):
        WorksheetFactory(enrolment=world.enrolment, shared_with=world.mentor)
        Worksheet.objects.filter(pk=WorksheetFactory(enrolment=world.enrolment).pk).update(
            discarded_at="2027-01-01T00:00Z"
        )
    client = sign_in(world.supervisor)
    client.get("/worksheets/")
    with django_assert_num_queries(12):
        assert client.get("/worksheets/").status_code == 200
