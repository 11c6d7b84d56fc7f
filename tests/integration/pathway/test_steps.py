import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from pathway import tasks
from pathway.models import Mentoring, MilestoneCompletion, MilestoneDate
from pqs_portal.lib.clamd import ScannerAway
from tests.factories.pathway import LineManagementFactory, MilestoneFactory
from tests.integration.pathway.posting import date, is_refused

TODAY = timezone.localdate
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def step(world):
    return MilestoneFactory(
        programme=world.cohort.programme, title="Learning agreement", due_month=6, waiting_on="mentor"
    )


def url(name, world, step):
    return reverse(f"pathway:{name}", args=[world.enrolment.pk, step.pk])


def record(**fields):
    return {**date("done_on", TODAY() - DAY), "took_part": "All three", "note": "Signed in person", **fields}


def recorded(world, step, **fields):
    fields = {"cohort": world.cohort, "enrolment": world.enrolment, "recorded_by": world.mentor, **fields}
    return MilestoneCompletion.objects.create(organisation=world.organisation, milestone=step, **fields)


def test_the_page_says_whom_it_waits_on_and_when(world, step, sign_in, django_assert_num_queries):
    client = sign_in(world.mentor)
    client.get(url("step_done", world, step))

    with django_assert_num_queries(8):
        page = client.get(url("step_done", world, step)).content.decode()

    assert "Learning agreement" in page
    assert world.mentor.name in page
    assert "Record it as done" in page


@pytest.mark.parametrize("role", ["supervisor", "line_manager", "admin"])
def test_others_of_the_year_read_it_and_cannot_record(world, step, sign_in, role):
    client = sign_in(getattr(world, role))

    page = client.get(url("step_done", world, step))
    assert page.status_code == 200
    assert "Record it as done" not in page.content.decode()
    assert client.post(url("step_done", world, step), record()).status_code == 403
    assert not MilestoneCompletion.objects.exists()


@pytest.mark.parametrize("role", ["outsider", "panel_member", "senior_leader"])
@pytest.mark.parametrize("name", ["step_done", "step_date"])
def test_for_everybody_else_it_does_not_exist(world, step, sign_in, role, name):
    client = sign_in(getattr(world, role))

    assert client.get(url(name, world, step)).status_code == 404
    assert client.post(url(name, world, step), record()).status_code == 404
    assert sign_in(world.other.mentor).get(url(name, world, step)).status_code == 404


def test_a_step_of_another_programme_is_not_theirs(world, sign_in):
    other = MilestoneFactory(programme__series="another")

    assert sign_in(world.mentor).get(url("step_done", world, other)).status_code == 404


@pytest.mark.parametrize("role", ["mentor", "ld_lead"])
def test_it_is_recorded_once(world, step, sign_in, role):
    client = sign_in(getattr(world, role))

    first = client.post(url("step_done", world, step), record())
    client.post(url("step_done", world, step), record(note="A second time"))

    assert first.url == url("step_done", world, step)
    row = MilestoneCompletion.objects.get()
    assert (row.milestone, row.enrolment, row.cohort) == (step, world.enrolment, world.cohort)
    assert (row.done_on, row.took_part, row.note) == (TODAY() - DAY, "All three", "Signed in person")
    assert row.recorded_by == getattr(world, role)
    assert AuditEvent.objects.filter(verb="recorded step", subject=world.supervisor).count() == 1
    assert "Record it as done" not in client.get(url("step_done", world, step)).content.decode()


def test_what_was_typed_stays_when_it_is_refused(world, step, sign_in):
    answer = sign_in(world.mentor).post(
        url("step_done", world, step), record(**date("done_on", TODAY() + DAY), note="Kept <words>")
    )

    assert is_refused(answer)
    page = answer.content.decode()
    assert "The date it was done must be" in page
    assert "Kept &lt;words&gt;" in page
    assert not MilestoneCompletion.objects.exists()


def test_a_file_is_judged_by_what_is_in_it(world, step, sign_in):
    file = SimpleUploadedFile("agreement.pdf", b"MZ\x90\x00\x00binary\x00", content_type="application/pdf")

    answer = sign_in(world.mentor).post(url("step_done", world, step), record(file=file))

    assert is_refused(answer)
    assert "agreement.pdf” cannot be read as a PDF. Choose another file" in answer.content.decode()
    assert not MilestoneCompletion.objects.exists()


def test_a_file_is_kept_and_handed_to_those_who_may_read_it(world, step, sign_in, tmp_path):
    file = SimpleUploadedFile("../agreement.txt", b"We agree.")
    sign_in(world.mentor).post(url("step_done", world, step), record(file=file))
    row = MilestoneCompletion.objects.get()
    file_url = reverse("pathway:step_file", args=[row.pk])

    for role, status in [("supervisor", 200), ("mentor", 200), ("line_manager", 403), ("ld_lead", 403), ("admin", 403)]:
        answer = sign_in(getattr(world, role)).get(file_url)
        answer.getvalue()  # reads the file to its end, which closes it
        assert answer.status_code == status
    assert sign_in(world.outsider).get(file_url).status_code == 404
    assert sign_in(world.other.mentor).get(file_url).status_code == 404

    answer = sign_in(world.supervisor).get(file_url)
    assert answer.getvalue() == b"We agree."
    assert answer["Content-Disposition"] == 'attachment; filename="agreement.txt"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "text/plain"
    assert "agreement" not in row.file.name


def test_with_a_scanner_a_file_waits_for_its_verdict(world, step, sign_in, settings, monkeypatch):
    settings.CLAMD_ADDRESS = "scanner:3310"
    client = sign_in(world.mentor)
    client.post(url("step_done", world, step), record(file=SimpleUploadedFile("agreement.txt", b"Signed by both")))
    row = MilestoneCompletion.objects.get()
    file_url = reverse("pathway:step_file", args=[row.pk])

    def away(chunks, address):
        raise ScannerAway

    monkeypatch.setattr("pqs_portal.lib.clamd.is_harmless", away)
    assert tasks.scan_waiting_files() == 0
    assert client.get(file_url).status_code == 404
    assert "Being checked" in client.get(url("step_done", world, step)).content.decode()
    monkeypatch.setattr("pqs_portal.lib.clamd.is_harmless", lambda chunks, address: True)
    assert tasks.scan_waiting_files() == 1
    assert client.get(file_url).getvalue() == b"Signed by both"


def test_a_file_stays_chosen_when_the_form_is_refused(world, step, sign_in):
    client = sign_in(world.mentor)
    wrong = date("done_on", TODAY() + DAY)
    file = SimpleUploadedFile("agreement.txt", b"We agree.")

    refused = client.post(url("step_done", world, step), record(file=file, **wrong))
    assert is_refused(refused)
    assert "“agreement.txt” is kept" in refused.content.decode()
    token = refused.context["form"]["kept"].value()
    refused = client.post(url("step_done", world, step), record(kept=token, **wrong))
    assert "“agreement.txt” is kept" in refused.content.decode()

    stranger = record(kept=token)
    sign_in(world.ld_lead).post(url("step_done", world, step), stranger)
    assert not MilestoneCompletion.objects.get().file
    MilestoneCompletion.objects.all().delete()

    client.post(url("step_done", world, step), record(kept=refused.context["form"]["kept"].value()))
    row = MilestoneCompletion.objects.get()
    assert row.file_name == "agreement.txt"
    with row.file.open() as stored:
        assert stored.read() == b"We agree."


def test_a_step_without_a_file_has_none_to_fetch(world, step, sign_in):
    row = recorded(world, step)

    assert sign_in(world.mentor).get(reverse("pathway:step_file", args=[row.pk])).status_code == 404


def test_the_line_is_for_the_pair_and_the_date_for_all(world, step, sign_in):
    recorded(world, step, note="A private line")

    for role, reads in [("supervisor", True), ("mentor", True), ("line_manager", False), ("admin", False)]:
        page = sign_in(getattr(world, role)).get(url("step_done", world, step)).content.decode()
        assert ("A private line" in page) is reads
        assert "Done" in page


def test_it_is_taken_back_and_recorded_again(world, step, sign_in):
    row = recorded(world, step)
    undo = reverse("pathway:step_undo", args=[row.pk])
    client = sign_in(world.mentor)
    assert client.get(undo).status_code == 200

    assert client.post(undo).url == url("step_done", world, step)
    row.refresh_from_db()
    assert (row.discarded_by, row.discarded_at is None) == (world.mentor, False)
    assert client.post(undo).status_code == 404

    client.post(url("step_done", world, step), record())
    assert MilestoneCompletion.objects.standing().count() == 1


@pytest.mark.parametrize(
    ("role", "status"), [("supervisor", 403), ("line_manager", 403), ("admin", 403), ("outsider", 404)]
)
def test_others_do_not_take_it_back(world, step, sign_in, role, status):
    row = recorded(world, step)

    assert sign_in(getattr(world, role)).post(reverse("pathway:step_undo", args=[row.pk])).status_code == status
    assert MilestoneCompletion.objects.standing().exists()


@pytest.mark.parametrize("role", ["supervisor", "mentor", "ld_lead"])
def test_another_date_is_agreed(world, step, sign_in, role):
    client = sign_in(getattr(world, role))
    assert client.get(url("step_date", world, step)).status_code == 200

    for days in (20, 30):
        client.post(url("step_date", world, step), date("due_on", TODAY() + days * DAY))

    assert MilestoneDate.objects.get().due_on == TODAY() + 30 * DAY
    assert "(date agreed)" in client.get(url("step_done", world, step)).content.decode()


@pytest.mark.parametrize("role", ["line_manager", "admin"])
def test_others_agree_no_date(world, step, sign_in, role):
    client = sign_in(getattr(world, role))

    assert client.post(url("step_date", world, step), date("due_on", TODAY())).status_code == 403
    assert not MilestoneDate.objects.exists()


def test_a_date_before_the_year_is_refused(world, step, sign_in):
    before = world.enrolment.starts_on - DAY

    answer = sign_in(world.mentor).post(url("step_date", world, step), date("due_on", before))

    assert is_refused(answer)
    assert f'value="{before.year}"' in answer.content.decode()
    assert not MilestoneDate.objects.exists()


def test_where_mentor_and_line_manager_are_one_the_page_says_whom_to_ask(world, step, sign_in):
    world.enrolment.line_managements.update(ends_on=TODAY())
    LineManagementFactory(enrolment=world.enrolment, manager=world.mentor)
    Mentoring.objects.filter(pk=world.mentoring.pk).update(same_person_reason="A team of two.")
    world.organisation.help_name = "Hana Help"
    world.organisation.save()

    page = sign_in(world.supervisor).get(url("step_done", world, step)).content.decode()

    assert "is both mentor and line manager. The reason recorded: A team of two." in page
    assert "Hana Help" in page
