"""Choosing among one's own pieces: ticked first, then those at hand, the others by a search that loses nothing."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import WorkingCopy
from portfolio.models import Objective, SelfAssessment
from tests.factories.portfolio import EvidenceFactory, planned


@pytest.fixture
def pieces(world, areas):
    def make(*titles, area=None, **more):
        return [
            EvidenceFactory(enrolment=world.enrolment, title=title, areas={area: ""} if area else {}, **more)
            for title in titles
        ]

    return make


@pytest.fixture
def closing(world, areas):
    row = planned(world.enrolment, areas=[areas[0].pk])
    return row, reverse("portfolio:objective_close", args=[row.pk])


def titles(boxes):
    return [box.label for box in boxes]


def shown(answer):
    choice = answer.context["form"].choice
    return titles(choice.ticked), titles(choice.at_hand), titles(choice.found)


def test_those_about_the_same_areas_stand_open_and_the_others_are_searched(world, sign_in, areas, pieces, closing):
    _, address = closing
    pieces("Near", area=areas[0])
    pieces("Other", area=areas[1])
    page = sign_in(world.supervisor).get(address)
    assert shown(page) == ([], ["Near"], [])
    assert "Search your other 1 piece<" in page.content.decode()
    assert "Other" not in page.content.decode().split("<main")[1].split("Search your other")[0]


def test_of_many_the_latest_ten_stand_open_and_all_can_be_chosen(world, sign_in, areas, pieces, closing):
    row, address = closing
    first, *_ = pieces(*(f"Near {number}" for number in range(12)), area=areas[0])
    client = sign_in(world.supervisor)
    choice = client.get(address).context["form"].choice
    assert (len(choice.at_hand), titles(choice.others)) == (10, ["Near 1", "Near 0"])
    client.post(address, {"revision": 1, "outcome": "met", "how_it_went": "So", "evidence": [first.pk]})
    assert list(row.evidence.all()) == [first]


def test_without_one_about_its_areas_the_latest_stand_open(world, sign_in, areas, pieces, closing):
    pieces("Far", area=areas[1])
    page = sign_in(world.supervisor).get(closing[1])
    assert shown(page) == ([], ["Far"], [])
    assert "Search your other" not in page.content.decode()


def test_those_linked_before_stand_first_wherever_they_belong(world, sign_in, areas, pieces, closing):
    row, address = closing
    pieces("Near", area=areas[0])
    linked, _ = pieces("Linked", "Other", area=areas[1])
    row.evidence.add(linked)
    assert shown(sign_in(world.supervisor).get(address)) == (["Linked"], ["Near"], [])


def test_a_search_saves_nothing_and_keeps_what_was_ticked_and_typed(world, sign_in, areas, pieces, closing):
    _, address = closing
    near, unticked = pieces("Near", "Near too", area=areas[0])
    ticked, *_ = pieces("Far and ticked", "A team day", "A letter", area=areas[1], body="words")
    pieces("Tagged", tags=["team"])
    client = sign_in(world.supervisor)
    sent = {
        "revision": 1, "outcome": "dropped", "how_it_went": " As typed\n", "evidence": [near.pk, ticked.pk],
        "find_words": "team", "find_pieces": "1",
    }  # fmt: skip
    answer = client.post(address, sent)
    form = answer.context["form"]
    assert (answer.status_code, form.errors) == (200, {})
    assert shown(answer) == (["Near", "Far and ticked"], ["Near too"], ["Tagged", "A team day"])
    assert (form["how_it_went"].value(), form["outcome"].value(), form["find_words"].value()) == (
        " As typed\n", "dropped", "team",
    )  # fmt: skip
    assert "2 pieces found" in answer.content.decode()
    assert unticked.pk != near.pk
    assert (Objective.objects.get().status, WorkingCopy.objects.count()) == ("not_started", 0)
    answer = client.post(address, sent | {"find_words": "nowhere"})
    assert "Nothing found" in answer.content.decode()
    assert len(shown(client.post(address, sent | {"find_words": " "}))[2]) == 3
    assert shown(client.post(address, sent | {"find_words": "\x00"}))[0] == ["Near", "Far and ticked"]
    assert shown(client.post(address, {"find_pieces": "1", "find_words": "x"})) == ([], ["Near too", "Near"], [])


def test_somebody_elses_pieces_are_not_found(world, sign_in, areas, pieces, closing):
    EvidenceFactory(enrolment=world.other.enrolment, title="Theirs, about the team")
    pieces("Near", area=areas[0])
    pieces("My team", "Mine")
    answer = sign_in(world.supervisor).post(closing[1], {"find_pieces": "1", "find_words": "team"})
    assert shown(answer)[2] == ["My team"]
    assert "Theirs" not in answer.content.decode()


def test_what_is_searched_for_is_no_part_of_a_draft(world, sign_in, pieces, closing):
    row, address = closing
    pieces("Near")
    client = sign_in(world.supervisor)
    client.post(
        reverse("accounts:draft", args=["objective_close", row.pk]),
        {"revision": "1", "how_it_went": "Half a sent", "find_words": "team"},
    )
    assert WorkingCopy.objects.get().payload == {"revision": ["1"], "how_it_went": ["Half a sent"]}
    form = client.get(address).context["form"]
    assert (form["how_it_went"].value(), form["find_words"].value()) == ("Half a sent", None)


def test_the_self_assessment_shows_what_is_linked_and_folds_the_rest(world, sign_in, areas, pieces):
    linked, _ = pieces("Linked", "Not linked", area=areas[0])
    pieces("Elsewhere", area=areas[1])
    client = sign_in(world.supervisor)
    address = reverse("portfolio:self_assessment_edit", args=[world.enrolment.pk, "start"])
    client.post(address, {"revision": 0, "level_1": "2", "evidence_1": [linked.pk]})
    page = client.get(address)
    rows = [row["evidence"] for row in page.context["form"].area_rows()]
    assert [row and (titles(row.ticked), titles(row.at_hand)) for row in rows] == [
        (["Linked"], ["Not linked"]), ([], ["Elsewhere"]), None, None,
    ]  # fmt: skip
    body = " ".join(page.content.decode().split())
    assert "Link more evidence for area 1 (1 piece<" in body
    assert "Link evidence for area 2 (1 piece<" in body
    assert '<details class="govuk-details pp-pieces__more" data-pieces>' in body
    assert not [part for part in body.split("<details")[1:] if " open" in part.split(">")[0]]
    wrong = client.post(address, {"revision": 1, "evidence_2": ["x"]}).content.decode()
    assert wrong.count("data-pieces open") == 1


def test_what_is_linked_stays_though_the_piece_has_left_the_area(world, sign_in, areas, pieces):
    [linked] = pieces("Linked", area=areas[0])
    client = sign_in(world.supervisor)
    address = reverse("portfolio:self_assessment_edit", args=[world.enrolment.pk, "start"])
    client.post(address, {"revision": 0, "level_1": "2", "evidence_1": [linked.pk]})
    linked.mappings.all().delete()
    [row, *_] = [row["evidence"] for row in client.get(address).context["form"].area_rows()]
    assert (titles(row.ticked), row.at_hand) == (["Linked"], [])
    client.post(address, {"revision": 1, "level_1": "3", "evidence_1": [linked.pk]})
    assert list(SelfAssessment.objects.get().ratings.get().evidence.all()) == [linked]
    linked.discarded_at = timezone.now()
    linked.save()
    assert [row["evidence"] for row in client.get(address).context["form"].area_rows()] == [None] * 4
