"""PDFs that are stored and hold what is no longer to be read. Their rows stay and say why they are gone."""

from __future__ import annotations

import uuid

from django.db.models import F, Min, Q, QuerySet

from portfolio.models import PortfolioExport
from portfolio.querysets.exports import PortfolioExportQuerySet
from portfolio.services.attachments import delete_on_commit

TAKEN_BACK = "Deleted, because a text in it was taken back"
TAKEN_OUT = "Deleted, because something was taken out for good"

Status = PortfolioExport.Status


def delete_exports(*, exports: PortfolioExportQuerySet, because: str) -> None:
    """What is stored, and what is being made at this moment.

    Whoever begins to make a waiting one is held until this is over, and then reads what is left.
    """
    unsettled = exports.filter(~Q(file="") | Q(status__in=[Status.QUEUED, Status.RUNNING]))
    for export in unsettled.select_for_update(of=("self",)).order_by("pk"):
        if export.file:
            delete_on_commit(export.file)
        elif export.status == Status.QUEUED:
            continue
        gone = {"status": Status.DELETED, "failure": because, "file": "", "pages": None}
        PortfolioExport.objects.filter(pk=export.pk).update(**gone, claim_id=None, lease_until=None)


def delete_exports_of_others(*, enrolment_id: uuid.UUID, versions: QuerySet) -> None:  # type: ignore[type-arg]  # of any text
    """Those made since the first of ``versions`` went into the portfolio, where there is one; the writer's own stay."""
    since = versions.aggregate(since=Min("created_at"))["since"]
    if since is None:
        return
    exports = PortfolioExport.objects.filter(enrolment=enrolment_id).exclude(requested_by=F("enrolment__supervisor"))
    delete_exports(exports=exports.filter(Q(finished_at=None) | Q(finished_at__gte=since)), because=TAKEN_BACK)
