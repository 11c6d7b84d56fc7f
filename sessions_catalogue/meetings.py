"""Who meets when: each person's dated sessions, by their cohort or by a place of their own, in one query."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone

from pathway.models import Enrolment, EnrolmentChange
from sessions_catalogue.models import Attendance, WorkspaceEntry
from sessions_catalogue.queries_attendance import BY_COHORT, BY_PLACE, began_in_time, came_in_time, came_on

if TYPE_CHECKING:
    from pathway.querysets import EnrolmentQuerySet


@dataclass(frozen=True)
class Meeting:
    """One dated session for one person. ``told_from`` is the day from which they can hear of it: the cohort was
    published and they were in it; None while it is a draft.

    ``missed_on`` is the day a register first said that the person was not there, as long as they have neither been
    to another delivery of the session nor studied it; ``followed_up_on`` the day they gave its follow-up.
    """

    enrolment_id: uuid.UUID
    supervisor_id: uuid.UUID
    organisation_id: uuid.UUID
    told_from: dt.date | None
    scheduled_id: uuid.UUID
    session_id: uuid.UUID
    is_own: bool
    number: int
    title: str
    on: dt.date
    missed_on: dt.date | None = None
    followed_up_on: dt.date | None = None

    @property
    def words(self) -> str:
        return f"session {self.number}: {self.title}"


def meetings_of(enrolments: EnrolmentQuerySet) -> dict[uuid.UUID, list[Meeting]]:
    """Each person's dated sessions in order, without cancelled ones, those held while their year was paused, those
    after it ended, and those held before they came, unless these are marked or behind them."""
    people = Enrolment.objects.filter(pk__in=enrolments.values("pk")).annotate(came_on=came_on())
    by_cohort = people.exclude(taking_part_as=Enrolment.TakingPartAs.SINGLE_SESSIONS)
    known = Exists(_marked(BY_COHORT)) | Exists(_counted(BY_COHORT))
    theirs = (began_in_time(BY_COHORT) & came_in_time(BY_COHORT)) | known
    rows = _dated(by_cohort, BY_COHORT, theirs).union(_dated(people, BY_PLACE, Q(places__given_up_at=None)))
    found: dict[uuid.UUID, list[Meeting]] = defaultdict(list)
    for row in rows.order_by("at"):
        *ids, starts_at, ended_on, published_at, joined_on, recorded_at, followed_up_on = row
        enrolment_id, supervisor_id, organisation_id, scheduled_id, session_id, own, number, title = ids
        on = timezone.localdate(starts_at)
        if ended_on is not None and on > ended_on:
            continue
        found[enrolment_id].append(
            Meeting(
                enrolment_id,
                supervisor_id,
                organisation_id,
                max(timezone.localdate(published_at), joined_on) if published_at else None,
                scheduled_id,
                session_id,
                own is not None,
                number,
                title,
                on,
                timezone.localdate(recorded_at) if recorded_at else None,
                followed_up_on,
            )
        )
    return found


def _counted(dated: str) -> QuerySet[Attendance]:
    """What puts the session behind the person, at whichever delivery."""
    number = OuterRef(f"{dated}session__number")
    found: QuerySet[Attendance] = Attendance.objects.counted()
    return found.filter(enrolment=OuterRef("pk"), scheduled__session__number=number)


def _marked(dated: str) -> QuerySet[Attendance]:
    """What the register of the delivery itself says."""
    found: QuerySet[Attendance] = Attendance.objects.filter(enrolment=OuterRef("pk"), scheduled=OuterRef(f"{dated}pk"))
    return found


def _dated(people: QuerySet[Enrolment], dated: str, theirs: Q) -> Any:
    """The columns that ``meetings_of`` reads, for one of the two ways of coming to a delivery."""
    here, day = OuterRef("pk"), OuterRef(f"{dated}starts_at__date")
    counted = _counted(dated)
    missed = _marked(dated).filter(state=Attendance.State.MISSED, studied_on=None)
    followed_up = WorkspaceEntry.objects.filter(enrolment=here, session=OuterRef(f"{dated}session"), item=None)
    pauses = EnrolmentChange.objects.filter(
        enrolment=here, kind=EnrolmentChange.Kind.PAUSE, starts_on__lte=day, ends_on__gt=day
    )
    return (
        # One call, so that every condition is about the same delivery.
        people.filter(~Exists(pauses), theirs, **{f"{dated}isnull": False, f"{dated}cancelled_at": None})
        .annotate(
            at=F(f"{dated}starts_at"),
            missed_at=Case(When(Exists(counted), then=None), default=Subquery(missed.values("recorded_at")[:1])),
            followed_up_on=Subquery(followed_up.values("ticked_on")[:1]),
        )
        .values_list(
            "pk",
            "supervisor",
            "organisation",
            f"{dated}pk",
            f"{dated}session",
            f"{dated}session__organisation",
            f"{dated}session__number",
            f"{dated}session__title",
            "at",
            "ended_on",
            "cohort__published_at",
            "came_on",
            "missed_at",
            "followed_up_on",
        )
    )


def next_date(meeting: Meeting, own: Sequence[Meeting]) -> dt.date | None:
    """The next later day with a session; on a day of four that is the next day of four."""
    return next((other.on for other in own if other.on > meeting.on), None)
