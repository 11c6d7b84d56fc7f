"""What a reader was typing about a text that is closed to them now. It stays theirs: to keep and to throw away."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from django.db.models import Model
from django.urls import reverse

from accounts.drafts import Finder, Place, Read, Windows, words_of
from accounts.models import Organisation, User
from portfolio.drafts import comments as on_pieces
from portfolio.drafts import plan as on_plans
from portfolio.drafts import reflection_comments as on_reflections
from portfolio.models import Evidence, Plan, Reflection, ReflectionComment
from portfolio.queries.once_opened import (
    once_opened_piece,
    once_opened_reflection,
    once_opened_reflections,
    plan_once_with,
    talk_once_about,
)


def _place(user: User, text: Evidence | Plan | Reflection, page: str, read: Read, kept_on: str) -> Place | None:
    """``page``: where it was written. The writer finds the talk itself where it was."""
    if text.enrolment.supervisor_id == user.pk:
        return None
    kept_at = f"{reverse(kept_on, args=[text.enrolment_id])}#own-words"
    return Place(text.organisation_id, page, read, kept_at=kept_at, leaves_out=[on_pieces.QUOTED])


def _of_piece(user: User, piece: Evidence | None, page: str, read: Read) -> Place | None:
    return _place(user, piece, page, read, "portfolio:mentee_evidence") if piece else None


def _of_reflection(user: User, row: Reflection | None, page: str, read: Read) -> Place | None:
    return _place(user, row, page, read, "portfolio:mentee_reflection") if row else None


def find_comment(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
    page = reverse("portfolio:evidence", args=[target_id])
    return _of_piece(user, once_opened_piece(user, target_id), page, on_pieces.READ_TEXT)


def find_answer(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
    page = reverse("portfolio:comment_answer", args=[target_id])
    return _of_piece(user, talk_once_about(user, target_id), page, on_pieces.READ_ANSWER)


def find_reflection_comment(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
    for row in once_opened_reflections(user):
        if spot := on_reflections.spot_of(row, target_id):
            return _of_reflection(user, row, on_reflections.comment_url(row, *spot), on_reflections.READ)
    return None


def find_reflection_answer(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
    # A talk is begun by the mentor, who never loses their own words from sight.
    seen = ReflectionComment.objects.visible_to(user).filter(pk=target_id, parent=None)
    begun = seen.select_related("reflection").first()
    if begun is None:
        return None
    row = once_opened_reflection(user, begun.reflection.enrolment_id)
    return _of_reflection(user, row, on_reflections.answer_url(begun), on_reflections.READ_ANSWER)


def find_review(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
    plan = plan_once_with(user, target_id)
    if plan is None:
        return None
    page, read = on_plans.mentor_review_url(plan, target_id), words_of(on_plans.REVIEWED)
    return _place(user, plan, page, read, "portfolio:mentee_plan")


CLOSED: Mapping[str, Finder] = {
    on_pieces.COMMENT: find_comment,
    on_pieces.ANSWER: find_answer,
    on_reflections.COMMENT: find_reflection_comment,
    on_reflections.ANSWER: find_reflection_answer,
    on_plans.REVIEW: find_review,
}
DRAFTS: Mapping[str, Finder] = {}
WINDOWS: Sequence[tuple[type[Model], Windows]] = []
