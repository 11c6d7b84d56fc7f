"""A development plan is its writer's alone, and costs the same however much is in it."""

import pytest
from django.urls import reverse

from portfolio.models import Evidence, Note, ObjectiveReview
from tests.factories.portfolio import NoteFactory, planned, shared
from tests.integration.portfolio.test_plan import NEW, OFFERS, PLAN, url

OTHERS = ["mentor", "line_manager", "panel_member", "ld_lead", "admin", "senior_leader", "outsider"]
PAGES = ("", "_edit", "_close", "_review")


@pytest.mark.parametrize("person", OTHERS)
def test_nobody_else_has_any_of_it(world, sign_in, person):
    row = planned(world.enrolment, need="CANARY")
    client = sign_in(getattr(world, person))
    for page in PAGES:
        assert client.get(url(row, page)).status_code == 404
    for page in (*PAGES[1:], "_begin", "_reopen", "_carry", "_place", "_put_away", "_bring_back"):
        assert client.post(url(row, page), {"need": "x"}).status_code == 404
    for address in (PLAN, OFFERS, NEW, reverse("portfolio:plan_share"), reverse("portfolio:plan_version", args=[1])):
        assert client.get(address, follow=True).status_code == 404
    row.refresh_from_db()
    assert (row.need, row.status, row.discarded_at) == ("CANARY", "not_started", None)


def test_nor_has_another_supervisor(world, sign_in):
    row = planned(world.other.enrolment)
    assert sign_in(world.supervisor).get(url(row)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_however_much(world, sign_in, areas, django_assert_num_queries, count):
    pieces = [shared(world.enrolment, areas={area: ""}) for area in areas[:count]]
    for area in areas[:count]:
        row = planned(world.enrolment, areas=[area.pk])
        row.evidence.set(Evidence.objects.filter(pk__in=[piece.pk for piece in pieces]))
        ObjectiveReview.objects.create(
            organisation=row.organisation, objective=row, author=world.supervisor, text="Going well"
        )
        NoteFactory(enrolment=world.enrolment, belongs_to=Note.For.PLAN)
    planned(world.enrolment)
    client = sign_in(world.supervisor)
    client.get("/account/")
    with django_assert_num_queries(16):
        client.get(PLAN)
    with django_assert_num_queries(15):
        client.get(url(row))
    with django_assert_num_queries(11):
        client.get(url(row, "_close"))
    with django_assert_num_queries(16):
        client.get(reverse("portfolio:plan_share"))
    with django_assert_num_queries(8):
        client.get(reverse("portfolio:plan_versions"))
    with django_assert_num_queries(12):
        client.get(reverse("portfolio:plan_version", args=[count + 1]))
