"""Background work of the portfolio: ids in, one service call. Beat finds what a lost wake-up left behind."""

from __future__ import annotations

import uuid

from celery import shared_task
from django.utils import timezone

from portfolio.services import attachments, exports, looking


@shared_task
def build_export(export_id: str) -> bool:
    return exports.build_export(export_id=uuid.UUID(export_id), now=timezone.now())


@shared_task
def build_waiting_exports() -> int:
    waiting = exports.waiting_exports(timezone.now())
    return sum(exports.build_export(export_id=pk, now=timezone.now()) for pk in waiting)


@shared_task
def scan_waiting_attachments() -> int:
    return attachments.scan_waiting()


@shared_task
def purge_unclaimed() -> int:
    return attachments.purge_unclaimed(now=timezone.now())


@shared_task
def look_into_file(attachment_id: str) -> bool:
    return looking.look_into(attachment_id=uuid.UUID(attachment_id))


@shared_task
def look_into_waiting_files() -> int:
    return sum(looking.look_into(attachment_id=pk) for pk in looking.files_to_look_at())
