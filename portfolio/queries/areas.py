"""What a person's pieces say about the areas of their standard."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.urls import reverse

from pathway.models import Area, Enrolment
from portfolio.models import AreaWord, Evidence, EvidenceMapping
from pqs_portal.lib.charts import LEVEL_WORDS
from sessions_catalogue.queries import upcoming_area_dates

# Pieces from which we ask whether they are enough: a rule of thumb. Only the writer says that they are.
ENOUGH = 2


@dataclass(frozen=True)
class AreaCoverage:
    """How far somebody's pieces cover one area. ``level`` is none, some, enough or later.

    ``own_word`` is what they said of it themselves; ``kinds`` are (kind, pieces), the most first.
    """

    id: uuid.UUID
    number: int
    title: str
    level: str
    opened: int
    private: int
    coming: tuple[int, dt.date] | None = None
    own_word: str = ""
    kinds: tuple[tuple[str, int], ...] = ()
    last_on: dt.date | None = None

    @property
    def count(self) -> int:
        return 0 if self.note else self.opened

    @property
    def pieces(self) -> int:
        return self.opened + self.private

    @property
    def asks_whether_enough(self) -> bool:
        return self.pieces >= ENOUGH and not self.own_word

    @property
    def note(self) -> str:
        """In place of the level's word: what only the writer can read, or when the area's session comes."""
        if self.level == "later":
            return self.comes
        if not self.private:
            return ""
        kept = f"{self.private} only you can read"
        if not self.opened:
            return kept if self.level == "none" else f"{LEVEL_WORDS[self.level]}, {kept}"
        return f"{LEVEL_WORDS[self.level]}, {count_pieces(self.opened)} and {kept}"

    @property
    def comes(self) -> str:
        if self.coming is None:
            return ""
        number, on = self.coming
        return f"comes in session {number}, {on.day} {on:%B}"

    @property
    def url(self) -> str:
        """The writer's own page about it."""
        return reverse("portfolio:coverage_area", args=[self.id])


def coverage(enrolment: Enrolment, *, with_dates: bool = True, only: Area | None = None) -> list[AreaCoverage]:
    """The writer's own picture of their areas, or of one: pieces with the mentor or in the portfolio, and those kept
    private."""
    said = AreaWord.objects.filter(enrolment=enrolment, area=OuterRef("pk"), author=enrolment.supervisor_id)
    areas = Area.objects.filter(standard=enrolment.cohort.programme.standard_id)
    is_open = ~Q(evidence__audience=Evidence.Audience.ONLY_ME)
    mappings = EvidenceMapping.objects.filter(evidence__enrolment=enrolment, evidence__discarded_at=None)
    if only:
        areas, mappings = areas.filter(pk=only.pk), mappings.filter(area=only)
    rows: dict[uuid.UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in (
        mappings.order_by()
        .values("area", "evidence__kind")
        .annotate(opened=Count("pk", is_open), private=Count("pk", ~is_open), last=Max("evidence__happened_on"))
    ):
        rows[row["area"]].append(row)
    coming = upcoming_area_dates(enrolment) if with_dates else {}
    return [
        _covered(area, rows[area.pk], coming.get(area.pk))
        for area in areas.annotate(own_word=Subquery(said.values("level")[:1]))
    ]


def _covered(area: Any, rows: list[dict[str, Any]], coming: tuple[int, dt.date] | None) -> AreaCoverage:
    opened, private = (sum(row[column] for row in rows) for column in ("opened", "private"))
    counts = {row["evidence__kind"]: row["opened"] + row["private"] for row in rows}
    return AreaCoverage(
        area.pk,
        area.number,
        area.title,
        level_of(area.own_word, opened=opened, private=private, is_coming=coming is not None),
        opened,
        private,
        coming,
        area.own_word or "",
        kinds_in_words(counts),
        max((row["last"] for row in rows), default=None),
    )


def level_of(word: str | None, *, opened: int, private: int = 0, is_coming: bool = False) -> str:
    """Whose picture it is says what is enough; that there is something, the pieces that others can read say."""
    if word == AreaWord.Level.ENOUGH:
        return "enough"
    if opened:
        return "some"
    return "later" if is_coming and not private else "none"


def kinds_in_words(counts: dict[str, int]) -> tuple[tuple[str, int], ...]:
    """The most first, named so as to stand within a sentence."""
    labels = {kind: f"{label[:1].lower()}{label[1:]}" for kind, label in Evidence.Kind.choices}
    labels[Evidence.Kind.PLAIN] = "other"
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple((labels.get(kind, kind), count) for kind, count in ordered)


def count_pieces(count: int) -> str:
    return f"{count} piece" if count == 1 else f"{count} pieces"


def areas_of(enrolment: Enrolment) -> list[Area]:
    """The areas of the person's standard, with their statements and whether those are complete."""
    areas = Area.objects.filter(standard=enrolment.cohort.programme.standard_id).with_sets(enrolment.organisation_id)
    return list(areas.select_related("standard").prefetch_related("statements"))


def areas_in_portfolio(enrolment: Enrolment) -> list[Area]:
    """The areas that pieces in the portfolio speak to: all that an L&D lead learns of anybody's writing."""
    pieces = enrolment.evidence.in_portfolio().select_related("shared_version")
    wanted = {row["area"] for piece in pieces if piece.shared_version for row in piece.shared_version.mappings}
    return list(Area.objects.filter(pk__in=wanted))
