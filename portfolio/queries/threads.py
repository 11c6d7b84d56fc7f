"""The talk about a piece, thread by thread, each with the version that it is about."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from portfolio.models import Comment, Evidence, EvidenceVersion
from portfolio.queries.versions import says_the_same


@dataclass(frozen=True)
class Thread:
    """``version``: what it is about, where the reader may still open that; without it the comment is shown without
    the words it is about. ``has_changed`` since; ``changes_url`` where the difference is shown; ``answer_url`` where
    an answer would reach the other."""

    comment: Comment
    answers: Sequence[Comment]
    version: EvidenceVersion | None
    has_changed: bool
    changes_url: str
    answer_url: str


def changes_url(evidence: Evidence, older: EvidenceVersion, newer: EvidenceVersion) -> str:
    return f"{reverse('portfolio:evidence_changes', args=[evidence.pk])}?from={older.pk}&to={newer.pk}"


def threads(
    user: User, evidence: Evidence, versions: Sequence[EvidenceVersion], now: EvidenceVersion | None
) -> list[Thread]:
    """What ``user`` may read of it, the oldest first, in one query. ``versions``: those that ``user`` may read;
    ``now``: what the piece says to ``user`` at present."""
    by_id = {version.pk: version for version in versions}
    comments = Comment.objects.visible_to(user).filter(evidence=evidence).select_related("author")
    below: dict[uuid.UUID | None, list[Comment]] = defaultdict(list)
    for comment in comments.order_by("created_at", "pk"):
        below[comment.parent_id].append(comment)
    # A reader's own answer below words that were taken back since stands by itself.
    seen = {begun.pk for begun in below[None]}
    alone = [answer for parent, answers in below.items() if parent and parent not in seen for answer in answers]
    first = sorted([*below[None], *alone], key=lambda comment: comment.created_at)
    return [_thread(begun, below[begun.pk], evidence, by_id.get(begun.version_id), now) for begun in first]


def _thread(
    begun: Comment,
    answers: Sequence[Comment],
    evidence: Evidence,
    version: EvidenceVersion | None,
    now: EvidenceVersion | None,
) -> Thread:
    has_changed = version is None or now is None or not says_the_same(version, now)
    # Whoever reads it now reads the talk about what they were shown and may still read.
    is_open = evidence.is_shared and not evidence.discarded_at
    is_read = version and not version.taken_back_at and version.shared_with_id == evidence.shared_with_id
    return Thread(
        comment=begun,
        answers=answers,
        version=version,
        has_changed=has_changed,
        changes_url=changes_url(evidence, version, now) if has_changed and version and now else "",
        answer_url=reverse("portfolio:comment_answer", args=[begun.pk]) if is_open and is_read else "",
    )
