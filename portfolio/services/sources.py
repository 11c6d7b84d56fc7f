"""Evidence from a text of one's own: the piece is made, and the text remembers what became of it."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from accounts.models import User
from accounts.services.working_copies import Typed
from pathway.models import Area, Enrolment
from portfolio.models import Evidence
from portfolio.queries.sources import Source, piece_made_of, title_of
from portfolio.services.evidence import Content, log_evidence
from sessions_catalogue.models import ProgrammeSession, Worksheet, WorkspaceEntry
from sessions_catalogue.services.workspace import mark_evidence


@transaction.atomic
def log_evidence_from(
    *,
    source: Source | None,
    pk: uuid.UUID,
    enrolment: Enrolment,
    content: Content,
    session: ProgrammeSession | None,
    by: User,
    typed: Typed | None = None,
) -> Evidence:
    """A new piece as it was typed, begun from ``source``. Raises what ``log_evidence`` raises."""
    evidence = log_evidence(pk=pk, enrolment=enrolment, content=content, session=session, by=by, typed=typed)
    row = source.row if source else None
    if isinstance(row, WorkspaceEntry | Worksheet) and row.evidence_id != evidence.pk:
        mark_evidence(entry=row, evidence_id=evidence.pk, by=by)
    return evidence


@transaction.atomic
def evidence_of_follow_up(*, entry: WorkspaceEntry, area: Area | None, today: dt.date, by: User) -> Evidence:
    """The follow-up as a piece that only its writer reads; made once, unless it was thrown away."""
    locked = WorkspaceEntry.objects.select_for_update(of=("self",)).select_related("session", "enrolment", "item")
    row = locked.get(pk=entry.pk)
    made = piece_made_of(by, row)
    if made is not None:
        return made
    content = Content(
        title=title_of(row),
        body=row.text,
        happened_on=row.ticked_on or today,
        areas={area.pk: ""} if area else {},
        kind=Evidence.Kind.SESSION,
    )
    evidence = log_evidence(pk=uuid.uuid4(), enrolment=row.enrolment, content=content, session=row.session, by=by)
    mark_evidence(entry=row, evidence_id=evidence.pk, by=by)
    return evidence
