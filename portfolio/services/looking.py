"""Looking for identifying words in the files of a portfolio. What is found is its writer's, and is never logged."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from django.core.cache import cache

from portfolio.models import Attachment
from pqs_portal.lib.confidentiality import Readable, find, read_document

NOT_READ = "not_read"  # the kind of a row that says what could not be read
AT_ONCE = 20  # files looked at before other tasks have their turn
MOST_FOUND = 300
ONE_AT_A_TIME = 120  # seconds in which nobody else begins with the same file


def files_to_look_at() -> list[uuid.UUID]:
    """Ready files that nobody has looked at, the oldest first. What the scanner refuses is opened by nobody."""
    waiting = Attachment.objects.ready().with_bytes().filter(found__isnull=True).order_by("created_at")
    return list(waiting.values_list("pk", flat=True)[:AT_ONCE])


def look_into(*, attachment_id: uuid.UUID) -> bool:
    """Read the file and keep what was found in it, beside what could not be read. False: somebody else does."""
    if not cache.add(f"looking-into-{attachment_id}", value=True, timeout=ONE_AT_A_TIME):
        return False
    waiting = Attachment.objects.ready().with_bytes().filter(pk=attachment_id, found__isnull=True)
    attachment: Attachment | None = waiting.first()
    if attachment is None:
        return False
    readable = _read(attachment)
    found = [*_found_in(readable), *_not_read(attachment, readable)]
    return bool(waiting.update(found=found, unread=bool(readable.not_checked)))


def _read(attachment: Attachment) -> Readable:
    try:
        with attachment.file.open("rb") as stored:
            content = stored.read()
    except FileNotFoundError:
        return Readable(not_checked=["the file is missing"])
    return read_document(attachment.name, content, attachment.content_type)


def _found_in(readable: Readable) -> list[dict[str, str]]:
    """Each word once, where it stands first."""
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for where, text in readable.texts:
        for finding in find(text):
            row = {"kind": str(finding.kind), "where": where, "text": finding.text}
            rows.setdefault((row["kind"], row["text"]), row)
            if len(rows) >= MOST_FOUND:
                return list(rows.values())
    return list(rows.values())


def _not_read(attachment: Attachment, readable: Readable) -> Iterator[dict[str, str]]:
    for what in readable.not_checked:
        yield {"kind": NOT_READ, "where": what.removeprefix(f"{attachment.name}: "), "text": ""}
