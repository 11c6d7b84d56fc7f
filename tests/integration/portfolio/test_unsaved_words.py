"""Whoever shares a text is told that they typed more and did not save it."""

import json
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import WorkingCopy
from pathway.models import Mentoring
from portfolio.drafts.self_assessment import target_of
from portfolio.services.self_assessment import Rated, save_assessment
from portfolio.services.taking_out import take_out
from tests.factories.pathway import MentoringFactory
from tests.factories.portfolio import EvidenceFactory, area_of, assessed, opened, plan_opened, planned, shared
from tests.factories.reflection import reflected, reflection_opened

SAID = re.compile(r'You have unsaved changes from [^<]*<a class="govuk-link" href="([^"]+)">Go on writing</a>')


def keep(client, user, form, target, **typed):
    payload = {name: [text] for name, text in typed.items()}
    sent = {"payload": payload, "revision": 0, "based_on": 1, "page": "", "author": str(user.pk)}
    url = reverse("accounts:draft", args=[form, target])
    return client.post(url, json.dumps(sent), content_type="application/json").json()["revision"]


def of_piece(world):
    row = shared(world.enrolment)
    pages = [row.get_absolute_url(), reverse("portfolio:evidence_share", args=[row.pk])]
    return "evidence", row.pk, {"title": "CANARY"}, pages, reverse("portfolio:evidence_edit", args=[row.pk])


def of_reflection(world):
    reflection_opened(reflected(world.enrolment))
    pages = [reverse("portfolio:reflection"), reverse("portfolio:reflection_share")]
    return "reflection", world.enrolment.pk, {"part_what": "CANARY"}, pages, reverse("portfolio:reflection_edit")


def of_self_assessment(world):
    assessed(world.enrolment, {area_of(world.enrolment): 2}, finish=False)
    page, edit = (
        reverse(f"portfolio:{name}", args=[world.enrolment.pk, "start"])
        for name in ("self_assessment", "self_assessment_edit")
    )
    target = target_of("self_assessment", world.enrolment.pk, "start")
    return "self_assessment", target, {"why_1": "CANARY"}, [page], edit


def of_objective(world):
    row = planned(world.enrolment, need="To listen")
    plan_opened(world.enrolment)
    pages = [row.get_absolute_url(), reverse("portfolio:plan"), reverse("portfolio:plan_share")]
    return "objective", row.pk, {"need": "CANARY"}, pages, reverse("portfolio:objective_edit", args=[row.pk])


TEXTS = [of_piece, of_reflection, of_self_assessment, of_objective]


@pytest.mark.parametrize("text", TEXTS, ids=[text.__name__ for text in TEXTS])
def test_the_writer_is_told_until_it_is_saved(world, sign_in, text):
    form, target, typed, pages, edit = text(world)
    client = sign_in(world.supervisor)
    assert [SAID.findall(client.get(page).content.decode()) for page in pages] == [[]] * len(pages)
    keep(client, world.supervisor, form, target, **typed)
    shown = [client.get(page).content.decode() for page in pages]
    assert [SAID.findall(page) for page in shown] == [[edit]] * len(pages)
    assert "CANARY" not in "".join(shown)
    WorkingCopy.objects.update(payload={})  # what was kept was taken out: nothing is
    assert [SAID.findall(client.get(page).content.decode()) for page in pages] == [[]] * len(pages)


def test_a_save_for_good_ends_it_and_the_mentor_never_learns_of_it(world, sign_in, posted):
    row, client, mentor = shared(world.enrolment), sign_in(world.supervisor), sign_in(world.mentor)
    page, edit = row.get_absolute_url(), reverse("portfolio:evidence_edit", args=[row.pk])
    revision = keep(client, world.supervisor, "evidence", row.pk, title="CANARY")
    assert "unsaved changes" in client.get(page).content.decode()
    assert "unsaved changes" not in mentor.get(page).content.decode()
    client.post(edit, posted(body="Whole") | {"version": row.version, "draft_revision": revision})
    assert "unsaved changes" not in client.get(page).content.decode()


def test_the_mentors_own_words_on_the_page_are_no_change_of_the_text(world, sign_in):
    row, mentor = shared(world.enrolment), sign_in(world.mentor)
    keep(mentor, world.mentor, "evidence_comment", row.pk, text="Half a comment")
    for client in (mentor, sign_in(world.supervisor)):
        assert SAID.findall(client.get(row.get_absolute_url()).content.decode()) == []


def test_nobody_goes_on_with_what_is_in_the_bin(world, sign_in):
    row, client = EvidenceFactory(enrolment=world.enrolment), sign_in(world.supervisor)
    keep(client, world.supervisor, "evidence", row.pk, title="CANARY")
    client.post(reverse("portfolio:evidence_discard", args=[row.pk]))
    assert "unsaved changes" not in client.get(row.get_absolute_url()).content.decode()


def test_what_is_done_is_gone_on_with_by_its_own_button(world, sign_in):
    reflected(world.enrolment, finish=True)
    client = sign_in(world.supervisor)
    keep(client, world.supervisor, "reflection", world.enrolment.pk, part_what="CANARY")
    page, share = (reverse(f"portfolio:{name}") for name in ("reflection", "reflection_share"))
    for address, leads in ((page, []), (share, [page])):
        body = client.get(address).content.decode()
        assert ("You have unsaved changes" in body, SAID.findall(body)) == (True, leads)


def test_the_plan_names_the_objective_and_says_share_where_it_shares(world, sign_in):
    row, client = planned(world.enrolment, need="To listen"), sign_in(world.supervisor)
    plan, share = reverse("portfolio:plan"), reverse("portfolio:plan_share")
    buttons = re.compile(r"(Check and share again|Change who can read it|Check and share)\s*</a>")
    submit = re.compile(r"<button[^>]*>\s*(Save who can read it)\s*</button>")

    def words():
        body = client.get(share).content.decode()
        return buttons.findall(client.get(plan).content.decode()), submit.findall(body)

    assert words() == (["Check and share"], ["Save who can read it"])
    plan_opened(world.enrolment)
    assert words() == (["Change who can read it"], ["Save who can read it"])
    planned(world.enrolment)
    assert words() == (["Check and share again"], ["Save who can read it"])
    keep(client, world.supervisor, "objective", row.pk, need="CANARY")
    assert "to “To listen”" in client.get(share).content.decode()
    client.post(reverse("portfolio:objective_put_away", args=[row.pk]))
    assert "unsaved changes" not in client.get(share).content.decode()


def test_a_self_assessment_that_was_changed_is_shared_again(world, sign_in):
    level, client = {area_of(world.enrolment): 2}, sign_in(world.supervisor)
    page, again = (
        reverse(f"portfolio:self_assessment{name}", args=[world.enrolment.pk, "start"]) for name in ("", "_reopen")
    )
    row = opened(assessed(world.enrolment, level))
    assert "Change who can read it" in client.get(page).content.decode()
    client.post(again)
    ratings, by = [Rated(area.pk, None, 3, "", ()) for area in level], world.supervisor
    save_assessment(
        enrolment=world.enrolment, point="start", revision=row.revision, ratings=ratings, finish=True, by=by
    )
    assert "Check and share again" in client.get(page).content.decode()
    share = client.get(reverse("portfolio:self_assessment_share", args=[world.enrolment.pk, "start"]))
    assert re.search(r"<button[^>]*>\s*Save who can read it\s*</button>", share.content.decode())


@pytest.mark.parametrize("how", ["taken out", "done again"])
def test_a_self_assessment_that_reads_the_same_is_not_shared_again(world, sign_in, how):
    level, client, by = {area_of(world.enrolment): 2}, sign_in(world.supervisor), world.supervisor
    evidence = EvidenceFactory(enrolment=world.enrolment)
    row = opened(assessed(world.enrolment, level, why="Zebedee went", evidence=[evidence.pk]))
    if how == "taken out":
        take_out(enrolment=world.enrolment, by=by, passages=["Zebedee"])
    else:
        client.post(reverse("portfolio:self_assessment_reopen", args=[world.enrolment.pk, "start"]))
        ratings = [Rated(area.pk, None, 2, "Zebedee went", [evidence.pk]) for area in level]
        save_assessment(
            enrolment=world.enrolment, point="start", revision=row.revision, ratings=ratings, finish=True, by=by
        )
    revision = row.revision
    row.refresh_from_db()
    assert row.revision == revision + 1
    page = reverse("portfolio:self_assessment", args=[world.enrolment.pk, "start"])
    assert ways_on(client, [page]) == [["Change who can read it"]]


def test_the_list_marks_the_pieces_that_were_typed_on(world, sign_in):
    typed_on, other = shared(world.enrolment), shared(world.enrolment)
    revision = keep(sign_in(world.supervisor), world.supervisor, "evidence", typed_on.pk, title="CANARY")
    keep(sign_in(world.mentor), world.mentor, "evidence_comment", other.pk, text="CANARY")

    def marked(person, address):
        body = sign_in(person).get(address).content.decode()
        assert "CANARY" not in body
        return [
            pk for pk, row in re.findall(r'evidence/([0-9a-f-]{36})/">(.*?)</li>', body, re.DOTALL) if "unsaved" in row
        ]

    own = reverse("portfolio:evidence_list")
    assert marked(world.supervisor, own) == [str(typed_on.pk)]
    assert marked(world.mentor, reverse("portfolio:mentee_evidence", args=[world.enrolment.pk])) == []
    discard = reverse("accounts:draft_discard", args=["evidence", typed_on.pk])
    sign_in(world.supervisor).post(discard, {"draft_revision": revision})
    assert marked(world.supervisor, own) == []


def of_three(world, *, to_mentor, in_portfolio):
    """A plan, a reflection and a self-assessment, each done and opened; their pages."""
    readers = {"to_mentor": to_mentor, "in_portfolio": in_portfolio}
    planned(world.enrolment)
    plan_opened(world.enrolment, **readers)
    reflection_opened(reflected(world.enrolment, finish=True), **readers)
    opened(assessed(world.enrolment, {area_of(world.enrolment): 2}), **readers)
    assessment = reverse("portfolio:self_assessment", args=[world.enrolment.pk, "start"])
    return [reverse("portfolio:plan"), reverse("portfolio:reflection"), assessment]


def ways_on(client, pages):
    shown = [client.get(page).content.decode() for page in pages]
    return [re.findall(r'share/">([^<]+)</a>', body) for body in shown]


def test_the_way_to_share_says_so_where_the_mentor_of_today_reads_nothing_yet(world, sign_in):
    pages = of_three(world, to_mentor=True, in_portfolio=False)
    client = sign_in(world.supervisor)
    assert ways_on(client, pages) == [["Change who can read it"]] * 3
    Mentoring.objects.update(ends_on=timezone.localdate())
    assert ways_on(client, pages) == [["Change who can read it"]] * 3  # nobody to share it with
    MentoringFactory(enrolment=world.enrolment)
    assert ways_on(client, pages) == [["Check and share"]] * 3


def test_the_way_to_share_says_so_where_it_is_in_the_portfolio_alone(world, sign_in):
    pages = of_three(world, to_mentor=False, in_portfolio=True)
    assert ways_on(sign_in(world.supervisor), pages) == [["Check and share"]] * 3
