"""What the document of a portfolio is made of: plain data, ready to be laid out."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pathway.models import Area, Statement
from portfolio.models import Evidence
from portfolio.queries.plan import ObjectiveView
from portfolio.queries.statements import StatementCovered, covered_in_words
from pqs_portal.lib.pieces_chart import Pieces

OTHER_KIND = str(Evidence.Kind.PLAIN.label)


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
    # The areas that its writer marked it for as one of the best.
    best_of: frozenset[uuid.UUID] = frozenset()

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

    @property
    def best(self) -> tuple[PieceOfEvidence, ...]:
        return tuple(piece for piece, _ in self.pieces if self.area.pk in piece.best_of)

    @property
    def counted(self) -> Pieces:
        """How many there are of each kind, the most first."""
        counts = Counter(piece.kind or OTHER_KIND for piece, _ in self.pieces)
        best = Counter(piece.kind or OTHER_KIND for piece in self.best)
        ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        return Pieces(
            str(self.area), tuple((f"{kind[:1].lower()}{kind[1:]}", count, best[kind]) for kind, count in ordered)
        )


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
    """``said`` (area, level in words, why) is empty unless the writer put the text into the portfolio, and so is
    ``by_statement``, the same for statements under their areas; ``done_on`` only in a document for the writer alone,
    while it is being written."""

    title: str
    done_on: dt.date | None
    said: tuple[tuple[Area, str, str], ...]
    by_statement: tuple[tuple[Area, tuple[tuple[Statement, str, str], ...]], ...] = ()


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
