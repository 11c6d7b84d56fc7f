"""A reader closes a piece at once, because somebody can be recognised in it."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from pathway.models import Enrolment
from portfolio import timeline
from portfolio.models import Evidence, EvidenceVersion
from portfolio.services.sharing import discard_evidence, withdraw_evidence
from portfolio.services.taking_out import send_back
from pqs_portal.templatetags.portal import short_date
from tests.factories.portfolio import AttachmentFactory, shared
from tests.integration.portfolio.test_versions import reshared


def url(evidence):
    return reverse("portfolio:evidence_send_back", args=[evidence.pk])


def test_it_closes_for_everybody_at_once(world, sign_in):
    evidence = shared(world.enrolment, audience="portfolio", title="CANARYTITLE")
    client = sign_in(world.mentor)
    assert client.get(url(evidence)).status_code == 200
    response = client.post(url(evidence), {"reason": "story"}, follow=True)
    assert response.status_code == 200
    assert "CANARY" not in response.content.decode()
    evidence.refresh_from_db()
    assert (evidence.audience, evidence.shared_with, evidence.shared_version) == ("only_me", None, None)
    assert (evidence.sent_back_by, evidence.sent_back_for) == (world.mentor, "story")
    assert client.get(evidence.get_absolute_url()).status_code == 404
    assert AuditEvent.objects.filter(verb="sent evidence back", actor=world.mentor).count() == 1


def test_the_writer_is_told_what_to_do(world, sign_in):
    evidence = send_back(evidence=shared(world.enrolment), reason="file", by=world.mentor)
    page = sign_in(world.supervisor).get(evidence.get_absolute_url()).content.decode()
    assert "What gives them away: something in a file." in page
    assert f"{reverse('portfolio:take_out')}?piece={evidence.pk}" in page


def first_button(page):
    return re.search(r'<a class="govuk-button"[^>]*>([^<]*)<', page.content.decode())[1]


@pytest.mark.parametrize("how", ["passages", "chosen"])
def test_once_something_is_taken_out_it_waits_to_be_shared_again(world, sign_in, how):
    evidence, other = (
        send_back(evidence=shared(world.enrolment, body=body), reason="name", by=world.mentor)
        for body in ("Said by Zebedee", "Not here")
    )
    file = AttachmentFactory(evidence=evidence, uploaded_by=world.supervisor)
    client = sign_in(world.supervisor)
    assert first_button(client.get(evidence.get_absolute_url())) == "Take it out for good"
    back = f"{world.mentor.name} sent a piece of evidence back: "
    assert [entry.title for entry in waiting()] == [f"{back}take out what identifies somebody"] * 2
    sent = {"passages": "Zebedee"} if how == "passages" else {"passages": "", "chosen": file.pk}
    url = f"{reverse('portfolio:take_out')}?piece={evidence.pk}"
    assert client.post(url, {**sent, "take_out": "yes"}).url == evidence.get_absolute_url()
    page = client.get(evidence.get_absolute_url())
    assert first_button(page) == f"Check and share with {world.mentor.get_short_name()}"
    assert "You have taken something out since." in page.content.decode()
    assert {entry.url: entry.title for entry in waiting()} == {
        evidence.get_absolute_url(): f"{back}you have taken something out, so share it again",
        other.get_absolute_url(): f"{back}take out what identifies somebody",
    }


def test_sharing_again_answers_it(world):
    evidence = reshared(send_back(evidence=shared(world.enrolment), reason="name", by=world.mentor), "Without it")
    assert (evidence.sent_back_at, evidence.sent_back_by, evidence.sent_back_for) == (None, None, "")
    assert waiting() == []


def test_the_versions_say_who_closed_them(world, sign_in):
    evidence = withdraw_evidence(evidence=shared(world.enrolment), by=world.supervisor)
    evidence = send_back(evidence=reshared(evidence, "Again"), reason="name", by=world.mentor)
    sent = evidence.versions.get(taken_back_by=world.mentor).number
    evidence = reshared(evidence, "Without it")
    client = sign_in(world.supervisor)
    body = " ".join(client.get(evidence.get_absolute_url()).content.decode().split())
    said = re.findall(r'Version \d+</a> <span class="pp-quiet">[^<,]+, ([^<]+)</span>', body)
    closed = [words for words in said if words != "for yourself"]
    assert closed == ["what others read", f"shared, sent back by {world.mentor.name}", "shared, taken back by you"]
    own, on = evidence.versions.get(taken_back_by=world.supervisor).number, short_date(timezone.localdate())
    for number, words in ((sent, f"{world.mentor.name} sent it back on {on}."), (own, f"You took it back on {on}.")):
        page = client.get(reverse("portfolio:evidence_version", args=[evidence.pk, number]))
        assert words in page.content.decode()
    EvidenceVersion.objects.filter(number=own).update(taken_back_by=None)
    assert (
        "It was taken back on"
        in client.get(reverse("portfolio:evidence_version", args=[evidence.pk, own])).content.decode()
    )


def waiting():
    found = timeline.entries(Enrolment.objects.all(), timezone.localdate())
    return [entry for entry in found if entry.kind == "evidence_sent_back"]


def news(since):
    return [event for event in timeline.events(since) if event.kind == "evidence_sent_back"]


def test_it_waits_on_the_writer_without_a_word_of_it(world):
    evidence = send_back(evidence=shared(world.enrolment, title="CANARYTITLE"), reason="name", by=world.mentor)
    today = timezone.localdate()
    (entry,) = waiting()
    assert (entry.waiting_on_id, entry.url, entry.due_on) == (
        world.supervisor.pk, evidence.get_absolute_url(), today + dt.timedelta(days=2),
    )  # fmt: skip
    (event,) = news(timezone.now() - dt.timedelta(minutes=1))
    assert (event.recipient_id, event.title) == (
        world.supervisor.pk, f"{world.mentor.name} sent a piece of evidence back to you",
    )  # fmt: skip
    assert "CANARY" not in entry.title
    assert news(timezone.now()) == []
    discard_evidence(evidence=evidence, by=world.supervisor)
    assert waiting() == []


def test_a_reason_must_be_chosen(world, sign_in):
    evidence = shared(world.enrolment)
    response = sign_in(world.mentor).post(url(evidence), {"reason": ""})
    assert response.context["form"].errors == {"reason": ["Choose what gives somebody away"]}
    assert Evidence.objects.get().audience == "mentor"


@pytest.mark.parametrize(
    ("person", "status"), [("supervisor", 403), ("line_manager", 404), ("ld_lead", 404), ("admin", 404)]
)
def test_nobody_but_a_named_reader(world, sign_in, person, status):
    evidence = shared(world.enrolment)
    assert sign_in(getattr(world, person)).post(url(evidence), {"reason": "name"}).status_code == status
    assert Evidence.objects.get().audience == "mentor"
