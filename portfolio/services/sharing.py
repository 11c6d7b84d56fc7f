"""Opening a piece to somebody, and taking it back."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User, WorkingCopy
from accounts.querysets import WorkingCopyQuerySet
from accounts.services.copies_taken_out import close_windows, leave_out, raise_revisions
from pathway.models import Enrolment
from portfolio.drafts.comments import COMMENT, QUOTED
from portfolio.models import Evidence, EvidenceMapping, EvidenceVersion
from portfolio.queries import current_mentor
from portfolio.services.evidence import add_version, advance
from portfolio.services.stored_exports import delete_exports_of_others

PORTFOLIO = AuditEvent.Category.PORTFOLIO
Audience = Evidence.Audience


class NotReady(Exception):
    """Something the writer must do first; the message says what."""


def refuse_another(mentor: User, shown: uuid.UUID | None) -> None:
    """A text opens to whom its writer was shown, and to nobody else. Raises NotReady."""
    if mentor.pk != shown:
        raise NotReady("Your mentor has changed. Look again who will read it")


@transaction.atomic
def share_evidence(
    *,
    evidence: Evidence,
    audience: str,
    version: int,
    nobody_recognisable: bool,
    rationales: Mapping[uuid.UUID, str],
    by: User,
    shown: uuid.UUID | None,
) -> Evidence:
    """Open what was saved as ``version`` to the current mentor, or put it into the portfolio.

    ``rationales`` (by area id) are saved with it; ``shown`` is the mentor whom the page named.
    Raises NotReady or StaleVersion.
    """
    mentor = current_mentor(evidence.enrolment)
    if audience not in (Audience.MENTOR, Audience.PORTFOLIO):
        raise NotReady("Choose who may read it")
    if not nobody_recognisable:
        raise NotReady("Check that nobody can be recognised, then tick the box")
    if audience == Audience.MENTOR and mentor is None:
        raise NotReady("You have no mentor to share it with yet")
    if mentor is not None:
        refuse_another(mentor, shown)
    before = evidence.audience
    advance(evidence, version)
    for area, rationale in rationales.items():
        EvidenceMapping.objects.filter(evidence=evidence, area=area).update(rationale=rationale)
    if audience == Audience.PORTFOLIO:
        _require_reasons(evidence)
    else:
        _leave_portfolio(evidence)
    row = add_version(evidence, by=by, audience=audience, shared_with=mentor)
    _open(evidence, row, mentor)
    audit.record("shared evidence", by=by, category=PORTFOLIO, target=evidence, from_status=before, to_status=audience)
    return evidence


def _require_reasons(evidence: Evidence) -> None:
    reasons = list(evidence.mappings.values_list("rationale", flat=True))
    if not reasons:
        raise NotReady("Choose at least one area before it goes into your portfolio")
    if not all(reason.strip() for reason in reasons):
        raise NotReady("Say for each area why the piece fits it")


def _open(evidence: Evidence, row: EvidenceVersion, mentor: User | None) -> None:
    is_same = mentor is not None and evidence.shared_with_id == mentor.pk
    if not is_same:
        _forget_quotes(evidence)
    if mentor and not is_same and evidence.versions.filter(shared_with=mentor).exclude(pk=row.pk).exists():
        _close_windows(evidence, mentor)
    _change(
        evidence,
        audience=row.audience,
        shared_with=mentor,
        shared_version=row,
        nobody_recognisable_at=timezone.now(),
        feedback_asked_at=evidence.feedback_asked_at if is_same else None,
        sent_back_at=None,
        sent_back_by=None,
        sent_back_for="",
    )


def _leave_portfolio(evidence: Evidence) -> None:
    """Where it is in it: PDFs of others go too. Asked before anything says that it is closed."""
    stood = evidence.versions.filter(evidence__audience=Audience.PORTFOLIO, audience=Audience.PORTFOLIO)
    stood = stood.filter(taken_back_at=None)
    delete_exports_of_others(enrolment_id=evidence.enrolment_id, versions=stood)


def _readers_copies(evidence: Evidence) -> WorkingCopyQuerySet:
    """What others than the writer are typing about it."""
    copies: WorkingCopyQuerySet = WorkingCopy.objects.filter(form=COMMENT, target_id=evidence.pk)
    return copies.exclude(author=evidence.enrolment.supervisor_id)


def _forget_quotes(evidence: Evidence) -> None:
    """What a reader typed stays theirs; the words of the piece in it are the writer's."""
    leave_out(_readers_copies(evidence), QUOTED)


def _close_windows(evidence: Evidence, mentor: User) -> None:
    """One that the mentor opened before the piece was closed to them cannot put its words back unseen."""
    close_windows(organisation_id=evidence.organisation_id, windows=[(mentor, COMMENT, evidence.pk)])
    raise_revisions(_readers_copies(evidence).filter(author=mentor).exclude(payload={}))


def _change(evidence: Evidence, **fields: object) -> None:
    Evidence.objects.filter(pk=evidence.pk).update(**fields)
    evidence.refresh_from_db()


@transaction.atomic
def withdraw_evidence(*, evidence: Evidence, by: User) -> Evidence:
    """Back to "only me": nobody else reads it from this moment, in PDFs neither. What was read was read."""
    before = evidence.audience
    _leave_portfolio(evidence)
    opened = evidence.versions.filter(taken_back_at=None).exclude(audience=Audience.ONLY_ME)
    opened.update(taken_back_at=timezone.now(), taken_back_by=by)
    _change(
        evidence,
        audience=Audience.ONLY_ME,
        shared_with=None,
        shared_version=None,
        nobody_recognisable_at=None,
        feedback_asked_at=None,
    )
    _forget_quotes(evidence)
    audit.record(
        "took evidence back",
        by=by,
        category=PORTFOLIO,
        target=evidence,
        from_status=before,
        to_status=Audience.ONLY_ME,
    )
    return evidence


@transaction.atomic
def open_all_to_mentor(*, enrolment: Enrolment, by: User, shown: uuid.UUID | None) -> int:
    """Open every piece of the portfolio, as it stands in it, to the mentor of today, whom the writer was ``shown``;
    returns how many were new. Raises NotReady.
    """
    mentor = current_mentor(enrolment)
    if mentor is None:
        return 0
    refuse_another(mentor, shown)
    unopened = enrolment.evidence.in_portfolio().exclude(shared_with=mentor).select_for_update(of=("self",))
    pieces = list(unopened.select_related("shared_version"))
    for evidence in pieces:
        _open(evidence, _same_again(evidence, mentor, by), mentor)
        audit.record("opened evidence to mentor", by=by, category=PORTFOLIO, target=evidence, subject=mentor)
    return len(pieces)


def _same_again(evidence: Evidence, mentor: User, by: User) -> EvidenceVersion:
    """The text that stands in the portfolio, as a version for another reader; later private changes stay private."""
    shown = evidence.shared_version
    if shown is None:
        raise NotReady("It is not in the portfolio")
    evidence.version += 1
    Evidence.objects.filter(pk=evidence.pk).update(version=evidence.version)
    row = EvidenceVersion.objects.create(
        organisation_id=evidence.organisation_id,
        evidence=evidence,
        number=evidence.version,
        kind=shown.kind,
        title=shown.title,
        body=shown.body,
        happened_on=shown.happened_on,
        mappings=shown.mappings,
        audience=Audience.PORTFOLIO,
        shared_with=mentor,
        saved_by=by,
    )
    row.attachments.set(shown.attachments.all())
    return row


@transaction.atomic
def ask_feedback(*, evidence: Evidence, by: User) -> Evidence:
    """Tell the mentor that the writer would like to hear what they think. Raises NotReady."""
    mentor = current_mentor(evidence.enrolment)
    if mentor is None or evidence.shared_with_id != mentor.pk:
        raise NotReady("Share it with your mentor first")
    if evidence.feedback_asked_at is None:
        _change(evidence, feedback_asked_at=timezone.now())
        audit.record("asked for feedback", by=by, category=PORTFOLIO, target=evidence, subject=mentor)
    return evidence


@transaction.atomic
def discard_evidence(*, evidence: Evidence, by: User) -> Evidence:
    """Into the bin, and closed to every reader: brought back, it is the writer's alone."""
    if evidence.is_shared:
        withdraw_evidence(evidence=evidence, by=by)
    _change(evidence, discarded_at=timezone.now(), discarded_by=by)
    audit.record("threw evidence away", by=by, category=PORTFOLIO, target=evidence)
    return evidence


@transaction.atomic
def restore_evidence(*, evidence: Evidence, by: User) -> Evidence:
    _change(evidence, discarded_at=None, discarded_by=None)
    audit.record("brought evidence back", by=by, category=PORTFOLIO, target=evidence)
    return evidence
