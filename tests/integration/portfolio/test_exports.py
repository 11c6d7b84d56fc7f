"""Asking for a portfolio as PDF, making it and fetching it."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from portfolio.models import PortfolioExport
from portfolio.services.exports import build_export, request_export, waiting_exports
from portfolio.timeline import events
from tests.factories.accounts import PASSWORD

OWN, LIST = reverse("portfolio:own_export"), reverse("portfolio:export_list")


def new_url(enrolment):
    return reverse("portfolio:export_new", args=[enrolment.pk])


def download_url(export):
    return reverse("portfolio:export_download", args=[export.pk])


@pytest.fixture(autouse=True)
def no_queue(monkeypatch):
    """The queue is away: pages must go on without it."""

    def refuse(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr("portfolio.tasks.build_export.delay", refuse)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def made(world):
    """An export by the supervisor, ready."""
    export = request_export(enrolment=world.enrolment, reason="", export_id=uuid.uuid4(), by=world.supervisor)
    assert build_export(export_id=export.pk, now=timezone.now())
    export.refresh_from_db()
    return export


def test_the_admin_gives_a_reason_and_the_supervisor_is_told_who_when_and_why(world, sign_in):
    pk = uuid.uuid4()
    answer = sign_in(world.admin).post(new_url(world.enrolment), {"id": pk, "reason": "The panel asked"})
    assert answer.url == reverse("portfolio:export", args=[pk])
    export = PortfolioExport.objects.get()
    assert (export.requested_by, export.reason, export.status) == (world.admin, "The panel asked", "queued")
    page = sign_in(world.supervisor).get(OWN, follow=True).content.decode()
    assert world.admin.name in page
    assert "The panel asked" in page
    [event] = [event for event in events(timezone.now() - dt.timedelta(hours=1)) if event.kind == "portfolio_exported"]
    assert (event.recipient_id, world.admin.name in event.title) == (world.supervisor.pk, True)
    audited = AuditEvent.objects.get(target_id=export.pk)
    assert (audited.actor, audited.subject, audited.category) == (world.admin, world.supervisor, "exports")


@pytest.mark.parametrize("reason", ["", "   \n "])
def test_without_a_reason_nothing_is_made(world, sign_in, reason):
    answer = sign_in(world.admin).post(new_url(world.enrolment), {"id": uuid.uuid4(), "reason": reason})
    assert answer.status_code == 200
    assert "<title>Error: " in answer.content.decode()
    assert "Enter why you are exporting this portfolio" in answer.content.decode()
    assert not PortfolioExport.objects.exists()


def test_a_double_press_makes_one(world, sign_in):
    client, posted = sign_in(world.admin), {"id": uuid.uuid4(), "reason": "The panel asked"}
    assert client.post(new_url(world.enrolment), posted).url == client.post(new_url(world.enrolment), posted).url
    assert PortfolioExport.objects.count() == 1
    assert client.get(new_url(world.enrolment), {"id": posted["id"]}).url == f"/exports/{posted['id']}/"


@pytest.mark.parametrize("role", ["supervisor", "mentor", "line_manager", "ld_lead"])
def test_only_an_admin_exports_for_somebody_else(world, sign_in, role):
    posted = {"id": uuid.uuid4(), "reason": "I want to"}
    assert sign_in(getattr(world, role)).post(new_url(world.enrolment), posted).status_code == 403
    assert sign_in(world.other.admin).post(new_url(world.enrolment), posted).status_code == 404
    assert not PortfolioExport.objects.exists()


def test_ones_own_export_needs_no_reason_and_is_news_to_nobody(world, sign_in):
    client = sign_in(world.supervisor)
    address = client.get(OWN).url
    client.post(address, {"id": client.get(address).context["form"]["id"].value()})
    assert PortfolioExport.objects.get().requested_by == world.supervisor
    back = client.get(address, follow=True)
    assert back.redirect_chain == [(f"/exports/{PortfolioExport.objects.get().pk}/", 302)]
    assert "You asked for this PDF already" in back.content.decode()
    assert [event for event in events(timezone.now() - dt.timedelta(hours=1)) if "export" in event.kind] == []


def test_the_pdf_is_fetched_after_the_password_was_typed_again(world, sign_in, made):
    world.supervisor.set_password(PASSWORD)
    world.supervisor.save()
    client = sign_in(world.supervisor)
    assert client.get(download_url(made)).url.startswith(reverse("account_reauthenticate"))
    # The page asks first, and is come back to: after a download the browser stays where it was.
    page = reverse("portfolio:export", args=[made.pk])
    asked = client.get(page).context["reauthenticate_url"]
    assert client.post(asked, {"password": PASSWORD}).url == page
    ready = client.get(page)
    assert (ready.context["reauthenticate_url"], download_url(made) in ready.content.decode()) == ("", True)
    answer = client.get(download_url(made))
    assert answer.getvalue().startswith(b"%PDF")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="portfolio-')
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("role", ["mentor", "line_manager", "ld_lead", "admin", "outsider"])
def test_nobody_fetches_an_export_they_did_not_ask_for(world, sign_in, made, role):
    assert sign_in(getattr(world, role)).get(download_url(made)).status_code == 404


def test_an_admin_who_is_one_no_longer_cannot_fetch_it(world, sign_in):
    export = request_export(enrolment=world.enrolment, reason="r", export_id=uuid.uuid4(), by=world.admin)
    build_export(export_id=export.pk, now=timezone.now())
    world.admin.memberships.get().role_grants.update(ends_on=timezone.localdate())
    assert sign_in(world.admin).get(download_url(export)).status_code == 404


def test_beat_finds_what_a_lost_wake_up_and_a_dead_worker_left_behind(world):
    now = timezone.now()
    lost, dead, running = (
        request_export(enrolment=world.enrolment, reason="", export_id=uuid.uuid4(), by=world.supervisor)
        for _ in range(3)
    )
    rows = PortfolioExport.objects
    rows.filter(pk=dead.pk).update(status="running", lease_until=now - dt.timedelta(seconds=1))
    rows.filter(pk=running.pk).update(status="running", lease_until=now + dt.timedelta(minutes=5))
    assert waiting_exports(now) == [lost.pk, dead.pk]
    assert build_export(export_id=running.pk, now=now) is False


def test_a_failure_is_told_and_can_be_tried_again(world, sign_in, monkeypatch):
    export = request_export(enrolment=world.enrolment, reason="", export_id=uuid.uuid4(), by=world.supervisor)

    def break_down(*args, **kwargs):
        raise ValueError("what somebody wrote")

    monkeypatch.setattr("portfolio.services.exports.portfolio_pdf", break_down)
    build_export(export_id=export.pk, now=timezone.now())
    client = sign_in(world.supervisor)
    page = client.get(reverse("portfolio:export", args=[export.pk])).content.decode()
    assert "The document could not be made" in page
    assert "what somebody wrote" not in page
    client.post(reverse("portfolio:export_again", args=[export.pk]))
    assert sorted(PortfolioExport.objects.values_list("status", flat=True)) == ["failed", "queued"]


def test_the_page_shows_how_far_it_is_and_asks_again_by_itself(world, sign_in):
    export = request_export(enrolment=world.enrolment, reason="", export_id=uuid.uuid4(), by=world.supervisor)
    page = sign_in(world.supervisor).get(reverse("portfolio:export", args=[export.pk])).content.decode()
    assert "data-reload-seconds" in page
    assert "Look again" in page


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_costs_the_same_however_many(world, sign_in, people, django_assert_num_queries):
    for _ in range(people):
        request_export(enrolment=world.enrolment, reason="r", export_id=uuid.uuid4(), by=world.admin)
    client = sign_in(world.admin)
    client.get(LIST)
    with django_assert_num_queries(7):
        client.get(LIST)
