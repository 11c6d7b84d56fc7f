from io import StringIO

import pytest
from django.core import mail as outbox_of
from django.core.management import call_command

from reminders import tasks
from tests.factories.reminders import due_thing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def run():
    out = StringIO()
    call_command("send_reminders", stdout=out)
    return out.getvalue().strip()


def test_the_command_plans_and_sends_without_celery():
    due_thing()
    assert run() == "New: 1. Mails: sent 1."
    assert run() == "New: 0. Mails: none due."
    assert len(outbox_of.outbox) == 1


def test_the_tasks_do_the_same():
    due_thing()
    assert tasks.plan_reminders() == 1
    assert tasks.send_reminders() == {"sent": 1}
    assert (tasks.plan_reminders(), tasks.send_reminders()) == (0, {})


def test_beat_names_the_tasks(settings):
    planned = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert {tasks.plan_reminders.name, tasks.send_reminders.name} <= planned
