"""Files: kept as soon as they arrive, claimed by a piece when its form is saved, checked before anybody opens them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User, WorkingCopy
from portfolio.models import Attachment, Evidence
from pqs_portal.lib.clamd import ScannerAway, verdict_on
from pqs_portal.lib.uploads import CheckedFile

EVIDENCE = "evidence"
UNCLAIMED_FOR = dt.timedelta(hours=24)
AT_ONCE = 50  # files a scan looks at before it lets other tasks have their turn


def receive(*, files: Iterable[CheckedFile], organisation_id: uuid.UUID, by: User) -> list[Attachment]:
    """Store checked files that belong to no piece yet; without a scanner they are ready at once."""
    state = Attachment.State.CHECKING if settings.CLAMD_ADDRESS else Attachment.State.CLEAN
    return [
        Attachment.objects.create(
            organisation_id=organisation_id,
            uploaded_by=by,
            name=file.name,
            # The stored name says nothing about person or content.
            file=ContentFile(file.content, name=uuid.uuid4().hex),
            content_type=file.content_type,
            size=file.size,
            sha256=file.sha256,
            state=state,
        )
        for file in files
    ]


def claim(*, ids: Iterable[uuid.UUID], evidence: Evidence, by: User) -> int:
    """Give the person's own waiting files to the piece; ids of anybody else's change nothing."""
    mine = Attachment.objects.unclaimed().filter(
        pk__in=list(ids), uploaded_by=by, organisation_id=evidence.organisation_id
    )
    return int(mine.update(evidence=evidence))


@transaction.atomic
def remove_attachment(*, attachment: Attachment, by: User) -> None:
    """Take a file off its piece, for every reader at once. The row stays."""
    Attachment.objects.filter(pk=attachment.pk, removed_at=None).update(
        removed_at=timezone.now(), found=None, unread=False
    )
    audit.record("removed file", by=by, category=AuditEvent.Category.PORTFOLIO, target=attachment)


def scan_waiting() -> int:
    """Ask the scanner about every waiting file; returns how many got an answer. While it is away they wait."""
    answered = 0
    waiting = Attachment.objects.with_bytes().filter(state=Attachment.State.CHECKING).order_by("created_at")
    for attachment in waiting[:AT_ONCE]:
        try:
            verdict = verdict_on(attachment.file, settings.CLAMD_ADDRESS)
        except ScannerAway:
            break
        answered += waiting.filter(pk=attachment.pk).update(state=verdict)
    return answered


def drop_unclaimed(*, attachment: Attachment) -> bool:
    """Bytes and row of a file that belongs to no piece; False if a piece has it by now."""
    gone, _ = Attachment.objects.unclaimed().filter(pk=attachment.pk).delete()
    if gone:
        delete_on_commit(attachment.file)
    return bool(gone)


def delete_on_commit(file: FieldFile) -> None:
    """Bytes come back from no rollback: they go only when it is certain that their row does."""
    storage, name = file.storage, str(file.name)
    transaction.on_commit(lambda: storage.delete(name), robust=True)


def purge_unclaimed(*, now: dt.datetime) -> int:
    """Remove files that no saved form ever claimed and no draft names; returns how many."""
    left = Attachment.objects.unclaimed().filter(created_at__lt=now - UNCLAIMED_FOR)
    return sum(drop_unclaimed(attachment=row) for row in left.iterator() if not _is_in_a_draft(row))


def _is_in_a_draft(attachment: Attachment) -> bool:
    drafts = WorkingCopy.objects.filter(form=EVIDENCE, author=attachment.uploaded_by_id)
    return bool(drafts.filter(payload__contains={"kept": [str(attachment.pk)]}).exists())
