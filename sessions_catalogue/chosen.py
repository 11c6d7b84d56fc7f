"""A choice of sessions, looked at: in which order, how long together, and which area nobody comes to."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pathway.models import Area
from sessions_catalogue.models import ProgrammeSession

HOUR = 60


@dataclass(frozen=True)
class Ticked:
    """A session that is wanted, where it stood when the page was made, and the place typed for it."""

    session: ProgrammeSession
    stood: int | None = None
    place: int | None = None


def in_order(ticked: Sequence[Ticked]) -> list[ProgrammeSession]:
    """By the places typed. Whatever was moved up goes before the one that stood there, whatever was moved down
    after it; without a place a session comes before the first that has a greater number."""
    placed = sorted((one for one in ticked if one.place is not None), key=_place)
    found = [one.session for one in placed]
    for session in sorted((one.session for one in ticked if one.place is None), key=_number):
        later = (index for index, other in enumerate(found) if _number(other) > _number(session))
        found.insert(next(later, len(found)), session)
    return found


def _place(one: Ticked) -> tuple[int, int, tuple[int, bool]]:
    place = one.place or 0
    moved = 0 if one.stood is None else (place > one.stood) - (place < one.stood)
    return place, moved, _number(one.session)


def _number(session: ProgrammeSession) -> tuple[int, bool]:
    """By number; what is supplied before an organisation's own."""
    return session.number, session.organisation_id is not None


@dataclass(frozen=True)
class Consequence:
    """What follows where none of some sessions is chosen."""

    words: str
    any_of: frozenset[uuid.UUID]

    def follows(self, chosen: Sequence[ProgrammeSession]) -> bool:
        return not any(session.pk in self.any_of for session in chosen)


def consequences(offered: Sequence[ProgrammeSession]) -> list[Consequence]:
    """Which area nobody comes to without its session, and which sessions are recommended for everyone; an
    organisation's own version stands in for the one it was made from."""
    by_area: dict[Area, list[ProgrammeSession]] = defaultdict(list)
    for session in offered:
        if session.area:
            by_area[session.area].append(session)
    found = [
        Consequence(
            f"Session {session.number}, {session.title}, is recommended for everyone", _stand_ins(session, offered)
        )
        for session in offered
        if session.recommended_for_all and session.organisation_id is None
    ]
    for area, sessions in by_area.items():
        numbers = sorted({session.number for session in sessions})
        words = f"Without session {' or '.join(map(str, numbers))} nobody comes to area {area.number}, {area.title}"
        found.append(Consequence(words, frozenset(session.pk for session in sessions)))
    return found


def _stand_ins(session: ProgrammeSession, offered: Sequence[ProgrammeSession]) -> frozenset[uuid.UUID]:
    copies = {one.pk for one in offered if one.copied_from_id == session.pk}
    return frozenset(copies | {session.pk})


def in_hours(minutes: int) -> str:
    """18 hours; 4 hours 30 minutes"""
    hours, rest = divmod(minutes, HOUR)
    parts = [(hours, "hour"), (rest, "minute")]
    words = [f"{count} {word}{'' if count == 1 else 's'}" for count, word in parts if count]
    return " ".join(words) or "0 minutes"
