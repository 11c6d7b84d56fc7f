"""Boards as files: the rows of the screen, never what is said of quiet, and nothing of anybody's writing."""

from __future__ import annotations

from collections.abc import Sequence

from insights.queries.board import BoardRow
from pqs_portal.lib.csv import rows_to_csv

HEADER = (
    "Name",
    "Email",
    "Takes part in",
    "Where they are",
    "Sessions attended",
    "Sessions held",
    "Sessions to catch up on",
    "Formative observations",
    "Direct observations",
    "Mentor",
    "Line manager",
    "Needs a word about",
)


def board_as_csv(rows: Sequence[BoardRow]) -> bytes:
    return rows_to_csv(HEADER, [_cells(row) for row in rows])


def _cells(row: BoardRow) -> list[object]:
    enrolment = row.year.enrolment
    mentor, manager = enrolment.current_mentor, enrolment.current_line_manager
    return [
        row.name,
        enrolment.supervisor.email,
        enrolment.get_taking_part_as_display() or enrolment.get_kind_display(),
        row.year.status,
        row.year.sessions_attended,
        len(row.year.sessions_held),
        row.missed,
        row.formative,
        row.direct,
        mentor.name if mentor else "",
        manager.name if manager else "",
        f"{row.tag}: {row.reason}" if row.reason else "",
    ]
