"""Files: who gets them, when, and how they are sent."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from portfolio import tasks
from portfolio.models import Attachment
from portfolio.services.sharing import share_evidence, withdraw_evidence
from pqs_portal.demo.shown import shown_mentor
from pqs_portal.lib.clamd import ScannerAway
from tests.factories.portfolio import AttachmentFactory, EvidenceFactory, text_file


def with_file(enrolment, *, share=True, **fields):
    evidence = EvidenceFactory(enrolment=enrolment)
    attachment = AttachmentFactory(evidence=evidence, **fields)
    if share:
        share_evidence(
            evidence=evidence, audience="mentor", version=1, nobody_recognisable=True, rationales={},
            by=enrolment.supervisor, shown=shown_mentor(enrolment),
        )  # fmt: skip
    return attachment


def get(client, attachment):
    """The answer, with the file read to its end (as ``body``) and closed."""
    response = client.get(attachment.get_absolute_url())
    response.body = b"".join(response.streaming_content) if response.streaming else response.content
    return response


def test_a_file_is_sent_as_something_to_keep_not_to_run(world, sign_in):
    attachment = with_file(world.enrolment, name='we"ird; naïve.txt')
    for person in (world.supervisor, world.mentor):
        response = get(sign_in(person), attachment)
        assert response.body == b"Some notes"
        assert response["Content-Disposition"] == "attachment; filename*=utf-8''we%22ird%3B%20na%C3%AFve.txt"
        assert response["Content-Type"] == "text/plain"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("person", ["outsider", "line_manager", "ld_lead", "admin", "senior_leader", "panel_member"])
def test_nobody_else_gets_it(world, sign_in, person):
    attachment = with_file(world.enrolment)
    client = sign_in(getattr(world, person))
    assert get(client, attachment).status_code == 404
    assert client.post(reverse("portfolio:attachment_remove", args=[attachment.pk])).status_code == 404
    assert get(sign_in(world.other.mentor), attachment).status_code == 404


def test_the_mentor_gets_only_what_was_shared(world, sign_in):
    private = with_file(world.enrolment, share=False)
    opened = with_file(world.enrolment)
    later = AttachmentFactory(evidence=opened.evidence)
    client = sign_in(world.mentor)
    assert [get(client, file).status_code for file in (private, later, opened)] == [404, 404, 200]
    withdraw_evidence(evidence=opened.evidence, by=world.supervisor)
    assert get(client, opened).status_code == 404


@pytest.mark.parametrize("state", [Attachment.State.CHECKING, Attachment.State.REFUSED])
def test_what_is_not_clean_is_not_sent(world, sign_in, state):
    attachment = with_file(world.enrolment, state=state)
    assert get(sign_in(world.supervisor), attachment).status_code == 404


def test_a_file_whose_bytes_are_gone_breaks_no_page(world, sign_in):
    attachment = with_file(world.enrolment)
    attachment.file.delete(save=False)
    client = sign_in(world.supervisor)
    assert get(client, attachment).status_code == 404
    assert client.get(attachment.evidence.get_absolute_url()).status_code == 200


def test_removing_takes_it_from_every_reader(world, sign_in):
    attachment = with_file(world.enrolment)
    client, url = sign_in(world.supervisor), reverse("portfolio:attachment_remove", args=[attachment.pk])
    assert client.get(url).status_code == 200
    assert sign_in(world.mentor).post(url).status_code == 403
    attachment.refresh_from_db()
    assert attachment.removed_at is None
    client.post(url)
    attachment.refresh_from_db()
    assert attachment.removed_at is not None
    for person in (world.supervisor, world.mentor):
        assert get(sign_in(person), attachment).status_code == 404
        assert attachment.name not in sign_in(person).get(attachment.evidence.get_absolute_url()).content.decode()


def test_with_a_scanner_a_file_waits_for_its_verdict(world, sign_in, settings, monkeypatch, posted):
    settings.CLAMD_ADDRESS = "scanner:3310"
    client = sign_in(world.supervisor)
    client.post(
        reverse("portfolio:evidence_new"), posted() | {"attachments": [text_file(), text_file("bad.txt", b"EICAR")]}
    )
    good, bad = Attachment.objects.order_by("name").reverse()
    assert (good.state, bad.state) == ("checking", "checking")
    assert "Being checked" in client.get(good.evidence.get_absolute_url()).content.decode()

    def away(chunks, address):
        raise ScannerAway

    monkeypatch.setattr("pqs_portal.lib.clamd.is_harmless", away)
    assert tasks.scan_waiting_attachments() == 0
    assert get(client, good).status_code == 404
    monkeypatch.setattr("pqs_portal.lib.clamd.is_harmless", lambda chunks, address: b"EICAR" not in b"".join(chunks))
    assert tasks.scan_waiting_attachments() == 2
    assert (get(client, good).status_code, get(client, bad).status_code) == (200, 404)
    assert "Refused" in client.get(good.evidence.get_absolute_url()).content.decode()


def test_files_that_no_form_claimed_are_purged(world, sign_in, posted, django_capture_on_commit_callbacks):
    sign_in(world.supervisor).post(reverse("portfolio:evidence_new"), posted(title="") | {"attachments": [text_file()]})
    claimed, waiting = with_file(world.enrolment), Attachment.objects.get(evidence=None)
    assert tasks.purge_unclaimed() == 0
    Attachment.objects.update(created_at=timezone.now() - dt.timedelta(hours=25))
    stored = waiting.file
    with django_capture_on_commit_callbacks(execute=True):
        assert tasks.purge_unclaimed() == 1
        assert stored.storage.exists(stored.name)
    assert not stored.storage.exists(stored.name)
    assert list(Attachment.objects.all()) == [claimed]


def test_the_stored_name_says_nothing(world, sign_in, posted):
    sign_in(world.supervisor).post(
        reverse("portfolio:evidence_new"), posted() | {"attachments": [text_file("../../CANARY.txt")]}
    )
    attachment = Attachment.objects.get()
    assert attachment.name == "CANARY.txt"
    assert "CANARY" not in attachment.file.name
    assert attachment.file.name.startswith("attachments/")
