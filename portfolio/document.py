"""A portfolio as plain data, ready to be laid out: what is in it is decided and tested here, without a PDF."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import Membership, User
from observations.models import Observation
from pathway.models import Area, Enrolment
from portfolio.models import Attachment, Plan, Reflection, SelfAssessment
from portfolio.models.reflection_parts import word_count, written_in
from portfolio.queries.pieces import portfolio_views
from portfolio.queries.plan import ObjectiveView, by_period, views_with
from portfolio.queries.reflection import areas_named
from portfolio.queries.self_assessment import Piece, said_of_areas
from sessions_catalogue.meetings import meetings_of


@dataclass(frozen=True)
class PieceOfEvidence:
    """``number`` is how the document refers to it; content is that of the last version saved for the portfolio."""

    id: uuid.UUID
    number: int
    title: str
    kind: str
    happened_on: dt.date
    body: str
    areas: tuple[tuple[Area, str], ...]
    attachments: tuple[str, ...]

    @property
    def anchor(self) -> str:
        return f"evidence-{self.number}"


@dataclass(frozen=True)
class AreaSection:
    area: Area
    pieces: tuple[tuple[PieceOfEvidence, str], ...]

    @property
    def anchor(self) -> str:
        return f"area-{self.area.number}"


@dataclass(frozen=True)
class ObservationSection:
    number: int
    title: str
    observed_on: dt.date
    mode: str
    observer: str
    with_whom: str
    parts: tuple[tuple[str, str], ...]
    areas: tuple[Area, ...]
    reflection: str

    @property
    def anchor(self) -> str:
        return f"observation-{self.number}"


@dataclass(frozen=True)
class SelfAssessmentSection:
    """``said`` (area, level in words, why) is empty unless the writer put the text into the portfolio."""

    title: str
    done_on: dt.date
    said: tuple[tuple[Area, str, str], ...]


@dataclass(frozen=True)
class ReflectionSection:
    """``parts``: (what was asked, what was written), those that were written."""

    title: str
    words: int
    parts: tuple[tuple[str, str], ...]
    areas: tuple[Area, ...]


PlanSection = tuple[tuple[str, tuple[ObjectiveView, ...]], ...]


@dataclass(frozen=True)
class AttachmentLine:
    name: str
    size: int
    piece: PieceOfEvidence


@dataclass(frozen=True)
class PortfolioDocument:
    supervisor: str
    organisation: str
    registration: str
    cohort: str
    programme: str
    started_on: dt.date
    mentor: str
    line_manager: str
    standard_title: str
    attribution: str
    areas: tuple[AreaSection, ...]
    pieces: tuple[PieceOfEvidence, ...]
    observations: tuple[ObservationSection, ...]
    self_assessments: tuple[SelfAssessmentSection, ...]
    # The objectives under their periods, if the writer put the plan into the portfolio.
    plan: PlanSection
    # The critical reflection, if it was put into the portfolio.
    reflection: ReflectionSection | None
    attachments: tuple[AttachmentLine, ...]
    sessions: tuple[tuple[str, dt.date], ...]
    made_by: str
    made_at: dt.datetime

    @property
    def title(self) -> str:
        return f"Portfolio of {self.supervisor}"


def build_document(enrolment: Enrolment, *, made_by: User, made_at: dt.datetime) -> PortfolioDocument:
    """What is in the portfolio on that day: evidence put into it, released observations, sessions held.

    Nothing shared only with the mentor, nothing kept to oneself, no comments. Of self-assessments that they are done,
    and their text where the writer chose so.
    """
    standard = enrolment.cohort.programme.standard
    pieces, lines = _pieces(enrolment)
    return PortfolioDocument(
        supervisor=enrolment.supervisor.name,
        organisation=enrolment.organisation.name,
        registration=_registration(enrolment),
        cohort=enrolment.cohort.name,
        programme=enrolment.cohort.programme.title,
        started_on=enrolment.starts_on,
        mentor=_name(enrolment.current_mentor),
        line_manager=_name(enrolment.current_line_manager),
        standard_title=standard.title,
        attribution=standard.attribution,
        areas=tuple(_area_section(area, pieces) for area in standard.areas.all()),
        pieces=tuple(pieces),
        observations=tuple(_observations(enrolment)),
        self_assessments=tuple(_self_assessments(enrolment, list(standard.areas.all()))),
        plan=_plan(enrolment, pieces),
        reflection=_reflection(enrolment),
        attachments=tuple(lines),
        sessions=tuple(_sessions_held(enrolment, made_at)),
        made_by=made_by.name,
        made_at=made_at,
    )


def _name(person: User | None) -> str:
    return person.name if person else ""


def _registration(enrolment: Enrolment) -> str:
    membership = Membership.objects.filter(
        user_id=enrolment.supervisor_id, organisation_id=enrolment.organisation_id
    ).first()
    if membership is None or not membership.registration_number:
        return ""
    return f"{membership.get_registration_body_display()}, {membership.registration_number}"


def _pieces(enrolment: Enrolment) -> tuple[list[PieceOfEvidence], list[AttachmentLine]]:
    pieces, lines = [], []
    for number, view in enumerate(portfolio_views(enrolment), start=1):
        ready = [file for file in view.attachments if file.state == Attachment.State.CLEAN]
        piece = PieceOfEvidence(
            id=view.id,
            number=number,
            title=view.title,
            kind=view.kind_label,
            happened_on=view.happened_on,
            body=view.body,
            areas=tuple(sorted(view.mappings, key=lambda pair: pair[0].number)),
            attachments=tuple(file.name for file in ready),
        )
        pieces.append(piece)
        lines += [AttachmentLine(file.name, file.size, piece) for file in ready]
    return pieces, lines


def _area_section(area: Area, pieces: list[PieceOfEvidence]) -> AreaSection:
    found = ((piece, why) for piece in pieces for mapped, why in piece.areas if mapped.pk == area.pk)
    return AreaSection(area, tuple(found))


def _observations(enrolment: Enrolment) -> list[ObservationSection]:
    rows = (
        Observation.objects.filter(enrolment=enrolment)
        .released()
        .select_related("observer")
        .prefetch_related("areas")
        .order_by("observed_on", "created_at")
    )
    return [_observation(number, row) for number, row in enumerate(rows, start=1)]


def _observation(number: int, row: Observation) -> ObservationSection:
    parts = (
        ("Context", row.context),
        ("What was noticed", row.noticed),
        ("Strengths", row.strengths),
        ("Development points", row.development_points),
    )
    return ObservationSection(
        number=number,
        title=row.get_kind_display(),
        observed_on=row.observed_on or timezone.localdate(row.released_at),
        mode=row.get_mode_display(),
        observer=row.observer.name,
        with_whom=row.with_whom,
        parts=tuple((name, text) for name, text in parts if text.strip()),
        areas=tuple(row.areas.all()),
        reflection=row.reflection,
    )


def _self_assessments(enrolment: Enrolment, areas: list[Area]) -> list[SelfAssessmentSection]:
    rows = SelfAssessment.objects.filter(enrolment=enrolment, done_at__isnull=False).select_related("portfolio_version")
    return [_self_assessment(row, areas) for row in rows.order_by("done_at")]


def _self_assessment(row: SelfAssessment, areas: list[Area]) -> SelfAssessmentSection:
    version = row.portfolio_version
    said = said_of_areas(areas, version.words, version.ratings) if version else []
    return SelfAssessmentSection(
        title=row.get_point_display(),
        done_on=timezone.localdate(row.done_at),
        said=tuple((one.area, one.said.word, one.said.why) for one in said if not one.said.is_empty),
    )


def _plan(enrolment: Enrolment, pieces: list[PieceOfEvidence]) -> PlanSection:
    """As it went into the portfolio; of its evidence the pieces that are in this document too."""
    row = Plan.objects.filter(enrolment=enrolment).select_related("portfolio_version").first()
    version = row.portfolio_version if row else None
    if version is None:
        return ()
    named = {str(piece.id): Piece(piece.id, f"{piece.number}. {piece.title}", f"#{piece.anchor}") for piece in pieces}
    views = views_with(version.objectives, named)
    return tuple((period, tuple(objectives)) for period, objectives in by_period(views))


def _reflection(enrolment: Enrolment) -> ReflectionSection | None:
    """As it went into the portfolio."""
    row = Reflection.objects.filter(enrolment=enrolment).select_related("portfolio_version").first()
    version = row.portfolio_version if row else None
    if version is None:
        return None
    written = written_in(version.structure, version.parts)
    return ReflectionSection(
        title=version.title,
        words=word_count(version.structure, version.parts),
        parts=tuple((one.part.title, one.text) for one in written if one.text.strip()),
        areas=tuple(areas_named(version.areas)),
    )


def _sessions_held(enrolment: Enrolment, until: dt.datetime) -> list[tuple[str, dt.date]]:
    """The person's own, by cohort or by a place, without what a register says they were not at."""
    own = meetings_of(Enrolment.objects.filter(pk=enrolment.pk)).get(enrolment.pk, [])
    held = [meeting for meeting in own if meeting.on < timezone.localdate(until) and meeting.missed_on is None]
    return [(f"S{meeting.words[1:]}", meeting.on) for meeting in held]
