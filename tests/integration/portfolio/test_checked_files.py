"""Files are read for identifying words before they are shared: what was found is their writer's, and goes with them."""

import io
import logging
import uuid

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfWriter

from accounts.models import AuditEvent
from portfolio import tasks
from portfolio.models import Attachment
from portfolio.services.looking import files_to_look_at
from pqs_portal.demo.shown import shown_mentor
from tests.factories.portfolio import AttachmentFactory, EvidenceFactory, picture
from tests.unit.lib.confidentiality.test_documents import word

WORDS = "Supervision with Oluwaseun Adeyemi, NHS number 943 476 5919."


@pytest.fixture
def evidence(world):
    return EvidenceFactory(enrolment=world.enrolment, title="Team day", body="We talked.")


@pytest.fixture
def writer(world, sign_in):
    return sign_in(world.supervisor)


def attach(evidence, name, content, **fields):
    return AttachmentFactory(evidence=evidence, name=name, file=ContentFile(content, name=uuid.uuid4().hex), **fields)


def pdf(author):
    """A page without text, and who wrote it."""
    written = PdfWriter()
    written.add_blank_page(width=72, height=72)
    written.add_metadata({"/Author": author})
    kept = io.BytesIO()
    written.write(kept)
    return kept.getvalue()


def look():
    return tasks.look_into_waiting_files()


def url(evidence):
    return reverse("portfolio:evidence_share", args=[evidence.pk])


def sent(**changes):
    return {"version": 1, "audience": "mentor", "nobody_recognisable": "on"} | changes


def found_in(attachment):
    attachment.refresh_from_db()
    return [(row["kind"], row["where"], row["text"]) for row in attachment.found], attachment.unread


def test_a_word_file_a_pdf_and_a_picture(evidence):
    document = attach(evidence, "notes.docx", word(f"<w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p>"))
    locked = attach(evidence, "Babatunde Okonkwo.pdf", pdf("Oluwaseun Adeyemi"))
    photo = attach(evidence, "flipchart.png", picture(), content_type="image/png")
    assert look() == 3
    assert found_in(document) == (
        [("name", "the text", "Oluwaseun Adeyemi"), ("nhs", "the text", "943 476 5919")],
        False,
    )
    assert found_in(locked) == (
        [
            ("name", "the file’s name", "Babatunde Okonkwo"),
            ("name", "the document’s properties", "Oluwaseun Adeyemi"),
            ("not_read", "page 1, which has no text", ""),
        ],
        True,
    )
    assert found_in(photo) == ([("not_read", "pictures cannot be read here", "")], True)
    assert look() == 0


def test_what_waits_for_the_scanner_or_was_refused_or_taken_off_is_not_read(evidence):
    attach(evidence, "a.txt", b"x", state=Attachment.State.CHECKING)
    attach(evidence, "b.txt", b"x", state=Attachment.State.REFUSED)
    attach(evidence, "c.txt", b"x", removed_at=timezone.now())
    unclaimed = AttachmentFactory(
        evidence=None, organisation=evidence.organisation, uploaded_by=evidence.enrolment.supervisor
    )
    assert files_to_look_at() == [unclaimed.pk]


def test_a_file_that_is_gone_is_said_to_be_unread(evidence):
    lost = attach(evidence, "a.txt", b"x")
    lost.file.storage.delete(lost.file.name)
    look()
    assert found_in(lost) == ([("not_read", "the file is missing", "")], True)


def test_two_workers_do_not_read_the_same_file(evidence):
    file = attach(evidence, "a.txt", b"x")
    assert tasks.look_into_file(str(file.pk)) is True
    Attachment.objects.filter(pk=file.pk).update(found=None)
    assert tasks.look_into_file(str(file.pk)) is False


def test_the_page_says_that_a_file_is_being_checked_and_goes_on_by_hand(
    writer, evidence, django_capture_on_commit_callbacks
):
    file = attach(evidence, "notes.txt", b"x")
    with django_capture_on_commit_callbacks() as woken:
        html = writer.get(url(evidence)).content.decode()
    assert len(woken) == 1
    assert "notes.txt</strong>: being checked for names and numbers" in html
    response = writer.post(url(evidence), sent())
    assert response.context["form"].non_field_errors() == [
        "Look at what was found first: write something else, or say that it is fine"
    ]
    writer.post(url(evidence), sent(words_do=f"fine:{file.pk}"))
    assert writer.post(url(evidence), sent(shown=shown_mentor(evidence.enrolment))).status_code == 302


def test_it_waits_no_longer_once_nothing_is_found(writer, evidence):
    attach(evidence, "notes.txt", b"We talked about trust.")
    look()
    assert writer.post(url(evidence), sent(words_do="look")).context["words"].count == 0
    assert writer.post(url(evidence), sent(shown=shown_mentor(evidence.enrolment))).status_code == 302


def test_what_was_found_in_a_file_is_said_fine_or_taken_off(writer, evidence, world, sign_in):
    file = attach(evidence, "notes.docx", word(f"<w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p>"))
    photo = attach(evidence, "flipchart.png", picture(), content_type="image/png")
    look()
    response = writer.get(url(evidence))
    html = response.content.decode()
    assert 'Name, in the text: <mark class="pp-found">Oluwaseun Adeyemi</mark>' in html
    assert "flipchart.png: pictures cannot be read here" in html
    off = writer.post(url(evidence), sent(words_do=f"remove_file:{file.pk}"))
    assert off.url == reverse("portfolio:attachment_remove", args=[file.pk]) + "?with=mentor"
    assert response.context["words"].count == 1
    assert writer.post(url(evidence), sent()).status_code == 200
    response = writer.post(url(evidence), sent(words_do=f"fine:{file.pk}"))
    assert response.context["words"].count == 0
    assert writer.post(url(evidence), sent(shown=shown_mentor(evidence.enrolment))).status_code == 302
    evidence.refresh_from_db()
    assert set(evidence.shared_version.attachments.all()) == {file, photo}
    # The words were the writer's to see.
    read = sign_in(world.mentor).get(evidence.get_absolute_url()).content.decode()
    assert ("notes.docx" in read, "Adeyemi" in read, "943 476" in read) == (True, False, False)


def test_taking_a_file_off_forgets_what_was_found(writer, evidence):
    file = attach(evidence, "notes.txt", WORDS.encode())
    look()
    assert found_in(file)[0]
    writer.post(reverse("portfolio:attachment_remove", args=[file.pk]))
    file.refresh_from_db()
    assert (file.found, file.unread) == (None, False)
    assert look() == 0
    assert writer.get(url(evidence)).context["words"].count == 0


def test_one_s_own_name_in_the_properties_is_not_asked_about(writer, evidence, world):
    world.supervisor.name = "Adaeze Okonjo"
    world.supervisor.save()
    attach(evidence, "notes.pdf", pdf("Adaeze Okonjo"))
    look()
    assert writer.get(url(evidence)).context["words"].open_files == []


def test_nothing_of_a_file_is_logged(writer, evidence, caplog):
    caplog.set_level(logging.DEBUG)
    attach(evidence, "Babatunde Okonkwo.txt", WORDS.encode())
    look()
    writer.get(url(evidence))
    logged = [str(vars(record)) for record in caplog.records if not record.name.startswith("django.db")]
    kept = [*logged, str(list(AuditEvent.objects.values()))]
    assert not [text for text in kept for secret in ("Adeyemi", "943 476 5919", "Okonkwo") if secret in text]
