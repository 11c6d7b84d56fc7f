"""Background work of pathway."""

from celery import shared_task

from pathway.services import nominations, steps


@shared_task
def scan_waiting_files() -> int:
    return steps.scan_waiting_files()


@shared_task
def enrol_placed() -> int:
    return nominations.enrol_placed()
