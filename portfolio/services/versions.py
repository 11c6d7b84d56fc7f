"""Bringing an old version of a piece back."""

from __future__ import annotations

import uuid

from django.db import transaction

from accounts.models import User
from portfolio.models import Evidence, EvidenceVersion
from portfolio.queries.areas import areas_of
from portfolio.services.evidence import Content, save_evidence


@transaction.atomic
def bring_back(*, evidence: Evidence, old: EvidenceVersion, version: int, by: User) -> Evidence:
    """A new version that says what ``old`` said, by the writer, who began from ``version``; readers keep what was
    shared. Files stay as they are: a removed one does not come back, a later one stays. Raises StaleVersion."""
    still_there = {area.pk for area in areas_of(evidence.enrolment)}
    reasons = {uuid.UUID(row["area"]): row["rationale"] for row in old.mappings}
    content = Content(
        title=old.title,
        body=old.body,
        happened_on=old.happened_on,
        kind=old.kind,
        areas={pk: why for pk, why in reasons.items() if pk in still_there},
        statements={uuid.UUID(row["area"]): list(map(uuid.UUID, row.get("statements", ()))) for row in old.mappings},
    )
    return save_evidence(evidence=evidence, version=version, content=content, by=by)
