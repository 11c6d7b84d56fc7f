"""Look once at the addresses of resources whose turn it is, without Celery."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from sessions_catalogue.services.link_checks import check_links


class Command(BaseCommand):
    help = "Looks whether the addresses of resources still answer: some of those not looked at for a week."

    def handle(self, *args: Any, **options: Any) -> None:
        number = check_links(now=timezone.now())
        if number is None:
            self.stdout.write("LINK_CHECK is off, so no address was asked.")
        else:
            self.stdout.write(f"Addresses looked at: {number}.")
