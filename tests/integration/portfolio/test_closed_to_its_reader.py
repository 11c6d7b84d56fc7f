"""What a reader quoted of a piece goes when it is closed to them; what they wrote is found again."""

import pytest
from django.urls import reverse

from accounts.models import WorkingCopy
from portfolio.models import Evidence, ObjectiveReview
from portfolio.services.plan import put_objective_away
from portfolio.services.sharing import NotReady, discard_evidence, restore_evidence, withdraw_evidence
from portfolio.services.taking_out import send_back
from portfolio.views import objective_review
from tests.factories.portfolio import plan_opened, planned, shared
from tests.integration.portfolio.test_comments import answer_url, comment, keep, new_url
from tests.integration.portfolio.test_plan_opened import review_url, theirs
from tests.integration.portfolio.test_talk_taken_back import opened_again, own_words, page_of


# --- what was quoted -------------------------------------------------------------------------------------------
def sent_back(evidence):
    send_back(evidence=evidence, reason=Evidence.SentBackFor.values[0], by=evidence.shared_with)


def thrown_away(evidence):
    discard_evidence(evidence=evidence, by=evidence.enrolment.supervisor)
    restore_evidence(evidence=evidence, by=evidence.enrolment.supervisor)


def taken_back(evidence):
    withdraw_evidence(evidence=evidence, by=evidence.enrolment.supervisor)


def kept_by(person):
    return WorkingCopy.objects.get(author=person).payload


@pytest.mark.parametrize("closed", [taken_back, sent_back, thrown_away])
def test_what_was_taken_back_does_not_come_back_out_of_the_readers_draft(world, sign_in, closed):
    evidence = shared(world.enrolment, body="CANARY words")
    mentor, writer = sign_in(world.mentor), sign_in(world.supervisor)
    typed = {"text": "Why?", "passage": "CANARY words"}
    revision = keep(mentor, world.mentor, "evidence_comment", evidence.pk, **typed).json()["revision"]
    keep(writer, world.supervisor, "evidence_comment", evidence.pk, **typed)
    closed(Evidence.objects.get())
    assert kept_by(world.mentor) == {"text": ["Why?"]}
    assert kept_by(world.supervisor) == {"text": ["Why?"], "passage": ["CANARY words"]}
    # The window goes on being kept, without those words.
    late = keep(mentor, world.mentor, "evidence_comment", evidence.pk, revision, **typed | {"text": "Why so?"})
    assert (late.status_code, kept_by(world.mentor)) == (200, {"text": ["Why so?"]})
    Evidence.objects.update(body="Other words")
    opened_again(Evidence.objects.get())
    discard = mentor.get(reverse("accounts:draft_discard", args=["evidence_comment", evidence.pk]))
    assert ("Why so?" in discard.content.decode(), "CANARY" in discard.content.decode()) == (True, False)
    # A window from before has not seen what is kept.
    seen = late.json()["revision"]
    stale = keep(mentor, world.mentor, "evidence_comment", evidence.pk, seen, **typed)
    assert (stale.status_code, stale.json()["current"]) == (409, {"text": ["Why so?"]})
    page = mentor.post(new_url(evidence), {"text": "Else", "draft_revision": seen})
    assert (page.status_code, "CANARY" in page.content.decode()) == (409, False)


def test_a_window_in_which_nothing_was_kept_cannot_put_it_back_unseen(world, sign_in):
    evidence = shared(world.enrolment, body="CANARY words")
    client = sign_in(world.mentor)
    assert client.get(evidence.get_absolute_url()).context["form"].draft.revision == 0
    taken_back(evidence)
    assert not WorkingCopy.objects.exists()
    opened_again(evidence)
    late = keep(client, world.mentor, "evidence_comment", evidence.pk, 0, text="Why?", passage="CANARY words")
    assert (late.status_code, WorkingCopy.objects.get().payload) == (409, {})
    assert "taken back meanwhile" in late.json()["differences"]
    now = client.get(evidence.get_absolute_url()).context["form"].draft.revision
    assert keep(client, world.mentor, "evidence_comment", evidence.pk, now, text="Why?").status_code == 200
    # Opened once more to whoever reads it already, nothing is closed.
    opened_again(evidence)
    assert client.get(evidence.get_absolute_url()).context["form"]["text"].value() == "Why?"


def test_what_a_former_mentor_quoted_goes_when_the_piece_is_opened_to_another(world, sign_in):
    evidence = shared(world.enrolment, body="CANARY words")
    keep(sign_in(world.mentor), world.mentor, "evidence_comment", evidence.pk, text="Why?", passage="CANARY words")
    world.enrolment.mentorings.update(mentor=world.other.mentor)
    opened_again(evidence)
    assert WorkingCopy.objects.get().payload == {"text": ["Why?"]}


# --- where it is found -----------------------------------------------------------------------------------------
def test_an_answer_in_a_talk_that_stays_closed_is_found_also_when_the_piece_is_opened_anew(world, sign_in):
    evidence = shared(world.enrolment)
    first = comment(evidence, world.mentor, "Mine")
    client = sign_in(world.mentor)
    keep(client, world.mentor, "evidence_answer", first.pk, text="My answer")
    assert own_words(page_of(client, world)) == ([], [])
    taken_back(evidence)
    assert own_words(page_of(client, world)) == (["Mine"], [("My answer", "")])
    opened_again(evidence)
    assert own_words(page_of(client, world)) == ([], [("My answer", "")])
    late = client.post(answer_url(first), {"text": "My answer and more"})
    assert (late.status_code, "Copy it if you still need it" in late.content.decode()) == (409, True)
    gone = client.post(
        reverse("accounts:draft_discard", args=["evidence_answer", first.pk]),
        {"draft_revision": WorkingCopy.objects.get(form="evidence_answer").revision},
    )
    assert (gone.status_code, own_words(page_of(client, world))) == (302, ([], []))


@pytest.mark.parametrize("closed", [taken_back, sent_back, thrown_away])
def test_whoever_closed_it_nobody_is_named(world, sign_in, closed):
    evidence = shared(world.enrolment)
    client = sign_in(world.mentor)
    comment(evidence, world.mentor, "Mine")
    closed(Evidence.objects.get())
    body = client.post(new_url(evidence), {"text": "My words"}).content.decode()
    assert ("What you were writing about is closed to you now." in body, "has taken" in body) == (True, False)
    body = page_of(client, world).content.decode()
    assert ("About what you can no longer read." in body, "taken back" in body) == (True, False)
    opened_again(Evidence.objects.get())
    body = client.get(evidence.get_absolute_url()).content.decode()
    assert ("About what you can no longer read." in body, "taken back" in body) == (True, False)


# --- the plan --------------------------------------------------------------------------------------------------
def test_the_mentors_words_on_a_plan_that_was_taken_back_stay_theirs(world, sign_in):
    row = planned(world.enrolment, need="CANARY need")
    plan_opened(world.enrolment)
    client, page = sign_in(world.mentor), theirs(world.enrolment)
    client.post(review_url(row), {"text": "Well done"})
    keep(client, world.mentor, "objective_review", row.pk, text="Half")
    assert own_words(client.get(page)) == ([], [("Half", review_url(row))])
    assert "Well done" in client.get(page).content.decode()
    plan_opened(world.enrolment, to_mentor=False)
    shown = client.get(page)
    assert own_words(shown) == (["Well done"], [("Half", "")])
    body = shown.content.decode()
    assert ("Well done" in body, "Half" in body, "CANARY" in body) == (True, True, False)
    plan_opened(world.enrolment)
    assert own_words(client.get(page)) == ([], [("Half", review_url(row))])
    assert client.get(review_url(row)).context["form"]["text"].value() == "Half"


def test_a_review_of_what_was_taken_back_meanwhile_is_given_back_and_kept(world, sign_in):
    row = planned(world.enrolment, need="CANARY need")
    plan_opened(world.enrolment)
    client = sign_in(world.mentor)
    plan_opened(world.enrolment, to_mentor=False)
    page = client.post(review_url(row), {"text": "My words"})
    body = page.content.decode()
    assert (page.status_code, "My words" in body, "CANARY" in body) == (409, True, False)
    assert f'href="{theirs(world.enrolment)}#own-words"' in body
    assert (ObjectiveReview.objects.count(), WorkingCopy.objects.get().payload) == (0, {"text": ["My words"]})
    assert own_words(client.get(theirs(world.enrolment))) == ([], [("My words", "")])
    # The window goes on being kept; without JavaScript too. It can be thrown away.
    revision = WorkingCopy.objects.get().revision
    late = keep(client, world.mentor, "objective_review", row.pk, revision, text="My words, and more")
    assert late.status_code == 200
    address = reverse("accounts:draft", args=["objective_review", row.pk])
    sent = {"text": "Without a script", "draft_revision": late.json()["revision"]}
    assert client.post(address, sent).url == f"{theirs(world.enrolment)}#own-words"
    revision = WorkingCopy.objects.get().revision
    discard = reverse("accounts:draft_discard", args=["objective_review", row.pk])
    assert "Without a script" in client.get(discard).content.decode()
    client.post(discard, {"draft_revision": revision})
    assert not WorkingCopy.objects.exists()


def test_a_review_of_an_objective_that_is_in_the_plan_no_more(world, sign_in):
    row, _ = planned(world.enrolment), planned(world.enrolment, need="Another")
    plan_opened(world.enrolment)
    client = sign_in(world.mentor)
    client.post(review_url(row), {"text": "Well done"})
    put_objective_away(objective=row, by=world.supervisor)
    plan_opened(world.enrolment)
    assert client.post(review_url(row), {"text": "My words"}).status_code == 409
    assert own_words(client.get(theirs(world.enrolment))) == (["Well done"], [("My words", "")])


def test_taken_back_in_the_moment_of_sending(world, sign_in, monkeypatch):
    row = planned(world.enrolment)
    plan_opened(world.enrolment)

    def too_late(**said):
        plan_opened(world.enrolment, to_mentor=False)
        raise NotReady("The plan is not open to you")

    monkeypatch.setattr(objective_review, "review_objective", too_late)
    page = sign_in(world.mentor).post(review_url(row), {"text": "My words"})
    assert (page.status_code, WorkingCopy.objects.get().payload) == (409, {"text": ["My words"]})


def test_an_id_that_is_somebody_elses_is_not_found(world, sign_in):
    row, other = planned(world.enrolment), planned(world.enrolment, need="Another")
    plan_opened(world.enrolment)
    client = sign_in(world.mentor)
    client.post(review_url(other), {"text": "Of another"})
    taken = str(ObjectiveReview.objects.get().pk)
    assert client.post(review_url(row), {"text": "My words", "id": taken}).status_code == 404


@pytest.mark.parametrize("person", ["line_manager", "ld_lead", "admin", "outsider", "supervisor"])
def test_a_plan_taken_back_is_not_found_by_others(world, sign_in, person):
    row, unopened = planned(world.enrolment), planned(world.enrolment, need="Another")
    put_objective_away(objective=unopened, by=world.supervisor)
    plan_opened(world.enrolment)
    plan_opened(world.enrolment, to_mentor=False)
    assert sign_in(getattr(world, person)).post(review_url(row), {"text": "x"}).status_code == 404
    assert sign_in(world.other.mentor).post(review_url(row), {"text": "x"}).status_code == 404
    # Nor by the mentor what they were never opened.
    assert sign_in(world.mentor).post(review_url(unopened), {"text": "x"}).status_code == 404
    assert not WorkingCopy.objects.exists()
