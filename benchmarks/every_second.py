"""The portal's Celery with a beat of one second instead of sixty, so that a killed worker soon has work again."""

from datetime import timedelta

from pqs_portal.celery import app

app.conf.beat_schedule = {
    task: {"task": task, "schedule": timedelta(seconds=1), "options": {"expires": 5}}
    for task in ("reminders.tasks.plan_reminders", "reminders.tasks.send_reminders")
}
