"""Searching, narrowing and sorting: one's own portfolio, and what was shared with a mentor."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from portfolio.models import Evidence
from portfolio.services.evidence import advance
from tests.factories.portfolio import AttachmentFactory, EvidenceFactory, area_of, shared

LIST = reverse("portfolio:evidence_list")


def mentee_url(enrolment):
    return reverse("portfolio:mentee_evidence", args=[enrolment.pk])


def titles(response):
    return [row["view"].title for row in response.context["rows"]]


@pytest.fixture
def pieces(world):
    today = timezone.localdate()
    mine = {"enrolment": world.enrolment}
    one, two = area_of(world.enrolment, 1), area_of(world.enrolment, 2)
    made = {
        "duty": EvidenceFactory(
            **mine, title="On duty", body="A calm night", kind="situation", tags=["Winter, 50%"], areas={one: ""},
            happened_on=today,
        ),
        "panel": EvidenceFactory(
            **mine, title="The panel", body="It went on", kind="went_well", tags=["autumn"], areas={one: "", two: ""},
            happened_on=today - dt.timedelta(days=2),
        ),
        "talk": shared(
            world.enrolment, title="A talk", body="About calm", areas={two: "w"},
            happened_on=today - dt.timedelta(days=1),
        ),
    }  # fmt: skip
    AttachmentFactory(evidence=made["panel"], name="Minutes of May.txt")
    AttachmentFactory(evidence=made["duty"], name="gone.txt", removed_at=timezone.now())
    EvidenceFactory(**mine, title="CANARY calm", tags=["thrown away"], discarded_at=timezone.now())
    EvidenceFactory(enrolment=world.other.enrolment, title="CANARY calm", tags=["CANARY"])
    return made


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["On duty", "A talk", "The panel"]),
        ({"q": "CALM"}, ["On duty", "A talk"]),
        ({"q": "calm night"}, ["On duty"]),
        ({"q": "night calm nowhere"}, []),
        ({"q": "minutes"}, ["The panel"]),
        ({"q": "gone.txt"}, []),
        ({"q": "winter"}, ["On duty"]),
        ({"q": "50%"}, ["On duty"]),
        ({"q": "%"}, ["On duty"]),
        ({"q": "_"}, []),
        ({"q": "x\x00y"}, ["On duty", "A talk", "The panel"]),
        ({"show": "mentor"}, ["A talk"]),
        ({"show": "only_me", "q": "on"}, ["On duty", "The panel"]),
        ({"kind": "went_well"}, ["The panel"]),
        ({"kind": "nonsense"}, ["On duty", "A talk", "The panel"]),
        ({"tag": "Winter, 50%"}, ["On duty"]),
        ({"tag": "CANARY"}, ["On duty", "A talk", "The panel"]),
        ({"sort": "oldest"}, ["The panel", "A talk", "On duty"]),
        ({"sort": "own"}, ["The panel", "A talk", "On duty"]),
        ({"sort": "nonsense"}, ["On duty", "A talk", "The panel"]),
    ],
)
def test_one_finds_ones_own(world, sign_in, pieces, asked, expected):
    response = sign_in(world.supervisor).get(LIST, asked)
    assert (titles(response), "CANARY" in response.content.decode()) == (expected, False)


def test_pieces_of_an_area_and_those_changed_last(world, sign_in, pieces):
    client = sign_in(world.supervisor)
    assert titles(client.get(LIST, {"area": area_of(world.enrolment, 2).pk})) == ["A talk", "The panel"]
    Evidence.objects.filter(pk=pieces["panel"].pk).update(updated_at=timezone.now() + dt.timedelta(hours=1))
    assert titles(client.get(LIST, {"sort": "changed"}))[0] == "The panel"


def test_how_many_were_found_and_a_way_out(world, sign_in, pieces):
    client = sign_in(world.supervisor)
    found = {q: client.get(LIST, {"q": q}) for q in ("", "calm", "nowhere")}
    assert {q: response.context["found_words"] for q, response in found.items()} == {
        "": "3 pieces", "calm": "2 of 3 pieces", "nowhere": "0 of 3 pieces"
    }  # fmt: skip
    assert ["Nothing found" in response.content.decode() for response in found.values()] == [False, False, True]
    assert f'<a class="govuk-link" href="{LIST}">Show all' in found["nowhere"].content.decode()


def test_tags_are_offered_once_and_only_ones_own(world, sign_in, pieces):
    Evidence.objects.filter(pk=pieces["talk"].pk).update(tags=["autumn"])
    search = sign_in(world.supervisor).get(LIST).context["search"]
    assert [value for value, _ in search.fields["tag"].choices] == ["", "autumn", "Winter, 50%"]


def test_pages_keep_what_was_asked_for(world, sign_in):
    EvidenceFactory.create_batch(30, enrolment=world.enrolment, title="Calm", kind="change")
    EvidenceFactory.create_batch(3, enrolment=world.enrolment, title="Other")
    client = sign_in(world.supervisor)
    asked = {"q": "calm", "kind": "change", "sort": "oldest"}
    first = client.get(LIST, asked)
    assert first.context["found_words"] == "30 of 33 pieces"
    assert "?q=calm&amp;kind=change&amp;sort=oldest&amp;page=2" in first.content.decode()
    assert titles(client.get(LIST, {**asked, "page": 2})) == ["Calm"] * 5


def test_a_mentor_finds_words_of_the_shared_version_alone(world, sign_in, pieces):
    talk = pieces["talk"]
    AttachmentFactory(evidence=talk, name="later.txt")
    early = AttachmentFactory(evidence=talk, name="early.txt")
    talk.shared_version.attachments.add(early)
    advance(talk, talk.version, title="New title", body="New text", kind="change", tags=["newtag"])
    talk.mappings.update(area=area_of(world.enrolment, 1))
    client, url = sign_in(world.mentor), mentee_url(world.enrolment)
    two, one = area_of(world.enrolment, 2).pk, area_of(world.enrolment, 1).pk
    found = {"q": "about calm"}, {"q": "EARLY"}, {"kind": "plain"}, {"area": two}, {"tag": "newtag"}, {"sort": "newest"}
    missed = (
        {"q": "new"}, {"q": "newtag"}, {"q": "later"}, {"q": "duty"}, {"kind": "change"}, {"area": one},
        {"show": "asked"}, {"q": "winter"},
    )  # fmt: skip
    assert [titles(client.get(url, asked)) for asked in found] == [["A talk"]] * len(found)
    assert [titles(client.get(url, asked)) for asked in missed] == [[]] * len(missed)
    body = client.get(url, {"q": "nowhere"}).content.decode()
    assert ("0 of 1 piece" in body, "Nothing found" in body, "newtag" in body) == (True, True, False)


def test_a_mentor_finds_what_waits_for_them(world, sign_in, pieces):
    Evidence.objects.filter(pk=pieces["talk"].pk).update(feedback_asked_at=timezone.now())
    shared(world.enrolment, title="Other")
    client, url = sign_in(world.mentor), mentee_url(world.enrolment)
    assert titles(client.get(url, {"show": "asked"})) == ["A talk"]
    assert titles(client.get(url, {"sort": "oldest"})) == ["Other", "A talk"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_search_costs_the_same_however_much_it_finds(world, sign_in, django_assert_num_queries, count):
    for number in range(count):
        AttachmentFactory(
            evidence=shared(world.enrolment, body="calm", areas={area_of(world.enrolment, number + 1): "w"})
        )
    asked = {"q": "calm", "sort": "own", "area": str(area_of(world.enrolment, 1).pk)}
    writer, mentor = sign_in(world.supervisor), sign_in(world.mentor)
    writer.get("/account/"), mentor.get("/account/")
    with django_assert_num_queries(14):
        writer.get(LIST, asked)
    with django_assert_num_queries(14):
        mentor.get(mentee_url(world.enrolment), asked)
