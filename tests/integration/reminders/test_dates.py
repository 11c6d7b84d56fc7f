"""Dates in the mails that tell of them: moved, cancelled, to prepare for; as files that a calendar program opens."""

import datetime as dt
from collections import Counter

import icalendar
import ics
import pytest
from django.core import mail as outbox_of
from django.utils import timezone

from reminders.emails import day_message
from reminders.models import Delivery
from reminders.services.send import send_due
from sessions_catalogue.layout import at_local
from sessions_catalogue.models import ScheduledSession
from sessions_catalogue.services.schedule import Arrangement, cancel_scheduled_session, change_scheduled_session
from tests.factories.sessions_catalogue import FacilitationFactory, ProgrammeSessionFactory, ScheduledSessionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TEN, TWO, FOUR = dt.time(10), dt.time(14), dt.time(16)
ON = dt.date(2027, 3, 17)  # fifteen days from now


@pytest.fixture
def timeline(settings):
    """In place of the fake one: sessions, and nothing else."""
    settings.TIMELINE_MODULES = ["sessions_catalogue.timeline"]


def scheduled(world, number=4, on=ON, **fields):
    world.cohort.published_at = timezone.now() - dt.timedelta(days=60)
    world.cohort.save()
    type(world.enrolment).objects.update(created_at=timezone.now() - dt.timedelta(days=60))
    session = ProgrammeSessionFactory(number=number)
    return ScheduledSessionFactory(cohort=world.cohort, session=session, starts_at=at_local(on, TEN), **fields)


def move(world, row, to, on=ON):
    row = ScheduledSession.objects.get(pk=row.pk)
    when = Arrangement(
        starts_at=at_local(on, to), ends_at=at_local(on, to) + dt.timedelta(minutes=90), mode=row.mode, venue=row.venue
    )
    return change_scheduled_session(scheduled=row, arrangement=when, revision=row.revision, by=world.ld_lead)


def send(later=11):
    return send_due(now=timezone.now() + dt.timedelta(minutes=later))


def mail_to(person):
    """The one mail that the person got."""
    (message,) = [mail for mail in outbox_of.outbox if mail.to == [person.email]]
    return message


def files_of(message):
    """(name, content) of what is attached, as a mail program reads them."""
    parts = list(message.message().walk())
    found = [part for part in parts if part.get_content_disposition() == "attachment"]
    assert {part.get_content_type() for part in found} <= {"text/calendar"}
    assert all((part.get_param("method"), part.get_param("charset")) == ("PUBLISH", "utf-8") for part in found)
    return [(part.get_filename(), part.get_payload(decode=True)) for part in found]


def event(content):
    (found,) = ics.Calendar(content.decode()).events
    return found


def test_a_moved_session_comes_with_its_new_date(world, plan_now):
    row = scheduled(world, venue="Room 2")
    move(world, row, TWO)
    plan_now()
    send()
    message = mail_to(world.supervisor)
    assert message.subject == ("Session 4 moved from Wednesday 17 March 2027, 10:00 to Wednesday 17 March 2027, 14:00")
    assert (
        "Attached for your calendar: the date, to open there.\n"
        "To let your calendar follow all your dates by itself: http://localhost:8000/calendar/\n"
    ) in message.body
    ((name, content),) = files_of(message)
    assert name == "session-4-title-of-4-2027-03-17.ics"
    assert content.endswith(b"END:VCALENDAR\r\n")
    found = event(content)
    assert (found.uid, found.name, found.location) == (f"{row.pk}@localhost", "Session 4: Title of 4", "Room 2")
    assert (found.begin.datetime, found.status) == (at_local(ON, TWO), "CONFIRMED")
    assert b"SEQUENCE:2" in content


def test_moved_again_before_the_mail_it_says_the_last_state(world, plan_now, clock):
    row = scheduled(world)
    move(world, row, TWO)
    plan_now()
    clock.shift(dt.timedelta(minutes=5))
    move(world, row, FOUR)
    plan_now()
    assert send() == Counter(sent=Delivery.objects.count())
    message = mail_to(world.supervisor)
    assert message.subject.endswith("to Wednesday 17 March 2027, 16:00")
    assert message.body.count("moved from") == 1
    ((_, content),) = files_of(message)
    assert event(content).begin.datetime == at_local(ON, FOUR)
    assert b"SEQUENCE:3" in content


def test_moved_and_then_cancelled_it_is_cancelled(world, plan_now):
    row = scheduled(world)
    moved = move(world, row, TWO)
    plan_now()
    cancel_scheduled_session(scheduled=moved, by=world.ld_lead)
    plan_now()
    send()
    message = mail_to(world.supervisor)
    assert message.subject == "Session 4 on Wednesday 17 March 2027, 14:00 is cancelled"
    ((_, content),) = files_of(message)
    assert (event(content).uid, event(content).status) == (f"{row.pk}@localhost", "CANCELLED")


def test_several_dates_are_several_files(world, plan_now):
    for number in (4, 5):
        move(world, scheduled(world, number, ON + dt.timedelta(days=number)), TWO, ON + dt.timedelta(days=number))
    plan_now()
    send()
    message = mail_to(world.supervisor)
    assert "Attached for your calendar: the dates, to open there." in message.body
    assert [name for name, _ in files_of(message)] == [
        "session-4-title-of-4-2027-03-21.ics",
        "session-5-title-of-5-2027-03-22.ics",
    ]


def test_a_mentor_is_told_without_a_date_and_a_facilitator_with_theirs(world, plan_now):
    row = scheduled(world)
    runs = FacilitationFactory(scheduled=row)
    move(world, row, TWO)
    plan_now()
    send()
    told = mail_to(world.mentor)
    assert (files_of(told), "Attached" in told.body) == ([], False)
    ((_, content),) = files_of(mail_to(runs.member))
    assert event(content).name == "Session 4: Title of 4 (you run it)"


def test_the_reminder_to_prepare_brings_the_date(world, plan_now):
    row = scheduled(world, on=dt.date(2027, 3, 9))
    plan_now()
    send()
    message = mail_to(world.supervisor)
    assert message.subject.startswith("Prepare for session 4")
    ((_, content),) = files_of(message)
    assert event(content).begin.datetime == row.starts_at


def test_hostile_titles_stay_in_the_file(world, plan_now):
    row = scheduled(world)
    words = 'x"\r\nBcc: everybody@example.org\r\nEND:VEVENT'
    type(row.session).objects.filter(pk=row.session_id).update(title=words)
    move(world, row, TWO)
    plan_now()
    send()
    message = mail_to(world.supervisor)
    assert message.message()["Bcc"] is None
    ((name, content),) = files_of(message)
    assert name == "session-4-x-bcc-everybodyexampleorg-endvevent-2027-03-17.ics"
    (found,) = icalendar.Calendar.from_ical(content).events
    assert found["summary"] == 'Session 4: x" Bcc: everybody@example.org END:VEVENT'


def test_a_fault_of_the_dates_does_not_hold_up_the_mail(world, plan_now, monkeypatch):
    def fails(*args):
        raise RuntimeError("broken")

    row = scheduled(world)
    move(world, row, TWO)
    plan_now()
    monkeypatch.setattr("reminders.emails.invitation", fails)
    assert send()["put back"] == 0
    message = mail_to(world.supervisor)
    assert (files_of(message), "Attached" in message.body) == ([], False)


@pytest.mark.parametrize("dates", [1, 3])
def test_dates_cost_a_mail_the_same_however_many_they_are(world, plan_now, dates, django_assert_num_queries):
    for number in range(1, dates + 1):
        on = ON + dt.timedelta(days=number)
        move(world, scheduled(world, number, on), TWO, on)
    plan_now()
    mail = Delivery.objects.select_related("organisation", "recipient").get(recipient=world.supervisor)
    things = list(mail.notifications.filter(kind="session_moved"))
    with django_assert_num_queries(3):  # the person's memberships, their roles, the dates
        message = day_message(delivery=mail, things=things)
    assert len(message.attachments) == dates
