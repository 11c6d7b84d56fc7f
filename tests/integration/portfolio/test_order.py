"""The order that a writer gives their pieces, in the list, the portfolio and its PDF."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from portfolio.models import Evidence
from portfolio.queries import portfolio_views
from tests.factories.portfolio import EvidenceFactory, shared

LIST = reverse("portfolio:evidence_list")


@pytest.fixture
def four(world):
    """A to D, the oldest first; B is shared."""
    first = timezone.localdate() - dt.timedelta(days=9)
    made = {
        name: EvidenceFactory(enrolment=world.enrolment, title=name, happened_on=first + dt.timedelta(days=number))
        for number, name in enumerate("ACD")
    }
    return {**made, "B": shared(world.enrolment, title="B", happened_on=first)}


def order(client, **asked):
    return "".join(row["view"].title for row in client.get(LIST, {"sort": "own", **asked}).context["rows"])


def move(client, piece, where, listed="sort=own"):
    return client.post(reverse("portfolio:evidence_move", args=[piece.pk]), {"where": where, "list": listed})


def test_up_down_and_to_the_top(world, sign_in, four):
    client = sign_in(world.supervisor)
    assert order(client) == "ABCD"
    answer = move(client, four["C"], "up")
    assert (answer.url, order(client)) == (f"{LIST}?sort=own&page=1#piece-{four['C'].pk}", "ACBD")
    answer = move(client, four["D"], "top")
    assert (answer.url, order(client)) == (f"{LIST}?sort=own&page=1#piece-{four['D'].pk}", "DACB")
    answer = move(client, four["C"], "down")
    assert (answer.url, order(client)) == (f"{LIST}?sort=own&page=1#piece-{four['C'].pk}", "DABC")
    assert AuditEvent.objects.filter(verb="moved evidence").count() == 3


def test_what_was_not_moved_stands_at_the_end_by_its_date(world, sign_in, four):
    client = sign_in(world.supervisor)
    move(client, four["D"], "top")
    EvidenceFactory(enrolment=world.enrolment, title="E", happened_on=timezone.localdate() - dt.timedelta(days=20))
    assert order(client) == "DABCE"


def test_moving_in_a_narrowed_list_passes_what_is_shown(world, sign_in, four):
    client = sign_in(world.supervisor)
    answer = move(client, four["C"], "up", "sort=own&show=only_me")
    assert answer.url == f"{LIST}?show=only_me&sort=own&page=1#piece-{four['C'].pk}"
    assert (order(client, show="only_me"), order(client)) == ("CAD", "CABD")


@pytest.mark.parametrize(("name", "where"), [("A", "up"), ("D", "down"), ("A", ""), ("A", "sideways"), ("A", "top")])
def test_where_there_is_nowhere_to_go_nothing_moves(world, sign_in, four, name, where):
    client = sign_in(world.supervisor)
    assert move(client, four[name], where).status_code == 302
    assert (order(client), Evidence.objects.filter(position__isnull=False).count()) == ("ABCD", 0)


def test_buttons_only_in_ones_own_order(world, sign_in, four):
    client = sign_in(world.supervisor)
    own, newest = (client.get(LIST, {"sort": sort}).content.decode() for sort in ("own", ""))
    assert [own.count(f'name="where" value="{where}"') for where in ("up", "down", "top")] == [3, 3, 3]
    assert newest.count('name="where"') == 0


def test_moving_changes_nothing_that_is_read_or_dated(world, sign_in, four):
    before = Evidence.objects.order_by("title").values_list("version", "updated_at", "shared_version")
    was = list(before)
    move(sign_in(world.supervisor), four["D"], "top")
    assert list(before.all()) == was


def test_the_portfolio_follows_the_order(world, sign_in):
    today = timezone.localdate()
    old, new = (
        shared(world.enrolment, title=title, audience="portfolio", happened_on=today - dt.timedelta(days=days))
        for title, days in (("Old", 9), ("New", 1))
    )
    assert [view.title for view in portfolio_views(world.enrolment)] == ["Old", "New"]
    move(sign_in(world.supervisor), new, "up")
    assert [view.title for view in portfolio_views(world.enrolment)] == ["New", "Old"]
    shared(world.enrolment, title="Oldest", audience="portfolio", happened_on=today - dt.timedelta(days=30))
    assert [view.title for view in portfolio_views(world.enrolment)] == ["New", "Old", "Oldest"]
    assert old.position is None


def test_nobody_else_moves_a_piece(world, sign_in, four):
    found = {
        person: move(sign_in(getattr(world, person)), four["B"], "up").status_code
        for person in ("mentor", "outsider", "admin")
    }
    found["stranger"] = move(sign_in(world.other.supervisor), four["B"], "up").status_code
    assert found == {"mentor": 403, "outsider": 404, "admin": 404, "stranger": 404}
    assert sign_in(world.supervisor).get(reverse("portfolio:evidence_move", args=[four["A"].pk])).status_code == 405


@pytest.mark.parametrize("count", [2, 6])
def test_moving_costs_the_same_however_many_there_are(world, sign_in, django_assert_num_queries, count):
    made = EvidenceFactory.create_batch(count, enrolment=world.enrolment)
    client = sign_in(world.supervisor)
    client.get("/account/")
    with django_assert_num_queries(17):
        move(client, made[-1], "top")
