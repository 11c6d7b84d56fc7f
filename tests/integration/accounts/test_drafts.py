"""The address where a page keeps what is typed, and the pages without JavaScript."""

import json
import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import WorkingCopy
from tests.factories.portfolio import EvidenceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def piece(world):
    return EvidenceFactory(enrolment=world.enrolment)


def draft_url(target, name="draft", form="evidence"):
    return reverse(f"accounts:{name}", args=[form, getattr(target, "pk", target)])


def keep(client, target, body="Typed", revision=0, **more):
    user = client.session.get("_auth_user_id", "nobody")
    sent = {
        "payload": {"title": ["T"], "body": [body]},
        "revision": revision,
        "based_on": 1,
        "author": user,
        "page": "",
    }
    return client.post(draft_url(target), json.dumps(sent | more), content_type="application/json")


def test_what_is_typed_is_kept(world, sign_in, piece):
    response = keep(sign_in(world.supervisor), piece)
    copy = WorkingCopy.objects.get()
    assert response.status_code == 200
    assert response.json() == {
        "revision": copy.revision, "saved_at": copy.saved_at.isoformat(), "time": response.json()["time"],
    }  # fmt: skip
    assert (copy.author, copy.organisation, copy.form, copy.target_id) == (
        world.supervisor, world.organisation, "evidence", piece.pk,
    )  # fmt: skip
    assert (copy.payload, copy.based_on) == ({"title": ["T"], "body": ["Typed"]}, 1)
    assert copy.page == reverse("portfolio:evidence_edit", args=[piece.pk])
    piece.refresh_from_db()
    assert (piece.version, piece.body == "Typed") == (1, False)


def test_the_second_of_two_windows_is_shown_both(world, sign_in, piece):
    client = sign_in(world.supervisor)
    first = keep(client, piece, "I asked twice").json()
    response = keep(client, piece, "I asked <once>")
    answer = response.json()
    assert (response.status_code, answer["revision"]) == (409, first["revision"])
    assert answer["current"] == {"title": ["T"], "body": ["I asked twice"]}
    assert "I asked <mark>twice</mark>" in answer["differences"]
    assert "I asked <mark>&lt;once&gt;</mark>" in answer["differences"]
    assert keep(client, piece, "I asked <once>", answer["revision"]).status_code == 200
    assert WorkingCopy.objects.get().payload["body"] == ["I asked <once>"]


def test_back_at_what_is_saved_nothing_is_kept(world, sign_in, piece):
    client = sign_in(world.supervisor)
    first = keep(client, piece).json()["revision"]
    back = keep(client, piece, "Saved", first, as_opened=True)
    assert (back.status_code, back.json()["revision"], sorted(back.json())) == (200, first, ["revision", "time"])
    assert not WorkingCopy.objects.exists()
    assert keep(client, piece, "Saved", first, as_opened=True).status_code == 200  # the answer was lost
    page = client.get(piece.get_absolute_url()).content.decode()
    assert "unsaved changes" not in page
    # Typing goes on from there.
    assert keep(client, piece, "Typed again", first).json()["revision"] > first
    assert keep(client, piece, "Saved", WorkingCopy.objects.get().revision, as_opened="no").status_code == 200
    assert WorkingCopy.objects.get().payload["body"] == ["Saved"]


def test_back_at_what_is_saved_the_words_of_another_window_stay(world, sign_in, piece):
    client = sign_in(world.supervisor)
    first = keep(client, piece).json()["revision"]
    other = keep(client, piece, "Of another window", first).json()["revision"]
    back = keep(client, piece, "Saved", first, as_opened=True)
    assert (back.status_code, back.json()["revision"]) == (409, other)
    assert WorkingCopy.objects.get().payload["body"] == ["Of another window"]


@pytest.mark.parametrize("target", ["piece", "new"])
@pytest.mark.parametrize(
    "person", ["mentor", "line_manager", "panel_member", "ld_lead", "admin", "senior_leader", "outsider"]
)
def test_others_may_write_nothing_there(world, sign_in, piece, person, target):
    response = keep(sign_in(getattr(world, person)), piece if target == "piece" else uuid.uuid4())
    assert (response.status_code, WorkingCopy.objects.exists()) == (404, False)


def test_of_another_organisation_or_of_no_form_or_thrown_away(world, sign_in, piece):
    client = sign_in(world.other.supervisor)
    assert keep(client, piece).status_code == 404
    client = sign_in(world.supervisor)
    assert client.post(draft_url(piece, form="nothing"), {}).status_code == 404
    type(piece).objects.filter(pk=piece.pk).update(discarded_at=piece.created_at, discarded_by=world.supervisor)
    assert keep(client, piece).status_code == 404


def test_an_ended_sign_in_is_told_in_a_word(piece):
    response = keep(Client(), piece)
    assert (response.status_code, response.json()) == (401, {"reason": "signed_out"})


def test_the_text_of_one_person_is_not_kept_for_the_next_at_the_same_computer(world, sign_in):
    response = keep(sign_in(world.other.supervisor), uuid.uuid4(), author=str(world.supervisor.pk))
    assert (response.status_code, response.json()) == (401, {"reason": "somebody_else"})
    assert not WorkingCopy.objects.exists()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"payload": {}}', 400), (b"[]", 400), (b"{}", 400), (b"\xff", 400), (b'{"payload": {"a": "x"}}', 400),
        (b'{"payload": {"a": ["\\u0000"]}}', 400),
        (json.dumps({"payload": {"a": ["x" * 1024 * 1024]}}).encode(), 413),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_in_words(world, sign_in, piece, body, status):
    response = sign_in(world.supervisor).post(draft_url(piece), body, content_type="application/json")
    assert (response.status_code, list(response.json())) == (status, ["problem"])
    assert not WorkingCopy.objects.exists()


def test_brackets_without_end_are_refused(world, sign_in, piece):
    answer = sign_in(world.supervisor).post(draft_url(piece), "[" * 200_000, content_type="application/json")
    assert (answer.status_code, WorkingCopy.objects.count()) == (400, 0)


@pytest.mark.parametrize("odd", [-1, "x", None, 10**30, 1.5, True, "²"])
def test_odd_numbers_are_nothing_seen(world, sign_in, piece, odd):
    assert keep(sign_in(world.supervisor), piece, revision=odd, based_on=odd).status_code == 200


@pytest.mark.parametrize("page", ["https://evil.example/", "//evil.example", "/evidence/", 7, "\x00", "x" * 600])
def test_the_page_to_come_back_to_is_the_forms_own(world, sign_in, piece, page):
    assert keep(sign_in(world.supervisor), piece, page=page).status_code == 200
    assert WorkingCopy.objects.get().page == reverse("portfolio:evidence_edit", args=[piece.pk])


def test_a_page_that_waited_for_a_sign_in_asks_for_its_token(world, sign_in):
    response = sign_in(world.supervisor).get(reverse("accounts:draft_token"))
    assert (response.status_code, list(response.json())) == (200, ["token"])
    assert Client().get(reverse("accounts:draft_token")).status_code == 302


def test_without_javascript_a_button_does_it(world, sign_in, piece):
    client = sign_in(world.supervisor)
    edit = reverse("portfolio:evidence_edit", args=[piece.pk])
    response = client.post(
        draft_url(piece), {"body": "Typed", "draft_revision": 0, "draft_page": edit, "save_draft": ""}, follow=True
    )
    assert response.redirect_chain == [(edit, 302)]
    assert response.context["form"]["body"].value() == "Typed"
    said = [str(message) for message in response.context["messages"]]
    assert [words.partition(" at ")[0] for words in said] == ["Draft saved"]


def test_without_javascript_two_windows_are_shown_both(world, sign_in, piece):
    client = sign_in(world.supervisor)
    client.post(draft_url(piece), {"body": "Of the first", "draft_revision": 0})
    response = client.post(draft_url(piece), {"body": "Of the second", "draft_revision": 0})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Of the <mark>first</mark>" in page
    assert "Of the <mark>second</mark>" in page
    assert "copy it into the form" not in page
    buttons = re.findall(r'<(button|a)[^>]*class="govuk-button[^>]*>([^<]+)<', page)
    assert buttons == [("button", "Keep the text of this page"), ("a", "Use the other window’s text")]
    edit = reverse("portfolio:evidence_edit", args=[piece.pk])
    assert f'href="{edit}">Use the other window’s text</a>' in page
    assert client.get(edit).context["form"]["body"].value() == "Of the first"
    revision = response.context["revision"]
    again = client.post(draft_url(piece), dict(response.context["fields"]) | {"draft_revision": revision})
    assert (again.status_code, WorkingCopy.objects.get().payload) == (302, {"body": ["Of the second"]})


def test_without_javascript_what_cannot_be_kept_is_shown_again(world, sign_in, piece):
    response = sign_in(world.supervisor).post(draft_url(piece), {"body": "Typed at length\x00"})
    assert (response.status_code, "Typed at length" in response.content.decode()) == (400, True)


def test_throwing_away_shows_what_it_is_first(world, sign_in, piece):
    client = sign_in(world.supervisor)
    keep(client, piece, "Half a thought")
    url = draft_url(piece, "draft_discard")
    page = client.get(url)
    assert "Half a thought" in page.content.decode()
    assert "version 1 stays" in page.content.decode()
    seen = page.context["copy"].revision
    keep(client, piece, "More of it", seen)
    assert client.post(url, {"draft_revision": seen}).url == url
    assert WorkingCopy.objects.get().payload["body"] == ["More of it"]
    gone = client.post(url, {"draft_revision": WorkingCopy.objects.get().revision})
    assert gone.url == reverse("portfolio:evidence_edit", args=[piece.pk])
    assert not WorkingCopy.objects.exists()
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("person", ["mentor", "admin", "ld_lead"])
def test_nobody_else_can_throw_it_away(world, sign_in, piece, person):
    keep(sign_in(world.supervisor), piece)
    client = sign_in(getattr(world, person))
    url = draft_url(piece, "draft_discard")
    assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)
    assert WorkingCopy.objects.exists()
