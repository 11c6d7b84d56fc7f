"""What a mentor wrote about texts that are closed to them now: nobody's own words are lost.

Of the text, and of what its writer said, there is nothing in it.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.urls import reverse

from accounts.models import User, WorkingCopy
from pathway.models import Enrolment
from portfolio.drafts import comments as on_pieces
from portfolio.drafts import plan as on_plans
from portfolio.drafts import reflection_comments as on_reflections
from portfolio.models import Comment, Evidence, Objective, ObjectiveReview, ReflectionComment
from pqs_portal.lib.drafts import first_of


@dataclass(frozen=True)
class Kept:
    """What was typed and never sent; ``url``: where it can still be sent."""

    copy: WorkingCopy
    url: str = ""

    @property
    def discard_url(self) -> str:
        return reverse("accounts:draft_discard", args=[self.copy.form, self.copy.target_id])

    @property
    def text(self) -> str:
        return first_of(self.copy.payload, "text")


@dataclass(frozen=True)
class OwnWords:
    """The oldest first."""

    said: Sequence[Comment | ObjectiveReview | ReflectionComment] = ()
    kept: Sequence[Kept] = field(default_factory=list)


def _kept(user: User, where: Q) -> list[WorkingCopy]:
    found = WorkingCopy.objects.visible_to(user).filter(where).exclude(payload={}).order_by("saved_at")
    return [copy for copy in found if first_of(copy.payload, "text").strip()]


def about_closed_pieces(user: User, enrolment: Enrolment) -> OwnWords:
    """What ``user`` wrote about pieces that they could read once and cannot read now, and what they typed in talks
    that stay closed even where the piece is opened anew."""
    closed = Evidence.objects.filter(enrolment=enrolment).exclude(pk__in=Evidence.objects.visible_to(user).values("pk"))
    said = Comment.objects.visible_to(user).filter(author=user, evidence__in=closed)
    going_on = Comment.objects.visible_to(user).open_to_answer()
    over = Comment.objects.filter(evidence__enrolment=enrolment).exclude(pk__in=going_on.values("pk"))
    typed = Q(form=on_pieces.COMMENT, target_id__in=closed.values("pk"))
    typed |= Q(form=on_pieces.ANSWER, target_id__in=over.values("pk"))
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


def about_plan(user: User, enrolment: Enrolment, shown: Collection[uuid.UUID]) -> OwnWords:
    """What ``user`` said of objectives that are not ``shown`` to them now, and what they typed of any, to go on with
    where it is."""
    said = ObjectiveReview.objects.visible_to(user).filter(author=user, objective__plan__enrolment=enrolment)
    objectives = Objective.objects.filter(plan__enrolment=enrolment)
    typed = _kept(user, Q(form=on_plans.REVIEW, target_id__in=objectives.values("pk")))
    kept = [Kept(copy, copy.page if copy.target_id in shown else "") for copy in typed]
    return OwnWords(list(said.exclude(objective__in=shown).order_by("created_at")), kept)
