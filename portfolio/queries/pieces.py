"""What pages and documents show of a portfolio. Readers' content comes from the shared version, never from the row."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from django.db.models import F, Model, Prefetch, prefetch_related_objects
from django.urls import reverse

from accounts.models import Organisation, User
from pathway.models import Area, Cohort, Enrolment, Statement
from portfolio.models import Attachment, Evidence, EvidenceVersion
from portfolio.queries.statements import Chosen, own_choices, version_choices, with_choices

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class EvidenceView:
    """A piece as one reader may see it. ``mappings`` are (area, rationale) in the order of the areas."""

    id: uuid.UUID
    title: str
    body: str
    happened_on: dt.date
    mappings: tuple[tuple[Area, str], ...]
    version: int
    saved_at: dt.datetime
    attachments: tuple[Attachment, ...]
    kind: str = Evidence.Kind.PLAIN
    # By area; only of areas whose statements are complete.
    statements: Chosen = field(default_factory=dict)
    # The areas it is marked as one of the best for; only where a whole portfolio is shown.
    best_of: frozenset[uuid.UUID] = frozenset()

    @property
    def reasons(self) -> list[tuple[Area, str, Sequence[Statement]]]:
        """Each area with its rationale and the statements chosen."""
        return [(area, why, self.statements.get(area.pk, ())) for area, why in self.mappings]

    @property
    def url(self) -> str:
        return reverse("portfolio:evidence", args=[self.id])

    @property
    def kind_label(self) -> str:
        """Empty for a plain piece, of which there is nothing to say."""
        return "" if self.kind == Evidence.Kind.PLAIN else Evidence.Kind(self.kind).label

    @property
    def area_numbers(self) -> list[int]:
        return [area.number for area, _ in self.mappings]


def own_enrolment(user: User, organisation: Organisation) -> Enrolment | None:
    """The person's year in the organisation: the running one, else the last."""
    mine = Enrolment.objects.of_supervisor(user).filter(organisation=organisation)
    begun = mine.filter(cohort__status__in=(Cohort.Status.PUBLISHED, Cohort.Status.CLOSED))
    newest = begun.select_related("cohort__programme", "supervisor").order_by(
        F("ended_on").desc(nulls_first=True), "-starts_on"
    )
    found: Enrolment | None = newest.first()
    return found


def current_mentor(enrolment: Enrolment) -> User | None:
    """Who mentors the person today, by a pairing that has begun and not ended."""
    pairing = enrolment.mentorings.current().select_related("mentor").first()
    return pairing.mentor if pairing else None


def readable(user: User, evidence: Evidence) -> EvidenceView:
    """The piece as ``user`` may read it: the writer their current state, everybody else the shared version."""
    if evidence.enrolment.supervisor_id == user.pk:
        return own_views([evidence])[0]
    return shared_views([evidence])[0]


def own_views(pieces: Sequence[Evidence]) -> list[EvidenceView]:
    """The writer's current state of each piece; three queries at most, however many."""
    loaded = _with(pieces, Prefetch("mappings", with_choices()), "attachments")
    chosen = own_choices(loaded)
    return [
        EvidenceView(
            id=piece.pk,
            title=piece.title,
            body=piece.body,
            happened_on=piece.happened_on,
            mappings=tuple((mapping.area, mapping.rationale) for mapping in piece.mappings.all()),
            version=piece.version,
            saved_at=piece.updated_at,
            attachments=tuple(file for file in piece.attachments.all() if file.removed_at is None),
            kind=piece.kind,
            statements=chosen.get(piece.pk, {}),
        )
        for piece in loaded
    ]


def shared_views(pieces: Sequence[Evidence]) -> list[EvidenceView]:
    """What readers see of each piece: its shared version. Pieces that are not shared are left out."""
    return version_views([piece.shared_version for piece in pieces if piece.shared_version is not None])


def version_views(versions: Sequence[EvidenceVersion]) -> list[EvidenceView]:
    """Saved versions, with areas and files; three queries at most. Files since removed are left out."""
    loaded = _with(versions, "attachments")
    chosen = version_choices(loaded)
    wanted = {row["area"] for version in loaded for row in version.mappings}
    areas = {str(pk): area for pk, area in Area.objects.in_bulk(wanted).items()} if wanted else {}
    return [
        EvidenceView(
            id=version.evidence_id,
            title=version.title,
            body=version.body,
            happened_on=version.happened_on,
            mappings=tuple((areas[row["area"]], row["rationale"]) for row in version.mappings),
            version=version.number,
            saved_at=version.created_at,
            attachments=tuple(file for file in version.attachments.all() if file.removed_at is None),
            kind=version.kind,
            statements=chosen.get(version.pk, {}),
        )
        for version in loaded
    ]


def portfolio_views(enrolment: Enrolment) -> list[EvidenceView]:
    """The pieces in the person's portfolio, as they stand in it: in the writer's order, then as they happened."""
    rows = enrolment.evidence.in_portfolio().with_best()
    pieces = list(rows.select_related("shared_version").order_by("created_at"))
    return _in_places(pieces, shared_views(pieces))


def all_own(writer: User, enrolment: Enrolment) -> list[tuple[Evidence, EvidenceView]]:
    """Every piece that the writer keeps, as it stands now, in the same order."""
    mine = Evidence.objects.owned_by(writer).kept().filter(enrolment=enrolment)
    pieces = list(mine.with_best().select_related("shared_with").order_by("created_at"))
    rows = {piece.pk: piece for piece in pieces}
    return [(rows[view.id], view) for view in _in_places(pieces, own_views(pieces))]


def _in_places(pieces: Sequence[Any], views: Sequence[EvidenceView]) -> list[EvidenceView]:
    """``pieces`` come ``with_best``."""
    places = {piece.pk: (piece.position is None, piece.position or 0) for piece in pieces}
    best = {piece.pk: frozenset(piece.best_of) for piece in pieces}
    marked = (replace(view, best_of=best[view.id]) for view in views)
    return sorted(marked, key=lambda view: (places[view.id], view.happened_on))


def own_tags(user: User, organisation_id: uuid.UUID) -> list[str]:
    """Every tag that the person has given to a piece they keep, in the order of the alphabet."""
    mine = Evidence.objects.owned_by(user).kept().filter(organisation=organisation_id).exclude(tags=[])
    return sorted({tag for tags in mine.order_by().values_list("tags", flat=True) for tag in tags}, key=str.casefold)


def _with(rows: Sequence[Row], *lookups: str | Prefetch[str]) -> list[Row]:
    found = list(rows)
    prefetch_related_objects(found, *lookups)
    return found
