"""Background work of pathway."""

import uuid

from celery import shared_task
from django.utils import timezone

from pathway.services import imports, nominations, steps


@shared_task
def scan_waiting_files() -> int:
    return steps.scan_waiting_files()


@shared_task
def enrol_placed() -> int:
    return nominations.enrol_placed()


@shared_task
def run_import(import_id: str) -> bool:
    return imports.run_import(import_id=uuid.UUID(import_id), now=timezone.now())


@shared_task
def run_waiting_imports() -> int:
    waiting = imports.waiting_imports(timezone.now())
    return sum(imports.run_import(import_id=pk, now=timezone.now()) for pk in waiting)
