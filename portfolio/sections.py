"""What the document of a portfolio is made of: plain data, ready to be laid out."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from pathway.models import Area, Statement
from portfolio.queries.plan import ObjectiveView
from portfolio.queries.statements import StatementCovered, covered_in_words


@dataclass(frozen=True)
class PieceOfEvidence:
    """``number`` is how the document refers to it. ``reasons``: each area, why, and the statements chosen for it;
    ``read_by``: in a document for the writer alone, who else can read the piece."""

    id: uuid.UUID
    number: int
    title: str
    kind: str
    happened_on: dt.date
    body: str
    reasons: tuple[tuple[Area, str, tuple[Statement, ...]], ...]
    attachments: tuple[str, ...]
    read_by: str = ""

    @property
    def anchor(self) -> str:
        return f"evidence-{self.number}"

    @property
    def heading(self) -> str:
        return f"{self.number}. {self.title}"


@dataclass(frozen=True)
class AreaSection:
    """``statements``: none where the organisation has not marked them as complete."""

    area: Area
    pieces: tuple[tuple[PieceOfEvidence, str], ...]
    statements: Sequence[StatementCovered] = ()

    @property
    def anchor(self) -> str:
        return f"area-{self.area.number}"

    @property
    def statements_in_words(self) -> str:
        return covered_in_words(self.statements)


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
    """``said`` (area, level in words, why) is empty unless the writer put the text into the portfolio; ``done_on`` only
    in a document for the writer alone, while it is being written."""

    title: str
    done_on: dt.date | None
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
class CpdSection:
    """A record in the words in which it can be copied: (what is asked, what was said)."""

    number: int
    title: str
    submitted_on: dt.date | None
    answers: tuple[tuple[str, str], ...]

    @property
    def anchor(self) -> str:
        return f"cpd-{self.number}"


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
    # Of no portfolio, only of a document for the writer alone.
    cpd: tuple[CpdSection, ...]
    attachments: tuple[AttachmentLine, ...]
    sessions: tuple[tuple[str, dt.date], ...]
    made_by: str
    made_at: dt.datetime
    # For the writer alone: everything as it stands now, also what nobody else can read.
    with_private: bool

    @property
    def title(self) -> str:
        return f"Portfolio of {self.supervisor}"

    @property
    def handling(self) -> str:
        """How the document is to be kept, on each of its pages."""
        return f"For {self.supervisor} alone" if self.with_private else "Confidential"
