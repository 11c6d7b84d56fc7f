"""Coverage as a whole: of what kinds, how recent, what is best, what was said, and where something is missing."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from pathway.milestones import milestones_of
from pathway.models import Area, Enrolment, Milestone
from pathway.querysets import EnrolmentQuerySet
from portfolio.models import AreaWord, Evidence, EvidenceMapping
from portfolio.queries.areas import AreaCoverage, coverage, kinds_in_words, level_of
from portfolio.queries.self_assessment import Piece
from portfolio.queries.statements import (
    StatementCovered,
    covered_in_words,
    own_statements,
    piece_of,
    shared_statements,
)
from pqs_portal.lib.dates import months_between
from sessions_catalogue.meetings import meetings_of
from sessions_catalogue.models import ProgrammeSession

DAYS_OF_A_WEEK, RECENT_DAYS, RECENT_WEEKS, MONTHS_OF_A_YEAR = 7, 14, 9, 12


@dataclass(frozen=True)
class Serving:
    """A session about an area, as it is dated for the person. One that they missed is not behind them."""

    session: ProgrammeSession
    on: dt.date
    is_held: bool
    is_missed: bool = False

    @property
    def is_coming(self) -> bool:
        return not self.is_held and not self.is_missed


@dataclass(frozen=True)
class AreaPicture:
    """One area as its reader sees it: the writer all their pieces, a mentor what was shared."""

    covered: AreaCoverage
    is_gap: bool
    best: tuple[Piece, ...] = ()
    words: tuple[AreaWord, ...] = ()
    sessions: tuple[Serving, ...] = ()
    # Of an area whose statements are complete.
    statements: tuple[StatementCovered, ...] = ()

    @property
    def statements_in_words(self) -> str:
        return covered_in_words(self.statements)

    @property
    def serves(self) -> Serving | None:
        """The session to go to: the next to come, else the last that was."""
        coming = (one for one in self.sessions if one.is_coming)
        return next(coming, self.sessions[-1] if self.sessions else None)

    @property
    def to_come_to(self) -> Serving | None:
        """The next to come, else the last that is to be caught up on; never one that is behind the person."""
        coming = (one for one in self.sessions if one.is_coming)
        missed = (one for one in reversed(self.sessions) if one.is_missed)
        return next(coming, None) or next(missed, None)


@dataclass(frozen=True)
class Shared:
    """One piece as the mentor may read it."""

    piece: Piece
    kind: str
    happened_on: dt.date
    areas: tuple[uuid.UUID, ...]
    statements: tuple[uuid.UUID, ...] = ()
    # Of those areas the ones that its writer would show it for first.
    best_of: tuple[uuid.UUID, ...] = ()


def own_picture(user: User, enrolment: Enrolment, today: dt.date) -> list[AreaPicture]:
    """The same number of queries however many pieces there are."""
    best: dict[uuid.UUID, list[Piece]] = defaultdict(list)
    marked = EvidenceMapping.objects.visible_to(user).filter(evidence__enrolment=enrolment, is_best=True)
    kept = marked.filter(evidence__discarded_at=None)
    for area_id, pk, title in kept.values_list("area", "evidence", "evidence__title"):
        best[area_id].append(piece_of(pk, title))
    covered = coverage(enrolment, with_dates=False)
    # Only an area without a piece is a gap.
    is_late = not all(one.pieces for one in covered) and reviewed(enrolment, today)
    dates, statements = serving(enrolment, today), own_statements(user, enrolment)
    return _pictures(covered, best, _said_by_others(user, enrolment), dates, statements, is_late=is_late)


def own_area(user: User, enrolment: Enrolment, area: Any, today: dt.date) -> AreaPicture:
    """One area, which comes with its statements and ``with_sets``; without what is best and whether it is a gap."""
    said = _said_by_others(user, enrolment).filter(area=area)
    statements = own_statements(user, enrolment, area.statements.all() if area.is_complete else ())
    covered = coverage(enrolment, with_dates=False, only=area)
    return _pictures(covered, {}, said, serving(enrolment, today), statements, is_late=False)[0]


def _said_by_others(user: User, enrolment: Enrolment) -> QuerySet[AreaWord]:
    said = AreaWord.objects.visible_to(user).filter(enrolment=enrolment).exclude(author=user)
    found: QuerySet[AreaWord] = said.select_related("author")
    return found


def mentee_picture(mentor: User, enrolment: Enrolment, today: dt.date) -> list[AreaPicture]:
    """The same for the mentor, out of the versions shared with them and their own words alone."""
    words = own_words(mentor, enrolment)
    by_area: dict[uuid.UUID, list[Shared]] = defaultdict(list)
    shared = shared_pieces(mentor, enrolment)
    for one in shared:
        for area_id in one.areas:
            by_area[area_id].append(one)
    best = {area_id: [one.piece for one in found if area_id in one.best_of] for area_id, found in by_area.items()}
    areas = Area.objects.filter(standard=enrolment.cohort.programme.standard_id)
    covered = [_shared_coverage(area, by_area[area.pk], words.get(area.pk)) for area in areas]
    dates, is_late = serving(enrolment, today), reviewed(enrolment, today)
    statements = shared_statements(enrolment, ((one.piece, one.statements) for one in shared))
    return _pictures(covered, best, words.values(), dates, statements, is_late=is_late)


def own_words(user: User, enrolment: Enrolment) -> dict[uuid.UUID, AreaWord]:
    """What the person said of each area."""
    mine = AreaWord.objects.visible_to(user).filter(enrolment=enrolment, author=user)
    return {word.area_id: word for word in mine.select_related("author")}


def shared_pieces(mentor: User, enrolment: Enrolment) -> list[Shared]:
    """What was shared with the mentor, as it was shared, the latest first."""
    pieces = Evidence.objects.visible_to(mentor).filter(enrolment=enrolment, shared_version__isnull=False)
    columns = ("pk", *(f"shared_version__{name}" for name in ("title", "kind", "happened_on", "mappings")))
    in_order = pieces.with_best().order_by("-shared_version__happened_on", "-created_at")
    rows = in_order.values_list(*columns, "best_of")
    return [
        Shared(
            piece_of(pk, title),
            kind,
            happened_on,
            tuple(uuid.UUID(mapping["area"]) for mapping in mappings),
            tuple(uuid.UUID(statement) for mapping in mappings for statement in mapping.get("statements", ())),
            tuple(best_of),
        )
        for pk, title, kind, happened_on, mappings, best_of in rows
    ]


def _shared_coverage(area: Area, pieces: Sequence[Shared], word: AreaWord | None) -> AreaCoverage:
    said = word.level if word else ""
    return AreaCoverage(
        area.pk,
        area.number,
        area.title,
        level_of(said, opened=len(pieces)),
        len(pieces),
        0,
        own_word=said,
        kinds=kinds_in_words(Counter(one.kind for one in pieces)),
        last_on=max((one.happened_on for one in pieces), default=None),
    )


def _pictures(
    covered: Sequence[AreaCoverage],
    best: Mapping[uuid.UUID, Sequence[Piece]],
    words: Iterable[AreaWord],
    sessions: Mapping[uuid.UUID, Sequence[Serving]],
    statements: Mapping[uuid.UUID, Sequence[StatementCovered]],
    *,
    is_late: bool,
) -> list[AreaPicture]:
    said: dict[uuid.UUID, list[AreaWord]] = defaultdict(list)
    for word in words:
        said[word.area_id].append(word)
    return [
        replace(
            _picture(
                area, tuple(best.get(area.id, ())), tuple(said[area.id]), sessions.get(area.id, ()), is_late=is_late
            ),
            statements=tuple(statements.get(area.id, ())),
        )
        for area in covered
    ]


def _picture(
    covered: AreaCoverage,
    best: tuple[Piece, ...],
    words: tuple[AreaWord, ...],
    sessions: Sequence[Serving],
    *,
    is_late: bool,
) -> AreaPicture:
    coming = next((one for one in sessions if one.is_coming), None)
    level = covered.level
    if level in ("none", "later") and not covered.pieces:
        level = "later" if coming else "none"
    dated = replace(covered, level=level, coming=(coming.session.number, coming.on) if coming else None)
    may_be_named = is_late or (coming is None and any(one.is_held for one in sessions))
    return AreaPicture(dated, may_be_named and not covered.pieces and level != "enough", best, words, tuple(sessions))


def serving(enrolment: Enrolment, today: dt.date) -> dict[uuid.UUID, list[Serving]]:
    """For each area the sessions about it that the person has a date for, in their order."""
    one: EnrolmentQuerySet = Enrolment.objects.filter(pk=enrolment.pk)
    own = meetings_of(one).get(enrolment.pk, [])
    about = ProgrammeSession.objects.filter(area__isnull=False).in_bulk({meeting.session_id for meeting in own})
    found: dict[uuid.UUID, list[Serving]] = defaultdict(list)
    for meeting in own:
        session = about.get(meeting.session_id)
        if session is not None and session.area_id is not None:
            missed, held = meeting.missed_on is not None, meeting.on < today
            found[session.area_id].append(Serving(session, meeting.on, held and not missed, missed))
    return found


def reviewed(enrolment: Enrolment, today: dt.date) -> bool:
    """Whether the person's year has come to the review at six months, done or due."""
    one: EnrolmentQuerySet = Enrolment.objects.filter(pk=enrolment.pk)
    reviews = milestones_of(one, frozenset({Milestone.Kind.INTERIM_REVIEW.value}))
    return any(due.due_on <= today or due.done_on is not None for due in reviews)


def how_long(on: dt.date, today: dt.date) -> str:
    """today, 3 days ago, 2 weeks ago, 5 months ago, over a year ago"""
    days = (today - on).days
    if days < 1:
        return "today"
    if days == 1:
        return "yesterday"
    if days < RECENT_DAYS:
        return f"{days} days ago"
    if days < RECENT_WEEKS * DAYS_OF_A_WEEK:
        return f"{days // DAYS_OF_A_WEEK} weeks ago"
    months = months_between(on, today)
    return f"{months} months ago" if months < MONTHS_OF_A_YEAR else "over a year ago"
