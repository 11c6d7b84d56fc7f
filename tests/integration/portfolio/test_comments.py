"""Threads about a piece: what they are about, answers, and drafts of both."""

import json
import uuid

import pytest
from django.urls import reverse

from accounts.models import WorkingCopy
from portfolio.models import Comment
from portfolio.services.comments import add_comment
from tests.factories.portfolio import area_of, shared
from tests.integration.portfolio.test_versions import reshared, saved


def comment(evidence, by, text="A word", **more):
    return add_comment(pk=uuid.uuid4(), evidence=evidence, text=text, by=by, **more)


def new_url(evidence):
    return reverse("portfolio:comment_new", args=[evidence.pk])


def answer_url(row):
    return reverse("portfolio:comment_answer", args=[row.pk])


def threads(client, evidence):
    return client.get(evidence.get_absolute_url()).context["threads"]


def test_an_answer_stands_below_what_it_answers(world, sign_in):
    evidence = shared(world.enrolment)
    first = comment(evidence, world.mentor, "What did you notice?")
    comment(evidence, world.mentor, "Something else")
    writer, mentor = sign_in(world.supervisor), sign_in(world.mentor)
    page = writer.get(answer_url(first))
    assert page.context["comment"] == first
    data = {"id": str(page.context["form"].initial["id"]), "text": "A pause"}
    for _ in range(2):
        assert writer.post(answer_url(first), data).url == f"{evidence.get_absolute_url()}#comment-{data['id']}"
    mentor.post(answer_url(first), {"text": "And then?"})
    for client in (writer, mentor):
        told = [(thread.comment.text, [row.text for row in thread.answers]) for thread in threads(client, evidence)]
        assert told == [("What did you notice?", ["A pause", "And then?"]), ("Something else", [])]


def test_an_answer_has_none_below_it(world, sign_in):
    evidence = shared(world.enrolment)
    answer = comment(evidence, world.supervisor, parent=comment(evidence, world.mentor))
    assert sign_in(world.mentor).get(answer_url(answer)).status_code == 404


def test_an_answer_is_about_what_the_thread_is_about(world, sign_in):
    evidence = shared(world.enrolment)
    first = comment(evidence, world.mentor)
    evidence = reshared(evidence, "Changed")
    sign_in(world.supervisor).post(answer_url(first), {"text": "I have changed it"})
    assert first.answers.get().version == first.version


@pytest.mark.parametrize("person", ["line_manager", "ld_lead", "admin", "outsider"])
def test_nobody_else_answers(world, sign_in, person):
    first = comment(shared(world.enrolment, audience="portfolio"), world.mentor)
    client = sign_in(getattr(world, person))
    assert {client.get(answer_url(first)).status_code, client.post(answer_url(first)).status_code} == {404}
    assert sign_in(world.other.supervisor).get(answer_url(first)).status_code == 404


def test_nobody_answers_whom_it_would_not_reach(world, sign_in):
    evidence = shared(world.enrolment, audience="portfolio")
    first = comment(evidence, world.mentor)
    evidence.shared_version.__class__.objects.filter(pk=evidence.shared_version_id).update(shared_with=world.ld_lead)
    client = sign_in(world.supervisor)
    assert [thread.answer_url for thread in threads(client, evidence)] == [""]
    page = client.post(answer_url(first), {"text": "To nobody"})
    assert (page.status_code, "To nobody" in page.content.decode()) == (409, True)
    assert Comment.objects.count() == 1


def test_a_comment_quotes_what_it_is_about(world, sign_in):
    evidence = saved(shared(world.enrolment, body="We met.\nThe *room* was cold."), "Only mine")
    client = sign_in(world.mentor)
    data = {"text": "Why?", "passage": "the room  was COLD"}
    assert client.post(new_url(evidence), data).status_code == 302
    assert Comment.objects.get().passage == "the room  was COLD"
    assert "About these words" in client.get(evidence.get_absolute_url()).content.decode()
    for elsewhere in ("Only mine", "The house was cold"):
        response = client.post(new_url(evidence), {"text": "Why?", "passage": elsewhere})
        assert response.context["form"].errors == {
            "passage": ["These words are not in the piece as you read it. Copy them from it"]
        }
        assert response.context["form"]["text"].value() == "Why?"
    assert Comment.objects.count() == 1


def test_the_same_words_about_other_words_are_another_comment(world, sign_in):
    evidence = shared(world.enrolment, body="One. Two.")
    client = sign_in(world.mentor)
    for passage in ("One", "Two", "Two"):
        client.post(new_url(evidence), {"id": str(uuid.uuid4()), "text": "Why?", "passage": passage})
    assert [row.passage for row in Comment.objects.order_by("created_at")] == ["One", "Two"]


def test_a_thread_says_what_has_changed_since(world, sign_in):
    evidence = shared(world.enrolment, body="First")
    about = comment(evidence, world.mentor).version
    writer, mentor = sign_in(world.supervisor), sign_in(world.mentor)
    assert [threads(client, evidence)[0].has_changed for client in (writer, mentor)] == [False, False]
    evidence = saved(evidence, "CANARYSECOND")
    # The writer's own change is nobody else's yet.
    assert [threads(client, evidence)[0].has_changed for client in (writer, mentor)] == [True, False]
    evidence = reshared(evidence, "Third")
    for client in (writer, mentor):
        thread = threads(client, evidence)[0]
        assert (thread.has_changed, thread.version) == (True, about)
        told = client.get(thread.changes_url).context["changes"][0].steps
        assert [(step.text, step.kind) for step in told] == [("First", "gone"), ("Third", "new")]


def keep(client, user, form, target, revision=0, **fields):
    payload = {name: [value] for name, value in fields.items()}
    sent = {"payload": payload, "revision": revision, "based_on": 0, "page": "", "author": str(user.pk)}
    url = reverse("accounts:draft", args=[form, target])
    return client.post(url, json.dumps(sent), content_type="application/json")


def test_a_comment_is_kept_while_it_is_typed(world, sign_in):
    evidence = shared(world.enrolment)
    client = sign_in(world.mentor)
    typed = {"text": "Half a", "passage": "Piece"}
    revision = keep(client, world.mentor, "evidence_comment", evidence.pk, **typed).json()["revision"]
    form = client.get(evidence.get_absolute_url()).context["form"]
    assert (form["text"].value(), form["passage"].value()) == ("Half a", "Piece")
    assert sign_in(world.supervisor).get(evidence.get_absolute_url()).context["form"]["text"].value() is None
    assert client.post(new_url(evidence), {"text": "Half a thought"}).status_code == 409
    assert not Comment.objects.exists()
    client.post(new_url(evidence), {"text": "Half a thought", "draft_revision": revision})
    assert (Comment.objects.get().text, WorkingCopy.objects.count()) == ("Half a thought", 0)


def test_an_answer_is_kept_while_it_is_typed(world, sign_in):
    first = comment(shared(world.enrolment), world.mentor)
    client = sign_in(world.supervisor)
    revision = keep(client, world.supervisor, "evidence_answer", first.pk, text="Half").json()["revision"]
    assert client.get(answer_url(first)).context["form"]["text"].value() == "Half"
    client.post(answer_url(first), {"text": "Whole", "draft_revision": revision})
    assert (first.answers.get().text, WorkingCopy.objects.count()) == ("Whole", 0)


@pytest.mark.parametrize("person", ["line_manager", "ld_lead", "admin", "outsider"])
def test_nobody_else_keeps_a_comment(world, sign_in, person):
    evidence, user = shared(world.enrolment, audience="portfolio"), getattr(world, person)
    first = comment(evidence, world.mentor)
    client = sign_in(user)
    for form, target in (("evidence_comment", evidence.pk), ("evidence_answer", first.pk)):
        assert keep(client, user, form, target, text="x").status_code == 404


def test_a_refused_comment_leaves_the_page_as_it_was(world, sign_in):
    evidence = shared(world.enrolment, areas={area_of(world.enrolment): "It fits"})
    evidence.mappings.update(is_best=True)
    mentor = sign_in(world.mentor)
    page, refused = mentor.get(evidence.get_absolute_url()), mentor.post(new_url(evidence), {"text": ""})
    assert refused.context["form"].errors
    assert ["Among the best" in answer.content.decode() for answer in (page, refused)] == [True, True]
