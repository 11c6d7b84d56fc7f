"""Who is expected at a delivery, who was there, and which sessions are behind somebody."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate

from pathway.models import Enrolment, EnrolmentChange, ParticipationNeed
from sessions_catalogue.models import Attendance, ScheduledSession

if TYPE_CHECKING:
    from pathway.querysets import EnrolmentQuerySet

BY_COHORT, BY_PLACE = "cohort__scheduled_sessions__", "places__scheduled__"
State = Attendance.State


def expected_at(scheduled: ScheduledSession) -> EnrolmentQuerySet:
    """Who is to come: the cohort's people of that day whose year goes on then, and who has a place of their own.

    Who takes single sessions only is expected where they have a place.
    """
    rows: EnrolmentQuerySet = Enrolment.objects.filter(
        Q(pk__in=_by_cohort([scheduled]).values("pk")) | Q(pk__in=_by_place([scheduled]).values("pk"))
    )
    return rows


def expected_among(deliveries: Collection[ScheduledSession]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """The same for many deliveries, as ids by the delivery's id, in two queries."""
    found: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for rows, dated in ((_by_cohort(deliveries), BY_COHORT), (_by_place(deliveries), BY_PLACE)):
        for enrolment_id, scheduled_id in rows.values_list("pk", f"{dated}pk"):
            found[scheduled_id].add(enrolment_id)
    return found


def _by_cohort(deliveries: Collection[ScheduledSession]) -> EnrolmentQuerySet:
    rows = _going_on(deliveries, BY_COHORT, began_in_time(BY_COHORT), came_in_time(BY_COHORT))
    return rows.exclude(taking_part_as=Enrolment.TakingPartAs.SINGLE_SESSIONS)


def _by_place(deliveries: Collection[ScheduledSession]) -> EnrolmentQuerySet:
    return _going_on(deliveries, BY_PLACE, places__given_up_at=None)


def came_on() -> Any:
    """The day on which somebody was put into the cohort they are in, or moved there."""
    moves = EnrolmentChange.objects.filter(enrolment=OuterRef("pk"), kind=EnrolmentChange.Kind.MOVE).order_by()
    moved_at = Subquery(moves.values("enrolment").annotate(last=Max("created_at")).values("last"))
    return TruncDate(Coalesce(moved_at, F("created_at")))


def began_in_time(dated: str) -> Q:
    """Their year had begun by the day of the delivery, for who begins later than the cohort."""
    return Q(starts_on__lte=F("cohort__starts_on")) | Q(starts_on__lte=F(f"{dated}starts_at__date"))


def came_in_time(dated: str) -> Q:
    """They were in the cohort by the day of the delivery. Needs ``came_on``. What was held before the cohort was
    published counts: somebody who is entered with dates of the past was there."""
    at = f"{dated}starts_at"
    on_paper = Q(cohort__published_at=None) | Q(cohort__published_at__gt=F(at))
    return on_paper | Q(came_on__lte=F(f"{at}__date"))


def _going_on(deliveries: Collection[ScheduledSession], dated: str, *conditions: Q, **more: Any) -> EnrolmentQuerySet:
    """Whose year was neither paused nor over on the day. ``ended_on`` is their last day."""
    day = OuterRef(f"{dated}starts_at__date")
    pauses = EnrolmentChange.objects.filter(
        enrolment=OuterRef("pk"), kind=EnrolmentChange.Kind.PAUSE, starts_on__lte=day, ends_on__gt=day
    )
    goes_on = Q(ended_on=None) | Q(ended_on__gte=F(f"{dated}starts_at__date"))
    rows: EnrolmentQuerySet = Enrolment.objects.annotate(came_on=came_on()).filter(
        ~Exists(pauses), goes_on, *conditions, **{f"{dated}in": [row.pk for row in deliveries]}, **more
    )
    return rows


# ---------------------------------------------------------------- what is behind somebody


@dataclass(frozen=True)
class AttendanceSummary:
    """One person's sessions by number. ``attended`` counts those they were in the room for."""

    behind: frozenset[int] = field(default_factory=frozenset)
    missed: frozenset[int] = field(default_factory=frozenset)
    attended: int = 0


def attendance_of(enrolments: EnrolmentQuerySet | Iterable[Enrolment]) -> dict[uuid.UUID, AttendanceSummary]:
    """By enrolment id, in one query; asking for anybody without a mark gives an empty summary.

    A session is behind somebody who was there or has studied it since; missed is what a register says and nothing
    since has made good. What was held while the year was paused is not missed.
    """
    marks: dict[uuid.UUID, list[tuple[int, str, bool]]] = defaultdict(list)
    for enrolment_id, number, state, studied_on, was_paused in _marks(enrolments):
        if state == State.ATTENDED or studied_on or not was_paused:
            marks[enrolment_id].append((number, state, studied_on is not None))
    found: dict[uuid.UUID, AttendanceSummary] = defaultdict(AttendanceSummary)
    for enrolment_id, rows in marks.items():
        there = {number for number, state, _ in rows if state == State.ATTENDED}
        behind = there | {number for number, _, studied in rows if studied}
        missed = {number for number, _, _ in rows} - behind
        found[enrolment_id] = AttendanceSummary(frozenset(behind), frozenset(missed), len(there))
    return found


def _marks(enrolments: EnrolmentQuerySet | Iterable[Enrolment]) -> Iterable[Any]:
    day = OuterRef("scheduled__starts_at__date")
    pauses = EnrolmentChange.objects.filter(
        enrolment=OuterRef("enrolment"), kind=EnrolmentChange.Kind.PAUSE, starts_on__lte=day, ends_on__gt=day
    )
    rows = Attendance.objects.filter(enrolment__in=enrolments, scheduled__cancelled_at=None)
    columns = ("enrolment", "scheduled__session__number", "state", "studied_on", "was_paused")
    found: Iterable[Any] = rows.annotate(was_paused=Exists(pauses)).values_list(*columns)
    return found


# ---------------------------------------------------------------- the register


@dataclass(frozen=True)
class RegisterCount:
    there: int = 0
    not_there: int = 0
    unmarked: int = 0

    @property
    def total(self) -> int:
        return self.there + self.not_there + self.unmarked


def counts_of(deliveries: Collection[ScheduledSession]) -> dict[uuid.UUID, RegisterCount]:
    """How many were there, were not, and are not marked, by the delivery's id, in three queries."""
    states: dict[uuid.UUID, dict[uuid.UUID, str]] = defaultdict(dict)
    rows = Attendance.objects.filter(scheduled__in=[row.pk for row in deliveries])
    for scheduled_id, enrolment_id, state in rows.values_list("scheduled", "enrolment", "state"):
        states[scheduled_id][enrolment_id] = state
    expected = expected_among(deliveries)
    found = {}
    for row in deliveries:
        marked = states[row.pk]
        there = sum(state == State.ATTENDED for state in marked.values())
        found[row.pk] = RegisterCount(there, len(marked) - there, len(expected[row.pk] - marked.keys()))
    return found


@dataclass(frozen=True)
class RegisterLine:
    """One person on the register; ``state`` is empty until somebody has marked them."""

    enrolment_id: uuid.UUID
    name: str
    state: str = ""
    recorded_by: str = ""
    recorded_at: dt.datetime | None = None


def register_of(scheduled: ScheduledSession) -> list[RegisterLine]:
    """Everybody who is expected or has been marked, by name, in two queries."""
    marks = {row.enrolment_id: row for row in scheduled.attendances.select_related("recorded_by")}
    named = Enrolment.objects.filter(Q(pk__in=expected_at(scheduled).values("pk")) | Q(pk__in=list(marks)))
    rows = named.order_by("supervisor__name", "pk").values_list("pk", "supervisor__name")
    return [_line(pk, name, marks.get(pk)) for pk, name in rows]


def _line(pk: uuid.UUID, name: str, mark: Attendance | None) -> RegisterLine:
    if mark is None:
        return RegisterLine(pk, name)
    by = mark.recorded_by.name if mark.recorded_by else mark.recorded_by_guest
    return RegisterLine(pk, name, mark.state, by, mark.recorded_at)


def count_lines(lines: Iterable[RegisterLine]) -> RegisterCount:
    states = [line.state for line in lines]
    return RegisterCount(states.count(State.ATTENDED), states.count(State.MISSED), states.count(""))


def needs_at(scheduled: ScheduledSession, today: dt.date) -> list[ParticipationNeed]:
    """What those expected need to take part; no longer told once the day is over."""
    if scheduled.held_on < today:
        return []
    rows = ParticipationNeed.objects.filter(enrolment__in=expected_at(scheduled).values("pk"))
    return list(rows.select_related("enrolment__supervisor").order_by("enrolment__supervisor__name"))
