"""Comments while they are being written: on a piece, or below somebody's comment on one."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from django.db.models import Model
from django.urls import reverse

from accounts.drafts import Finder, Place, Windows, words_of
from accounts.models import Organisation, User
from portfolio.models import Comment, Evidence
from portfolio.permissions import Perm

COMMENT, ANSWER = "evidence_comment", "evidence_answer"
# The writer's own words, which a reader quotes.
QUOTED = "passage"
READ = words_of({QUOTED: "The words it is about", "text": "Your comment"})
READ_TEXT = words_of({"text": "Your comment"})
READ_ANSWER = words_of({"text": "Your answer"})


def comment_place(evidence: Evidence) -> Place | None:
    """Nobody talks about what only its writer can read."""
    if not evidence.is_shared or evidence.discarded_at:
        return None
    return Place(evidence.organisation_id, evidence.get_absolute_url(), READ)


def answer_place(parent: Comment) -> Place:
    return Place(parent.organisation_id, reverse("portfolio:comment_answer", args=[parent.pk]), READ_ANSWER)


def find_comment(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
    piece = Evidence.objects.kept().visible_to(user).select_related("enrolment").filter(pk=target_id).first()
    return comment_place(piece) if piece is not None and user.has_perm(Perm.COMMENT, piece) else None


def find_answer(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
    begun = Comment.objects.visible_to(user).open_to_answer().filter(pk=target_id)
    parent = begun.select_related("evidence__enrolment").first()
    return answer_place(parent) if parent is not None and user.has_perm(Perm.COMMENT, parent.evidence) else None


DRAFTS: Mapping[str, Finder] = {COMMENT: find_comment, ANSWER: find_answer}
WINDOWS: Sequence[tuple[type[Model], Windows]] = [
    (Evidence, lambda row: [(COMMENT, row.pk)]),
    (Comment, lambda row: [(ANSWER, row.parent_id or row.pk)]),
]
