"""Statements that pieces speak to: only of areas whose set the organisation has marked as complete."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.urls import reverse

from accounts.models import User
from pathway.models import Enrolment, Statement
from portfolio.models import Evidence, EvidenceMapping, EvidenceVersion
from portfolio.queries.self_assessment import Piece

Chosen = Mapping[uuid.UUID, Sequence[Statement]]
CHOICES = EvidenceMapping.statements.through
# So many pieces are named below a statement; of the rest the number.
MOST_NAMED = 5


@dataclass(frozen=True)
class StatementCovered:
    """A statement with the pieces that speak to it, the latest first."""

    statement: Statement
    pieces: tuple[Piece, ...] = ()

    @property
    def named(self) -> tuple[Piece, ...]:
        return self.pieces[:MOST_NAMED]

    @property
    def more(self) -> int:
        return len(self.pieces) - len(self.named)


def with_choices() -> QuerySet[EvidenceMapping]:
    """Mappings with their area and, as ``chosen``, the ids of the statements of a marked area."""
    marked = {"statement__area__statement_sets__organisation": OuterRef("organisation")}
    rows = CHOICES.objects.filter(evidencemapping=OuterRef("pk"), **marked).order_by("statement__position")
    mappings = EvidenceMapping.objects.select_related("area")
    found: QuerySet[EvidenceMapping] = mappings.annotate(chosen=ArraySubquery(rows.values("statement")))
    return found


def own_choices(pieces: Sequence[Evidence]) -> dict[uuid.UUID, Chosen]:
    """For each piece, by area, the statements that its writer has chosen by now. One query, where any are.

    The pieces come with their mappings as ``with_choices`` has them.
    """
    mappings: list[Any] = [mapping for piece in pieces for mapping in piece.mappings.all()]
    wanted = {pk for mapping in mappings for pk in mapping.chosen}
    rows = Statement.objects.in_bulk(wanted) if wanted else {}
    found: dict[uuid.UUID, dict[uuid.UUID, list[Statement]]] = defaultdict(dict)
    for mapping in mappings:
        if mapping.chosen:
            found[mapping.evidence_id][mapping.area_id] = [rows[pk] for pk in mapping.chosen]
    return dict(found)


def version_choices(versions: Sequence[EvidenceVersion]) -> dict[uuid.UUID, Chosen]:
    """For each version, all of one organisation, the statements that were chosen in it, by area."""
    wanted = {pk for version in versions for row in version.mappings for pk in row.get("statements", ())}
    if not wanted:
        return {}
    marked = {"area__statement_sets__organisation": versions[0].organisation_id}
    rows = {str(row.pk): row for row in Statement.objects.filter(pk__in=wanted, **marked)}
    return {
        version.pk: {
            uuid.UUID(row["area"]): [rows[pk] for pk in row.get("statements", ()) if pk in rows]
            for row in version.mappings
        }
        for version in versions
    }


def own_statements(
    user: User, enrolment: Enrolment, asked: Sequence[Statement] | None = None
) -> Mapping[uuid.UUID, Sequence[StatementCovered]]:
    """For each marked area its statements, or those ``asked``, with the writer's own pieces; two queries at most."""
    asked = _asked(enrolment) if asked is None else asked
    if not asked:
        return {}
    mine = EvidenceMapping.objects.visible_to(user).filter(evidence__enrolment=enrolment, evidence__discarded_at=None)
    rows = CHOICES.objects.filter(evidencemapping__in=mine)
    latest = rows.order_by("-evidencemapping__evidence__happened_on", "-evidencemapping__evidence__created_at")
    columns = ("statement", "evidencemapping__evidence", "evidencemapping__evidence__title")
    return _covered(asked, ((statement, piece_of(pk, title)) for statement, pk, title in latest.values_list(*columns)))


def shared_statements(
    enrolment: Enrolment, pieces: Iterable[tuple[Piece, Iterable[uuid.UUID]]]
) -> Mapping[uuid.UUID, Sequence[StatementCovered]]:
    """The same out of pieces as they were shared, each with the statements chosen then; one query."""
    return _covered(_asked(enrolment), ((statement, piece) for piece, chosen in pieces for statement in chosen))


def piece_of(pk: uuid.UUID, title: str) -> Piece:
    return Piece(pk, title, reverse("portfolio:evidence", args=[pk]))


def covered_in_words(statements: Sequence[StatementCovered]) -> str:
    """ "3 of 5 statements have a piece"; nothing for an area that is not marked."""
    total, covered = len(statements), sum(bool(one.pieces) for one in statements)
    noun, verb = ("statement" if total == 1 else "statements"), ("has" if covered == 1 else "have")
    return f"{covered} of {total} {noun} {verb} a piece" if total else ""


def _asked(enrolment: Enrolment) -> list[Statement]:
    marked = {"area__statement_sets__organisation": enrolment.organisation_id}
    return list(Statement.objects.filter(area__standard=enrolment.cohort.programme.standard_id, **marked))


def _covered(
    asked: Sequence[Statement], said: Iterable[tuple[uuid.UUID, Piece]]
) -> Mapping[uuid.UUID, Sequence[StatementCovered]]:
    pieces: dict[uuid.UUID, list[Piece]] = defaultdict(list)
    for statement, piece in said:
        pieces[statement].append(piece)
    found: dict[uuid.UUID, list[StatementCovered]] = defaultdict(list)
    for row in asked:
        found[row.area_id].append(StatementCovered(row, tuple(pieces[row.pk])))
    return found
