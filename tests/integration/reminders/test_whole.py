"""From a row of another app to the mail, through the portal's own timeline modules."""

import datetime as dt

import pytest
from django.core import mail as outbox_of
from django.utils import timezone

from pathway.models import Milestone
from pqs_portal import settings as portal
from pqs_portal.lib.dates import add_months
from reminders.models import Notification
from reminders.services.send import send_due
from tests.factories.pathway import CohortFactory, EnrolmentFactory, MilestoneFactory, ProgrammeFactory

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
    return list(Notification.objects.exclude(due_on=None).values_list("recipient", "title", "due_on"))


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
