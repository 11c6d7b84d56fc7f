"""Talking about a paragraph of the critical reflection."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User
from accounts.services.working_copies import Typed, drop_copy
from portfolio.models import Reflection, ReflectionComment, ReflectionVersion
from portfolio.models.reflection_parts import asked_in, paragraphs_of
from portfolio.services.comments import ONE_COMMENT
from portfolio.services.evidence import NotYours
from portfolio.services.sharing import NotReady


@dataclass(frozen=True)
class About:
    """A paragraph from 1, or the part as a whole (0), of the version that was read."""

    version: ReflectionVersion
    part: str
    paragraph: int


@transaction.atomic
def comment_on(
    *, pk: uuid.UUID, reflection: Reflection, about: About, text: str, by: User, typed: Typed | None = None
) -> ReflectionComment:
    """The mentor's word about a paragraph. The same words again give the same comment.

    Raises NotReady, NotYours or UnseenCopy.
    """
    drop_copy(author=by, typed=typed)
    _require_shared(reflection)
    if by.pk != reflection.shared_with_id:
        raise NotReady("Answer what your mentor has said")
    if about.version.taken_back_at:
        raise NotReady("The version you read was taken back")
    if about.part not in {part.key for part in asked_in(about.version.structure)}:
        raise NotReady("That part is not in the version you read")
    if not 0 <= about.paragraph <= len(paragraphs_of(about.version.parts.get(about.part, ""))):
        raise NotReady("That paragraph is not in the version you read")
    return _say(ReflectionComment(pk=pk, text=text), reflection, about, by)


@transaction.atomic
def answer_comment(
    *,
    pk: uuid.UUID,
    reflection: Reflection,
    comment: ReflectionComment,
    text: str,
    by: User,
    typed: Typed | None = None,
) -> ReflectionComment:
    """Under the first word of a talk, about the version that it was about. Raises NotReady, NotYours or UnseenCopy."""
    drop_copy(author=by, typed=typed)
    _require_shared(reflection)
    if comment.version.shared_with_id != reflection.shared_with_id or comment.version.taken_back_at:
        raise NotReady("Whoever said this can no longer read your piece, so nobody would read the answer")
    about = About(comment.version, comment.part, comment.paragraph)
    return _say(ReflectionComment(pk=pk, text=text, parent=comment), reflection, about, by)


def _require_shared(reflection: Reflection) -> None:
    if reflection.shared_version is None:
        raise NotReady("Only its writer can read it at present, so there is nobody to talk to about it")


def _say(row: ReflectionComment, reflection: Reflection, about: About, by: User) -> ReflectionComment:
    row.organisation_id, row.reflection, row.author = reflection.organisation_id, reflection, by
    row.version, row.part, row.paragraph = about.version, about.part, about.paragraph
    own = ReflectionComment.objects.filter(reflection=reflection, author=by)
    here = Q(
        version=row.version,
        part=row.part,
        paragraph=row.paragraph,
        parent=row.parent,
        created_at__gt=timezone.now() - ONE_COMMENT,
    )
    said: ReflectionComment | None = own.filter(Q(pk=row.pk) | here, text=row.text).first()
    if said is not None:
        return said
    if own.filter(pk=row.pk).exists():
        row.pk = uuid.uuid4()  # other words from the same form: nothing typed is lost
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise NotYours from None
    audit.record(
        "commented on a critical reflection", by=by, category=AuditEvent.Category.PORTFOLIO, target=reflection
    )  # fmt: skip
    return row
