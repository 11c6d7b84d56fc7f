"""Actions (Tool 29): the list, how it went, another day, putting away."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from portfolio.models import Action
from tests.both_texts import differing
from tests.factories.portfolio import ActionFactory
from tests.factories.sessions_catalogue import ProgrammeSessionFactory

LIST = reverse("portfolio:action_list")
NEW = reverse("portfolio:action_new")
DAY = dt.timedelta(days=1)


def url(action, page=""):
    return reverse(f"portfolio:action{page}", args=[action.pk])


def day(name, on):
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def texts(response):
    return [action.text for action in response.context["page"]]


def test_an_empty_list_says_how_to_begin(world, sign_in):
    ActionFactory(enrolment=world.other.enrolment, text="CANARY")
    body = sign_in(world.supervisor).get(LIST).content.decode()
    assert "Nothing here yet" in body
    assert "CANARY" not in body
    assert NEW in body


def test_what_is_to_be_done_stands_by_its_day_with_the_way_back(world, sign_in):
    today = timezone.localdate()
    for text, fields in {
        "no day": {},
        "later": {"due_on": today + DAY},
        "today": {"due_on": today},
        "passed": {"due_on": today - DAY},
        "done": {"due_on": today - DAY, "done_on": today},
        "away": {"discarded_at": timezone.now()},
    }.items():
        ActionFactory(enrolment=world.enrolment, text=text, **fields)
    client = sign_in(world.supervisor)
    page = client.get(LIST)
    assert texts(page) == ["passed", "today", "later", "no day"]
    assert [(row["label"], row["count"]) for row in page.context["filters"]] == [
        ("To do", 4), ("Done", 1), ("Put away", 1),
    ]  # fmt: skip
    body = page.content.decode()
    assert body.count("Its day has passed") == 1
    assert url(Action.objects.get(text="passed"), "_edit") in body
    shown = {show: texts(client.get(LIST, {"show": show})) for show in ("done", "put_away", "nonsense")}
    assert shown == {"done": ["done"], "put_away": ["away"], "nonsense": texts(page)}


def test_an_action_of_no_session(world, sign_in, areas):
    client, due_on = sign_in(world.supervisor), timezone.localdate() + DAY
    address = client.get(NEW).url
    pk = client.get(address).context["form"]["id"].value()
    posted = {"id": str(pk), "text": "Ask", "area": str(areas[0].pk), **day("due_on", due_on)}
    for _ in range(2):
        assert client.post(address, posted).url == LIST
    action = Action.objects.get()
    assert (str(action.pk), action.text, action.due_on, action.area, action.session) == (
        pk,
        "Ask",
        due_on,
        areas[0],
        None,
    )
    assert client.get(address).url == action.get_absolute_url()


def test_done_with_how_it_went_and_back_again(world, sign_in):
    action = ActionFactory(enrolment=world.enrolment)
    client, today = sign_in(world.supervisor), timezone.localdate()
    form = client.get(url(action)).context["form"]
    assert (form["done_on"].value(), form["how_it_went"].value()) == (today, "")
    posted = {"revision": 1, "how_it_went": "Well", **day("done_on", today)}
    assert client.post(url(action), posted).url == LIST
    action.refresh_from_db()
    assert (action.done_on, action.how_it_went, action.revision) == (today, "Well", 2)
    refused = client.post(url(action), {"revision": 2, "how_it_went": "Well"})
    assert refused.context["form"].errors == {"done_on": ["Enter the day you did it, like 12 2 2027"]}
    client.post(url(action), {"revision": 2, "how_it_went": ""})
    action.refresh_from_db()
    assert (action.done_on, action.how_it_went) == (None, "")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({}, "Enter the day you did it, like 12 2 2027"),
        (day("done_on", timezone.localdate() + 2 * DAY), "or earlier"),
        ({"done_on_day": "x", "done_on_month": "2", "done_on_year": "2027"}, "must be a real date"),
    ],
)
def test_a_day_that_cannot_be_is_refused_in_words(world, sign_in, typed, message):
    action = ActionFactory(enrolment=world.enrolment)
    refused = sign_in(world.supervisor).post(url(action), {"revision": 1, "how_it_went": "Typed", **typed})
    assert message in str(refused.context["form"].errors["done_on"])
    assert "Typed" in refused.content.decode()
    action.refresh_from_db()
    assert (action.done_on, action.revision) == (None, 1)


def test_another_day_is_picked(world, sign_in):
    passed, new = timezone.localdate() - DAY, timezone.localdate() + DAY
    action = ActionFactory(enrolment=world.enrolment, text="As it is", due_on=passed)
    client = sign_in(world.supervisor)
    same = {"revision": 1, "text": "As it is now", **day("due_on", passed)}
    assert client.post(url(action, "_edit"), same).url == url(action)  # mending a word asks for no new day
    refused = client.post(url(action, "_edit"), {**same, "revision": 2, **day("due_on", passed - DAY)})
    assert refused.context["form"].errors == {"due_on": ["Choose today or a day to come"]}
    client.post(url(action, "_edit"), {**same, "revision": 2, **day("due_on", new)})
    action.refresh_from_db()
    assert (action.text, action.due_on, action.revision) == ("As it is now", new, 3)


@pytest.mark.parametrize("page", ["", "_edit"])
def test_two_windows_see_each_others_text(world, sign_in, page):
    action = ActionFactory(enrolment=world.enrolment)
    client, done = sign_in(world.supervisor), day("done_on", timezone.localdate())
    field = "text" if page else "how_it_went"
    client.post(url(action, page), {"revision": 1, field: "First window", **done})
    answer = client.post(url(action, page), {"revision": 1, field: "Second window", **done})
    action.refresh_from_db()
    assert (answer.status_code, getattr(action, field)) == (409, "First window")
    assert differing(answer)["Text" if page else "How it went"] == ("[First] window", "[Second] window")
    client.post(url(action, page), dict(answer.context["fields"]))
    action.refresh_from_db()
    assert getattr(action, field) == "Second window"


def test_put_away_and_brought_back(world, sign_in):
    action = ActionFactory(enrolment=world.enrolment)
    client = sign_in(world.supervisor)
    for _ in range(2):
        assert client.post(url(action, "_put_away")).url == LIST
    assert texts(client.get(LIST)) == []
    assert [client.get(url(action, page)).status_code for page in ("", "_edit")] == [404, 404]
    assert client.post(url(action, "_bring_back")).url == url(action)
    assert texts(client.get(LIST)) == [action.text]


@pytest.mark.parametrize(
    "person", ["mentor", "line_manager", "panel_member", "ld_lead", "admin", "senior_leader", "outsider"]
)
def test_nobody_else_has_any_of_it(world, sign_in, person):
    action = ActionFactory(enrolment=world.enrolment, text="CANARY", due_on=timezone.localdate() - DAY)
    client = sign_in(getattr(world, person))
    assert [client.get(address).status_code for address in (LIST, NEW, url(action), url(action, "_edit"))] == [404] * 4
    done = {"revision": 1, "text": "Theirs", "how_it_went": "Theirs", **day("done_on", timezone.localdate())}
    for page in ("", "_edit", "_put_away", "_bring_back"):
        assert client.post(url(action, page), done).status_code == 404
    assert client.post(NEW, {"id": str(uuid.uuid4()), "text": "Theirs"}).status_code == 404
    assert list(Action.objects.values_list("text", "done_on", "discarded_at")) == [("CANARY", None, None)]


def test_nor_has_another_supervisor(world, sign_in):
    action = ActionFactory(enrolment=world.other.enrolment, text="CANARY")
    client = sign_in(world.supervisor)
    assert [client.get(url(action, page)).status_code for page in ("", "_edit")] == [404, 404]
    assert client.post(url(action, "_put_away")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(world, sign_in, areas, django_assert_num_queries, count):
    for number in range(count):
        session = ProgrammeSessionFactory(number=number + 1)
        ActionFactory(enrolment=world.enrolment, session=session, area=areas[number], due_on=timezone.localdate() - DAY)
    client = sign_in(world.supervisor)
    client.get("/account/")
    with django_assert_num_queries(9):
        client.get(LIST)
    action = Action.objects.first()
    with django_assert_num_queries(8):
        client.get(url(action))
