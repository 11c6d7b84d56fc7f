import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from pathway.models import ReadinessItem
from pathway.readiness_news import due_items
from tests.integration.pathway.posting import date, is_refused

LIST, BEGIN, NEW = "/getting-ready/", "/getting-ready/begin/", "/getting-ready/add/"
TODAY = timezone.localdate
DAY = dt.timedelta(days=1)


def item(world, **fields):
    values = {"checklist": "implementation", "position": 1, "text": "Find a room", "owner": world.outsider}
    return ReadinessItem.objects.create(organisation=world.organisation, **{**values, **fields})


def url(name, row):
    return reverse(f"pathway:readiness_{name}", args=[row.pk])


@pytest.mark.parametrize("role", ["ld_lead", "admin"])
def test_the_lists_begin_with_suggestions_once(world, sign_in, role):
    client = sign_in(getattr(world, role))
    assert "Begin with suggestions" in client.get(LIST).content.decode()

    for _ in range(2):
        assert client.post(BEGIN).url == LIST

    numbers = [ReadinessItem.objects.filter(checklist=name).count() for name in ReadinessItem.Checklist.values]
    assert numbers == [5, 7]
    assert set(ReadinessItem.objects.values_list("organisation", flat=True)) == {world.organisation.pk}
    assert AuditEvent.objects.get().verb == "began readiness lists"
    page = client.get(LIST).content.decode()
    assert "0 of 12 settled." in page
    assert "Begin with suggestions" not in page


def test_a_line_is_added_once_at_the_end(world, sign_in):
    item(world, position=4)
    client = sign_in(world.ld_lead)
    data = {
        "id": uuid.uuid4(),
        "checklist": "implementation",
        "text": "Ask the IT team",
        "owner": world.outsider.pk,
        **date("due_on", TODAY() + 9 * DAY),
    }

    assert client.post(NEW, data).url == client.post(NEW, data).url == LIST

    row = ReadinessItem.objects.get(pk=data["id"])
    assert (row.position, row.text, row.owner, row.due_on) == (5, "Ask the IT team", world.outsider, TODAY() + 9 * DAY)
    assert (row.organisation, row.done_on, row.done_by) == (world.organisation, None, None)
    assert client.get(NEW, {"id": row.pk}).url == url("edit", row)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"text": ""}, "Enter what is to be settled"),
        ({"text": "x" * 301}, "Use no more than 300 characters"),
        ({"checklist": ""}, "Choose a list"),
        ({"due_on_day": "40"}, "The date must be a real date"),
    ],
)
def test_what_is_refused(world, sign_in, wrong, words):
    data = {"checklist": "implementation", "text": "Something", **date("due_on", TODAY())}

    answer = sign_in(world.ld_lead).post(NEW, data | wrong)

    assert is_refused(answer)
    assert words in answer.content.decode()
    assert not ReadinessItem.objects.exists()


def test_only_ones_own_people_look_after_it(world, sign_in):
    answer = sign_in(world.ld_lead).post(
        NEW, {"checklist": "implementation", "text": "Something", "owner": world.other.outsider.pk}
    )

    assert is_refused(answer)


def test_a_line_changes_is_settled_and_opened_again(world, sign_in):
    row, client = item(world), sign_in(world.admin)
    data = {"text": "Find two rooms", "owner": "", "note": "Town hall"}

    client.post(url("edit", row), {**data, **date("done_on", TODAY())})
    row.refresh_from_db()
    assert (row.text, row.owner, row.note) == ("Find two rooms", None, "Town hall")
    assert (row.done_on, row.done_by) == (TODAY(), world.admin)

    client.post(url("edit", row), data)
    row.refresh_from_db()
    assert (row.done_on, row.done_by) == (None, None)


def test_whoever_looks_after_it_ticks_it_and_changes_nothing_else(world, sign_in):
    row, client = item(world), sign_in(world.outsider)
    assert "You look after this" in client.get(url("tick", row)).content.decode()

    answer = client.post(url("tick", row), {**date("done_on", TODAY()), "note": "Done"})

    assert answer.url == reverse("home")
    row.refresh_from_db()
    assert (row.done_on, row.done_by, row.note) == (TODAY(), world.outsider, "Done")
    assert {client.get(address).status_code for address in (LIST, NEW, url("edit", row))} == {403}
    assert client.post(url("put_away", row)).status_code == 403
    assert is_refused(client.post(url("tick", row), date("done_on", TODAY() + DAY)))


def test_a_line_is_put_away_once(world, sign_in):
    row, client = item(world), sign_in(world.ld_lead)

    client.post(url("put_away", row))

    row.refresh_from_db()
    assert (row.discarded_at is not None, row.discarded_by) == (True, world.ld_lead)
    assert client.post(url("put_away", row)).status_code == 404
    assert "Find a room" not in client.get(LIST).content.decode()
    assert due_items() == []


@pytest.mark.parametrize(
    ("role", "sees", "touches"),
    [("senior_leader", 200, 403), ("supervisor", 403, 404), ("mentor", 403, 404)],
)
def test_senior_leaders_read_and_others_do_not(world, sign_in, role, sees, touches):
    row, client = item(world), sign_in(getattr(world, role))

    assert client.get(LIST).status_code == sees
    assert client.post(BEGIN).status_code == 403
    assert {client.post(url(name, row), {}).status_code for name in ("tick", "edit", "put_away")} == {touches}


def test_another_organisations_lead_finds_nothing(world, sign_in):
    row = item(world)
    client = sign_in(world.other.ld_lead)

    assert client.get(url("edit", row)).status_code == 404
    assert "Find a room" not in client.get(LIST).content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_the_lists_cost_the_same_however_long(world, sign_in, many, django_assert_num_queries):
    for number in range(many):
        item(world, position=number, due_on=TODAY() - DAY)
    client = sign_in(world.ld_lead)
    client.get(LIST)

    with django_assert_num_queries(6):
        page = client.get(LIST).content.decode()

    assert page.count("Pick a new date") == many


def test_due_things_for_who_looks_after_them(world):
    row = item(world, due_on=TODAY() + 20 * DAY)
    item(world, due_on=None)
    item(world, due_on=TODAY(), owner=None)
    item(world, due_on=TODAY(), done_on=TODAY())
    late = item(world, due_on=TODAY() - DAY, text="Late")

    found = {entry.key: entry for entry in due_items([world.organisation.pk])}

    assert set(found) == {f"readiness:{row.pk}", f"readiness:{late.pk}"}
    entry = found[f"readiness:{row.pk}"]
    assert (entry.title, entry.waiting_on_id, entry.enrolment_id) == ("Find a room", world.outsider.pk, None)
    assert (entry.remind_from, entry.due_on) == (TODAY() + 13 * DAY, TODAY() + 20 * DAY)
    assert (entry.url, entry.organisation_id) == (url("tick", row), world.organisation.pk)
    # Written down when it was past already.
    assert found[f"readiness:{late.pk}"].remind_from is None
    assert due_items([world.other.organisation.pk]) == []
