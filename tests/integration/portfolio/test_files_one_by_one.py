"""Files that come one by one while a piece is written: each judged by itself, named by the form and by its draft."""

import datetime as dt
import json
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import WorkingCopy
from portfolio import tasks
from portfolio.models import Attachment, Evidence
from portfolio.views.attachments import MOST_WAITING
from tests.factories.portfolio import AttachmentFactory, EvidenceFactory, shared, text_file

NEW = reverse("portfolio:evidence_new")


def send(client, target, file=None):
    return client.post(reverse("portfolio:attachment_new", args=[target]), {"attachments": file or text_file()})


def waiting_of(world, **fields):
    common = {"evidence": None, "organisation": world.organisation, "uploaded_by": world.supervisor}
    return AttachmentFactory(**common | fields)


def test_a_file_is_kept_and_claimed_by_the_form_that_names_it(world, sign_in, posted):
    client, target = sign_in(world.supervisor), str(uuid.uuid4())
    response = send(client, target, text_file("../notes.txt"))
    waiting = Attachment.objects.get()
    assert (response.status_code, response.json()) == (
        201, {"id": str(waiting.pk), "name": "notes.txt", "size": "10 bytes"},
    )  # fmt: skip
    assert (waiting.evidence, waiting.uploaded_by, waiting.organisation) == (
        None, world.supervisor, world.organisation,
    )  # fmt: skip
    client.post(NEW, posted(id=target, kept=[str(waiting.pk)]))
    waiting.refresh_from_db()
    assert waiting.evidence == Evidence.objects.get()


def test_a_bad_file_is_refused_in_words_and_leaves_nothing(world, sign_in):
    client, target = sign_in(world.supervisor), uuid.uuid4()
    bad = send(client, target, text_file("page.html", b"<html></html>"))
    none = client.post(reverse("portfolio:attachment_new", args=[target]))
    assert [(answer.status_code, answer.json()) for answer in (bad, none)] == [
        (400, {"problem": "“page.html” holds web page or program code. Save it as a PDF and choose that"}),
        (400, {"problem": "Choose a file"}),
    ]
    assert not Attachment.objects.exists()


def test_a_file_that_is_too_large_is_refused_as_in_the_form(world, sign_in, settings):
    settings.UPLOAD_MAX_BYTES = 5
    answer = send(sign_in(world.supervisor), uuid.uuid4())
    assert (answer.status_code, "larger than 0 MB" in answer.json()["problem"]) == (400, True)


def test_only_so_many_wait(world, sign_in):
    for _ in range(MOST_WAITING):
        waiting_of(world)
    answer = send(sign_in(world.supervisor), uuid.uuid4())
    assert (answer.status_code, Attachment.objects.count()) == (400, MOST_WAITING)
    assert answer.json() == {"problem": "50 files wait already. Save the piece, then add more"}


@pytest.mark.parametrize("person", ["outsider", "mentor", "line_manager", "ld_lead", "admin"])
def test_nobody_else_sends_any(world, sign_in, person):
    private, opened = EvidenceFactory(enrolment=world.enrolment), shared(world.enrolment)
    client = sign_in(getattr(world, person))
    answers = [send(client, target).status_code for target in (uuid.uuid4(), private.pk, opened.pk)]
    assert answers == [404, 404, 403 if person == "mentor" else 404]
    assert not Attachment.objects.exists()


def test_an_id_that_is_somebody_elses_is_not_found(world, sign_in):
    foreign = EvidenceFactory(enrolment=world.other.enrolment)
    assert send(sign_in(world.supervisor), foreign.pk).status_code == 404


def test_a_waiting_file_is_taken_away_at_once(world, sign_in, django_capture_on_commit_callbacks):
    waiting = waiting_of(world)
    url, stored = reverse("portfolio:attachment_remove", args=[waiting.pk]), waiting.file
    assert sign_in(world.mentor).post(url).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        answer = sign_in(world.supervisor).post(url, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert (Attachment.objects.exists(), stored.storage.exists(stored.name)) == (False, False)


def test_a_file_that_a_draft_names_is_not_purged(world, sign_in):
    client, target = sign_in(world.supervisor), uuid.uuid4()
    send(client, target)
    left, kept = waiting_of(world), Attachment.objects.get(name="notes.txt")
    Attachment.objects.update(created_at=timezone.now() - dt.timedelta(days=9))
    sent = {
        "payload": {"body": ["Begun"], "kept": [str(kept.pk)]}, "revision": 0, "based_on": 0, "page": "",
        "author": str(world.supervisor.pk),
    }  # fmt: skip
    client.post(reverse("accounts:draft", args=["evidence", target]), json.dumps(sent), content_type="application/json")
    assert tasks.purge_unclaimed() == 1
    assert list(Attachment.objects.all()) == [kept]
    form = client.get(NEW, {"id": target}).context["form"]
    assert [row.pk for row in form.kept_rows] == [kept.pk]
    WorkingCopy.objects.all().delete()
    assert tasks.purge_unclaimed() == 1
    assert left not in Attachment.objects.all()


def test_a_draft_of_somebody_else_keeps_nobodys_file(world, sign_in):
    foreign = waiting_of(world)
    Attachment.objects.update(created_at=timezone.now() - dt.timedelta(days=9))
    WorkingCopy.objects.create(
        author=world.other.supervisor, organisation=world.other.organisation, form="evidence", target_id=uuid.uuid4(),
        payload={"kept": [str(foreign.pk)]}, revision=1,
    )  # fmt: skip
    assert tasks.purge_unclaimed() == 1
