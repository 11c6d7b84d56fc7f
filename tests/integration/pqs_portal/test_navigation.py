"""Which entry of the navigation is lit: the one that the page belongs to, wherever its address stands."""

import re

import pytest
from django.urls import reverse

from tests.factories.pathway import EnrolmentFactory
from tests.factories.portfolio import EvidenceFactory, shared

LIT = re.compile(r'href="([^"]+)" aria-current="true"')


def lit(answer):
    assert answer.status_code == 200
    return LIT.findall(answer.content.decode())


OWN_PAGES = [
    "evidence_list", "evidence_bin", "evidence_new", "coverage", "self_assessment_list", "plan", "plan_offers",
    "objective_new", "reflection", "reflection_edit", "notebook", "note_new", "cpd_list", "cpd_new", "later",
    "action_list", "action_new", "take_out", "own_export",
]  # fmt: skip


@pytest.mark.parametrize("name", OWN_PAGES)
def test_every_part_of_ones_own_portfolio_belongs_to_it(world, sign_in, name):
    answer = sign_in(world.supervisor).get(reverse(f"portfolio:{name}"), follow=True)
    assert lit(answer) == [reverse("portfolio:evidence_list")]


def test_so_do_pages_at_addresses_of_their_own(world, sign_in):
    piece = EvidenceFactory(enrolment=world.enrolment)
    client = sign_in(world.supervisor)
    pages = [
        *(reverse(f"portfolio:{name}", args=[piece.pk]) for name in ("evidence", "evidence_edit", "evidence_share")),
        *(
            reverse(f"portfolio:{name}", args=[world.enrolment.pk, "start"])
            for name in ("self_assessment", "self_assessment_edit")
        ),
    ]
    assert [lit(client.get(page)) for page in pages] == [[reverse("portfolio:evidence_list")]] * len(pages)


def test_a_mentees_piece_belongs_to_ones_people_even_for_who_has_a_portfolio_too(world, sign_in):
    EnrolmentFactory(cohort=world.cohort, supervisor=world.mentor)
    piece = shared(world.enrolment)
    client = sign_in(world.mentor)
    pages = [
        *(reverse(f"portfolio:{name}", args=[piece.pk]) for name in ("evidence", "evidence_send_back")),
        reverse("portfolio:mentor_view", args=[world.enrolment.pk, "start"]),
    ]
    assert [lit(client.get(page)) for page in pages] == [[reverse("insights:people")]] * len(pages)
