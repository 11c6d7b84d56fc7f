"""Background work of reminders; `manage.py send_reminders` does the same without Celery."""

from celery import shared_task
from django.utils import timezone

from reminders.services.plan import plan_in_turn
from reminders.services.send import send_due


@shared_task
def plan_reminders() -> int:
    now = timezone.now()
    return plan_in_turn(today=timezone.localdate(now), now=now)


@shared_task
def send_reminders() -> dict[str, int]:
    return dict(send_due(now=timezone.now()))
