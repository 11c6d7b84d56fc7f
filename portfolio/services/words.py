"""Other words in place of those that tell who somebody is."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User
from portfolio.models import AreaRating, Evidence, EvidenceMapping, SelfAssessment
from portfolio.services import self_assessment
from portfolio.services.evidence import add_version, advance
from portfolio.services.opening import StaleText
from portfolio.services.sharing import NotReady

PORTFOLIO = AuditEvent.Category.PORTFOLIO


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
    audit.record("saved evidence", by=by, category=PORTFOLIO, target=evidence)
    return evidence


@transaction.atomic
def replace_assessed_words(
    *, assessment: SelfAssessment, revision: int, whys: Mapping[uuid.UUID, str], by: User
) -> SelfAssessment:
    """The self-assessment with these words (by rating id) as its next version. It stays done. Raises StaleText."""
    now = timezone.now()
    changed = SelfAssessment.objects.filter(pk=assessment.pk, revision=revision).update(
        revision=revision + 1, updated_at=now
    )
    assessment.refresh_from_db()
    if changed != 1:
        raise StaleText(assessment)
    for rating, why in whys.items():
        AreaRating.objects.filter(assessment=assessment, pk=rating).update(why=why)
    self_assessment.add_version(assessment, by=by)
    audit.record("saved a self-assessment", by=by, category=PORTFOLIO, target=assessment)
    return assessment
