"""Taking out for good what identifies somebody: the one change of saved versions, and the one loss that is meant.

The audit says who and when. What was taken out is written nowhere: not there, not in a log, a notice or a session.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from accounts import audit
from accounts.drafts import forms, place_for, together
from accounts.models import AuditEvent, User, WorkingCopy
from accounts.services.copies_taken_out import close_windows, rewrite_copies
from observations.models import Observation
from pathway.models import Area, Enrolment
from pathway.querysets import EnrolmentQuerySet
from portfolio.drafts.comments import ANSWER, COMMENT
from portfolio.models import Attachment, Comment, Evidence, EvidenceMapping, PortfolioExport
from portfolio.queries.places import PLACES, Place, years_of
from portfolio.queries.taking_out import own_files, without
from portfolio.services.evidence import add_version
from portfolio.services.sharing import NotReady, withdraw_evidence
from pqs_portal.lib.passages import INSTEAD, pattern_of

PORTFOLIO = AuditEvent.Category.PORTFOLIO
EXPORT_GONE = "Something was taken out of this portfolio for good, so this copy was deleted. Make a new one."


@transaction.atomic
def take_out(*, enrolment: Enrolment, by: User, passages: Sequence[str] = (), files: Collection[uuid.UUID] = ()) -> int:
    """Of every text of the writer's years, and of what others say of them; returns from how many places."""
    years = years_of(by, enrolment)
    # Whoever saves a piece now waits, and then has begun from a version that is no longer the newest.
    list(Evidence.objects.filter(enrolment__in=years).select_for_update().order_by("pk").values_list("pk"))
    took, changed = _take_files(files, enrolment, by), _Changed()
    if passages:
        pattern = pattern_of(passages)
        for place in PLACES:
            took += changed.note(place, _rewrite(place, place.rows(by, years), pattern))
        took += len(rewrite_copies(_copies(by, years), lambda payload: without(payload, pattern)))
        changed.settle(by)
        _close_windows(changed, enrolment, by)
    if took:
        _delete_exports(years)
        audit.record("took something out for good", by=by, category=PORTFOLIO, target=enrolment)
    return took


class _Changed:
    """Which rows were changed, by the model and the id that their drafts are written on."""

    def __init__(self) -> None:
        self.pieces: set[uuid.UUID] = set()
        self.counted: dict[type[models.Model], set[uuid.UUID]] = {}
        self.written_on: dict[uuid.UUID, type[models.Model]] = {}

    def note(self, place: Place, rows: Sequence[Any]) -> int:
        model, name = place.counts
        for row in rows:
            if isinstance(row, Evidence | EvidenceMapping):
                self.pieces.add(row.pk if isinstance(row, Evidence) else row.evidence_id)
            if name:
                self.written_on[getattr(row, name)] = place.model
            if model is not None:
                self.counted.setdefault(model, set()).add(getattr(row, name))
        return len(rows)

    def settle(self, by: User) -> None:
        """Whoever has an older text on their screen has not begun from the newest one any more."""
        for piece in Evidence.objects.filter(pk__in=self.pieces).select_related("enrolment"):
            Evidence.objects.filter(pk=piece.pk).update(version=F("version") + 1, updated_at=timezone.now())
            piece.refresh_from_db()
            add_version(piece, by=by)
            self.written_on[piece.pk] = Evidence
        for model, ids in self.counted.items():
            model._default_manager.filter(pk__in=ids).update(revision=F("revision") + 1)


def _rewrite(place: Place, rows: models.QuerySet[Any], pattern: re.Pattern[str]) -> list[Any]:
    """The rows that held the words, without them."""
    changed = []
    for row in rows.select_for_update(of=("self",)).order_by("pk"):
        new = {name: without(getattr(row, name), pattern, keys) for name, keys in place.texts.items()}
        different = {name: value for name, value in new.items() if value != getattr(row, name)}
        if different:
            fitting = {name: _fitting(place.model, name, value) for name, value in different.items()}
            place.model._default_manager.filter(pk=row.pk).update(**fitting)
            changed.append(row)
    return changed


def _fitting(model: type[models.Model], name: str, value: Any) -> Any:
    """What stands instead may be longer than what stood there."""
    most = getattr(model._meta.get_field(name), "max_length", None)
    return value[:most] if most and isinstance(value, str) else value


def _copies(by: User, years: EnrolmentQuerySet) -> Any:
    """Drafts of the writer, and of whoever else may write about the same texts."""
    about = {year.pk for year in years}
    for place in PLACES:
        if place.model is not Observation:  # what an observer types is theirs
            about |= set(place.rows(by, years).values_list(place.counts[1] or "pk", flat=True))
    standards = years.values("cohort__programme__standard")
    parts = about | set(Area.objects.filter(standard__in=standards).values_list("pk", flat=True))
    of_years = Q(target_id__in=about | {together(year.pk, part) for year in years for part in parts})
    for year in years:
        of_years |= Q(page__contains=str(year.pk))
    inside = Q(organisation__in=years.values("organisation"))
    return WorkingCopy.objects.filter(inside & (Q(author=by) | of_years))


def _close_windows(changed: _Changed, enrolment: Enrolment, by: User) -> None:
    """A form that is open with nothing typed into it yet would keep the old words again."""
    mentors = [pairing.mentor for pairing in enrolment.mentorings.current().select_related("mentor")]
    kept = set(
        WorkingCopy.objects.filter(target_id__in=changed.written_on).values_list("author_id", "form", "target_id")
    )
    for target_id, model in changed.written_on.items():
        for author in (by, *mentors):
            for form in _forms_on(author, enrolment, target_id, model):
                if (author.pk, form, target_id) not in kept:
                    close_windows(
                        author=author, organisation_id=enrolment.organisation_id, form=form, target_id=target_id
                    )


def _forms_on(author: User, enrolment: Enrolment, target_id: uuid.UUID, model: type[models.Model]) -> Iterable[str]:
    if model in (Evidence, Comment):
        yield COMMENT if model is Evidence else ANSWER
    for form in forms():
        place = place_for(form, author, enrolment.organisation, target_id)
        if place is not None and place.version:
            yield form


def _take_files(wanted: Collection[uuid.UUID], enrolment: Enrolment, by: User) -> int:
    """Their bytes and their names; the rows stay, so that versions still say that there was a file."""
    rows = [row for row in own_files(enrolment, by) if row.pk in set(wanted)]
    for row in rows:
        _delete_on_commit(row.file)
        gone = {"name": INSTEAD, "file": "", "sha256": "", "size": 0, "found": [], "unread": False}
        Attachment.objects.filter(pk=row.pk).update(**gone, removed_at=row.removed_at or timezone.now())
        audit.record("took a file out for good", by=by, category=PORTFOLIO, target=row)
    return len(rows)


def _delete_exports(years: EnrolmentQuerySet) -> None:
    """A PDF that may hold it, and one that is being made of it."""
    exports = PortfolioExport.objects.filter(enrolment__in=years).exclude(status=PortfolioExport.Status.QUEUED)
    for export in exports.select_for_update():
        if export.file:
            _delete_on_commit(export.file)
        if export.file or export.status == PortfolioExport.Status.RUNNING:
            gone = {"status": PortfolioExport.Status.FAILED, "failure": EXPORT_GONE, "file": "", "pages": None}
            PortfolioExport.objects.filter(pk=export.pk).update(**gone, claim_id=None, lease_until=None)


def _delete_on_commit(file: FieldFile) -> None:
    storage, name = file.storage, str(file.name)
    transaction.on_commit(lambda: storage.delete(name), robust=True)


@transaction.atomic
def send_back(*, evidence: Evidence, reason: str, by: User) -> Evidence:
    """A reader closes the piece to every reader at once, because of ``reason``, one of ``Evidence.SentBackFor``.

    Raises NotReady where it is closed already.
    """
    before = evidence.audience
    if not evidence.is_shared:
        raise NotReady("Only its writer can read it already")
    withdraw_evidence(evidence=evidence, by=by)
    now = timezone.now()
    Evidence.objects.filter(pk=evidence.pk).update(sent_back_at=now, sent_back_by=by, sent_back_for=reason)
    evidence.refresh_from_db()
    subject = evidence.enrolment.supervisor
    audit.record("sent evidence back", by=by, category=PORTFOLIO, target=evidence, subject=subject, from_status=before)
    return evidence
