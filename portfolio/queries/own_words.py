"""What somebody wrote about texts that are closed now: nobody's own words are lost.

Of the text, and of what the other said, there is nothing in it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.urls import reverse

from accounts.models import User, WorkingCopy
from pathway.models import Enrolment
from portfolio.drafts import comments as on_pieces
from portfolio.drafts import plan as on_plans
from portfolio.drafts import reflection_comments as on_reflections
from portfolio.drafts.self_assessment import MENTOR_VIEW, target_of, view_reader
from portfolio.models import (
    Comment,
    Evidence,
    EvidenceVersion,
    MentorView,
    Objective,
    ObjectiveReview,
    ReflectionComment,
)
from portfolio.queries.threads import Thread
from pqs_portal.lib.drafts import Payload, first_of


@dataclass(frozen=True)
class Kept:
    """What was typed and never sent; ``url``: where it can still be sent."""

    copy: WorkingCopy
    text: str
    url: str = ""

    @property
    def discard_url(self) -> str:
        return reverse("accounts:draft_discard", args=[self.copy.form, self.copy.target_id])


@dataclass(frozen=True)
class OwnWords:
    """The oldest first."""

    said: Sequence[Comment | ObjectiveReview | ReflectionComment] = ()
    kept: Sequence[Kept] = field(default_factory=list)


def _text(payload: Payload) -> str:
    return first_of(payload, "text")


def _kept(
    user: User, where: Q, url_of: Callable[[WorkingCopy], str] = lambda copy: "", read: Callable[[Payload], str] = _text
) -> list[Kept]:
    found = WorkingCopy.objects.visible_to(user).filter(where).exclude(payload={}).order_by("saved_at")
    kept = [Kept(copy, read(copy.payload), url_of(copy)) for copy in found]
    return [one for one in kept if one.text.strip()]


def about_closed_pieces(user: User, enrolment: Enrolment) -> OwnWords:
    """What ``user`` wrote about pieces that they could read once and cannot read now, and what they typed in talks
    that stay closed even where the piece is opened anew."""
    closed = Evidence.objects.filter(enrolment=enrolment).exclude(pk__in=Evidence.objects.visible_to(user).values("pk"))
    said = Comment.objects.visible_to(user).filter(author=user, evidence__in=closed)
    going_on = Comment.objects.visible_to(user).open_to_answer()
    over = Comment.objects.filter(evidence__enrolment=enrolment).exclude(pk__in=going_on.values("pk"))
    typed = Q(form=on_pieces.COMMENT, target_id__in=closed.values("pk"))
    typed |= Q(form=on_pieces.ANSWER, target_id__in=over.values("pk"))
    return OwnWords(list(said.order_by("created_at")), _kept(user, typed))


def about_reflection(user: User, enrolment: Enrolment, talk: Sequence[ReflectionComment], *, is_open: bool) -> OwnWords:
    """What ``user`` wrote that is no part of the ``talk`` that they can read, and what they typed about any paragraph,
    to go on with while the text ``is_open``."""
    said = ReflectionComment.objects.visible_to(user).filter(author=user, reflection__enrolment=enrolment)
    closed = said.exclude(pk__in=[comment.pk for comment in talk])
    begun = {comment.pk for comment in talk if comment.parent_id is None}
    pages = Q(form__in=on_reflections.FORMS, page__contains=f"/{enrolment.pk}/reflection/comment")

    def url_of(copy: WorkingCopy) -> str:
        return copy.page if is_open and (copy.form == on_reflections.COMMENT or copy.target_id in begun) else ""

    return OwnWords(list(closed.order_by("created_at")), _kept(user, pages, url_of))


def about_plan(user: User, enrolment: Enrolment, shown: Collection[uuid.UUID]) -> OwnWords:
    """What ``user`` said of objectives that are not ``shown`` to them now, and what they typed of any, to go on with
    where it is."""
    said = ObjectiveReview.objects.visible_to(user).filter(author=user, objective__plan__enrolment=enrolment)
    objectives = Objective.objects.filter(plan__enrolment=enrolment)
    typed = Q(form=on_plans.REVIEW, target_id__in=objectives.values("pk"))
    kept = _kept(user, typed, lambda copy: copy.page if copy.target_id in shown else "")
    return OwnWords(list(said.exclude(objective__in=shown).order_by("created_at")), kept)


def about_view(user: User, view: MentorView | None) -> OwnWords:
    """What the mentor typed on after both had read each other's."""
    if view is None or view.opened_at is None:
        return OwnWords()
    read = view_reader(view)
    typed = Q(form=MENTOR_VIEW, target_id=target_of(MENTOR_VIEW, view.enrolment_id, view.point))
    return OwnWords(kept=_kept(user, typed, read=lambda payload: "\n\n".join(map(": ".join, read(payload)))))


def of_ones_own_piece(
    user: User, piece: Evidence, talk: Iterable[Thread], versions: Iterable[EvidenceVersion]
) -> OwnWords:
    """What the writer typed about their own piece that reaches nobody: it was taken back, or has another reader."""
    typed = Q(form=on_pieces.ANSWER, target_id__in=[thread.comment.pk for thread in talk if not thread.answer_url])
    if not piece.is_shared or piece.discarded_at:
        typed |= Q(form=on_pieces.COMMENT, target_id=piece.pk)
    # Most pieces were never opened, and cost nothing.
    return OwnWords(kept=_kept(user, typed)) if any(version.shared_with_id for version in versions) else OwnWords()


def of_ones_own_reflection(user: User, talk: Sequence[ReflectionComment], reader: uuid.UUID | None) -> OwnWords:
    """The writer's answers that reach nobody. ``reader``: the mentor who reads it now."""
    closed = [
        said.pk
        for said in talk
        if said.parent_id is None
        and (reader is None or said.version.taken_back_at or said.version.shared_with_id != reader)
    ]
    return OwnWords(kept=_kept(user, Q(form=on_reflections.ANSWER, target_id__in=closed))) if closed else OwnWords()
