"""Background work of pathway."""

from celery import shared_task

from pathway.services import steps


@shared_task
def scan_waiting_files() -> int:
    return steps.scan_waiting_files()
