"""A portfolio as plain data, ready to be laid out: what is in it is decided and tested here, without a PDF.

Of what is opened as a whole it holds the version that went into the portfolio; for the writer alone, and only if they
ask for that, everything as it stands now.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from accounts.models import Membership, User
from observations.models import Observation
from pathway.models import Area, Enrolment
from portfolio.models import Attachment, CpdRecord, Evidence, Plan, Reflection, ReflectionVersion, SelfAssessment
from portfolio.models.reflection_parts import word_count, written_in
from portfolio.queries.cpd import answers, is_with_swe
from portfolio.queries.pieces import EvidenceView, all_own, portfolio_views
from portfolio.queries.plan import by_period, contents_of, views_with
from portfolio.queries.reflection import areas_named
from portfolio.queries.self_assessment import Piece, said_of_areas
from portfolio.queries.self_assessment import contents_of as ratings_of
from portfolio.queries.statements import shared_statements
from portfolio.sections import (
    AreaSection,
    AttachmentLine,
    CpdSection,
    ObservationSection,
    PieceOfEvidence,
    PlanSection,
    PortfolioDocument,
    ReflectionSection,
    SelfAssessmentSection,
)
from sessions_catalogue.meetings import meetings_of


def build_document(
    enrolment: Enrolment, *, made_by: User, made_at: dt.datetime, with_private: bool = False
) -> PortfolioDocument:
    """What is in the portfolio on that day: evidence put into it, released observations, sessions held.

    Nothing shared only with the mentor, nothing kept to oneself, no comments. Of self-assessments that they are done,
    and their text where the writer chose so. ``with_private`` adds all of that for the writer, and their CPD records;
    whoever else makes the document gets the portfolio, whatever they ask for.
    """
    standard = enrolment.cohort.programme.standard
    areas = list(standard.areas.prefetch_related("statements"))
    writer = made_by if with_private and made_by.pk == enrolment.supervisor_id else None
    pieces, lines = _pieces(enrolment, writer)
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
        areas=tuple(_area_sections(enrolment, areas, pieces)),
        pieces=tuple(pieces),
        observations=tuple(_observations(enrolment)),
        self_assessments=tuple(_self_assessments(enrolment, areas, writer)),
        plan=_plan(enrolment, pieces, writer),
        reflection=_reflection(enrolment, writer),
        cpd=tuple(_cpd(enrolment, writer)) if writer else (),
        attachments=tuple(lines),
        sessions=tuple(_sessions_held(enrolment, made_at)),
        made_by=made_by.name,
        made_at=made_at,
        with_private=writer is not None,
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


def _pieces(enrolment: Enrolment, writer: User | None) -> tuple[list[PieceOfEvidence], list[AttachmentLine]]:
    pieces, lines = [], []
    for number, (view, read_by) in enumerate(_views(enrolment, writer), start=1):
        ready = [file for file in view.attachments if file.state == Attachment.State.CLEAN]
        piece = PieceOfEvidence(
            id=view.id,
            number=number,
            title=view.title,
            kind=view.kind_label,
            happened_on=view.happened_on,
            body=view.body,
            reasons=tuple(
                (area, why, tuple(chosen))
                for area, why, chosen in sorted(view.reasons, key=lambda reason: reason[0].number)
            ),
            attachments=tuple(file.name for file in ready),
            read_by=read_by,
            best_of=view.best_of,
        )
        pieces.append(piece)
        lines += [AttachmentLine(file.name, file.size, piece) for file in ready]
    return pieces, lines


def _views(enrolment: Enrolment, writer: User | None) -> list[tuple[EvidenceView, str]]:
    """Each piece, and for the writer who can read it today."""
    if writer is None:
        return [(view, "") for view in portfolio_views(enrolment)]
    mentor = enrolment.current_mentor
    return [(view, _read_by(piece, mentor)) for piece, view in all_own(writer, enrolment)]


def _read_by(piece: Evidence, mentor: User | None) -> str:
    if piece.audience == Evidence.Audience.PORTFOLIO:
        return "In your portfolio"
    if piece.is_shared and mentor and piece.shared_with_id == mentor.pk:
        return f"You and {mentor.name}"
    return "Only you"


def _area_sections(enrolment: Enrolment, areas: list[Area], pieces: list[PieceOfEvidence]) -> list[AreaSection]:
    chosen = [
        (_named(piece), [statement.pk for _, _, statements in piece.reasons for statement in statements])
        for piece in pieces
    ]
    statements = shared_statements(enrolment, chosen)
    return [
        AreaSection(
            area,
            tuple((piece, why) for piece in pieces for mapped, why, _ in piece.reasons if mapped.pk == area.pk),
            statements.get(area.pk, ()),
        )
        for area in areas
    ]


def _named(piece: PieceOfEvidence) -> Piece:
    return Piece(piece.id, piece.heading, f"#{piece.anchor}")


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


def _self_assessments(enrolment: Enrolment, areas: list[Area], writer: User | None) -> list[SelfAssessmentSection]:
    rows = SelfAssessment.objects.filter(enrolment=enrolment).select_related("portfolio_version").order_by("done_at")
    shown = rows if writer else rows.filter(done_at__isnull=False)
    return [_self_assessment(row, areas, writer) for row in shown]


def _self_assessment(row: SelfAssessment, areas: list[Area], writer: User | None) -> SelfAssessmentSection:
    version = row.portfolio_version
    contents = ratings_of(row) if writer else version.ratings if version else []
    said = said_of_areas(areas, row.words if writer or not version else version.words, contents)
    return SelfAssessmentSection(
        title=row.get_point_display(),
        done_on=timezone.localdate(row.done_at) if row.done_at else None,
        said=tuple((one.area, one.said.word, one.said.why) for one in said if not one.said.is_empty),
        by_statement=tuple(
            (one.area, tuple((statement, of_it.word, of_it.why) for statement, of_it in one.statements))
            for one in said
            if one.statements
        ),
    )


def _plan(enrolment: Enrolment, pieces: list[PieceOfEvidence], writer: User | None) -> PlanSection:
    """Of its evidence the pieces that are in this document too."""
    row = Plan.objects.filter(enrolment=enrolment).select_related("portfolio_version", "enrolment").first()
    version = row.portfolio_version if row else None
    contents = contents_of(row) if writer else version.objectives if version else []
    views = views_with(contents, {str(piece.id): _named(piece) for piece in pieces})
    return tuple((period, tuple(objectives)) for period, objectives in by_period(views))


def _reflection(enrolment: Enrolment, writer: User | None) -> ReflectionSection | None:
    row = Reflection.objects.filter(enrolment=enrolment).select_related("portfolio_version").first()
    text: Reflection | ReflectionVersion | None = row if writer or row is None else row.portfolio_version
    if text is None:
        return None
    written = written_in(text.structure, text.parts)
    return ReflectionSection(
        title=text.title,
        words=word_count(text.structure, text.parts),
        parts=tuple((one.part.title, one.text) for one in written if one.text.strip()),
        areas=tuple(text.areas.all() if isinstance(text, Reflection) else areas_named(text.areas)),
    )


def _cpd(enrolment: Enrolment, writer: User) -> list[CpdSection]:
    with_swe = is_with_swe(writer, enrolment.organisation_id)
    mine = CpdRecord.objects.visible_to(writer).kept().filter(enrolment=enrolment)
    return [
        CpdSection(
            number,
            record.title,
            record.submitted_on,
            tuple((row.asked, row.text) for row in answers(record, with_swe=with_swe) if row.text.strip()),
        )
        for number, record in enumerate(mine.order_by("happened_on", "created_at"), start=1)
    ]


def _sessions_held(enrolment: Enrolment, until: dt.datetime) -> list[tuple[str, dt.date]]:
    """The person's own, by cohort or by a place, without what a register says they were not at."""
    own = meetings_of(Enrolment.objects.filter(pk=enrolment.pk)).get(enrolment.pk, [])
    held = [meeting for meeting in own if meeting.on < timezone.localdate(until) and meeting.missed_on is None]
    return [(f"S{meeting.words[1:]}", meeting.on) for meeting in held]
