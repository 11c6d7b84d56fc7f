"""Plan and send once, without Celery or Redis: for cron, and for a person who wants to see what happens."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from reminders.services.plan import plan
from reminders.services.send import send_due


class Command(BaseCommand):
    help = "Plans the reminders that have fallen due and sends the mails whose time has come."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        planned = plan(today=timezone.localdate(now), now=now)
        outcomes = send_due(now=timezone.now())
        words = [f"{name} {number}" for name, number in sorted(outcomes.items())]
        self.stdout.write(f"New: {planned}. Mails: {', '.join(words) or 'none due'}.")
