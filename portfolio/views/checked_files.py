"""What was found in a piece's files, for the page that opens it."""

from __future__ import annotations

from django.urls import reverse

from accounts.views.checks_words import CheckedFile
from portfolio.models import Attachment
from portfolio.queries import EvidenceView
from portfolio.services.looking import NOT_READ


def checked_files(view: EvidenceView) -> list[CheckedFile]:
    """Refused files are left out: nobody can open them."""
    return [_checked(view, file) for file in view.attachments if file.state != Attachment.State.REFUSED]


def _checked(view: EvidenceView, file: Attachment) -> CheckedFile:
    rows = file.found or []
    return CheckedFile(
        id=file.pk,
        name=file.name,
        found=None if file.found is None else [row for row in rows if row["kind"] != NOT_READ],
        not_read=[row["where"] for row in rows if row["kind"] == NOT_READ],
        remove_url=reverse("portfolio:attachment_remove", args=[file.pk]),
        replace_url=reverse("portfolio:attachment_replace", args=[file.pk]),
    )
