"""Talking about a piece that somebody else can read."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User
from portfolio.models import Comment, Evidence, EvidenceVersion
from portfolio.services.evidence import NotYours
from portfolio.services.sharing import NotReady

PORTFOLIO = AuditEvent.Category.PORTFOLIO
ONE_COMMENT = dt.timedelta(minutes=10)


@transaction.atomic
def add_comment(*, pk: uuid.UUID, evidence: Evidence, text: str, by: User) -> Comment:
    """Say something about the version that is shared now; the same words again give the same comment.

    The mentor's word answers a request for feedback. Raises NotReady when nothing is
    shared, NotYours if the id is somebody else's.
    """
    if evidence.shared_version is None:
        raise NotReady("Only you can read this piece, so there is nobody to talk to about it")
    own = Comment.objects.filter(evidence=evidence, author=by)
    said: Comment | None = own.filter(_one_with(pk, evidence.shared_version), text=text).first()
    if said is not None:
        return said
    if own.filter(pk=pk).exists():
        pk = uuid.uuid4()  # other words from the same form: nothing typed is lost
    filled = {"organisation_id": evidence.organisation_id, "version": evidence.shared_version, "text": text}
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


def _one_with(pk: uuid.UUID, version: EvidenceVersion) -> Q:
    """Comments that the same words would only repeat.

    The form stands on the page of the piece, so whoever goes back after sending finds it with a new id, and sending
    again would say everything twice. Nobody means that within minutes; later, the same words are a new comment.
    """
    return Q(pk=pk) | Q(version=version, created_at__gt=timezone.now() - ONE_COMMENT)
