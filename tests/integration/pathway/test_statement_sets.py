"""Which areas' statements are all there: said by L&D or an admin, for their own organisation."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from pathway.models import Statement, StatementSet
from tests.factories.pathway import AreaFactory, StandardFactory

URL = reverse("pathway:statement_sets")


@pytest.fixture
def areas(world):
    standard = world.cohort.programme.standard
    found = [AreaFactory(standard=standard, number=number) for number in (1, 2, 3)]
    for area in found[:2]:
        Statement.objects.create(area=area, position=1, code=f"{area.number}.1", text=f"Asks {area.number}")
    return found


def mark_url(area):
    return reverse("pathway:statement_set", args=[area.pk])


def shown(response):
    return [(one["area"].number, bool(one["marked"])) for row in response.context["standards"] for one in row["areas"]]


@pytest.mark.parametrize("person", ["ld_lead", "admin"])
def test_mark_and_take_the_mark_off(world, sign_in, areas, person):
    client = sign_in(getattr(world, person))
    assert shown(client.get(URL)) == [(1, False), (2, False), (3, False)]
    assert [client.post(mark_url(areas[1])).url for _ in range(2)] == [f"{URL}#area-{areas[1].pk}"] * 2
    found = StatementSet.objects.get()
    assert (found.organisation, found.area, found.marked_by) == (
        world.organisation,
        areas[1],
        getattr(world, person),
    )
    page = client.get(URL)
    assert shown(page) == [(1, False), (2, True), (3, False)]
    assert "Asks 2" in page.content.decode()
    assert [client.post(mark_url(areas[1]), {"mark": "no"}).status_code for _ in range(2)] == [302, 302]
    assert shown(client.get(URL)) == [(1, False), (2, False), (3, False)]
    verbs = AuditEvent.objects.filter(target_type="pathway.statementset").order_by("at").values_list("verb", flat=True)
    assert list(verbs) == [
        "marked the statements of an area complete",
        "no longer marked the statements of an area complete",
    ]


def test_nothing_to_mark(world, sign_in, areas):
    client = sign_in(world.ld_lead)
    elsewhere = AreaFactory(standard=StandardFactory(organisation=world.other.organisation), number=1)
    Statement.objects.create(area=elsewhere, position=1, text="Elsewhere")
    assert [client.post(mark_url(area)).status_code for area in (areas[2], elsewhere)] == [404, 404]
    assert "Elsewhere" not in client.get(URL).content.decode()
    assert not StatementSet.objects.exists()


def test_what_another_organisation_says_is_not_shown(world, sign_in, areas):
    sign_in(world.other.admin).post(mark_url(areas[0]))
    assert shown(sign_in(world.admin).get(URL)) == [(1, False), (2, False), (3, False)]


def test_no_standards_yet(world, sign_in):
    assert "No standards yet" in sign_in(world.admin).get(URL).content.decode()


@pytest.mark.parametrize("person", ["supervisor", "mentor", "line_manager", "senior_leader", "outsider"])
def test_for_nobody_else(world, sign_in, areas, person):
    client = sign_in(getattr(world, person))
    assert (client.get(URL).status_code, client.post(mark_url(areas[0])).status_code) == (403, 403)
    assert not StatementSet.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_however_much(world, sign_in, areas, django_assert_num_queries, count):
    for area in areas[:count]:
        StatementSet.objects.create(organisation=world.organisation, area=area, marked_by=world.admin)
    client = sign_in(world.admin)
    client.get("/account/")
    with django_assert_num_queries(9):
        client.get(URL)
