"""What somebody was typing where nothing can be sent any more. It stays theirs: to keep and to throw away."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Model
from django.urls import reverse

from accounts.drafts import Finder, Place, Read, Windows, words_of
from accounts.models import Organisation, User
from portfolio.drafts import comments as on_pieces
from portfolio.drafts import plan as on_plans
from portfolio.drafts import reflection_comments as on_reflections
from portfolio.drafts.self_assessment import MENTOR_VIEW, target_of, view_reader
from portfolio.models import Evidence, MentorView, Plan, Point, Reflection, ReflectionComment
from portfolio.queries.once_opened import (
    once_opened_piece,
    once_opened_reflection,
    once_opened_reflections,
    plan_once_with,
    talk_once_about,
)


@dataclass(frozen=True, kw_only=True)
class ClosedPlace(Place):
    """``writer``: whose text it was about; ``kept_under``: what the page at ``kept_at`` is called."""

    writer: User
    kept_under: str


def _place(
    text: Evidence | Plan | Reflection | MentorView, page: str, read: Read, kept_at: str, kept_under: str
) -> ClosedPlace:
    """``page``: where it was written."""
    return ClosedPlace(
        text.organisation_id,
        page,
        read,
        kept_at=f"{kept_at}#own-words",
        kept_under=kept_under,
        writer=text.enrolment.supervisor,
        leaves_out=[on_pieces.QUOTED],
    )


def _of_piece(user: User, piece: Evidence | None, page: str, read: Read, own_read: Read) -> ClosedPlace | None:
    if piece is None:
        return None
    if piece.enrolment.supervisor_id == user.pk:
        own = _place(piece, page, own_read, piece.get_absolute_url(), "Your piece")
        return replace(own, leaves_out=[])
    kept_at = reverse("portfolio:mentee_evidence", args=[piece.enrolment_id])
    return _place(piece, page, read, kept_at, "Evidence shared with you")


def _of_reflection(user: User, row: Reflection, page: str, read: Read) -> ClosedPlace:
    own, theirs = reverse("portfolio:reflection"), reverse("portfolio:mentee_reflection", args=[row.enrolment_id])
    return _place(row, page, read, own if row.enrolment.supervisor_id == user.pk else theirs, "Critical reflection")


def find_comment(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
    page = reverse("portfolio:evidence", args=[target_id])
    return _of_piece(user, once_opened_piece(user, target_id), page, on_pieces.READ_TEXT, on_pieces.READ)


def find_answer(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
    page = reverse("portfolio:comment_answer", args=[target_id])
    return _of_piece(user, talk_once_about(user, target_id), page, on_pieces.READ_ANSWER, on_pieces.READ_ANSWER)


def find_reflection_comment(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
    for row in once_opened_reflections(user).exclude(enrolment__supervisor=user):  # who begins no talk
        if spot := on_reflections.spot_of(row, target_id):
            return _of_reflection(user, row, on_reflections.comment_url(row, *spot), on_reflections.READ)
    return None


def find_reflection_answer(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
    # A talk is begun by the mentor, who never loses their own words from sight.
    seen = ReflectionComment.objects.visible_to(user).filter(pk=target_id, parent=None)
    begun = seen.select_related("reflection").first()
    row = once_opened_reflection(user, begun.reflection.enrolment_id) if begun else None
    if begun is None or row is None:
        return None
    return _of_reflection(user, row, on_reflections.answer_url(begun), on_reflections.READ_ANSWER)


def find_review(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
    plan = plan_once_with(user, target_id)
    if plan is None or plan.enrolment.supervisor_id == user.pk:
        return None
    page, kept_at = (
        on_plans.mentor_review_url(plan, target_id),
        reverse("portfolio:mentee_plan", args=[plan.enrolment_id]),
    )
    return _place(plan, page, words_of(on_plans.REVIEWED), kept_at, "Development plan")


def find_view(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
    """Both have read each other's, and the mentor's stays as it was."""
    opened = MentorView.objects.visible_to(user).filter(mentor=user, opened_at__isnull=False)
    rows = opened.select_related("enrolment__supervisor")
    row = next((row for row in rows if target_of(MENTOR_VIEW, row.enrolment_id, row.point) == target_id), None)
    if row is None:
        return None
    where = [row.enrolment_id, row.point]
    page = reverse("portfolio:mentor_view", args=where)
    kept_at = reverse("portfolio:mentee_self_assessment", args=where)
    return _place(row, page, view_reader(row), kept_at, Point(row.point).label)


CLOSED: Mapping[str, Finder] = {
    on_pieces.COMMENT: find_comment,
    on_pieces.ANSWER: find_answer,
    on_reflections.COMMENT: find_reflection_comment,
    on_reflections.ANSWER: find_reflection_answer,
    on_plans.REVIEW: find_review,
    MENTOR_VIEW: find_view,
}
DRAFTS: Mapping[str, Finder] = {}
WINDOWS: Sequence[tuple[type[Model], Windows]] = []
