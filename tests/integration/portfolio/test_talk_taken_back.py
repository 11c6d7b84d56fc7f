"""What a mentor wrote about a text stays theirs when its writer takes it back; what the writer wrote does not."""

import uuid

import pytest
from django.urls import reverse

from accounts.models import WorkingCopy
from accounts.services.working_copies import save_copy
from portfolio.drafts.reflection_comments import spot_id, spot_of
from portfolio.models import Comment, Evidence, Reflection, ReflectionComment
from portfolio.services.comments import add_comment
from portfolio.services.sharing import share_evidence, withdraw_evidence
from portfolio.services.taking_out import take_out
from portfolio.timeline import events
from pqs_portal.demo.shown import shown_mentor
from tests.factories.portfolio import shared
from tests.factories.reflection import answered, reflected, reflection_opened, said
from tests.integration.portfolio.test_comments import answer_url, comment, keep, new_url
from tests.integration.portfolio.test_mentee_reflection import about, comment_url, opened, url, version
from tests.integration.portfolio.test_mentee_reflection import answer_url as reflection_answer_url

__all__ = ["opened"]

SPOT = "?part=what&paragraph=2"


def page_of(client, world):
    return client.get(reverse("portfolio:mentee_evidence", args=[world.enrolment.pk]))


def own_words(page):
    own = page.context["own_words"]
    return [row.text for row in own.said], [(row.text, row.url) for row in own.kept]


def opened_again(evidence):
    evidence = Evidence.objects.get(pk=evidence.pk)
    return share_evidence(
        evidence=evidence, audience="mentor", version=evidence.version, rationales={}, nobody_recognisable=True,
        shown=shown_mentor(evidence.enrolment), by=evidence.enrolment.supervisor,
    )  # fmt: skip


# --- evidence --------------------------------------------------------------------------------------------------
def test_the_mentor_reads_their_own_comments_on_a_piece_and_nothing_of_its_writer(world, sign_in):
    evidence = shared(world.enrolment, title="CANARY title", body="CANARY body")
    first = comment(evidence, world.mentor, "My question", passage="CANARY body")
    comment(evidence, world.supervisor, "CANARY answer", parent=first)
    asked = comment(evidence, world.supervisor, "CANARY question")
    comment(evidence, world.mentor, "My answer", parent=asked)
    client = sign_in(world.mentor)
    assert own_words(page_of(client, world)) == ([], [])
    withdraw_evidence(evidence=evidence, by=world.supervisor)
    page = page_of(client, world)
    assert own_words(page) == (["My question", "My answer"], [])
    assert "CANARY" not in page.content.decode()
    assert client.get(answer_url(first)).status_code == 404
    # Opened anew: what was closed stays closed.
    opened_again(Evidence.objects.get())
    Evidence.objects.update(title="CANARY later")
    page = client.get(evidence.get_absolute_url())
    told = [(one.comment.text, one.version, one.answer_url) for one in page.context["threads"]]
    assert told == [("My question", None, ""), ("My answer", None, "")]
    body = page.content.decode()
    assert ("CANARY answer" in body, "CANARY question" in body, "About these words" in body) == (False, False, False)
    assert "About what you can no longer read" in body
    assert own_words(page_of(client, world)) == ([], [])
    writer = sign_in(world.supervisor).get(evidence.get_absolute_url())
    assert [[one.text for one in thread.answers] for thread in writer.context["threads"]] == [
        ["CANARY answer"], ["My answer"],
    ]  # fmt: skip
    assert [thread.answer_url for thread in writer.context["threads"]] == ["", ""]


def test_the_mentor_hears_of_no_answer_that_they_cannot_read(world):
    evidence = shared(world.enrolment)
    first = comment(evidence, world.mentor)
    comment(evidence, world.supervisor, parent=first)
    withdraw_evidence(evidence=evidence, by=world.supervisor)
    opened_again(evidence)
    heard = [event.recipient_id for event in events(first.created_at) if event.kind == "evidence_comment"]
    assert heard == [world.supervisor.pk]


def test_a_comment_on_a_piece_taken_back_meanwhile_is_given_back_and_kept(world, sign_in):
    evidence = shared(world.enrolment, title="CANARY", body="CANARY body")
    client = sign_in(world.mentor)
    withdraw_evidence(evidence=evidence, by=world.supervisor)
    page = client.post(new_url(evidence), {"text": "My words", "passage": "CANARY body"})
    body = page.content.decode()
    assert (page.status_code, "My words" in body, "CANARY" in body) == (409, True, False)
    assert "What you were writing about is closed to you now." in body
    assert (Comment.objects.count(), WorkingCopy.objects.get().payload) == (0, {"text": ["My words"]})
    page = page_of(client, world)
    assert own_words(page) == ([], [("My words", "")])
    assert "My words" in page.content.decode()
    # Opened again, they stand in its form.
    opened_again(evidence)
    assert client.get(evidence.get_absolute_url()).context["form"]["text"].value() == "My words"


def test_words_that_another_window_has_kept_stay(world, sign_in):
    evidence = shared(world.enrolment)
    client = sign_in(world.mentor)
    keep(client, world.mentor, "evidence_comment", evidence.pk, text="Of the other window")
    withdraw_evidence(evidence=evidence, by=world.supervisor)
    body = client.post(new_url(evidence), {"text": "Of this one"}).content.decode()
    assert ("Of this one" in body, "Copy it if you still need it" in body) == (True, True)
    assert WorkingCopy.objects.get().payload == {"text": ["Of the other window"]}


def test_what_was_quoted_before_is_not_quoted_from_a_draft(world, sign_in):
    evidence = shared(world.enrolment, body="CANARY words")
    client = sign_in(world.mentor)
    keep(client, world.mentor, "evidence_comment", evidence.pk, text="Why?", passage="CANARY words")
    form = client.get(evidence.get_absolute_url()).context["form"]
    assert (form["text"].value(), form["passage"].value()) == ("Why?", "CANARY words")
    withdraw_evidence(evidence=evidence, by=world.supervisor)
    Evidence.objects.update(body="Other words")
    opened_again(evidence)
    form = client.get(evidence.get_absolute_url()).context["form"]
    assert (form["text"].value(), form["passage"].value()) == ("Why?", None)


@pytest.mark.parametrize("begins", ["mentor", "supervisor"])
def test_an_answer_that_comes_too_late_is_given_back(world, sign_in, begins):
    evidence = shared(world.enrolment)
    first = comment(evidence, getattr(world, begins), "CANARY" if begins == "supervisor" else "Mine")
    withdraw_evidence(evidence=evidence, by=world.supervisor)
    mentor = sign_in(world.mentor)
    page = mentor.post(answer_url(first), {"text": "My answer"})
    body = page.content.decode()
    assert (page.status_code, "My answer" in body, "CANARY" in body) == (409, True, False)
    assert own_words(page_of(mentor, world))[1] == [("My answer", "")]
    page = sign_in(world.supervisor).post(answer_url(first), {"text": "The writer’s"})
    assert (page.status_code, "The writer’s" in page.content.decode()) == (409, True)
    assert own_words(sign_in(world.supervisor).get(evidence.get_absolute_url()))[1] == [("The writer’s", "")]
    assert WorkingCopy.objects.count() == 2


@pytest.mark.parametrize("person", ["line_manager", "ld_lead", "admin", "outsider"])
def test_others_are_told_nothing_of_what_was_taken_back(world, sign_in, person):
    evidence = shared(world.enrolment)
    first = comment(evidence, world.mentor)
    withdraw_evidence(evidence=evidence, by=world.supervisor)
    row = reflection_opened(reflected(world.enrolment))
    spoken = said(row)
    reflection_opened(row, to_mentor=False)
    places = [
        (new_url(evidence), {}), (answer_url(first), {}), (comment_url(world.enrolment), about_of(spoken)),
        (reflection_answer_url(spoken), {}),
    ]  # fmt: skip
    for user in (getattr(world, person), world.other.mentor):
        client = sign_in(user)
        assert {client.post(address, {**data, "text": "x"}).status_code for address, data in places} == {404}
    assert not WorkingCopy.objects.exists()


def about_of(spoken):
    return {"part": spoken.part, "paragraph": spoken.paragraph, "version": str(spoken.version_id)}


def test_nobody_is_given_a_former_mentors_words(world, sign_in):
    evidence = shared(world.enrolment)
    add_comment(pk=uuid.uuid4(), evidence=evidence, text="Theirs", by=world.mentor)
    world.enrolment.mentorings.update(mentor=world.other.mentor)
    assert not Comment.objects.visible_to(world.mentor).exists()
    assert not Comment.objects.visible_to(world.other.mentor).exists()


# --- the critical reflection -----------------------------------------------------------------------------------
def test_the_mentor_reads_their_own_words_about_a_reflection_that_was_taken_back(world, sign_in, opened):
    first = said(opened, "My question")
    answered(opened, first, "CANARY answer")
    answered(opened, first, "My second word", by=world.mentor)
    client = sign_in(world.mentor)
    assert own_words(client.get(url(world.enrolment))) == ([], [])
    row = reflection_opened(opened, to_mentor=False)
    page = client.get(url(world.enrolment))
    assert own_words(page) == (["My question", "My second word"], [])
    body = page.content.decode()
    assert ("CANARY" in body, "Second thought" in body) == (False, False)
    reflection_opened(row)  # anew, to the same mentor
    page = client.get(url(world.enrolment))
    assert own_words(page) == (["My question", "My second word"], [])
    assert "CANARY" not in page.content.decode()


def test_a_comment_is_kept_while_it_is_typed_and_let_go_of_when_sent(world, sign_in, opened):
    client = sign_in(world.mentor)
    address = comment_url(world.enrolment) + SPOT
    page = client.get(address)
    assert (page.context["quoted"], page.context["form"].draft.revision) == ("Second thought.", 0)
    target = spot_id(opened, "what", 2)
    typed = {**about(opened, text="Half"), "paragraph": "2"}
    revision = keep(client, world.mentor, "reflection_comment", target, **typed).json()["revision"]
    assert client.get(address).context["form"]["text"].value() == "Half"
    assert client.get(comment_url(world.enrolment) + "?part=what&paragraph=1").context["form"]["text"].value() is None
    assert own_words(client.get(url(world.enrolment))) == ([], [("Half", address)])
    assert client.post(comment_url(world.enrolment), about(opened)).status_code == 409
    sent = about(opened, text="Whole", draft_revision=revision)
    assert client.post(comment_url(world.enrolment), sent).status_code == 302
    assert (ReflectionComment.objects.get().text, WorkingCopy.objects.count()) == ("Whole", 0)


def test_an_answer_is_kept_while_it_is_typed_and_let_go_of_when_sent(world, sign_in, opened):
    first = said(opened)
    for person in (world.supervisor, world.mentor):
        client = sign_in(person)
        revision = keep(client, person, "reflection_answer", first.pk, text="Half").json()["revision"]
        assert client.get(reflection_answer_url(first)).context["form"]["text"].value() == "Half"
        client.post(reflection_answer_url(first), {"text": "Whole", "draft_revision": revision})
    assert (first.answers.count(), WorkingCopy.objects.count()) == (2, 0)


def test_without_javascript_a_button_keeps_it(world, sign_in, opened):
    client = sign_in(world.mentor)
    address = comment_url(world.enrolment) + SPOT
    draft = client.get(address).context["form"].draft
    answer = client.post(draft.url, {**about(opened, text="Half"), "draft_page": address})
    assert (answer.status_code, answer.url) == (302, address)
    assert "Half" in client.get(address).content.decode()


@pytest.mark.parametrize("person", ["supervisor", "line_manager", "ld_lead", "admin", "outsider"])
def test_nobody_else_keeps_a_comment_on_it(world, sign_in, opened, person):
    user = getattr(world, person)
    client = sign_in(user)
    target = spot_id(opened, "what", 2)
    assert keep(client, user, "reflection_comment", target, text="x").status_code == 404
    if person != "supervisor":
        assert keep(client, user, "reflection_answer", said(opened).pk, text="x").status_code == 404


def test_a_comment_on_a_reflection_taken_back_meanwhile_is_given_back_and_kept(world, sign_in, opened):
    client = sign_in(world.mentor)
    sent = about(opened, text="My words")
    row = reflection_opened(opened, to_mentor=False)
    page = client.post(comment_url(world.enrolment), sent)
    body = page.content.decode()
    assert (page.status_code, "My words" in body, "thought" in body) == (409, True, False)
    assert own_words(client.get(url(world.enrolment))) == ([], [("My words", "")])
    reflection_opened(row)
    ((_, address),) = own_words(client.get(url(world.enrolment)))[1]
    page = client.get(address)
    assert page.context["form"]["text"].value() == "My words"
    assert "was taken back and opened to you anew" in page.content.decode()
    assert page.context["form"]["version"].value() == str(Reflection.objects.get().shared_version_id)


def test_a_comment_begun_on_what_was_taken_back_and_opened_anew_is_looked_at_again(world, sign_in, opened):
    client = sign_in(world.mentor)
    sent = about(opened, text="My words")
    row = reflection_opened(opened, to_mentor=False)
    row = reflected(world.enrolment, revision=row.revision, what="New.\n\nThe second as it is now.")
    row = reflection_opened(row)
    page = client.post(comment_url(world.enrolment), sent)
    form = page.context["form"]
    assert (page.status_code, form["text"].value(), page.context["quoted"]) == (
        200, "My words", "The second as it is now.",
    )  # fmt: skip
    assert "opened to you anew" in form.errors["__all__"][0]
    assert not ReflectionComment.objects.exists()
    again = sent | {"version": form["version"].value()}
    assert client.post(comment_url(world.enrolment), again).status_code == 302
    assert ReflectionComment.objects.get().version == row.shared_version


def test_a_paragraph_that_is_gone_gives_the_words_back(world, sign_in, opened):
    client = sign_in(world.mentor)
    row = reflection_opened(opened, to_mentor=False)
    row = reflection_opened(reflected(world.enrolment, revision=row.revision, what="One paragraph."))
    page = client.get(comment_url(world.enrolment) + SPOT)
    assert (page.status_code, page.context["quoted"]) == (200, "")
    page = client.post(comment_url(world.enrolment), about(row, text="My words"))
    assert (page.status_code, page.context["form"]["text"].value()) == (200, "My words")
    assert page.context["form"].errors["__all__"] == ["That paragraph is not in the version you read"]


def test_an_answer_to_what_was_taken_back_is_given_back(world, sign_in, opened):
    first = said(opened)
    reflection_opened(opened, to_mentor=False)
    client = sign_in(world.mentor)
    page = client.post(reflection_answer_url(first), {"text": "My answer"})
    assert (page.status_code, "My answer" in page.content.decode()) == (409, True)
    assert own_words(client.get(url(world.enrolment))) == (["Well seen"], [("My answer", "")])


def test_a_draft_begun_on_a_version_still_open_stays_about_it(world, sign_in, opened):
    client = sign_in(world.mentor)
    typed = {**about(opened, text="Half"), "paragraph": "2"}
    keep(client, world.mentor, "reflection_comment", spot_id(opened, "what", 2), **typed)
    reflection_opened(reflected(world.enrolment, revision=2, what="New.\n\nOther."))
    page = client.get(comment_url(world.enrolment) + SPOT)
    assert (page.context["quoted"], page.context["form"]["version"].value()) == (
        "Second thought.", str(version(2).pk),
    )  # fmt: skip


def test_where_it_is_written_is_found_out_of_its_id(world, opened):
    for part, paragraph in (("what", 0), ("experience", 65535), ("free", 1)):
        target = spot_id(opened, part, paragraph)
        assert spot_of(opened, target) == (part, paragraph)
        assert spot_of(Reflection(pk=uuid.uuid4()), target) is None


def test_what_is_taken_out_for_good_closes_the_window_beside_a_paragraph(world, sign_in, opened):
    target = spot_id(opened, "what", 2)
    save_copy(
        author=world.mentor, organisation_id=opened.organisation_id, form="reflection_comment", target_id=target,
        payload={"text": ["About second thought."]}, revision=0, based_on=0, page=comment_url(world.enrolment) + SPOT,
    )  # fmt: skip
    take_out(enrolment=world.enrolment, by=world.supervisor, passages=["Second thought"])
    assert WorkingCopy.objects.get(target_id=target, author=world.mentor).payload == {"text": ["About [taken out]."]}
    one = spot_id(opened, "what", 1)
    answer = keep(sign_in(world.mentor), world.mentor, "reflection_comment", one, text="Second thought")
    assert answer.status_code == 409
