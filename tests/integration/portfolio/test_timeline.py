"""What waits on the mentor and what each hears of; never a word of the writing."""

import datetime as dt
import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from pathway.models import Enrolment, Mentoring
from portfolio import timeline
from portfolio.services.comments import add_comment
from portfolio.services.sharing import ask_feedback, withdraw_evidence
from reminders.models import Notification
from reminders.services.plan import plan
from reminders.services.send import send_due
from tests.factories.portfolio import ActionFactory, NoteFactory, area_of, assessed, opened, shared, viewed

BEFORE = dt.timedelta(minutes=5)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def entries():
    return list(timeline.entries(Enrolment.objects.all(), timezone.localdate()))


def events():
    return list(timeline.events(timezone.now() - BEFORE))


def test_feedback_waits_on_the_mentor(world):
    evidence = shared(world.enrolment, title="CANARY")
    assert entries() == []
    ask_feedback(evidence=evidence, by=world.supervisor)
    (entry,) = entries()
    today = timezone.localdate()
    assert (entry.waiting_on_id, entry.enrolment_id) == (world.mentor.pk, world.enrolment.pk)
    assert entry.title == f"{world.supervisor.name} asked for feedback on a piece of evidence"
    assert (entry.starts_on, entry.remind_from, entry.due_on) == (today, today, today + dt.timedelta(days=7))
    assert "CANARY" not in str(entry)
    assert entry.url == evidence.get_absolute_url()


def test_feedback_waits_no_longer(world):
    answered, taken_back, left = (shared(world.enrolment) for _ in range(3))
    for evidence in (answered, taken_back, left):
        ask_feedback(evidence=evidence, by=world.supervisor)
    assert len(entries()) == 3
    add_comment(pk=uuid.uuid4(), evidence=answered, text="A word", by=world.mentor)
    withdraw_evidence(evidence=taken_back, by=world.supervisor)
    assert [entry.url for entry in entries()] == [left.get_absolute_url()]
    Mentoring.objects.update(ends_on=timezone.localdate())
    assert entries() == []


def test_the_mentor_hears_of_what_was_shared(world):
    evidence, taken_back = shared(world.enrolment, title="CANARY"), shared(world.enrolment)
    withdraw_evidence(evidence=taken_back, by=world.supervisor)
    (event,) = events()
    assert (event.recipient_id, event.key) == (world.mentor.pk, f"evidence_shared:{evidence.shared_version_id}")
    assert event.title == f"{world.supervisor.name} shared a piece of evidence with you"
    assert "CANARY" not in str(event)
    assert list(timeline.events(timezone.now() + BEFORE)) == []


def test_each_hears_of_the_others_comment(world):
    evidence = shared(world.enrolment)
    said = add_comment(pk=uuid.uuid4(), evidence=evidence, text="CANARY", by=world.mentor)
    add_comment(pk=uuid.uuid4(), evidence=evidence, text="CANARY", by=world.supervisor)
    add_comment(pk=uuid.uuid4(), evidence=evidence, text="CANARY", parent=said, by=world.supervisor)
    found = {event.title: event.recipient_id for event in events() if event.kind == "evidence_comment"}
    assert found == {
        f"{world.supervisor.name} answered on a piece of evidence": world.mentor.pk,
        f"{world.mentor.name} commented on a piece of evidence": world.supervisor.pk,
        f"{world.supervisor.name} commented on a piece of evidence": world.mentor.pk,
    }
    withdraw_evidence(evidence=evidence, by=world.supervisor)
    assert [event.recipient_id for event in events()] == [world.supervisor.pk]


def test_the_mentors_view_waits_on_the_mentor_of_today(world):
    area = area_of(world.enrolment, number=1)
    assessment = assessed(world.enrolment, {area: 3}, why="CANARY")
    assert views_due() == []
    opened(assessment)
    (entry,) = views_due()
    today = timezone.localdate()
    assert (entry.waiting_on_id, entry.enrolment_id) == (world.mentor.pk, world.enrolment.pk)
    assert entry.title == f"{world.supervisor.name} shared a self-assessment: give your own view"
    assert (entry.starts_on, entry.remind_from, entry.due_on) == (today, None, today + dt.timedelta(days=7))
    assert entry.url == reverse("portfolio:mentor_view", args=[world.enrolment.pk, "start"])
    viewed(world.enrolment, world.mentor, {area: 2}, give=False)
    assert views_due() == [entry]
    Mentoring.objects.update(ends_on=timezone.localdate())
    assert views_due() == []


def test_a_view_that_was_given_is_due_no_longer(world):
    area = area_of(world.enrolment, number=1)
    opened(assessed(world.enrolment, {area: 3}))
    viewed(world.enrolment, world.mentor, {area: 2})
    assert views_due() == []


def views_due():
    return [entry for entry in entries() if entry.kind == "view_due"]


def test_an_action_waits_on_its_writer_from_its_day_on(world):
    due_on = timezone.localdate() + dt.timedelta(days=3)
    action = ActionFactory(enrolment=world.enrolment, text="CANARY", due_on=due_on)
    ActionFactory(enrolment=world.enrolment)
    ActionFactory(enrolment=world.enrolment, due_on=due_on, done_on=timezone.localdate())
    ActionFactory(enrolment=world.enrolment, due_on=due_on, discarded_at=timezone.now())
    (entry,) = entries()
    assert (entry.waiting_on_id, entry.enrolment_id) == (world.supervisor.pk, world.enrolment.pk)
    assert (entry.title, entry.kind) == ("An action you noted is due", "action")
    assert (entry.due_on, entry.remind_from, entry.until) == (due_on, due_on, due_on + dt.timedelta(days=14))
    assert (entry.url, entry.importance, entry.done_on) == (action.get_absolute_url(), "", None)
    assert "CANARY" not in str(entry)


def test_the_reminder_of_an_action_goes_to_its_writer_alone_and_says_nothing(world, mailoutbox):
    now = timezone.now()
    ActionFactory(enrolment=world.enrolment, text="CANARY", due_on=timezone.localdate())
    plan(today=timezone.localdate(), now=now)
    notice = Notification.objects.get(kind="action")
    assert (notice.recipient, notice.title) == (world.supervisor, "An action you noted is due")
    send_due(now=now + dt.timedelta(days=1))
    assert [mail.to for mail in mailoutbox if "action" in mail.body] == [[world.supervisor.email]]
    assert not [mail for mail in mailoutbox if "CANARY" in str(mail.message())]


@pytest.mark.slow
@pytest.mark.parametrize("person", ["mentor", "line_manager", "ld_lead", "admin", "senior_leader", "panel_member"])
def test_no_page_about_the_year_shows_anybody_else_that_there_is_an_action(world, sign_in, person):
    client, enrolment = sign_in(getattr(world, person)), world.enrolment
    pages = ["/", "/people/", "/pathway/", "/notices/", f"/people/{enrolment.pk}/", f"/cohorts/{world.cohort.pk}/"]
    plan(today=timezone.localdate(), now=timezone.now())  # what there is to say without them
    before = [plain(client.get(page)) for page in pages]
    for days in (-3, 0):
        ActionFactory(enrolment=enrolment, text="CANARY", due_on=timezone.localdate() + dt.timedelta(days=days))
    NoteFactory(enrolment=enrolment, text="CANARY")
    plan(today=timezone.localdate(), now=timezone.now())
    assert [plain(client.get(page)) for page in pages] == before
    assert "An action you noted is due" in sign_in(world.supervisor).get("/").content.decode()


def plain(response):
    """The page without what differs each time."""
    return response.status_code, TOKEN.sub("", response.content.decode())


@pytest.mark.parametrize("count", [1, 3])
def test_one_query_for_each_kind_of_row(world, django_assert_num_queries, count):
    for _ in range(count):
        evidence = ask_feedback(evidence=shared(world.enrolment), by=world.supervisor)
        add_comment(pk=uuid.uuid4(), evidence=evidence, text="Words", by=world.supervisor)
        ActionFactory(enrolment=world.enrolment, due_on=timezone.localdate())
    with django_assert_num_queries(6):  # four of them whose steps are due when, which a page asks once for all
        assert len(entries()) == 2 * count
    with django_assert_num_queries(13):
        assert len(events()) == 2 * count
