"""One's own pieces to choose among."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from pathway.models import Area, Enrolment
from portfolio.models import Evidence
from portfolio.queries.search import find_own
from portfolio.queries.self_assessment import Piece
from portfolio.querysets.evidence import EvidenceQuerySet


@dataclass(frozen=True)
class OwnPieces:
    """All of a person's year, those about the areas asked for first, each group from the latest on."""

    pieces: tuple[Piece, ...]
    # Those about the areas.
    near: tuple[uuid.UUID, ...]


def own_pieces(user: User, enrolment: Enrolment, areas: Iterable[Area]) -> OwnPieces:
    """One query."""
    mine = _of_year(user, enrolment)
    about = Q(pk__in=mine.filter(mappings__area__in=areas).values("pk"))
    rows = list(mine.annotate(is_near=about).order_by("-is_near", "-happened_on", "-created_at"))
    return OwnPieces(
        tuple(Piece(row.pk, row.title, row.get_absolute_url()) for row in rows),
        tuple(row.pk for row in rows if row.is_near),
    )


def own_pieces_with(user: User, enrolment: Enrolment, words: str) -> set[uuid.UUID]:
    """Those in which every word is found, as on the list of one's pieces."""
    return set(find_own(_of_year(user, enrolment), {"q": words}).values_list("pk", flat=True))


def _of_year(user: User, enrolment: Enrolment) -> EvidenceQuerySet:
    mine: EvidenceQuerySet = Evidence.objects.visible_to(user).owned_by(user).kept()
    return mine.filter(enrolment=enrolment)
