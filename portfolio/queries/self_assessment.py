"""What pages show of self-assessments. A reader's content comes from the version that was opened to them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone

from accounts.models import Organisation, User
from pathway.milestones import milestones_of
from pathway.models import Area, Enrolment, Milestone, Statement
from portfolio.models import Evidence, EvidenceMapping, MentorView, Note, Point, SelfAssessment, SelfAssessmentVersion
from portfolio.models.self_assessment import DEFAULT_LEVELS, AssessmentScale

# Halfway belongs to the review at six months, which asks for more than this.
POINT_OF_KIND = {
    Milestone.Kind.SELF_ASSESSMENT.value: Point.START,
    Milestone.Kind.SELF_ASSESSMENT_FINAL.value: Point.END,
}
POINT_DUE_WITH = {
    Milestone.Kind.SELF_ASSESSMENT.value: Point.START,
    Milestone.Kind.INTERIM_REVIEW.value: Point.MIDDLE,
    Milestone.Kind.SELF_ASSESSMENT_FINAL.value: Point.END,
}

# How long before it is due one is asked to write it.
BEFORE = dt.timedelta(weeks=6)


@dataclass(frozen=True)
class Piece:
    """A piece of evidence as its reader knows it."""

    id: uuid.UUID
    title: str
    url: str


@dataclass(frozen=True)
class Said:
    """What was said about an area or a statement. ``level`` counts from 1; ``word`` is empty where it was left open."""

    level: int | None = None
    word: str = ""
    why: str = ""
    pieces: tuple[Piece, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.level or self.why or self.pieces)


@dataclass(frozen=True)
class SaidOfArea:
    area: Area
    said: Said
    statements: tuple[tuple[Statement, Said], ...] = ()
    # The mentor's, once both are open.
    beside: Said | None = None

    @property
    def is_empty(self) -> bool:
        return self.said.is_empty and not self.statements


@dataclass(frozen=True)
class Due:
    """When a self-assessment of the year falls due, and the step it is recorded by."""

    due_on: dt.date
    milestone_id: uuid.UUID
    done_by_hand_on: dt.date | None


@dataclass(frozen=True)
class OnePoint:
    """One of the three points for whoever is looking: only what they may know."""

    point: str
    title: str
    due: Due | None
    assessment: SelfAssessment | None = None
    view: MentorView | None = None
    # For the mentor: it was opened to them, whether they have read it or not.
    is_waiting: bool = False

    @property
    def done_on(self) -> dt.date | None:
        at = self.assessment.done_at if self.assessment else None
        by_hand = self.due.done_by_hand_on if self.due and self.point != Point.MIDDLE else None
        return timezone.localdate(at) if at else by_hand


def scale_words(organisation: Organisation) -> list[str]:
    """The levels in words, lowest first."""
    own = AssessmentScale.objects.filter(organisation=organisation).first()
    return list(own.words if own else DEFAULT_LEVELS)


def contents_of(assessment: SelfAssessment) -> list[dict[str, Any]]:
    """The current state as a version keeps it."""
    prefetch_related_objects([assessment], "ratings__evidence")
    return [
        {
            "area": str(row.area_id),
            "statement": str(row.statement_id) if row.statement_id else None,
            "level": row.level,
            "why": row.why,
            "evidence": [str(piece.pk) for piece in row.evidence.all()],
        }
        for row in assessment.ratings.all()
    ]


def changed_since(shared: SelfAssessmentVersion | None, contents: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the mentor reads another text than the writer."""
    return shared is not None and _by_part(shared.ratings) != _by_part(contents)


def _by_part(contents: Sequence[Mapping[str, Any]]) -> dict[Any, Any]:
    return {(row["area"], row["statement"]): {**row, "evidence": set(row["evidence"])} for row in contents}


def pieces_for(reader: User, contents: Sequence[Mapping[str, Any]]) -> dict[str, Piece]:
    """Of the pieces named in ``contents``, those that ``reader`` may open, as they know them."""
    wanted = {pk for row in contents for pk in row["evidence"]}
    if not wanted:
        return {}
    found = (
        Evidence.objects.visible_to(reader).kept().filter(pk__in=wanted).select_related("enrolment", "shared_version")
    )
    return {str(row.pk): _piece(row, reader) for row in found}


def _piece(row: Evidence, reader: User) -> Piece:
    own = row.enrolment.supervisor_id == reader.pk
    title = row.title if own or row.shared_version is None else row.shared_version.title
    return Piece(row.pk, title, row.get_absolute_url())


def said_of_areas(
    areas: Sequence[Area],
    words: Sequence[str],
    contents: Sequence[Mapping[str, Any]],
    pieces: Mapping[str, Piece] | None = None,
) -> list[SaidOfArea]:
    """For each area what was said, in the words of that scale."""
    found = {(row["area"], row["statement"]): _said(row, words, pieces or {}) for row in contents}
    return [
        SaidOfArea(
            area,
            found.get((str(area.pk), None), Said()),
            tuple(
                (statement, found[str(area.pk), str(statement.pk)])
                for statement in area.statements.all()
                if (str(area.pk), str(statement.pk)) in found
            ),
        )
        for area in areas
    ]


def _said(row: Mapping[str, Any], words: Sequence[str], pieces: Mapping[str, Piece]) -> Said:
    level = row["level"]
    word = words[level - 1] if level and level <= len(words) else ""
    return Said(level, word, row["why"], tuple(pieces[pk] for pk in row["evidence"] if pk in pieces))


def with_view(rows: Sequence[SaidOfArea], view: MentorView | None) -> list[SaidOfArea]:
    """The same with the mentor's view beside."""
    if view is None:
        return list(rows)
    beside = said_of_areas([row.area for row in rows], view.words, view.ratings)
    return [replace(row, beside=other.said) for row, other in zip(rows, beside, strict=True)]


def points_of(enrolment: Enrolment) -> dict[str, Due]:
    """When each of the three is due in the person's year."""
    one = Enrolment.objects.filter(pk=enrolment.pk)
    return {
        POINT_DUE_WITH[due.milestone.kind]: Due(due.due_on, due.milestone.pk, due.done_on)
        for due in milestones_of(one, frozenset(POINT_DUE_WITH))
    }


def own_points(user: User, enrolment: Enrolment) -> list[OnePoint]:
    """The writer's three, with the mentor's views that are open."""
    mine = SelfAssessment.objects.visible_to(user).owned_by(user).filter(enrolment=enrolment)
    rows = {row.point: row for row in mine.select_related("shared_with").prefetch_related("ratings__evidence")}
    views = {view.point: view for view in open_views(user, enrolment)}
    dues = points_of(enrolment)
    return [
        OnePoint(point, label, dues.get(point), rows.get(point), views.get(point)) for point, label in Point.choices
    ]


def is_soon(due: Due | None, today: dt.date) -> bool:
    return due is not None and due.due_on <= today + BEFORE


def to_begin(points: Sequence[OnePoint], today: dt.date) -> OnePoint | None:
    """The one to write now: due, or soon; else one that is begun. The first of the year is never too early."""
    left = [one for one in points if one.done_on is None]
    soon = (one for one in left if one.point == Point.START or is_soon(one.due, today))
    return next(soon, None) or next((one for one in left if one.assessment), None)


def open_views(user: User, enrolment: Enrolment) -> list[MentorView]:
    """The mentors' views that the writer reads, the latest last."""
    views = MentorView.objects.visible_to(user).filter(enrolment=enrolment)
    return list(views.select_related("mentor").order_by("opened_at"))


def mentee_points(mentor: User, enrolment: Enrolment) -> list[OnePoint]:
    """The three for the mentor: what was opened to them, and their own views."""
    shared = SelfAssessment.objects.filter(enrolment=enrolment).shared_with_mentor(mentor)
    waiting = set(shared.values_list("point", flat=True))
    read = SelfAssessment.objects.visible_to(mentor).filter(enrolment=enrolment).select_related("shared_version")
    rows = {row.point: row for row in read}
    views = {view.point: view for view in MentorView.objects.visible_to(mentor).filter(enrolment=enrolment)}
    dues = points_of(enrolment)
    return [
        OnePoint(point, label, _date_alone(dues.get(point)), rows.get(point), views.get(point), point in waiting)
        for point, label in Point.choices
    ]


def is_shared_with(mentor: User, enrolment: Enrolment, point: str) -> bool:
    """Whether the writer has opened it to this mentor, who may not have read it yet."""
    shared = SelfAssessment.objects.filter(enrolment=enrolment, point=point).shared_with_mentor(mentor)
    return bool(shared.exists())


def _date_alone(due: Due | None) -> Due | None:
    return replace(due, done_by_hand_on=None) if due else None


def own_pieces_by_area(
    user: User, enrolment: Enrolment, linked: Sequence[Mapping[str, Any]] = ()
) -> dict[uuid.UUID, list[Piece]]:
    """The writer's pieces under the areas that they gave them, the latest first; then those that are ``linked`` (as
    ``contents_of``) though their piece has left the area since."""
    mappings = EvidenceMapping.objects.visible_to(user).filter(
        evidence__enrolment=enrolment, evidence__discarded_at=None
    )
    found: dict[uuid.UUID, list[Piece]] = {}
    for row in mappings.select_related("evidence").order_by("-evidence__happened_on", "-evidence__created_at"):
        found.setdefault(row.area_id, []).append(
            Piece(row.evidence.pk, row.evidence.title, row.evidence.get_absolute_url())
        )
    here = {(str(area), str(piece.id)) for area, pieces in found.items() for piece in pieces}
    gone = [(row["area"], pk) for row in linked for pk in row["evidence"] if (row["area"], pk) not in here]
    named = pieces_for(user, linked) if gone else {}
    for area, pk in gone:
        if pk in named:
            found.setdefault(uuid.UUID(area), []).append(named[pk])
    return found


def notes_waiting(user: User, enrolment: Enrolment) -> list[Note]:
    """What the writer kept for their self-assessment and has not taken up."""
    notes = Note.objects.visible_to(user).kept().with_source()
    return list(notes.filter(enrolment=enrolment, belongs_to=Note.For.SELF_ASSESSMENT, used_at=None))
