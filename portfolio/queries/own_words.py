"""What a mentor wrote about texts that are closed to them now: nobody's own words are lost.

Of the text, and of what its writer said, there is nothing in it.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User, WorkingCopy
from pathway.models import Enrolment
from portfolio.drafts import comments as on_pieces
from portfolio.drafts import reflection_comments as on_reflections
from portfolio.models import Comment, Evidence, Reflection, ReflectionComment
from pqs_portal.lib.drafts import first_of


@dataclass(frozen=True)
class Kept:
    """What was typed and never sent; ``url``: where it can still be sent."""

    copy: WorkingCopy
    url: str = ""

    @property
    def text(self) -> str:
        return first_of(self.copy.payload, "text")


@dataclass(frozen=True)
class OwnWords:
    """The oldest first."""

    said: Sequence[Comment | ReflectionComment] = ()
    kept: Sequence[Kept] = field(default_factory=list)


def _kept(user: User, where: Q) -> list[WorkingCopy]:
    found = WorkingCopy.objects.visible_to(user).filter(where).exclude(payload={}).order_by("saved_at")
    return [copy for copy in found if first_of(copy.payload, "text").strip()]


def about_closed_pieces(user: User, enrolment: Enrolment) -> OwnWords:
    """What ``user`` wrote about pieces that they could read once and cannot read now."""
    closed = Evidence.objects.filter(enrolment=enrolment).exclude(pk__in=Evidence.objects.visible_to(user).values("pk"))
    said = Comment.objects.visible_to(user).filter(author=user, evidence__in=closed)
    answered = Comment.objects.filter(evidence__in=closed)
    typed = Q(form=on_pieces.COMMENT, target_id__in=closed.values("pk"))
    typed |= Q(form=on_pieces.ANSWER, target_id__in=answered.values("pk"))
    return OwnWords(list(said.order_by("created_at")), [Kept(copy) for copy in _kept(user, typed)])


def about_reflection(user: User, enrolment: Enrolment, talk: Sequence[ReflectionComment], *, is_open: bool) -> OwnWords:
    """What ``user`` wrote that is no part of the ``talk`` that they can read, and what they typed about any paragraph,
    to go on with while the text ``is_open``."""
    said = ReflectionComment.objects.visible_to(user).filter(author=user, reflection__enrolment=enrolment)
    closed = said.exclude(pk__in=[comment.pk for comment in talk])
    begun = {comment.pk for comment in talk if comment.parent_id is None}
    pages = Q(form__in=on_reflections.FORMS, page__contains=f"/{enrolment.pk}/reflection/comment")
    kept = [
        Kept(copy, copy.page if is_open and (copy.form == on_reflections.COMMENT or copy.target_id in begun) else "")
        for copy in _kept(user, pages)
    ]
    return OwnWords(list(closed.order_by("created_at")), kept)


def _once_opened(user: User, texts: QuerySet[Any]) -> QuerySet[Any]:
    """Those that are or were opened by name to ``user``, whom their writer still has for a mentor; and one's own."""
    opened = Q(enrolment__in=Enrolment.objects.mentored_by(user), versions__shared_with=user)
    own = Q(enrolment__in=Enrolment.objects.of_supervisor(user))
    return texts.filter(opened | own).select_related("enrolment__supervisor")


def once_opened_piece(user: User, pk: uuid.UUID) -> Evidence | None:
    found: Evidence | None = _once_opened(user, Evidence.objects.filter(pk=pk)).first()
    return found


def once_opened_reflection(user: User, enrolment_id: uuid.UUID) -> Reflection | None:
    found: Reflection | None = _once_opened(user, Reflection.objects.filter(enrolment=enrolment_id)).first()
    return found


def talk_once_about(user: User, pk: uuid.UUID) -> Evidence | None:
    """The piece that a talk is about which ``user`` could read once; ``pk`` is that of its first word."""
    talk = Comment.objects.filter(pk=pk, parent=None).first()
    piece = once_opened_piece(user, talk.evidence_id) if talk else None
    if piece is None or talk is None or user.pk not in (talk.version.shared_with_id, piece.enrolment.supervisor_id):
        return None
    return piece
