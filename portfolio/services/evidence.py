"""Writing a piece of evidence. Every deliberate save adds a version and starts from the one it saw."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User
from accounts.services.working_copies import Typed, drop_copy
from pathway.models import Enrolment, Statement
from portfolio.models import Attachment, Evidence, EvidenceMapping, EvidenceVersion
from portfolio.services.attachments import claim, receive, remove_attachment
from pqs_portal.lib.uploads import CheckedFile
from sessions_catalogue.models import ProgrammeSession

PORTFOLIO = AuditEvent.Category.PORTFOLIO


@dataclass(frozen=True)
class Content:
    """What the writer typed. ``areas`` are the chosen areas' ids with why each fits (may be empty).

    ``files`` are new ones; ``kept_files`` are ids of files received earlier, before the form was sent or when it had
    failed. ``kind`` and ``tags`` are left as they are where they say nothing, and so are the chosen ``statements`` of
    an area.
    """

    title: str
    body: str
    happened_on: dt.date
    areas: Mapping[uuid.UUID, str] = field(default_factory=dict)
    files: Sequence[CheckedFile] = ()
    kept_files: Sequence[uuid.UUID] = ()
    kind: str | None = None
    tags: Sequence[str] | None = None
    statements: Mapping[uuid.UUID, Collection[uuid.UUID]] = field(default_factory=dict)

    @property
    def fields(self) -> dict[str, object]:
        """What the row itself holds of it."""
        told = {"title": self.title, "body": self.body, "happened_on": self.happened_on}
        kind = {} if self.kind is None else {"kind": self.kind}
        return told | kind | ({} if self.tags is None else {"tags": list(self.tags)})


class StaleVersion(Exception):
    """Somebody, perhaps the writer in another window, saved in between. ``current`` is what is saved now."""

    def __init__(self, current: Evidence) -> None:
        super().__init__("a newer version was saved")
        self.current = current


class NotYours(Exception):
    """The id of the new piece is already somebody else's."""


@transaction.atomic
def log_evidence(
    *,
    pk: uuid.UUID,
    enrolment: Enrolment,
    content: Content,
    by: User,
    session: ProgrammeSession | None = None,
    typed: Typed | None = None,
) -> Evidence:
    """A new piece, readable by its writer alone. The same id and text again give the same piece.

    Raises StaleVersion if the id was saved with another text, NotYours if it is somebody else's, UnseenCopy if
    another window has kept a draft of it that ``typed`` has not seen.
    """
    drop_copy(author=by, typed=typed)
    try:
        with transaction.atomic():
            evidence = Evidence.objects.create(
                pk=pk,
                organisation=enrolment.organisation,
                enrolment=enrolment,
                session=session,
                version=1,
                **content.fields,
            )
    except IntegrityError:
        return _saved_before(pk, enrolment, content)
    _map(evidence, content)
    _take_files(evidence, content, by)
    add_version(evidence, by=by)
    audit.record("logged evidence", by=by, category=PORTFOLIO, target=evidence)
    return evidence


@transaction.atomic
def save_evidence(
    *, evidence: Evidence, version: int, content: Content, by: User, typed: Typed | None = None
) -> Evidence:
    """A change by the writer, who began from ``version``; readers keep what was shared.

    Raises StaleVersion, or UnseenCopy if another window has kept a draft that ``typed`` has not seen.
    """
    drop_copy(author=by, typed=typed)
    advance(evidence, version, **content.fields)
    _map(evidence, content)
    _take_files(evidence, content, by)
    add_version(evidence, by=by)
    audit.record("saved evidence", by=by, category=PORTFOLIO, target=evidence)
    return evidence


@transaction.atomic
def replace_file(*, attachment: Attachment, file: CheckedFile, by: User) -> Evidence:
    """``file`` in the place of a file of the piece: the old one is off for every reader at once, the new one goes with
    the next version, readable by its writer alone.

    Raises StaleVersion where the old one is off already, or the piece in the bin.
    """
    evidence: Evidence = Evidence.objects.select_for_update().get(pk=attachment.evidence_id)
    if not evidence.attachments.filter(pk=attachment.pk, removed_at=None).exists():
        raise StaleVersion(evidence)
    advance(evidence, evidence.version)
    remove_attachment(attachment=attachment, by=by)
    received = receive(files=[file], organisation_id=evidence.organisation_id, by=by)
    claim(ids=[row.pk for row in received], evidence=evidence, by=by)
    add_version(evidence, by=by)
    audit.record("saved evidence", by=by, category=PORTFOLIO, target=evidence)
    return evidence


def advance(evidence: Evidence, version: int, **fields: object) -> None:
    """The next version of the row, if it is still at ``version``. Raises StaleVersion."""
    changed = Evidence.objects.filter(pk=evidence.pk, version=version, discarded_at=None).update(
        version=version + 1, updated_at=timezone.now(), **fields
    )
    evidence.refresh_from_db()
    if changed != 1:
        raise StaleVersion(evidence)


def add_version(
    evidence: Evidence,
    *,
    by: User,
    audience: str = Evidence.Audience.ONLY_ME,
    shared_with: User | None = None,
) -> EvidenceVersion:
    """What was saved, as it will be read by ``audience`` from now on."""
    row = EvidenceVersion.objects.create(
        organisation_id=evidence.organisation_id,
        evidence=evidence,
        number=evidence.version,
        kind=evidence.kind,
        title=evidence.title,
        body=evidence.body,
        happened_on=evidence.happened_on,
        mappings=[
            _said_of(mapping)
            for mapping in EvidenceMapping.objects.filter(evidence=evidence)
            .order_by("area__number")
            .prefetch_related("statements")
        ],
        audience=audience,
        shared_with=shared_with,
        saved_by=by,
    )
    row.attachments.set(evidence.attachments.filter(removed_at=None))
    return row


def _said_of(mapping: EvidenceMapping) -> dict[str, object]:
    chosen = [str(statement.pk) for statement in mapping.statements.all()]
    said: dict[str, object] = {"area": str(mapping.area_id), "rationale": mapping.rationale}
    return said | ({"statements": chosen} if chosen else {})


def _map(evidence: Evidence, content: Content) -> None:
    """Exactly these areas, each with its rationale and statements."""
    areas, chosen = content.areas, content.statements
    EvidenceMapping.objects.filter(evidence=evidence).exclude(area__in=areas).delete()
    EvidenceMapping.objects.bulk_create(
        [
            EvidenceMapping(
                organisation_id=evidence.organisation_id, evidence=evidence, area_id=area, rationale=rationale
            )
            for area, rationale in areas.items()
        ],
        update_conflicts=True,
        unique_fields=["evidence", "area"],
        update_fields=["rationale"],
    )
    for mapping in EvidenceMapping.objects.filter(evidence=evidence, area__in=chosen):
        mapping.statements.set(Statement.objects.filter(area=mapping.area_id, pk__in=chosen[mapping.area_id]))


def _take_files(evidence: Evidence, content: Content, by: User) -> None:
    received = receive(files=content.files, organisation_id=evidence.organisation_id, by=by)
    claim(ids=[*content.kept_files, *(row.pk for row in received)], evidence=evidence, by=by)


def _saved_before(pk: uuid.UUID, enrolment: Enrolment, content: Content) -> Evidence:
    """The piece that the same form made a moment ago."""
    found: Evidence | None = Evidence.objects.filter(pk=pk, enrolment=enrolment).first()
    if found is None:
        raise NotYours
    areas = dict(found.mappings.values_list("area_id", "rationale"))
    same = all(getattr(found, name) == value for name, value in content.fields.items())
    chosen = {pk: set(found.mappings.filter(area=pk).values_list("statements", flat=True)) for pk in content.statements}
    as_chosen = all(there - {None} == set(content.statements[pk]) for pk, there in chosen.items())
    if not same or areas != dict(content.areas) or not as_chosen:
        raise StaleVersion(found)
    return found
