"""Pieces as a list shows them: a line each, without their texts."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.models import User, WorkingCopy
from pathway.models import Area
from portfolio.drafts.evidence import EVIDENCE
from portfolio.models import Attachment, Comment, Evidence, EvidenceMapping
from portfolio.querysets.evidence import EvidenceQuerySet


@dataclass(frozen=True)
class Line:
    """What one reader may see of a piece in a list; ``areas`` are numbers."""

    id: uuid.UUID
    title: str
    happened_on: dt.date
    kind: str
    areas: Sequence[int]
    files: int
    comments: int
    # Its writer typed more than is saved.
    is_unsaved: bool = False

    @property
    def url(self) -> str:
        return reverse("portfolio:evidence", args=[self.id])

    @property
    def kind_label(self) -> str:
        """Empty for a plain piece, of which there is nothing to say."""
        return "" if self.kind == Evidence.Kind.PLAIN else Evidence.Kind(self.kind).label


def own_lines(pieces: EvidenceQuerySet, writer: User) -> EvidenceQuerySet:
    """For ``own_line``: everything in the one query."""
    areas = EvidenceMapping.objects.filter(evidence=OuterRef("pk")).order_by("area__number").values("area__number")
    shown = pieces.only("title", "kind", "happened_on", "tags", "audience", "shared_with")
    typed = WorkingCopy.objects.visible_to(writer).filter(form=EVIDENCE, target_id=OuterRef("pk"))
    found: EvidenceQuerySet = shown.annotate(
        is_unsaved=Exists(typed.exclude(payload={})),
        areas=ArraySubquery(areas),
        files=_number(Attachment.objects.standing().filter(evidence=OuterRef("pk")), "evidence"),
        comment_count=_number(Comment.objects.filter(evidence=OuterRef("pk")), "evidence"),
    )
    return found


def own_line(piece: Any) -> Line:
    """The writer's current state, who sees every comment."""
    return Line(
        piece.pk,
        piece.title,
        piece.happened_on,
        piece.kind,
        piece.areas,
        piece.files,
        piece.comment_count,
        piece.is_unsaved,
    )


def shared_lines(pieces: EvidenceQuerySet, reader: User) -> EvidenceQuerySet:
    """For ``lines_of_shared``: the version shared, and the talk that this reader sees."""
    talk = Comment.objects.visible_to(reader).filter(evidence=OuterRef("pk"))
    files = Attachment.objects.standing().filter(versions=OuterRef("shared_version"))
    found: EvidenceQuerySet = (
        pieces.select_related("shared_version")
        .defer("title", "body", "tags", "shared_version__body")
        .annotate(files=_number(files, "versions"), comment_count=_number(talk, "evidence"))
    )
    return found


def lines_of_shared(pieces: Sequence[Any]) -> list[Line]:
    """Each as it was shared; one query for the areas."""
    wanted = {row["area"] for piece in pieces for row in piece.shared_version.mappings}
    numbers = {str(pk): number for pk, number in Area.objects.filter(pk__in=wanted).values_list("pk", "number")}
    return [
        Line(
            piece.pk,
            piece.shared_version.title,
            piece.shared_version.happened_on,
            piece.shared_version.kind,
            [numbers[row["area"]] for row in piece.shared_version.mappings],
            piece.files,
            piece.comment_count,
        )
        for piece in pieces
    ]


def _number(rows: QuerySet[Any], whose: str) -> Coalesce:
    counted = rows.order_by().values(whose).annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)
