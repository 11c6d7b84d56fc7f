"""Levels at the three points of a year as small pictures and a table: the same facts twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pathway.models import Area
from portfolio.models import Point
from portfolio.queries.self_assessment import OnePoint, Said, SaidOfArea, contents_of, said_of_areas, with_view
from pqs_portal.lib.level_chart import LevelPoint, level_steps

SHORT = {Point.START.value: "Start", Point.MIDDLE.value: "Halfway", Point.END.value: "End"}


def growth_of(areas: Sequence[Area], points: Sequence[OnePoint], *, for_mentor: bool = False) -> dict[str, Any]:
    """``pictures``, ``head`` and ``rows`` of the table, ``levels`` in the latest words; empty before anything was
    said."""
    columns = [(one, _rows(areas, one, for_mentor=for_mentor)) for one in points]
    whose = "you" if for_mentor else "mentor"
    if not any(row.said.level or (row.beside and row.beside.level) for _, rows in columns for row in rows):
        return {}
    head = ["Area"]
    for one, _ in columns:
        head += [SHORT[one.point], *([f"{SHORT[one.point]}, {whose}"] if one.view else [])]
    table, pictures = [], []
    for number, area in enumerate(areas):
        here = [(one, rows[number]) for one, rows in columns]
        table.append([f"{area.number} {area.title}", *(cell for one, row in here for cell in _cells(one, row))])
        dots = [_dot(one, row) for one, row in here]
        pictures.append({"area": area, "picture": level_steps(f"Area {area.number}", dots, beside=whose)})
    return {
        "pictures": pictures,
        "head": head,
        "rows": table,
        "any_beside": any(one.view for one in points),
        "levels": next((one.assessment.words for one in reversed(points) if one.assessment), []),
    }


def _rows(areas: Sequence[Area], one: OnePoint, *, for_mentor: bool) -> list[SaidOfArea]:
    row = one.assessment
    version = row.shared_version if row and for_mentor else None
    contents = version.ratings if version else contents_of(row) if row and not for_mentor else []
    return with_view(said_of_areas(areas, row.words if row else [], contents), one.view)


def _cells(one: OnePoint, row: SaidOfArea) -> list[str]:
    own = row.said.word or ("left open" if one.assessment else "to come")
    return [own, (row.beside.word if row.beside else "") or "left open"] if one.view else [own]


def _dot(one: OnePoint, row: SaidOfArea) -> LevelPoint:
    beside = row.beside or Said()
    return LevelPoint(
        label=SHORT[one.point],
        level=row.said.level,
        of=len(one.assessment.words) if one.assessment else 1,
        word=row.said.word,
        beside=beside.level,
        beside_of=len(one.view.words) if one.view else 1,
        beside_word=beside.word,
    )
