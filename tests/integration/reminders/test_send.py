import datetime as dt
import smtplib
from collections import Counter

import pytest
from django.core import mail as outbox_of
from django.utils import timezone

from accounts.models import User
from reminders.models import Delivery, Notification
from reminders.services import claim
from reminders.services import send as sender
from reminders.services.send import send_due
from tests.factories import fake_timeline
from tests.factories.accounts import member
from tests.factories.pathway import EnrolmentFactory
from tests.factories.reminders import NotificationFactory, due_thing, news

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def post(monkeypatch):
    """The mail server of a test: ``post.answers`` holds the errors it gives, in order; ``post.down`` its absence."""

    class Post:
        answers: list = []
        down = None
        opened = 0

        def open(self):
            self.opened += 1
            if self.down:
                raise self.down
            return True

        def close(self):
            pass

        def send_messages(self, messages):
            if self.answers and (error := self.answers.pop(0)):
                raise error
            outbox_of.outbox.extend(messages)
            return len(messages)

    server = Post()
    server.answers = []
    monkeypatch.setattr("reminders.services.send.get_connection", lambda **options: server)
    return server


def send():
    return send_due(now=timezone.now())


def test_one_mail_with_everything_is_sent_and_recorded(plan_now):
    enrolment = EnrolmentFactory()
    due_thing(enrolment, title="Session 1: prepare")
    due_thing(enrolment, title="Session 2: prepare")
    plan_now()

    assert send() == Counter(sent=1)

    mail = Delivery.objects.get()
    assert (mail.state, mail.attempts, mail.lease_until) == ("sent", 1, None)
    assert dt.timedelta(0) <= mail.sent_at - timezone.now() < dt.timedelta(seconds=10)
    (message,) = outbox_of.outbox
    assert message.to == [enrolment.supervisor.email]
    assert message.extra_headers["Message-ID"] == mail.message_id
    assert "http://localhost:8000/sessions/1/" in message.body
    assert "http://localhost:8000/sessions/2/" in message.body


def test_what_was_sent_is_not_sent_again(plan_now, clock):
    due_thing()
    plan_now()
    send()
    clock.shift(dt.timedelta(days=1))
    assert (plan_now(), send(), len(outbox_of.outbox)) == (0, Counter(), 1)


def test_nothing_goes_before_its_time(plan_now, clock):
    enrolment = EnrolmentFactory()
    news(enrolment.organisation, enrolment.supervisor)
    plan_now()
    assert send() == Counter()
    clock.shift(dt.timedelta(minutes=10))
    assert send() == Counter(sent=1)


def ended_enrolment(entry):
    EnrolmentFactory._meta.model.objects.filter(pk=entry.enrolment_id).update(ended_on=timezone.localdate())


def left_organisation(entry):
    User.objects.get(pk=entry.waiting_on_id).memberships.update(ends_on=timezone.localdate())


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: fake_timeline.change(entry, done_on=timezone.localdate()),
        lambda entry: fake_timeline.ENTRIES.remove(entry),
        lambda entry: fake_timeline.change(entry, remind_from=timezone.localdate() + dt.timedelta(days=1)),
        lambda entry: fake_timeline.change(entry, waiting_on_id=member(EnrolmentFactory().organisation).pk),
        lambda entry: User.objects.filter(pk=entry.waiting_on_id).update(is_active=False),
        left_organisation,
        ended_enrolment,
    ],
    ids=["done", "gone", "moved", "waits on another", "inactive", "left the organisation", "enrolment ended"],
)
def test_what_no_longer_holds_is_cancelled(plan_now, change):
    entry = due_thing()
    plan_now()
    change(entry)
    assert send() == Counter(cancelled=1)
    assert outbox_of.outbox == []
    assert Delivery.objects.get().state == "cancelled"


def test_news_taken_back_is_cancelled(plan_now, clock):
    enrolment = EnrolmentFactory()
    news(enrolment.organisation, enrolment.supervisor)
    plan_now()
    fake_timeline.EVENTS.clear()
    clock.shift(dt.timedelta(minutes=10))
    assert send() == Counter(cancelled=1)


def test_a_due_thing_of_no_one_year_is_found_again(plan_now):
    due_thing(enrolment_id=None)
    assert plan_now() == 1
    assert send() == Counter(sent=1)


@pytest.mark.parametrize("mails", [1, 3])
def test_a_mail_costs_the_same_queries_however_many_there_are(plan_now, mails, django_assert_num_queries):
    for _ in range(mails):
        due_thing()
    plan_now()
    # Two at the beginning, a claim in a transaction that finds nothing at the end; for each mail the claim (four), its
    # things, the timeline, what belongs to no year, who is entitled, and the record.
    with django_assert_num_queries(5 + 9 * mails):
        send()


def test_only_what_still_holds_is_in_the_mail_in_todays_words(plan_now):
    enrolment = EnrolmentFactory()
    done = due_thing(enrolment, title="Session 1: prepare")
    renamed = due_thing(enrolment, title="Session 2: prepare")
    plan_now()
    fake_timeline.change(done, done_on=timezone.localdate())
    fake_timeline.change(renamed, title="Session 2, in another room: prepare")
    assert send() == Counter(sent=1)
    (message,) = outbox_of.outbox
    assert "Session 1" not in message.body
    assert message.subject == "Session 2, in another room: prepare, by Sunday 7 March 2027"
    assert Notification.objects.get(key=renamed.key).title == "Session 2: prepare"


def test_a_temporary_refusal_is_tried_again_later_under_the_same_message_id(plan_now, post, clock):
    due_thing()
    plan_now()
    post.answers = [smtplib.SMTPRecipientsRefused({"a@example.org": (451, b"later")}), None]
    assert send() == Counter({"put back": 1})
    mail = Delivery.objects.get()
    assert (mail.state, mail.attempts, mail.last_error) == ("queued", 1, "SMTPRecipientsRefused 451")
    assert dt.timedelta(minutes=1) <= mail.due_at - timezone.now() <= dt.timedelta(minutes=1.2)
    assert send() == Counter()
    clock.shift(dt.timedelta(minutes=2))
    assert send() == Counter(sent=1)
    (message,) = outbox_of.outbox
    assert message.extra_headers["Message-ID"] == mail.message_id


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"no such person")}),
        smtplib.SMTPDataError(554, b"no"),
    ],
)
def test_a_refusal_for_good_is_final_and_seen(plan_now, post, error, clock):
    due_thing()
    plan_now()
    post.answers = [error]
    assert send() == Counter(failed=1)
    clock.shift(dt.timedelta(days=1))
    assert send() == Counter()
    mail = Delivery.objects.get()
    assert (mail.state, mail.attempts) == ("failed", 1)
    assert "no" not in mail.last_error.split()


def test_a_refused_sender_is_ours_to_mend(plan_now, post):
    due_thing()
    plan_now()
    post.answers = [smtplib.SMTPSenderRefused(550, b"who?", "portal@example.org")]
    assert send() == Counter({"put back": 1})


def test_after_eight_attempts_it_is_given_up(plan_now, post, clock):
    due_thing(until=dt.date(2027, 4, 1))
    plan_now()
    post.answers = [smtplib.SMTPServerDisconnected("gone")] * 20
    outcomes = []
    for _ in range(10):
        outcomes += send().elements()
        clock.shift(dt.timedelta(minutes=73))
    assert outcomes == ["put back"] * 7 + ["failed"]
    assert Delivery.objects.get().attempts == 8


def test_while_the_server_is_away_nobodys_attempts_are_used(plan_now, post):
    due_thing()
    plan_now()
    post.down = ConnectionRefusedError()
    for _ in range(20):
        assert send() == Counter()
    mail = Delivery.objects.get()
    assert (mail.state, mail.attempts) == ("queued", 0)
    post.down = None
    assert send() == Counter(sent=1)


def test_a_mail_that_cannot_be_made_does_not_hold_up_the_others(plan_now, monkeypatch):
    poison = due_thing()
    due_thing()
    due_thing()
    plan_now()
    make = sender.day_message

    def fragile(*, delivery, **more):
        if delivery.recipient_id == poison.waiting_on_id:
            raise ValueError("hostile")
        return make(delivery=delivery, **more)

    monkeypatch.setattr(sender, "day_message", fragile)
    assert send() == Counter({"sent": 2, "put back": 1})
    mail = Delivery.objects.get(recipient=poison.waiting_on_id)
    assert (mail.state, mail.last_error) == ("queued", "ValueError")


def test_a_mail_whose_sender_died_is_sent_again_after_its_lease(plan_now, clock):
    due_thing()
    plan_now()
    killed = claim.claim_next(timezone.now())
    assert send() == Counter()
    clock.shift(claim.LEASE + dt.timedelta(seconds=1))
    assert send() == Counter(sent=1)
    mail = Delivery.objects.get()
    assert (mail.attempts, mail.message_id) == (2, killed.message_id)


def test_a_late_record_of_a_lost_claim_changes_nothing(plan_now, clock):
    due_thing()
    plan_now()
    first = claim.claim_next(timezone.now())
    clock.shift(claim.LEASE + dt.timedelta(seconds=1))
    second = claim.claim_next(timezone.now())
    assert claim.record_failure(first, OSError(), timezone.now()) == "taken over"
    assert Delivery.objects.get().state == "sending"
    assert claim.record_sent(second, timezone.now()) == "sent"
    assert claim.record_failure(second, OSError(), timezone.now()) == "taken over"
    assert Delivery.objects.get().state == "sent"


def test_a_mail_that_kills_every_sender_is_given_up(plan_now, clock):
    due_thing(until=dt.date(2027, 4, 1))
    plan_now()
    for _ in range(8):
        assert claim.claim_next(timezone.now()) is not None
        clock.shift(claim.LEASE + dt.timedelta(seconds=1))
    assert claim.claim_next(timezone.now()) is None
    assert send() == Counter(failed=1)
    assert Delivery.objects.get().last_error == "never finished"


def test_what_is_planned_while_mails_are_sent_is_not_dropped(plan_now, monkeypatch):
    """The timeline was read for the first mail; the second's thing is younger than that."""
    enrolment = EnrolmentFactory()
    due_thing(enrolment)
    plan_now()
    record = claim.record_sent

    def record_and_plan(delivery, now):
        if Delivery.objects.count() == 1:
            other = EnrolmentFactory(cohort=enrolment.cohort)
            due_thing(other)
            plan_now()
        return record(delivery, now)

    monkeypatch.setattr(sender.claim, "record_sent", record_and_plan)
    assert send() == Counter(sent=2)


def test_a_foreign_notification_in_no_timeline_is_never_mailed(plan_now):
    enrolment = EnrolmentFactory()
    NotificationFactory(organisation=enrolment.organisation, recipient=enrolment.supervisor)
    assert plan_now() == 1
    Delivery.objects.update(due_at=timezone.now())
    assert send() == Counter(cancelled=1)
