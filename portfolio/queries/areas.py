"""What a person's pieces say about the areas of their standard."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Count, Q

from pathway.models import Area, Enrolment
from portfolio.models import Evidence, EvidenceMapping
from pqs_portal.lib.charts import LEVEL_WORDS
from sessions_catalogue.queries import upcoming_area_dates

# Pieces open to somebody else that make an area "some" and "enough": a rule of thumb for the writer, judged by nobody.
SOME, ENOUGH = 1, 2


@dataclass(frozen=True)
class AreaCoverage:
    """How far the person's own pieces cover one area. ``level`` is none, some, enough or later."""

    id: uuid.UUID
    number: int
    title: str
    level: str
    opened: int
    private: int
    coming: tuple[int, dt.date] | None = None

    @property
    def count(self) -> int:
        return 0 if self.note else self.opened

    @property
    def note(self) -> str:
        """In place of the level's word: what only the writer can read, or when the area's session comes."""
        if self.level == "later" and self.coming:
            number, on = self.coming
            return f"comes in session {number}, {on.day} {on:%B}"
        if not self.private:
            return ""
        kept = f"{self.private} only you can read"
        return f"{LEVEL_WORDS[self.level]}, {_pieces(self.opened)} and {kept}" if self.opened else kept


def coverage(enrolment: Enrolment) -> list[AreaCoverage]:
    """The writer's own picture of their areas: pieces with the mentor or in the portfolio, and those kept private."""
    areas = Area.objects.filter(standard=enrolment.cohort.programme.standard_id)
    is_open = ~Q(evidence__audience=Evidence.Audience.ONLY_ME)
    mappings = EvidenceMapping.objects.filter(evidence__enrolment=enrolment, evidence__discarded_at=None)
    rows = mappings.order_by().values("area").annotate(opened=Count("pk", is_open), private=Count("pk", ~is_open))
    counts = {row["area"]: (row["opened"], row["private"]) for row in rows}
    coming = upcoming_area_dates(enrolment)
    return [_covered(area, *counts.get(area.pk, (0, 0)), coming.get(area.pk)) for area in areas]


def _covered(area: Area, opened: int, private: int, coming: tuple[int, dt.date] | None) -> AreaCoverage:
    level = "enough" if opened >= ENOUGH else "some" if opened >= SOME else "none"
    if coming and not opened and not private:
        level = "later"
    return AreaCoverage(area.pk, area.number, area.title, level, opened, private, coming)


def _pieces(count: int) -> str:
    return f"{count} piece" if count == 1 else f"{count} pieces"


def areas_of(enrolment: Enrolment) -> list[Area]:
    """The areas of the person's standard, with their statements."""
    areas = Area.objects.filter(standard=enrolment.cohort.programme.standard_id)
    return list(areas.select_related("standard").prefetch_related("statements"))


def areas_in_portfolio(enrolment: Enrolment) -> list[Area]:
    """The areas that pieces in the portfolio speak to: all that an L&D lead learns of anybody's writing."""
    pieces = enrolment.evidence.in_portfolio().select_related("shared_version")
    wanted = {row["area"] for piece in pieces if piece.shared_version for row in piece.shared_version.mappings}
    return list(Area.objects.filter(pk__in=wanted))
