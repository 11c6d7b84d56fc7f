"""Other words in place of those that tell who somebody is."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.db import transaction

from accounts import audit
from accounts.models import AuditEvent, User
from portfolio.models import Evidence, EvidenceMapping
from portfolio.services.evidence import add_version, advance
from portfolio.services.sharing import NotReady


@transaction.atomic
def replace_words(
    *,
    evidence: Evidence,
    version: int,
    title: str,
    body: str,
    rationales: Mapping[uuid.UUID, str],
    by: User,
) -> Evidence:
    """The piece with these texts (``rationales`` by area id) as its next version, readable by its writer alone.

    What readers read stays as it was until it is shared again. Raises StaleVersion, or NotReady.
    """
    longest = Evidence._meta.get_field("title").max_length or 0
    if len(title) > longest:
        raise NotReady("The title would be too long with these words. Edit the piece and change it there")
    advance(evidence, version, title=title, body=body)
    for area, rationale in rationales.items():
        EvidenceMapping.objects.filter(evidence=evidence, area=area).update(rationale=rationale)
    add_version(evidence, by=by)
    audit.record("saved evidence", by=by, category=AuditEvent.Category.PORTFOLIO, target=evidence)
    return evidence
