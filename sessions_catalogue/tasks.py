"""Background work of the catalogue."""

from celery import shared_task
from django.utils import timezone

from sessions_catalogue.services import link_checks


@shared_task
def check_links() -> int:
    return link_checks.check_links(now=timezone.now()) or 0
