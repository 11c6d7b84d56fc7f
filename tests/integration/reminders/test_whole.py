"""From a row of another app to the mail, through the portal's own timeline modules."""

import datetime as dt

import pytest
from django.core import mail as outbox_of
from django.utils import timezone

from pathway.models import Enrolment, Milestone
from pqs_portal import settings as portal
from pqs_portal.lib.dates import add_months
from reminders.models import Notification
from reminders.services.send import send_due
from tests.factories.pathway import (
    CohortFactory,
    EnrolmentChangeFactory,
    EnrolmentFactory,
    MilestoneFactory,
    ProgrammeFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def timeline(settings):
    """In place of the fake one."""
    settings.TIMELINE_MODULES = portal.TIMELINE_MODULES


def enrolled(*, due_in, **values):
    programme = ProgrammeFactory(series=f"p{due_in}")
    MilestoneFactory(
        programme=programme, title="Learning agreement", due_month=3, waiting_on=Milestone.WaitingOn.SUPERVISOR
    )
    starts_on = add_months(timezone.localdate() + dt.timedelta(days=due_in), -3)
    published_at = timezone.now() - dt.timedelta(days=30)
    return EnrolmentFactory(
        cohort=CohortFactory(programme=programme, starts_on=starts_on, published_at=published_at, **values)
    )


def reminders():
    rows = Notification.objects.exclude(due_on=None).order_by("due_on")
    return list(rows.values_list("recipient", "title", "due_on"))


def test_a_step_of_the_year_is_told_on_screen_and_by_mail(plan_now):
    enrolment = enrolled(due_in=3)
    plan_now()
    assert reminders() == [(enrolment.supervisor_id, "Learning agreement", dt.date(2027, 3, 5))]
    send_due(now=timezone.now() + dt.timedelta(minutes=10))
    (message,) = outbox_of.outbox
    assert message.to == [enrolment.supervisor.email]
    assert message.subject.startswith("Learning agreement, by Friday 5 March 2027")


def test_a_cohort_entered_late_sends_nothing_of_its_past(plan_now):
    programme = ProgrammeFactory()
    MilestoneFactory(programme=programme, due_month=3, waiting_on=Milestone.WaitingOn.SUPERVISOR)
    EnrolmentFactory(cohort=CohortFactory(programme=programme, starts_on=dt.date(2026, 11, 28)))
    plan_now()
    assert reminders() == []


def test_nothing_is_sent_while_a_year_is_paused_and_it_goes_on_with_the_moved_date(plan_now, clock):
    enrolment = enrolled(due_in=3)
    today = timezone.localdate()
    back = today + dt.timedelta(days=28)
    plan_now()  # a reminder is on its way when the pause is entered
    assert reminders() == [(enrolment.supervisor_id, "Learning agreement", today + dt.timedelta(days=3))]
    EnrolmentChangeFactory(enrolment=enrolment, starts_on=today, ends_on=back)
    Enrolment.objects.filter(pk=enrolment.pk).update(paused_from=today, paused_until=back)

    for _ in range(4):
        assert sent() == []
        clock.shift(dt.timedelta(days=6))
        plan_now()
    assert len(reminders()) == 1
    clock.shift(dt.timedelta(days=4))
    plan_now()

    assert timezone.localdate() == back
    assert reminders()[1:] == [(enrolment.supervisor_id, "Learning agreement", today + dt.timedelta(days=31))]
    assert sent() == ["Learning agreement, by Friday 2 April 2027"]


def sent():
    """Reminders of the agreement; that somebody has joined is news, also in a pause."""
    send_due(now=timezone.now() + dt.timedelta(minutes=20))
    return [message.subject for message in outbox_of.outbox if "agreement" in message.subject]
