"""One's own portfolio with its coverage, and what a mentor was shown."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from portfolio.models import Evidence
from pqs_portal.templatetags.portal import short_date
from tests.factories.portfolio import AttachmentFactory, EvidenceFactory, area_of, shared

LIST = reverse("portfolio:evidence_list")


def mentee_url(enrolment):
    return reverse("portfolio:mentee_evidence", args=[enrolment.pk])


def titles(response):
    return [row["view"].title for row in response.context["rows"]]


def test_an_empty_portfolio_says_how_to_begin(world, sign_in):
    body = sign_in(world.supervisor).get(LIST).content.decode()
    assert "Nothing here yet" in body
    assert reverse("portfolio:evidence_new") in body


def test_the_list_and_its_filter(world, sign_in):
    today = timezone.localdate()
    EvidenceFactory(enrolment=world.enrolment, title="Mine", happened_on=today)
    shared(world.enrolment, title="With mentor", happened_on=today - dt.timedelta(days=1))
    shared(world.enrolment, title="In portfolio", audience="portfolio", happened_on=today - dt.timedelta(days=2))
    EvidenceFactory(enrolment=world.enrolment, title="CANARY", discarded_at=timezone.now())
    EvidenceFactory(enrolment=world.other.enrolment, title="CANARY")
    client = sign_in(world.supervisor)
    response = client.get(LIST)
    assert titles(response) == ["Mine", "With mentor", "In portfolio"]
    assert "CANARY" not in response.content.decode()
    name = world.mentor.get_short_name()
    assert f"1 in your portfolio, 1 with {name}, 1 only you can read" in response.content.decode()
    found = {show: titles(client.get(LIST, {"show": show})) for show in ("only_me", "mentor", "portfolio", "nonsense")}
    assert found == {
        "only_me": ["Mine"],
        "mentor": ["With mentor"],
        "portfolio": ["In portfolio"],
        "nonsense": ["Mine", "With mentor", "In portfolio"],
    }


def test_coverage_says_what_only_the_writer_can_read(world, sign_in):
    one, two, three, four = (area_of(world.enrolment, number) for number in (1, 2, 3, 4))
    EvidenceFactory(enrolment=world.enrolment, areas={one: "", two: ""})
    shared(world.enrolment, areas={two: "why"})
    shared(world.enrolment, areas={three: "why"}, audience="portfolio")
    shared(world.enrolment, areas={three: "why"})
    EvidenceFactory(enrolment=world.enrolment, areas={four: ""}, discarded_at=timezone.now())
    EvidenceFactory(enrolment=world.other.enrolment, areas={four: ""})
    found = sign_in(world.supervisor).get(LIST).context["coverage"]
    assert [(area.number, area.level, area.opened, area.private, area.count, area.note) for area in found] == [
        (1, "none", 0, 1, 0, "1 only you can read"),
        (2, "some", 1, 1, 0, "some, 1 piece and 1 only you can read"),
        (3, "some", 2, 0, 2, ""),
        (4, "none", 0, 0, 0, ""),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(world, sign_in, django_assert_num_queries, count):
    for number in range(count):
        AttachmentFactory(evidence=shared(world.enrolment, areas={area_of(world.enrolment, number + 1): "why"}))
    client = sign_in(world.supervisor)
    client.get("/account/")
    with django_assert_num_queries(13):
        client.get(LIST)


def test_the_mentor_sees_what_was_opened_newest_first(world, sign_in):
    EvidenceFactory(enrolment=world.enrolment, title="CANARY")
    shared(world.other.enrolment, title="CANARY")
    first, second = shared(world.enrolment, title="First"), shared(world.enrolment, title="Second")
    asked_at = timezone.now() - dt.timedelta(days=1)
    Evidence.objects.filter(pk=first.pk).update(updated_at=timezone.now(), feedback_asked_at=asked_at)
    response = sign_in(world.mentor).get(mentee_url(world.enrolment))
    assert titles(response) == ["Second", "First"]
    body = response.content.decode()
    assert "CANARY" not in body
    assert re.findall(r"Feedback asked[^<]*", body) == [f"Feedback asked on {short_date(asked_at)}"]
    assert second.get_absolute_url() in body


def test_the_mentor_sees_an_empty_state(world, sign_in):
    body = sign_in(world.mentor).get(mentee_url(world.enrolment)).content.decode()
    assert "Nothing is shared with you yet" in body


@pytest.mark.parametrize(
    "person", ["outsider", "supervisor", "line_manager", "ld_lead", "admin", "senior_leader", "panel_member"]
)
def test_nobody_but_the_mentor_has_that_list(world, sign_in, person):
    shared(world.enrolment)
    client = sign_in(getattr(world, person))
    assert client.get(mentee_url(world.enrolment)).status_code == 404
    assert sign_in(world.other.mentor).get(mentee_url(world.enrolment)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_mentors_list_costs_the_same_however_long(world, sign_in, django_assert_num_queries, count):
    for number in range(count):
        shared(world.enrolment, areas={area_of(world.enrolment, number + 1): "why"})
    client = sign_in(world.mentor)
    client.get("/account/")
    with django_assert_num_queries(13):
        client.get(mentee_url(world.enrolment))


@pytest.mark.parametrize("count", [1, 3])
def test_the_bin_costs_the_same_however_full(world, sign_in, django_assert_num_queries, count):
    for _ in range(count):
        EvidenceFactory(enrolment=world.enrolment, discarded_at=timezone.now())
    client = sign_in(world.supervisor)
    client.get("/account/")
    with django_assert_num_queries(8):
        assert client.get(reverse("portfolio:evidence_bin")).content.decode().count("Bring it back") == count


def test_every_page_of_a_long_list_holds_ones_own_pieces_only(world, sign_in):
    EvidenceFactory.create_batch(30, enrolment=world.enrolment)
    EvidenceFactory.create_batch(3, enrolment=world.other.enrolment, title="CANARY")
    client = sign_in(world.supervisor)
    seen = []
    for page in ("1", "2", "last", "-1", "99"):
        response = client.get(LIST, {"page": page})
        assert "CANARY" not in response.content.decode()
        seen.append(len(titles(response)))
    assert seen[:2] == [25, 5]
