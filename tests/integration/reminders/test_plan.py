import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.utils import timezone

from reminders.models import Delivery, Notification
from reminders.services.plan import RESTING, plan_in_turn
from tests.factories import fake_timeline
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.pathway import EnrolmentFactory
from tests.factories.reminders import DeliveryFactory, due_thing, news

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

DAY = dt.timedelta(days=1)
LONDON = ZoneInfo("Europe/London")


def notified():
    return list(Notification.objects.order_by("local_date", "key").values_list("recipient", "key", "local_date"))


def test_a_due_thing_is_written_once_and_joins_one_mail(plan_now):
    enrolment = EnrolmentFactory()
    entry = due_thing(enrolment, due_on=dt.date(2027, 3, 9))

    assert plan_now() == 1

    notification = Notification.objects.get()
    assert (notification.organisation, notification.recipient) == (enrolment.organisation, enrolment.supervisor)
    assert (notification.kind, notification.key) == (entry.kind, entry.key)
    assert (notification.title, notification.url) == (entry.title, entry.url)
    assert (notification.local_date, notification.due_on) == (dt.date(2027, 3, 2), dt.date(2027, 3, 9))
    assert notification.read_at is None
    mail = Delivery.objects.get()
    assert notification.delivery == mail
    assert (mail.state, mail.attempts, mail.due_at) == ("queued", 0, timezone.now())
    assert mail.message_id == f"<{mail.pk}@localhost>"


def test_planning_again_adds_nothing(plan_now, clock):
    due_thing()
    news(OrganisationFactory(), member(OrganisationFactory()))
    plan_now()
    before = notified()
    for minutes in (1, 2, 60):
        clock.shift(dt.timedelta(minutes=minutes))
        assert plan_now() == 0
    clock.shift(2 * DAY)
    assert plan_now() == 0
    assert notified() == before
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize(
    "values",
    [
        {"remind_from": None},
        {"remind_from": dt.date(2027, 3, 3)},
        {"waiting_on_id": None},
        {"done_on": dt.date(2027, 3, 1)},
        {"remind_from": dt.date(2027, 2, 1), "due_on": dt.date(2027, 3, 1)},
        {"remind_from": dt.date(2027, 2, 1), "due_on": dt.date(2027, 2, 2), "until": dt.date(2027, 3, 1)},
    ],
    ids=["never reminded", "not yet", "waits on nobody", "done", "past", "past its last day"],
)
def test_what_is_not_due_is_not_said(plan_now, values):
    due_thing(**values)
    assert plan_now() == 0
    assert notified() == []


def test_an_overdue_thing_is_said_until_its_last_day(plan_now):
    due_thing(remind_from=dt.date(2027, 2, 1), due_on=dt.date(2027, 2, 2), until=dt.date(2027, 3, 2))
    assert plan_now() == 1


def test_a_moved_date_is_said_once_for_the_new_date(plan_now, clock):
    entry = due_thing(due_on=dt.date(2027, 3, 9))
    plan_now()
    fake_timeline.change(entry, remind_from=dt.date(2027, 3, 4), due_on=dt.date(2027, 3, 11))
    assert plan_now() == 0
    clock.shift(2 * DAY)
    assert plan_now() == 1
    assert plan_now() == 0
    assert [date for _, _, date in notified()] == [dt.date(2027, 3, 2), dt.date(2027, 3, 4)]


def test_nobody_outside_the_organisation_is_told(plan_now):
    enrolment, here = EnrolmentFactory(), OrganisationFactory()
    stranger = member(OrganisationFactory())
    former = member(here)
    former.memberships.update(ends_on=timezone.localdate())
    invited = member(here)
    invited.memberships.update(status="invited", accepted_at=None)
    inactive = member(here, is_active=False)
    due_thing(enrolment, waiting_on_id=stranger.pk)
    for person in (stranger, former, invited, inactive):
        news(here, person)
    assert plan_now() == 0
    assert notified() == []


def test_an_ended_enrolment_or_closed_cohort_is_silent(plan_now):
    ended = EnrolmentFactory(ended_on=dt.date(2027, 3, 1))
    closed = EnrolmentFactory(cohort__status="closed")
    draft = EnrolmentFactory(cohort__status="draft", cohort__published_at=None)
    for enrolment in (ended, closed, draft):
        due_thing(enrolment)
    assert plan_now() == 0


def test_several_things_of_a_day_are_one_mail(plan_now, clock):
    enrolment = EnrolmentFactory()
    due_thing(enrolment)
    due_thing(enrolment, kind="follow_up")
    news(enrolment.organisation, enrolment.supervisor)
    due_thing()
    assert plan_now() == 4
    assert sorted(mail.notifications.count() for mail in Delivery.objects.all()) == [1, 3]


def test_news_waits_ten_minutes_and_more_news_joins_it(plan_now, clock):
    here = OrganisationFactory()
    person = member(here)
    news(here, person)
    plan_now()
    first_due = timezone.now() + dt.timedelta(minutes=10)
    clock.shift(dt.timedelta(minutes=9))
    news(here, person)
    plan_now()
    mail = Delivery.objects.get()
    assert (mail.due_at, mail.notifications.count()) == (first_due, 2)


def test_old_news_is_not_told(plan_now):
    here = OrganisationFactory()
    news(here, member(here), at=timezone.now() - 8 * DAY)
    assert plan_now() == 0


def test_at_night_reminders_wait_for_the_morning_and_news_goes_with_them(plan_now, clock):
    clock.move_to(dt.datetime(2027, 3, 2, 23, 55, tzinfo=LONDON))
    enrolment = EnrolmentFactory()
    due_thing(enrolment, remind_from=dt.date(2027, 3, 3))
    news(enrolment.organisation, enrolment.supervisor)
    assert plan_now() == 1
    clock.shift(dt.timedelta(minutes=6))
    assert plan_now() == 1
    mail = Delivery.objects.get()
    assert mail.notifications.count() == 2
    assert mail.due_at == dt.datetime(2027, 3, 3, 8, 0, tzinfo=LONDON)


@pytest.mark.slow
@pytest.mark.parametrize("sunday", [dt.date(2027, 3, 28), dt.date(2027, 10, 31)], ids=["forward", "back"])
def test_a_clock_change_neither_doubles_nor_skips(plan_now, clock, sunday):
    enrolment = EnrolmentFactory(cohort__starts_on=dt.date(2027, 1, 4))
    for day in range(-1, 2):
        date = sunday + day * DAY
        due_thing(enrolment, remind_from=date, due_on=date + 5 * DAY)
    moment = dt.datetime.combine(sunday - DAY, dt.time(20), tzinfo=dt.UTC)
    while moment < dt.datetime.combine(sunday + DAY, dt.time(4), tzinfo=dt.UTC):
        clock.move_to(moment, tick=False)
        plan_now()
        Delivery.objects.filter(due_at__lte=moment).update(state="sent")
        moment += dt.timedelta(minutes=20)
    assert [date for _, _, date in notified()] == [sunday - DAY, sunday, sunday + DAY]
    mornings = [due.astimezone(LONDON) for due in Delivery.objects.order_by("due_at").values_list("due_at", flat=True)]
    assert [(due.date(), due.hour) for due in mornings[1:]] == [(sunday, 8), (sunday + DAY, 8)]


def test_a_notification_left_without_a_mail_finds_one_later(plan_now):
    """As after a kill between writing it and putting it into a mail."""
    entry = due_thing()
    plan_now()
    Notification.objects.update(delivery=None)
    Delivery.objects.all().delete()
    assert plan_now() == 1
    assert Notification.objects.get().key == entry.key
    assert Notification.objects.get().delivery == Delivery.objects.get()


def test_nothing_joins_a_mail_that_is_being_sent_or_sent_before(plan_now):
    enrolment = EnrolmentFactory()
    people = {"organisation": enrolment.organisation, "recipient": enrolment.supervisor}
    for state, attempts in (("sending", 1), ("sent", 1), ("queued", 1), ("failed", 8), ("cancelled", 1)):
        DeliveryFactory(state=state, attempts=attempts, **people)
    due_thing(enrolment)
    plan_now()
    mail = Notification.objects.get().delivery
    assert (mail.state, mail.attempts, Delivery.objects.count()) == ("queued", 0, 6)


def test_a_long_title_is_cut_rather_than_refused(plan_now):
    due_thing(title="a" * 400)
    due_thing(title="short")
    assert plan_now() == 2
    assert sorted(len(title) for title in Notification.objects.values_list("title", flat=True)) == [5, 300]


def plan_in_turn_now():
    now = timezone.now()
    return plan_in_turn(today=timezone.localdate(now), now=now)


def test_while_planning_rests_news_is_told_and_due_things_wait(plan_now):
    here = OrganisationFactory()
    assert plan_in_turn_now() == 0
    cache.set(RESTING, True, timeout=60)
    due_thing()
    news(here, member(here))
    assert (plan_in_turn_now(), plan_in_turn_now()) == (1, 0)
    cache.delete(RESTING)
    assert (plan_in_turn_now(), plan_in_turn_now()) == (1, 0)


def test_a_rest_is_in_proportion_to_the_work(monkeypatch):
    seconds = iter([100.0, 103.0])
    monkeypatch.setattr("reminders.services.plan.time.monotonic", lambda: next(seconds))
    kept = []
    monkeypatch.setattr("reminders.services.plan.cache.set", lambda *_args, timeout: kept.append(timeout))
    plan_in_turn_now()
    assert kept == [60.0]


@pytest.mark.parametrize("people", [1, 3])
def test_planning_takes_the_same_few_queries_for_any_number(plan_now, people, django_assert_num_queries):
    for _ in range(people):
        due_thing()
    # Timeline, entitled, known, insert; then in a transaction of two: loose ones, mails made, locked, put into (two);
    # then another transaction of two finds no more loose ones.
    with django_assert_num_queries(14):
        plan_now()
    # Nothing new: timeline, entitled, known, and the transaction that finds no loose ones.
    with django_assert_num_queries(7):
        plan_now()
