"""Rows and texts of the world: looking for what identifies somebody before a text is opened."""

from django.core.files.base import ContentFile

from accounts.models import SaidFine
from portfolio.models import Attachment


def build(side):
    # Files that nobody has looked at are asked about before a piece is shared.
    Attachment.objects.filter(organisation=side.organisation).update(found=[])
    piece = side.rows["evidence_portfolio"]
    side.rows["file_checked"] = side.own(
        Attachment,
        evidence=piece,
        uploaded_by=side.people["supervisor"],
        name="checked.txt",
        file=ContentFile(b"x", name="x"),
        content_type="text/plain",
        size=1,
        sha256="0" * 64,
        state="clean",
        found=[{"kind": "name", "where": "the text", "text": side.canary("foundinfile")}],
    )
    side.own(SaidFine, author=side.people["supervisor"], thing_id=piece.pk, digest="0" * 64)
