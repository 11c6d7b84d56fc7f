"""The parts of a portfolio beside each other."""

import re

import pytest
from django.urls import reverse

PARTS = re.compile(r'<nav class="pp-parts".*?</nav>', re.DOTALL)
LINK = re.compile(r'href="([^"]+)"( aria-current="page")?>([^<]+)<')


def parts_of(answer):
    found = PARTS.search(answer.content.decode())
    return LINK.findall(found[0]) if found else []


def test_each_part_of_ones_own_leads_to_the_others(world, sign_in):
    client = sign_in(world.supervisor)
    links = parts_of(client.get(reverse("portfolio:evidence_list")))
    assert [label for _, _, label in links] == [
        "Evidence",
        "Coverage",
        "Self-assessment",
        "Development plan",
        "Critical reflection",
        "CPD",
        "Notes",
        "Actions",
        "PDF",
    ]

    for url, _, label in links:
        answer = client.get(url, follow=True)
        assert answer.status_code == 200
        assert [name for _, current, name in parts_of(answer) if current] == [label]


def test_a_mentor_goes_from_part_to_part_of_one_person(world, sign_in):
    client = sign_in(world.mentor)
    links = parts_of(client.get(reverse("insights:person", args=[world.enrolment.pk])))
    assert [label for _, _, label in links] == [
        "The year",
        "Evidence",
        "Coverage",
        "Self-assessments",
        "Development plan",
        "Critical reflection",
        "Notes and worksheets",
    ]

    for url, _, label in links:
        answer = client.get(url, follow=True)
        assert answer.status_code == 200
        assert [name for _, current, name in parts_of(answer) if current] == [label]


@pytest.mark.parametrize("role", ["supervisor", "ld_lead", "line_manager"])
def test_who_only_sees_the_year_is_offered_none(world, sign_in, role):
    answer = sign_in(getattr(world, role)).get(reverse("insights:person", args=[world.enrolment.pk]))

    assert answer.status_code == 200
    assert parts_of(answer) == []


def test_a_refused_page_offers_none(world, sign_in):
    client = sign_in(world.ld_lead)

    for name, args in (("portfolio:evidence_list", []), ("portfolio:mentee_evidence", [world.enrolment.pk])):
        answer = client.get(reverse(name, args=args))
        assert answer.status_code in {403, 404}
        assert parts_of(answer) == []
