"""Several planners and senders at once, each with a connection of its own to the real database."""

import datetime as dt
import threading
from collections import Counter

import pytest
from django.core import mail as outbox_of
from django.db import connection, transaction
from django.utils import timezone

from reminders.models import Delivery, Notification
from reminders.services.plan import plan
from reminders.services.send import send_due
from tests.factories.pathway import CohortFactory, EnrolmentFactory
from tests.factories.reminders import due_thing

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 4
PEOPLE = 25
NOW = dt.datetime(2027, 3, 2, 10, 0, tzinfo=dt.UTC)


def all_at_once(*jobs):
    """Run each job in a thread; they begin together. Returns their results, raises their first error."""
    start = threading.Barrier(len(jobs))
    results, errors = [], []

    def run(job):
        try:
            start.wait(10)
            results.append(job())
        except Exception as error:  # noqa: BLE001 -- handed on to the test
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    if errors:
        raise errors[0]
    return results


@pytest.fixture
def things(clock):
    cohort = CohortFactory()
    return [due_thing(EnrolmentFactory(cohort=cohort)) for _ in range(PEOPLE)]


def plan_today():
    return plan(today=timezone.localdate(NOW), now=NOW)


def test_planners_at_once_make_one_notification_and_one_mail_each(things):
    put = all_at_once(*[plan_today] * AT_ONCE)
    # A planner that finds the others' rows locked leaves them; whatever is over is put into mails by the next run.
    assert sum(put) + plan_today() == PEOPLE
    assert Notification.objects.count() == Delivery.objects.count() == PEOPLE
    assert Notification.objects.filter(delivery=None).count() == 0


def test_senders_at_once_send_each_mail_once(things):
    plan_today()
    outcomes = all_at_once(*[lambda: send_due(now=NOW)] * AT_ONCE)
    assert sum(outcomes, Counter()) == Counter(sent=PEOPLE)
    ids = [message.extra_headers["Message-ID"] for message in outbox_of.outbox]
    assert sorted(ids) == sorted(Delivery.objects.values_list("message_id", flat=True))


def test_planners_and_senders_at_once_lose_and_double_nothing(things):
    def plan_often():
        return [plan_today() for _ in range(5)]

    def send_often():
        return [send_due(now=NOW) for _ in range(5)]

    all_at_once(plan_often, plan_often, send_often, send_often)
    plan_today()
    send_due(now=NOW)
    assert Notification.objects.count() == PEOPLE
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    told = Counter(message.to[0] for message in outbox_of.outbox)
    assert told == Counter(dict.fromkeys(Notification.objects.values_list("recipient__email", flat=True), 1))


def test_a_planner_waits_for_a_sender_that_is_claiming_and_makes_a_new_mail(things):
    """What comes after the claim goes by the next mail, and is not put into the one on its way."""
    first = things[0]
    plan_today()
    claimed = threading.Event()
    release = threading.Event()

    def claim_slowly():
        with transaction.atomic():
            row = Delivery.objects.select_for_update().get(recipient=first.waiting_on_id)
            claimed.set()
            release.wait(10)
            row.state, row.attempts = "sending", 1
            row.lease_until = NOW + dt.timedelta(minutes=2)
            row.save()

    def plan_meanwhile():
        claimed.wait(10)
        timer = threading.Timer(0.3, release.set)
        timer.start()
        earlier = Notification.objects.get(recipient=first.waiting_on_id)
        Notification.objects.create(
            organisation=earlier.organisation,
            recipient=earlier.recipient,
            kind="follow_up",
            key="another",
            local_date=NOW.date(),
            title="Another",
            url="/",
        )
        return [plan_today(), plan_today()]

    all_at_once(claim_slowly, plan_meanwhile)
    mails = Delivery.objects.filter(recipient=first.waiting_on_id).order_by("state")
    assert [(mail.state, mail.notifications.count()) for mail in mails] == [("queued", 1), ("sending", 1)]
