"""Exporting a portfolio: a row that says who, when and why, and a task that makes the PDF from it."""

from __future__ import annotations

import datetime as dt
import logging
import uuid

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User
from pathway.models import Enrolment
from portfolio.document import build_document
from portfolio.models import PortfolioExport
from portfolio.pdf import portfolio_pdf

log = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=12)  # longer than the task's own time limit
LAST_ATTEMPT = 3
FAILURE = "The document could not be made. Try again; if it happens again, tell your help contact."

Status = PortfolioExport.Status


class ReasonNeeded(Exception):
    """Somebody else's portfolio that is not submitted is only exported with a reason."""


@transaction.atomic
def request_export(
    *, enrolment: Enrolment, reason: str, export_id: uuid.UUID, by: User, with_private: bool = False
) -> PortfolioExport:
    """Queue an export; the same id asks for the same one, unless something else has it. Raises ReasonNeeded.

    ``with_private``: the writer wants what only they can read in it too; nobody else is given that.
    """
    is_own = by.pk == enrolment.supervisor_id
    if not is_own and not reason.strip():
        raise ReasonNeeded
    same = {"enrolment": enrolment, "requested_by": by, "with_private": with_private and is_own}
    if PortfolioExport.objects.filter(pk=export_id).exclude(**same).exists():
        export_id = uuid.uuid4()
    export, made = PortfolioExport.objects.get_or_create(
        pk=export_id,
        **same,
        defaults={
            "organisation": enrolment.organisation,
            "reason": reason,
        },
    )
    if made:
        audit.record(
            "asked for portfolio export",
            by=by,
            category=AuditEvent.Category.EXPORTS,
            target=export,
            subject=enrolment.supervisor,
        )
    return export


def waiting_exports(now: dt.datetime) -> list[uuid.UUID]:
    """Exports that nobody is making: queued, or whose maker has died."""
    free = Q(status=Status.QUEUED) | Q(status=Status.RUNNING, lease_until__lt=now)
    return list(PortfolioExport.objects.filter(free).order_by("created_at").values_list("pk", flat=True))


def build_export(*, export_id: uuid.UUID, now: dt.datetime) -> bool:
    """Make the PDF of a waiting export; False when somebody else has it. A failure is told on its page."""
    claim = uuid.uuid4()
    free = Q(status=Status.QUEUED) | Q(status=Status.RUNNING, lease_until__lt=now)
    mine = PortfolioExport.objects.filter(free, pk=export_id).update(
        status=Status.RUNNING, progress=5, claim_id=claim, lease_until=now + LEASE, attempts=F("attempts") + 1
    )
    if not mine:
        return False
    export = PortfolioExport.objects.select_related("requested_by").get(pk=export_id)
    try:
        if export.attempts > LAST_ATTEMPT:
            raise RuntimeError("its maker died too often")
        _make(export, claim)
    except Exception:  # whatever a hostile text breaks must end as a message, not as a stuck row
        log.exception("portfolio export failed")
        PortfolioExport.objects.filter(pk=export_id, claim_id=claim).update(
            status=Status.FAILED, failure=FAILURE, lease_until=None
        )
    return True


def _make(export: PortfolioExport, claim: uuid.UUID) -> None:
    held = PortfolioExport.objects.filter(pk=export.pk, claim_id=claim)
    enrolment = Enrolment.objects.with_people().get(pk=export.enrolment_id)
    document = build_document(
        enrolment, made_by=export.requested_by, made_at=timezone.now(), with_private=export.with_private
    )
    held.update(progress=25)
    reader = export.requested_by if export.requested_by_id == enrolment.supervisor_id else None
    rendered = portfolio_pdf(document, reader=reader, laid_out=lambda: held.update(progress=75))
    export.file.save(f"{uuid.uuid4()}.pdf", ContentFile(rendered.content), save=False)
    done = held.update(
        status=Status.DONE,
        progress=100,
        pages=rendered.pages,
        file=export.file.name,
        finished_at=timezone.now(),
        lease_until=None,
    )
    if not done:
        export.file.delete(save=False)
