"""The page that gives a refused POST its text back: whose text it is, and who may save it."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import WorkingCopy
from portfolio.models import Evidence

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def hidden(response, name):
    """What a browser would send on, out of the page's own form."""
    page = response.content.decode().partition("<main")[2]
    return re.findall(f'<input type="hidden" name="{name}" value="([^"]*)"', page)


def kept(response):
    """Name → what the page that gives it back would send again."""
    page = response.content.decode()
    return dict(re.findall(r'<textarea name="(\w+)" hidden[^>]*>\n(.*?)</textarea>', page, re.DOTALL))


@pytest.fixture
def address():
    return f"{reverse('portfolio:evidence_new')}?id={uuid.uuid4()}"


@pytest.fixture
def typed(world, sign_in, address):
    """What the form sends that was drawn for the supervisor."""
    form = sign_in(world.supervisor).get(address)
    (writer,) = hidden(form, "draft_writer")
    day = timezone.localdate()
    return {
        "id": address.partition("id=")[2],
        "title": "Theirs",
        "body": "Words of the first person",
        "kind": "plain",
        "happened_on_day": day.day,
        "happened_on_month": day.month,
        "happened_on_year": day.year,
        "draft_writer": writer,
    }


def test_the_writer_signs_in_again_and_saves(world, sign_in, address, typed):
    given_back = Client().post(address, typed)
    body = given_back.content.decode()
    assert given_back.status_code == 401
    assert "Nobody but the person who wrote it can save it." in body
    again = kept(given_back)
    assert again == {name: str(value) for name, value in typed.items()}
    assert sign_in(world.supervisor).post(address, again).status_code == 302
    assert Evidence.objects.get().enrolment == world.enrolment


def test_nobody_else_saves_it(world, sign_in, address, typed):
    again = kept(Client().post(address, typed))
    for person in (world.other.supervisor, world.mentor):
        refused = sign_in(person).post(address, again)
        body = refused.content.decode()
        assert refused.status_code == 403
        assert re.findall(r"<h1[^>]*>\s*([^<]*?)\s*</h1>", body) == ["This was written by somebody else"]
        # The text stays, as the first person's.
        assert kept(refused) == again
        assert world.supervisor.name not in body
    assert not Evidence.objects.exists()
    assert not WorkingCopy.objects.exists()
    assert sign_in(world.supervisor).post(address, kept(refused)).status_code == 302
    assert Evidence.objects.get().enrolment == world.enrolment


def test_nor_out_of_the_form_itself_by_a_page_or_a_draft(world, sign_in, address, typed):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.other.supervisor)
    for url in (address, reverse("accounts:draft", args=["evidence", uuid.uuid4()])):
        for answer in (client.post(url, typed), sign_in(world.other.supervisor).post(url, typed)):
            assert (answer.status_code, answer.context["reason"]) == (403, "somebody_else")
    assert not Evidence.objects.exists()
    assert not WorkingCopy.objects.exists()


@pytest.mark.parametrize("writer", ["", "nonsense", "WyJhIiwiYiJd:made-up"])
def test_a_writer_that_we_did_not_sign_is_none(world, sign_in, address, typed, writer):
    given_back = Client().post(address, typed | {"draft_writer": writer})
    assert (given_back.status_code, given_back.context["writer"]) == (401, None)
    assert "Nobody but the person who wrote it" not in given_back.content.decode()
    assert sign_in(world.supervisor).post(address, kept(given_back)).status_code == 302
