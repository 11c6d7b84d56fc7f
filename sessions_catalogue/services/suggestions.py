"""Every write to suggestions: made with a name or without, and answered."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts import audit
from accounts.models import AuditEvent, Organisation, User
from accounts.services.working_copies import Typed, drop_copy
from pathway.services.rows import free_id, made_before
from sessions_catalogue.models import Suggestion
from sessions_catalogue.services.workspace import StaleEntry

ORGANISATION = AuditEvent.Category.ORGANISATION
# Rows of this category are shown to nobody.
PRIVATE = AuditEvent.Category.PORTFOLIO


def unnamed_id(pk: uuid.UUID) -> uuid.UUID:
    """The id of a suggestion without a name whose form carried ``pk``: a double press still makes one, but nobody
    can find it by an address in somebody's history or in a log."""
    return uuid.UUID(bytes=salted_hmac("sessions_catalogue.suggestion", str(pk)).digest()[:16])


@transaction.atomic
def make_suggestion(
    *, pk: uuid.UUID, organisation: Organisation, theme: str, text: str, with_name: bool, by: User
) -> Suggestion:
    """Without a name nothing of ``by`` is written anywhere."""
    author = by if with_name else None
    wanted = pk if with_name else unnamed_id(pk)
    before = made_before(Suggestion, wanted, organisation.pk)
    if before and (before.author_id, before.text) == (author and author.pk, text):
        return before
    made: Suggestion
    made, _ = Suggestion.objects.get_or_create(
        pk=free_id(Suggestion, wanted),
        defaults={"organisation": organisation, "theme": theme, "text": text, "author": author},
    )
    if author:
        audit.record("made a suggestion", by=author, category=PRIVATE, target=made)
    else:
        # The moment would point at whoever was at the computer.
        day = timezone.localtime(made.created_at).replace(hour=0, minute=0, second=0, microsecond=0)
        Suggestion.objects.filter(pk=made.pk).update(created_at=day)
        made.created_at = day
    return made


@transaction.atomic
def answer_suggestion(
    *,
    suggestion: Suggestion,
    status: str,
    answer: str,
    publish: bool,
    revision: int,
    by: User,
    typed: Typed | None = None,
) -> Suggestion:
    """``revision`` is what ``by`` has looked at. Raises StaleEntry where another lead was quicker, or UnseenCopy."""
    drop_copy(author=by, typed=typed)
    row: Suggestion = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    is_published = row.published_at is not None
    if (row.status, row.answer, is_published) == (status, answer, publish):
        return row
    if row.revision != revision:
        raise StaleEntry(row)
    now, before = timezone.now(), row.status
    if (row.status, row.answer) != (status, answer):
        row.status, row.answer, row.answered_at, row.answered_by = status, answer, now, by
    if is_published != publish:
        row.published_at = now if publish else None
    row.revision += 1
    row.save()
    audit.record(
        "answered a suggestion", by=by, category=ORGANISATION, target=row, from_status=before, to_status=row.status
    )
    return row
