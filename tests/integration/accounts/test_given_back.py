"""The page that gives a refused POST its text back: whose text it is, and who may save it."""

import datetime as dt
import re
import uuid

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import WorkingCopy
from portfolio.models import Attachment, Evidence
from pqs_portal.lib.writer import LONGEST, signed_writer
from tests.factories.portfolio import EvidenceFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def hidden(response, name):
    """What a browser would send on, out of the page's own form."""
    page = response.content.decode().partition("<main")[2]
    return re.findall(f'<input type="hidden" name="{name}" value="([^"]*)"', page)


def kept(response):
    """Name → what the page that gives it back would send again."""
    page = response.content.decode()
    sent = dict(re.findall(r'<textarea name="(\w+)" hidden[^>]*>\n(.*?)</textarea>', page, re.DOTALL))
    tokens = hidden(response, "give_back_token")
    return sent | ({"give_back_token": tokens[0]} if tokens else {})


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
    assert again == {
        name: str(value) for name, value in (typed | {"give_back_token": again["give_back_token"]}).items()
    }
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
        assert kept(refused) | {"give_back_token": ""} == again | {"give_back_token": ""}
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


def test_nor_a_file_of_it(world, sign_in, settings, tmp_path, typed):
    settings.MEDIA_ROOT = str(tmp_path)
    url = reverse("portfolio:attachment_new", args=[typed["id"]])

    def sent_by(person, **writer):
        data = {"attachments": SimpleUploadedFile("notes.txt", b"words", "text/plain"), **writer}
        return sign_in(person).post(url, data, headers={"accept": "application/json"}).status_code

    writer = {"draft_writer": typed["draft_writer"]}
    assert (sent_by(world.other.supervisor, **writer), Attachment.objects.count()) == (403, 0)
    assert (sent_by(world.supervisor, **writer), Attachment.objects.count()) == (201, 1)


@pytest.mark.parametrize("writer", ["", "nonsense", "WyJhIiwiYiJd:made-up"])
def test_a_writer_that_we_did_not_sign_is_none(world, sign_in, address, typed, writer):
    given_back = Client().post(address, typed | {"draft_writer": writer})
    assert (given_back.status_code, given_back.context["writer"]) == (401, None)
    assert "Nobody but the person who wrote it" not in given_back.content.decode()
    assert sign_in(world.supervisor).post(address, kept(given_back)).status_code == 302


class TestSignedInSince:
    """The page that gives the words back has the token of before."""

    @pytest.fixture
    def browser(self):
        return Client(enforce_csrf_checks=True, headers={"sec-fetch-site": "same-origin"})

    @pytest.fixture
    def again(self, browser, address, typed):
        """What the page sends that gave the words back, to the same browser, before anybody signs in."""
        browser.get(reverse("account_login"))
        before = typed | {"csrfmiddlewaretoken": browser.cookies["csrf"].value}
        given_back = browser.post(address, before)
        assert (given_back.status_code, given_back.context["reason"]) == (401, "signed_out")
        return kept(given_back) | {"csrfmiddlewaretoken": hidden(given_back, "csrfmiddlewaretoken")[0]}

    @staticmethod
    def sign_in(browser, person):
        """As allauth does: the token is made anew."""
        browser.force_login(person)
        browser.cookies["csrf"] = "b" * 32

    def test_one_press_saves(self, world, browser, address, again):
        self.sign_in(browser, world.supervisor)
        assert browser.post(address, again).status_code == 302
        assert Evidence.objects.get().body == "Words of the first person"

    @pytest.mark.parametrize("site", ["cross-site", "same-site", "none", ""])
    def test_not_if_another_site_may_have_sent_it(self, world, browser, address, again, site):
        self.sign_in(browser, world.supervisor)
        refused = browser.post(address, again, headers={"sec-fetch-site": site})
        assert (refused.status_code, refused.context["reason"]) == (403, "signed_in_since")
        assert "You signed in again after you opened this page" in refused.content.decode()
        once_more = kept(refused) | {"csrfmiddlewaretoken": hidden(refused, "csrfmiddlewaretoken")[0]}
        assert browser.post(address, once_more, headers={"sec-fetch-site": site}).status_code == 302

    @pytest.mark.parametrize("token", ["", "made-up", "WyJhIl0:1a:b"])
    def test_not_without_what_the_page_was_signed_with(self, world, browser, address, again, token):
        self.sign_in(browser, world.supervisor)
        refused = browser.post(address, again | {"give_back_token": token})
        assert (refused.status_code, refused.context["reason"]) == (403, "signed_in_since")
        assert not Evidence.objects.exists()

    def test_not_elsewhere(self, world, browser, address, again):
        self.sign_in(browser, world.supervisor)
        assert browser.post(address + "&session=4", again).status_code == 403
        assert not Evidence.objects.exists()

    def test_not_for_anybody_else(self, world, browser, address, again):
        self.sign_in(browser, world.other.supervisor)
        refused = browser.post(address, again)
        assert (refused.status_code, refused.context["reason"]) == (403, "somebody_else")
        assert not Evidence.objects.exists()

    def test_not_the_next_day(self, world, browser, address, again):
        self.sign_in(browser, world.supervisor)
        with time_machine.travel(timezone.now() + LONGEST + dt.timedelta(minutes=1)):
            browser.force_login(world.supervisor)
            assert browser.post(address, again).status_code == 403

    def test_not_from_another_origin(self, world, browser, address, again):
        self.sign_in(browser, world.supervisor)
        refused = browser.post(address, again, headers={"origin": "https://elsewhere.example"})
        assert (refused.status_code, refused.context["reason"]) == (403, "csrf")
        assert not Evidence.objects.exists()


def test_the_names_of_files_stay(world, sign_in, address, typed):
    def named(response):
        return re.findall(r"<li>([^<]*)</li>", response.content.decode().partition("<main")[2])

    given_back = Client().post(address, typed | {"files": SimpleUploadedFile("notes.txt", b"x")})
    assert named(given_back) == ["notes.txt"]
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.supervisor)
    for _ in range(2):
        given_back = client.post(address, kept(given_back))
        assert (given_back.status_code, named(given_back)) == (403, ["notes.txt"])


class TestInWords:
    """What is given back stands under the words of the form."""

    @staticmethod
    def shown(response):
        page = response.content.decode()
        rows = re.findall(r"<dt [^>]*>(.*?)</dt>\s*<dd[^>]*>\s*<span[^>]*>(.*?)</span>", page, re.DOTALL)
        return [(label.strip(), text) for label, text in rows]

    def test_of_a_form_that_keeps_a_draft(self, address, typed):
        day = {"happened_on_day": "03", "happened_on_month": "3", "happened_on_year": "2026"}
        given_back = Client().post(address, typed | day | {"why_5": "Because", "tags": "rota"})
        assert self.shown(given_back) == [
            ("Name", "Theirs"),
            ("What happened", "Words of the first person"),
            ("Kind", "Something else"),
            ("When", "3 March 2026"),
            ("Area 5", "not chosen. Because"),
            ("Tags", "rota"),
        ]

    def test_words_that_its_draft_does_not_read_are_shown_too(self, address, typed):
        given_back = Client().post(address, typed | {"story_0": "Once", "happened_on_day": "soon"})
        assert self.shown(given_back)[-2:] == [
            ("When", f"soon {typed['happened_on_month']} {typed['happened_on_year']}"),
            ("Story 0", "Once"),
        ]

    def test_of_a_form_that_keeps_none(self, db):
        sent = {"name": "Pat", "born_on_day": "3", "born_on_month": "3", "born_on_year": "1990", "id": "1"}
        assert self.shown(Client().post(reverse("accounts:account"), sent)) == [
            ("Your name", "Pat"),
            ("Born on", "3 March 1990"),
        ]

    def test_of_a_draft_that_was_refused(self, world, sign_in):
        url = reverse("accounts:draft", args=["evidence", uuid.uuid4()])
        sent = {"title": "T", "body": "x" * 1024 * 1024}
        assert [label for label, _ in self.shown(sign_in(world.supervisor).post(url, sent))] == ["Title", "Body"]

    def test_nobody_elses_form_is_read(self, world, sign_in, address, typed):
        """What is signed for one person names places of theirs alone."""
        piece = EvidenceFactory(enrolment=world.other.enrolment)
        writer = signed_writer(world.supervisor.pk, reverse("accounts:draft", args=["evidence", piece.pk]))
        given_back = Client().post(address, {"title": "T", "draft_writer": writer})
        assert self.shown(given_back) == [("Give it a name", "T")]
