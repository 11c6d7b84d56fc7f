"""PDFs that are stored and hold what its writer or a reader has taken back."""

import datetime as dt
import uuid

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from portfolio.models import EvidenceVersion, PortfolioExport
from portfolio.services.exports import build_export
from portfolio.services.reflection import reopen_reflection
from portfolio.services.self_assessment import reopen_assessment
from portfolio.services.sharing import discard_evidence, share_evidence, withdraw_evidence
from portfolio.services.stored_exports import TAKEN_BACK
from portfolio.services.taking_out import send_back
from portfolio.views.opening import PDFS_GO
from pqs_portal.demo.shown import shown_mentor
from tests.factories.portfolio import EvidenceFactory, area_of, assessed, opened, plan_opened, planned, shared
from tests.factories.reflection import reflected, reflection_opened


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def stored(world):
    """A PDF by the admin, made now unless ``ago``."""

    def make(by=world.admin, *, ago=dt.timedelta(0), **fields):
        done = {"status": "done", "finished_at": timezone.now() - ago, "pages": 9}
        year = {"organisation": world.organisation, "enrolment": world.enrolment}
        row = PortfolioExport(requested_by=by, reason="A panel asked", **{**year, **done, **fields})
        if row.status == "done":
            row.file.save("x.pdf", ContentFile(b"%PDF"), save=False)
        row.save()
        return row

    return make


def is_gone(export):
    name = export.file.name
    export.refresh_from_db()
    gone = (export.status, export.failure, export.file.name, export.pages) == ("deleted", TAKEN_BACK, "", None)
    assert gone or (export.status, export.file.name) == ("done", name)
    assert default_storage.exists(name) is not gone
    return gone


def shared_with_mentor_alone(evidence, by):
    return share_evidence(
        evidence=evidence, audience="mentor", version=evidence.version, nobody_recognisable=True, rationales={}, by=by,
        shown=shown_mentor(evidence.enrolment),
    )  # fmt: skip


PIECE_LEAVES = {
    "sent back": lambda piece, world: send_back(evidence=piece, reason="name", by=world.mentor),
    "taken back": lambda piece, world: withdraw_evidence(evidence=piece, by=world.supervisor),
    "thrown away": lambda piece, world: discard_evidence(evidence=piece, by=world.supervisor),
    "mentor alone": lambda piece, world: shared_with_mentor_alone(piece, world.supervisor),
}


@pytest.fixture(params=PIECE_LEAVES)
def leaves(request, world):
    return lambda piece: PIECE_LEAVES[request.param](piece, world)


def test_a_piece_that_leaves_the_portfolio_leaves_pdfs_of_others(
    world, stored, leaves, django_capture_on_commit_callbacks
):
    before = stored(ago=dt.timedelta(days=1))
    piece = shared(world.enrolment, audience="portfolio")
    theirs, own = stored(), stored(world.supervisor, with_private=True)
    with django_capture_on_commit_callbacks(execute=True):
        leaves(piece)
    assert [is_gone(export) for export in (before, theirs, own)] == [False, True, False]


def test_a_pdf_with_an_older_text_of_the_piece_goes_too(world, stored, leaves, django_capture_on_commit_callbacks):
    piece = shared(world.enrolment, audience="portfolio")
    EvidenceVersion.objects.update(created_at=timezone.now() - dt.timedelta(days=3))
    older = stored(ago=dt.timedelta(days=2))
    share_evidence(
        evidence=piece, audience="portfolio", version=piece.version, nobody_recognisable=True, rationales={},
        by=world.supervisor, shown=shown_mentor(world.enrolment),
    )  # fmt: skip
    assert not is_gone(older)
    with django_capture_on_commit_callbacks(execute=True):
        leaves(piece)
    assert is_gone(older)


def test_a_piece_that_only_the_mentor_read_deletes_nothing(world, stored, leaves, django_capture_on_commit_callbacks):
    piece = shared(world.enrolment)
    theirs = stored()
    with django_capture_on_commit_callbacks(execute=True):
        leaves(piece)
    assert not is_gone(theirs)


def test_a_pdf_made_once_the_piece_was_for_the_mentor_alone_stays(world, stored, django_capture_on_commit_callbacks):
    piece = shared_with_mentor_alone(shared(world.enrolment, audience="portfolio"), world.supervisor)
    theirs = stored()
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_evidence(evidence=piece, by=world.supervisor)
    assert not is_gone(theirs)


def test_pdfs_of_another_year_stay(world, stored, django_capture_on_commit_callbacks):
    theirs = stored(enrolment=world.other.enrolment, organisation=world.other.organisation)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_evidence(evidence=shared(world.enrolment, audience="portfolio"), by=world.supervisor)
    assert not is_gone(theirs)


def test_one_that_is_being_made_ends_and_one_that_waits_is_made_without_it(world, stored):
    piece = shared(world.enrolment, audience="portfolio")
    running = stored(status="running", finished_at=None, claim_id=uuid.uuid4(), lease_until=timezone.now())
    waiting = stored(status="queued", finished_at=None)
    withdraw_evidence(evidence=piece, by=world.supervisor)
    for export in (running, waiting):
        export.refresh_from_db()
    assert [(row.status, row.claim_id) for row in (running, waiting)] == [("deleted", None), ("queued", None)]
    assert build_export(export_id=running.pk, now=timezone.now()) is False


def of_reflection(world):
    return reflection_opened(reflected(world.enrolment, finish=True), in_portfolio=True)


def written_on(row):
    return reopen_reflection(reflection=row, by=row.enrolment.supervisor)


def of_plan(world):
    planned(world.enrolment)
    return plan_opened(world.enrolment, in_portfolio=True)


def of_assessment(world):
    return opened(assessed(world.enrolment, {area_of(world.enrolment): 2}), in_portfolio=True)


TEXT_LEAVES = {
    "reflection unticked": (of_reflection, reflection_opened),
    "reflection written on": (
        of_reflection,
        lambda row: reopen_reflection(reflection=row, by=row.enrolment.supervisor),
    ),
    "plan unticked": (of_plan, lambda row: plan_opened(row.enrolment)),
    "assessment unticked": (of_assessment, opened),
    "assessment written on": (
        of_assessment,
        lambda row: reopen_assessment(assessment=row, by=row.enrolment.supervisor),
    ),
}


@pytest.mark.parametrize(("make", "leave"), TEXT_LEAVES.values(), ids=TEXT_LEAVES)
def test_a_text_that_leaves_the_portfolio_leaves_pdfs_of_others(
    world, stored, make, leave, django_capture_on_commit_callbacks
):
    before = stored(ago=dt.timedelta(days=1))
    row = make(world)
    theirs, own = stored(), stored(world.supervisor)
    with django_capture_on_commit_callbacks(execute=True):
        leave(row)
    assert [is_gone(export) for export in (before, theirs, own)] == [False, True, False]


@pytest.mark.parametrize("leave", [reflection_opened, written_on])
def test_a_text_that_was_never_in_the_portfolio_deletes_nothing(
    world, stored, leave, django_capture_on_commit_callbacks
):
    row = reflection_opened(reflected(world.enrolment, finish=True))
    theirs = stored()
    with django_capture_on_commit_callbacks(execute=True):
        leave(row)
    assert not is_gone(theirs)


def test_a_text_that_stays_in_the_portfolio_deletes_nothing(world, stored, django_capture_on_commit_callbacks):
    row = of_reflection(world)
    theirs = stored()
    with django_capture_on_commit_callbacks(execute=True):
        reflection_opened(row, to_mentor=False, in_portfolio=True)
    assert not is_gone(theirs)


def test_lists_and_pages_say_why(world, sign_in, stored):
    piece = shared(world.enrolment, audience="portfolio")
    export = stored()
    send_back(evidence=piece, reason="name", by=world.mentor)
    admin = sign_in(world.admin)
    assert f">{TAKEN_BACK}</span>" in admin.get(reverse("portfolio:export_list")).content.decode()
    page = admin.get(reverse("portfolio:export", args=[export.pk])).content.decode()
    assert ("Make a new one" in page, f"{TAKEN_BACK}." in page) == (True, True)
    assert admin.get(reverse("portfolio:export_download", args=[export.pk])).status_code == 404
    own = sign_in(world.supervisor).get(reverse("portfolio:own_export"), follow=True).content.decode()
    assert f">{TAKEN_BACK}</span>" in own
    admin.post(reverse("portfolio:export_again", args=[export.pk]))
    assert PortfolioExport.objects.exclude(pk=export.pk).get().status == "queued"


@pytest.mark.parametrize("page", ["evidence_withdraw", "evidence_discard", "evidence_share"])
def test_the_writer_is_told_before(world, sign_in, page):
    client = sign_in(world.supervisor)
    inside, outside = shared(world.enrolment, audience="portfolio"), shared(world.enrolment)
    said = [
        PDFS_GO in client.get(reverse(f"portfolio:{page}", args=[piece.pk])).content.decode()
        for piece in (inside, outside, EvidenceFactory(enrolment=world.enrolment))
    ]
    assert said == [True, False, False]


def test_the_mentor_is_told_before(world, sign_in):
    client, said = sign_in(world.mentor), "PDFs that others made with it are deleted."
    pages = [
        client.get(reverse("portfolio:evidence_send_back", args=[piece.pk])).content.decode()
        for piece in (shared(world.enrolment, audience="portfolio"), shared(world.enrolment))
    ]
    assert [said in page for page in pages] == [True, False]


def test_the_writer_of_a_text_is_told_before(world, sign_in):
    client = sign_in(world.supervisor)
    of_reflection(world)
    of_assessment(world)
    one = [world.enrolment.pk, "start"]
    for url in (reverse("portfolio:reflection"), reverse("portfolio:self_assessment", args=one)):
        assert PDFS_GO in client.get(url).content.decode()
    for url in (reverse("portfolio:reflection_share"), reverse("portfolio:self_assessment_share", args=one)):
        assert f"If you untick it, {PDFS_GO}" in client.get(url).content.decode()
