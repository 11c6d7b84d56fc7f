"""What two people say about a text is looked through before it is sent, and sent in one press when nothing is found."""

import uuid

import pytest
from django.urls import reverse

from accounts.models import SaidFine, WorkingCopy
from accounts.services.said_fine import say_fine, talk_about
from portfolio.drafts.comments import COMMENT
from portfolio.models import AreaWord, Comment, Evidence, ObjectiveReview, Reflection, ReflectionComment
from portfolio.services.taking_out import take_out
from tests.factories.portfolio import area_of, plan_opened, planned, shared
from tests.factories.reflection import TWO, reflected, reflection_opened, said
from tests.integration.portfolio.test_comments import comment

NAME, NUMBER = "Margaret Okonkwo", "943 476 5919"
TEXT = f"I know {NAME} well and her NHS number {NUMBER}."


TALKS = ["comment", "answer", "reflection_comment", "reflection_answer", "objective_review", "area_word"]


@pytest.fixture(params=TALKS)
def talk(request, world, sign_in):
    """(client of whoever says it, where, what goes with the text, how many words were said)."""
    if request.param in {"comment", "answer"}:
        evidence = shared(world.enrolment)
        if request.param == "comment":
            return sign_in(world.mentor), reverse("portfolio:comment_new", args=[evidence.pk]), {}, Comment
        first = comment(evidence, world.mentor)
        return sign_in(world.supervisor), reverse("portfolio:comment_answer", args=[first.pk]), {}, Comment
    if request.param == "area_word":
        url = reverse("portfolio:mentee_area", args=[world.enrolment.pk, area_of(world.enrolment).pk])
        return sign_in(world.mentor), url, {"level": "more", "revision": 0}, AreaWord
    if request.param == "objective_review":
        row = planned(world.enrolment)
        plan_opened(world.enrolment)
        url = reverse("portfolio:mentee_objective_review", args=[world.enrolment.pk, row.pk])
        return sign_in(world.mentor), url, {}, ObjectiveReview
    row = reflection_opened(reflected(world.enrolment, what=TWO))
    if request.param == "reflection_comment":
        more = {"version": str(row.shared_version.pk), "part": "what", "paragraph": 2}
        url = reverse("portfolio:reflection_comment", args=[world.enrolment.pk])
        return sign_in(world.mentor), url, more, ReflectionComment
    first = said(row)
    url = reverse("portfolio:reflection_answer", args=[world.enrolment.pk, first.pk])
    return sign_in(world.supervisor), url, {}, ReflectionComment


def items(page):
    return {row.item.words[0]: row for row in page.context["words"].open_items}


def test_nothing_is_sent_that_was_not_looked_at(talk):
    client, url, more, made = talk
    before, more = made.objects.count(), {"id": str(uuid.uuid4()), **more}
    page = client.post(url, {"text": TEXT, **more})
    form = page.context["form"]
    assert (page.status_code, set(items(page)), form["text"].value()) == (200, {NAME, NUMBER}, TEXT)
    assert form.non_field_errors() == [
        "Look at the 2 things that were found first: write something else, or say that it is fine"
    ]
    html = page.content.decode()
    assert (html.count('id="words-found"'), html.count('id="check-and-share"')) == (1, 1)
    page = client.post(url, {"text": TEXT, **more, "words_do": f"use:{items(page)[NAME].token}:Worker A"})
    typed = page.context["form"]["text"].value()
    assert (set(items(page)), typed) == ({NUMBER}, f"I know Worker A well and her NHS number {NUMBER}.")
    page = client.post(url, {"text": typed, **more, "words_do": f"fine:{items(page)[NUMBER].token}"})
    assert (items(page), page.context["form"]["text"].value(), made.objects.count()) == ({}, typed, before)
    assert client.post(url, {"text": typed, **more}).status_code == 302
    assert (made.objects.count(), made.objects.latest("created_at").text) == (before + 1, typed)


def test_one_press_sends_where_nothing_is_found_and_for_the_two_who_talk(talk, world):
    client, url, more, made = talk
    before = made.objects.count()
    for user, name in ((world.supervisor, "Adaeze Okonjo"), (world.mentor, "Rhiannon Pryce")):
        user.name = name
        user.save()
    text = "Adaeze Okonjo and Rhiannon Pryce, what did you notice in the second talk?"
    assert client.post(url, {"text": text, **more}).status_code == 302
    assert made.objects.count() == before + 1
    assert not SaidFine.objects.exists()


def test_nothing_is_looked_at_on_a_page_that_was_only_opened(talk):
    client, url, more, _ = talk
    page = client.get(url, {name: value for name, value in more.items() if name != "version"})
    assert (page.status_code, page.context["words"]) == (200, None)
    assert 'id="words-found"' not in page.content.decode()


def test_words_quoted_are_not_asked_about_and_the_draft_stays_until_it_is_sent(world, sign_in):
    evidence = shared(world.enrolment, body=f"I met {NAME} there.")
    client, url = sign_in(world.mentor), reverse("portfolio:comment_new", args=[evidence.pk])
    payload = {"passage": [f"I met {NAME}"], "text": [TEXT]}
    WorkingCopy.objects.create(
        organisation=evidence.organisation,
        author=world.mentor,
        form=COMMENT,
        target_id=evidence.pk,
        payload=payload,
        revision=1,
        based_on=0,
        page=evidence.get_absolute_url(),
    )
    sent = {"passage": f"I met {NAME}", "text": TEXT}
    page = client.post(url, sent)
    assert page.context["form"]["passage"].value() == sent["passage"]
    assert (WorkingCopy.objects.get().payload, Comment.objects.count()) == (payload, 0)
    for row in items(page).values():
        client.post(url, {**sent, "words_do": f"fine:{row.token}"})
    assert client.post(url, sent).status_code == 302
    assert (Comment.objects.get().text, Comment.objects.get().passage) == (TEXT, sent["passage"])
    assert not WorkingCopy.objects.exclude(payload={}).exists()


def test_only_what_was_quoted_names_somebody(world, sign_in):
    evidence = shared(world.enrolment, body=f"I met {NAME} there.")
    url = reverse("portfolio:comment_new", args=[evidence.pk])
    sent = {"passage": f"I met {NAME}", "text": "What did you notice?"}
    assert sign_in(world.mentor).post(url, sent).status_code == 302


def say_fine_all(client, url, sent):
    page = client.post(url, sent)
    for row in items(page).values():
        client.post(url, {**sent, "words_do": f"fine:{row.token}"})


def test_what_is_fine_in_a_talk_is_asked_about_before_the_piece_itself_is_opened(world, sign_in):
    evidence = shared(world.enrolment, body="It went well.")
    client, url = sign_in(world.supervisor), reverse("portfolio:comment_new", args=[evidence.pk])
    say_fine_all(client, url, {"text": TEXT})
    assert client.post(url, {"text": TEXT}).status_code == 302
    Evidence.objects.update(body=TEXT)
    page = client.get(reverse("portfolio:evidence_share", args=[evidence.pk]))
    assert (set(items(page)), page.context["words"].said_fine) == ({NAME, NUMBER}, 0)


def test_what_is_fine_in_a_talk_is_asked_about_before_the_reflection_itself_is_opened(world, sign_in):
    row = reflection_opened(reflected(world.enrolment, what=TWO))
    client = sign_in(world.supervisor)
    url = reverse("portfolio:reflection_answer", args=[world.enrolment.pk, said(row).pk])
    say_fine_all(client, url, {"text": TEXT})
    assert client.post(url, {"text": TEXT}).status_code == 302
    Reflection.objects.update(parts={"what": TEXT})
    page = client.get(reverse("portfolio:reflection_share"))
    assert (set(items(page)), page.context["words"].said_fine) == ({NAME, NUMBER}, 0)


def test_what_is_fine_in_a_piece_is_asked_about_in_the_talk(world, sign_in):
    evidence = shared(world.enrolment, body=TEXT)
    client = sign_in(world.supervisor)
    share = reverse("portfolio:evidence_share", args=[evidence.pk])
    for row in items(client.get(share)).values():
        client.post(share, {"version": evidence.version, "words_do": f"fine:{row.token}"})
    assert client.get(share).context["words"].said_fine == 2
    page = client.post(reverse("portfolio:comment_new", args=[evidence.pk]), {"text": TEXT})
    assert set(items(page)) == {NAME, NUMBER}


@pytest.mark.parametrize("person", ["supervisor", "mentor"])
def test_both_are_asked_again_in_a_talk_once_its_words_were_taken_out(world, sign_in, person):
    evidence = shared(world.enrolment, body="It went well.")
    client, url = sign_in(getattr(world, person)), reverse("portfolio:comment_new", args=[evidence.pk])
    say_fine_all(client, url, {"text": TEXT})
    assert client.post(url, {"text": TEXT}).status_code == 302
    take_out(enrolment=world.enrolment, by=world.supervisor, passages=["nowhere at all"])
    assert SaidFine.objects.count() == 2
    take_out(enrolment=world.enrolment, by=world.supervisor, passages=[NAME])
    assert not SaidFine.objects.exists()
    revision = client.get(evidence.get_absolute_url()).context["form"].draft.revision
    again = client.post(url, {"text": TEXT, "draft_revision": revision})
    assert (set(items(again)), Comment.objects.count()) == ({NAME, NUMBER}, 1)


def test_a_mentor_who_sent_nothing_yet_is_asked_again_too(world, sign_in):
    """What was typed in the talk, in its answer and on a view is taken out of drafts; what was said of it goes too."""
    evidence = shared(world.enrolment, body=f"I met {NAME} there.")
    reflection = reflection_opened(reflected(world.enrolment, what=TWO))
    objective = planned(world.enrolment)
    things = [evidence.pk, reflection.pk, objective.pk, world.enrolment.pk]
    for thing in things:
        say_fine(
            author=world.mentor,
            thing_id=talk_about(thing),
            organisation_id=world.organisation.pk,
            digests=[str(thing.int)[:32]],
        )
    say_fine(
        author=world.mentor,
        thing_id=talk_about(world.other.enrolment.pk),
        organisation_id=world.organisation.pk,
        digests=["1" * 64],
    )
    take_out(enrolment=world.enrolment, by=world.supervisor, passages=[NAME])
    assert [row.thing_id for row in SaidFine.objects.all()] == [talk_about(world.other.enrolment.pk)]
