"""Talking about a piece that somebody else can read."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User
from accounts.services.working_copies import Typed, drop_copy
from portfolio.models import Comment, Evidence, EvidenceVersion
from portfolio.services.evidence import NotYours
from portfolio.services.sharing import NotReady
from pqs_portal.lib.passages import spoken_of

PORTFOLIO = AuditEvent.Category.PORTFOLIO
ONE_COMMENT = dt.timedelta(minutes=10)


class NotInIt(Exception):
    """The passage does not stand in the version that is shared."""


@transaction.atomic
def add_comment(
    *,
    pk: uuid.UUID,
    evidence: Evidence,
    text: str,
    by: User,
    passage: str = "",
    parent: Comment | None = None,
    typed: Typed | None = None,
) -> Comment:
    """Say something about the version that is shared now, or answer ``parent``, which is about its own.

    The same words again give the same comment. The mentor's word answers a request for feedback. Raises NotReady
    when nobody else would read it, NotInIt, NotYours if the id is somebody else's, and UnseenCopy.
    """
    drop_copy(author=by, typed=typed)
    version = _version_of(evidence, parent)
    if passage and not stands_in(version, passage):
        raise NotInIt
    own = Comment.objects.filter(evidence=evidence, author=by)
    same = {"text": text, "passage": passage, "parent": parent}
    said: Comment | None = own.filter(_one_with(pk, version), **same).first()
    if said is not None:
        return said
    if own.filter(pk=pk).exists():
        pk = uuid.uuid4()  # other words from the same form: nothing typed is lost
    filled = {"organisation_id": evidence.organisation_id, "version": version, **same}
    try:
        comment, made = Comment.objects.get_or_create(pk=pk, evidence=evidence, author=by, defaults=filled)
    except IntegrityError:
        raise NotYours from None
    if made:
        audit.record("commented on evidence", by=by, category=PORTFOLIO, target=evidence)
        if by.pk == evidence.shared_with_id:
            Evidence.objects.filter(pk=evidence.pk).update(feedback_asked_at=None)
            evidence.refresh_from_db()
    return comment


def _version_of(evidence: Evidence, parent: Comment | None) -> EvidenceVersion:
    """An answer belongs to what the thread is about, so that whoever reads the one reads the other."""
    shared = evidence.shared_version
    if shared is None:
        raise NotReady("Only you can read this piece, so there is nobody to talk to about it")
    if parent is None:
        return shared
    if parent.parent_id is not None or parent.evidence_id != evidence.pk:
        raise NotReady("Answer the comment that the talk began with")
    return parent.version


def stands_in(version: EvidenceVersion, passage: str) -> bool:
    """Whether the words are in it, so that whoever reads it may be shown them."""
    texts = (version.title, version.body, *(row["rationale"] for row in version.mappings))
    return any(spoken_of(passage, text) for text in texts)


def _one_with(pk: uuid.UUID, version: EvidenceVersion) -> Q:
    """Comments that the same words would only repeat.

    The form stands on the page of the piece, so whoever goes back after sending finds it with a new id, and sending
    again would say everything twice. Nobody means that within minutes; later, the same words are a new comment.
    """
    return Q(pk=pk) | Q(version=version, created_at__gt=timezone.now() - ONE_COMMENT)
