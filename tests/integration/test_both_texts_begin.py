"""Where two texts stand side by side the page begins at its heading, with the focus there."""

import json
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.portfolio import EvidenceFactory, area_of, assessed

BEGINS = re.compile(r"<(h\d)[^>]* tabindex=\"-1\"[^>]* autofocus>\s*([^<]+?)\s*<")


@pytest.fixture
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def piece(world, own_media):
    return EvidenceFactory(enrolment=world.enrolment)


@pytest.fixture
def sent(piece):
    today = timezone.localdate()
    day = {"happened_on_day": today.day, "happened_on_month": today.month, "happened_on_year": today.year}
    return {"title": "Name", "body": "Mine", "version": 1, "kind": "plain", **day}


def begins(answer):
    return answer.status_code, BEGINS.findall(answer.content.decode())


def kept(client, piece, text, revision=0):
    payload = {"payload": {"body": [text]}, "revision": revision, "author": str(piece.enrolment.supervisor_id)}
    url = reverse("accounts:draft", args=["evidence", piece.pk])
    return client.post(url, json.dumps(payload), content_type="application/json")


def test_words_of_another_window(world, sign_in, piece, sent):
    client = sign_in(world.supervisor)
    kept(client, piece, "Theirs")
    answer = client.post(reverse("portfolio:evidence_edit", args=[piece.pk]), sent)
    assert begins(answer) == (409, [("h2", "Another window has kept other words")])


def test_what_a_page_is_told_while_one_types_takes_no_focus(world, sign_in, piece):
    client = sign_in(world.supervisor)
    kept(client, piece, "Theirs")
    answer = kept(client, piece, "Mine")
    assert (answer.status_code, "autofocus" in answer.json()["differences"]) == (409, False)


def test_without_javascript(world, sign_in, piece):
    client = sign_in(world.supervisor)
    kept(client, piece, "Theirs")
    answer = client.post(reverse("accounts:draft", args=["evidence", piece.pk]), {"body": "Mine"})
    assert begins(answer) == (409, [("h1", "Your draft, in two windows")])


def test_a_piece_that_was_saved_meanwhile(world, sign_in, piece, sent):
    client, address = sign_in(world.supervisor), reverse("portfolio:evidence_edit", args=[piece.pk])
    client.post(address, sent)
    answer = client.post(address, sent | {"body": "Other"})
    assert begins(answer) == (409, [("h1", "This was saved somewhere else meanwhile")])


def test_what_is_shown_to_be_sent_again(world, sign_in):
    row = assessed(world.enrolment, {area_of(world.enrolment): 2}, finish=False)
    address = reverse("portfolio:self_assessment_edit", args=[world.enrolment.pk, row.point])
    answer = sign_in(world.supervisor).post(address, {"revision": 0, "why_1": "Mine"})
    assert begins(answer) == (409, [("h1", "This was saved somewhere else meanwhile")])
