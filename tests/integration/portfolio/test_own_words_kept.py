"""What a mentor typed about a text that is closed meanwhile is kept without JavaScript too, and thrown away if they
wish."""

import pytest
from django.urls import reverse

from accounts.models import WorkingCopy
from portfolio.drafts.reflection_comments import spot_id
from portfolio.models import Evidence, Reflection
from portfolio.services.sharing import withdraw_evidence
from tests.factories.portfolio import shared
from tests.factories.reflection import reflected, reflection_opened, said
from tests.integration.portfolio.test_comments import comment, keep
from tests.integration.portfolio.test_mentee_reflection import comment_url, url
from tests.integration.portfolio.test_talk_taken_back import SPOT, opened_again, own_words

FORMS = ["evidence_comment", "evidence_answer", "reflection_comment", "reflection_answer"]
EACH_FORM = pytest.mark.parametrize("form", FORMS)


def open_to_the_mentor(world, form):
    """The id of what is written on, the page with what the mentor wrote, and how the text is closed."""
    if form.startswith("reflection"):
        row = reflection_opened(reflected(world.enrolment))
        target = spot_id(row, "what", 2) if form == "reflection_comment" else said(row).pk
        return target, url(world.enrolment), lambda: reflection_opened(row, to_mentor=False)
    evidence = shared(world.enrolment, title="CANARY", body="CANARY body")
    target = evidence.pk if form == "evidence_comment" else comment(evidence, world.mentor).pk
    page = reverse("portfolio:mentee_evidence", args=[world.enrolment.pk])
    return target, page, lambda: withdraw_evidence(evidence=evidence, by=world.supervisor)


def draft_url(form, target, name="draft"):
    return reverse(f"accounts:{name}", args=[form, target])


def kept_words(client, page):
    return [text for text, _ in own_words(client.get(page))[1]]


@EACH_FORM
def test_the_button_without_javascript_keeps_them(world, sign_in, form):
    target, page, close = open_to_the_mentor(world, form)
    client = sign_in(world.mentor)
    close()
    written_on = comment_url(world.enrolment) + SPOT
    sent = {"text": "My words", "passage": "CANARY body", "draft_page": written_on}
    answer = client.post(draft_url(form, target), sent)
    assert (answer.status_code, answer.url) == (302, f"{page}#own-words")
    assert WorkingCopy.objects.get().payload == {"text": ["My words"]}
    landed = client.get(page)
    assert own_words(landed)[1] == [("My words", "")]
    body = landed.content.decode()
    assert "What you wrote is kept on this page." in body
    assert "CANARY" not in body
    # Once more, without having seen the first: both are shown, and nothing of the text.
    answer = client.post(draft_url(form, target), sent | {"text": "Other words"})
    body = answer.content.decode()
    assert (answer.status_code, "<mark>My</mark> words" in body, "CANARY" in body) == (409, True, False)
    assert f'href="{page}#own-words">Use the other' in body
    assert kept_words(client, page) == ["My words"]


@EACH_FORM
def test_they_are_thrown_away(world, sign_in, form):
    target, page, close = open_to_the_mentor(world, form)
    client = sign_in(world.mentor)
    typed = {"text": "My words", "passage": "CANARY body", "paragraph": "2", "part": "what"}
    kept = keep(client, world.mentor, form, target, **typed)
    WorkingCopy.objects.update(page=comment_url(world.enrolment) + SPOT)
    close()
    address = draft_url(form, target, "draft_discard")
    assert f'href="{address}">Throw away' in client.get(page).content.decode()
    body = client.get(address).content.decode()
    assert ("My words" in body, "Throw what you wrote away?" in body, "CANARY" in body) == (True, True, False)
    assert f'href="{page}#own-words">Keep it</a>' in body
    # Not what was not seen.
    assert client.post(address, {"draft_revision": 1}).url == address
    assert kept_words(client, page) == ["My words"]
    answer = client.post(address, {"draft_revision": kept.json()["revision"]})
    assert (answer.url, WorkingCopy.objects.exists()) == (f"{page}#own-words", False)
    assert kept_words(client, page) == []
    assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)


def test_what_can_still_be_sent_can_be_thrown_away_there(world, sign_in):
    target, page, _ = open_to_the_mentor(world, "reflection_comment")
    client, address = sign_in(world.mentor), comment_url(world.enrolment) + SPOT
    sent = {"text": "Half", "draft_page": address, "part": "what", "paragraph": "2"}
    client.post(draft_url("reflection_comment", target), sent)
    assert own_words(client.get(page))[1] == [("Half", address)]
    discard = draft_url("reflection_comment", target, "draft_discard")
    assert f'href="{discard}">Throw away' in client.get(page).content.decode()
    assert f'href="{address.replace("&", "&amp;")}">Go on with it</a>' in client.get(discard).content.decode()


@EACH_FORM
def test_what_javascript_keeps_goes_on_being_kept(world, sign_in, form):
    target, _, close = open_to_the_mentor(world, form)
    client = sign_in(world.mentor)
    revision = keep(client, world.mentor, form, target, text="My").json()["revision"]
    WorkingCopy.objects.update(page=comment_url(world.enrolment) + SPOT)
    close()
    assert keep(client, world.mentor, form, target, revision, text="My words").status_code == 200
    assert WorkingCopy.objects.get().payload == {"text": ["My words"]}
    stale = keep(client, world.mentor, form, target, revision, text="Other")
    assert (stale.status_code, stale.json()["current"]) == (409, {"text": ["My words"]})


@pytest.mark.parametrize("form", ["evidence_comment", "reflection_comment"])  # a talk that was closed stays closed
def test_opened_again_they_are_where_they_were_written(world, sign_in, form):
    target, _, close = open_to_the_mentor(world, form)
    client = sign_in(world.mentor)
    close()
    sent = {"text": "My words", "draft_page": comment_url(world.enrolment) + SPOT}
    client.post(draft_url(form, target), sent)
    if form == "evidence_comment":
        opened_again(Evidence.objects.get())
        written = client.get(Evidence.objects.get().get_absolute_url())
    else:
        reflection_opened(Reflection.objects.get())
        written = client.get(comment_url(world.enrolment) + SPOT)
    assert written.context["form"]["text"].value() == "My words"


@EACH_FORM
@pytest.mark.parametrize("person", ["line_manager", "ld_lead", "admin", "outsider"])
def test_nobody_else_keeps_or_throws_away_anything_there(world, sign_in, form, person):
    target, _, close = open_to_the_mentor(world, form)
    keep(sign_in(world.mentor), world.mentor, form, target, text="My words")
    close()
    for user in (getattr(world, person), world.other.mentor):
        client = sign_in(user)
        assert client.post(draft_url(form, target), {"text": "Theirs"}).status_code == 404
        address = draft_url(form, target, "draft_discard")
        assert {client.get(address).status_code, client.post(address).status_code} == {404}
    assert WorkingCopy.objects.get().payload == {"text": ["My words"]}


@pytest.mark.parametrize("form", ["evidence_comment", "evidence_answer", "reflection_answer"])
def test_the_writer_finds_what_they_typed_in_a_talk_that_closed(world, sign_in, form):
    target, _, close = open_to_the_mentor(world, form)
    client = sign_in(world.supervisor)
    keep(sign_in(world.mentor), world.mentor, form, target, text="The mentor’s words")
    keep(client, world.supervisor, form, target, text="My words")
    page = reverse("portfolio:reflection") if form == "reflection_answer" else Evidence.objects.get().get_absolute_url()
    assert kept_words(client, page) == []  # it can be sent
    close()
    landed = client.get(page)
    assert own_words(landed) == ([], [("My words", "")])
    assert "The mentor’s words" not in landed.content.decode()
    address = draft_url(form, target, "draft_discard")
    assert f'href="{address}">Throw away' in landed.content.decode()
    gone = client.post(address, {"draft_revision": WorkingCopy.objects.get(author=world.supervisor).revision})
    assert (gone.url, kept_words(client, page)) == (f"{page}#own-words", [])
    assert WorkingCopy.objects.get().author == world.mentor
    # Without JavaScript, after the talk has closed.
    answer = client.post(draft_url(form, target), {"text": "Typed late"})
    assert (answer.url, kept_words(client, page)) == (f"{page}#own-words", ["Typed late"])


def test_a_comment_of_the_writers_goes_on_where_it_was_once_the_piece_is_opened_again(world, sign_in):
    evidence = shared(world.enrolment, body="Some words")
    client, page = sign_in(world.supervisor), evidence.get_absolute_url()
    keep(client, world.supervisor, "evidence_comment", evidence.pk, text="My words", passage="Some words")
    withdraw_evidence(evidence=evidence, by=world.supervisor)
    assert kept_words(client, page) == ["My words"]
    opened_again(Evidence.objects.get())
    again = client.get(page)
    assert own_words(again) == ([], [])
    form = again.context["form"]
    assert (form["text"].value(), form["passage"].value()) == ("My words", "Some words")
