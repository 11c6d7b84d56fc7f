"""What was saved of a piece when, and what differs between two of its versions, as far as one reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects

from accounts.models import User
from pathway.models import Area
from portfolio.models import Evidence, EvidenceVersion
from portfolio.queries.statements import Chosen, version_choices
from pqs_portal.lib.differences import Step, steps


@dataclass(frozen=True)
class Changed:
    """One field of both, read as one text."""

    label: str
    steps: Sequence[Step]


def history(user: User, evidence: Evidence) -> list[EvidenceVersion]:
    """The versions that ``user`` may read, the newest first, in one query."""
    rows = EvidenceVersion.objects.visible_to(user).filter(evidence=evidence).with_files()
    return list(rows.select_related("shared_with", "taken_back_by").order_by("-number"))


def says_the_same(one: EvidenceVersion, other: EvidenceVersion) -> bool:
    """Whether a reader of the one has read the other: two of one ``history``. A removed file is in neither."""
    return _said(one) == _said(other)


def _said(version: Any) -> tuple[Any, ...]:
    return version.kind, version.title, version.body, version.happened_on, version.mappings, version.file_ids


def last_other(versions: Sequence[EvidenceVersion], than: EvidenceVersion) -> EvidenceVersion | None:
    """Of ``versions``, newest first, the newest before ``than`` that says something else."""
    earlier = (version for version in versions if version.number < than.number)
    return next((version for version in earlier if not says_the_same(version, than)), None)


def changes(older: EvidenceVersion, newer: EvidenceVersion) -> list[Changed]:
    """What differs, field by field; fields that say the same are left out."""
    prefetch_related_objects([older, newer], "attachments")
    wanted = {row["area"] for version in (older, newer) for row in version.mappings}
    areas = {str(pk): area for pk, area in Area.objects.in_bulk(wanted).items()} if wanted else {}
    chosen = version_choices([older, newer])
    before, after = (_fields(version, areas, chosen.get(version.pk, {})) for version in (older, newer))
    labels = [*after, *(label for label in before if label not in after)]
    both = ((label, before.get(label, ""), after.get(label, "")) for label in labels)
    return [Changed(label, steps(old, new)) for label, old, new in both if old != new]


def _fields(version: EvidenceVersion, areas: dict[str, Area], statements: Chosen) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for row in version.mappings:
        area = areas[row["area"]]
        chosen[f"Area {area.number}, {area.title}"] = row["rationale"] or "Chosen"
        if named := statements.get(area.pk):
            chosen[f"Area {area.number}, statements"] = "\n".join(f"{one.code} {one.text}".strip() for one in named)
    files = (file.name for file in version.attachments.all() if file.removed_at is None)
    return {
        "Name": version.title,
        "What happened": version.body,
        "When it happened": f"{version.happened_on.day} {version.happened_on:%B %Y}",
        "Kind": version.get_kind_display(),
        **chosen,
        "Files": "\n".join(files),
    }
