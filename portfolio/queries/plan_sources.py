"""What a development plan is fed by: texts of one's own year from which an objective can begin."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from observations.models import Observation
from pathway.models import Enrolment
from portfolio.models import Action, AreaRating, Evidence, Note, Objective, Point, SelfAssessment
from portfolio.queries.area_pictures import own_picture
from portfolio.queries.plan import ObjectiveView
from pqs_portal.lib.text import as_uuid

Kind = Objective.Source


@dataclass(frozen=True)
class Start:
    """What a new objective begins with."""

    source: str
    source_id: uuid.UUID | None = None
    need: str = ""
    why: str = ""
    activity: str = ""
    target_on: dt.date | None = None
    areas: tuple[uuid.UUID, ...] = ()


@dataclass(frozen=True)
class Offer:
    """Something that asks for an objective: ``words`` say where it stands, ``url`` begins one with it."""

    words: str
    text: str
    url: str
    # For listeners, to tell one link from the next.
    about: str = ""


def begin_with(user: User, enrolment: Enrolment, named: str, area: uuid.UUID | None) -> Start | None:
    """``<kind>:<id>`` of a text of this year that the person may read, or ``appraisal``."""
    kind, _, typed = named.partition(":")
    if kind == Kind.APPRAISAL:
        return Start(Kind.APPRAISAL, areas=(area,) if area else ())
    pk, way = as_uuid(typed), STARTS.get(kind)
    row = rows_of(user, kind).filter(pk=pk, enrolment=enrolment).first() if pk and way else None
    return way(row, area) if way and row is not None else None


def rows_of(user: User, kind: str) -> QuerySet[Any]:
    """What the person may read of that kind; portal rows alone."""
    found: dict[str, Callable[[], QuerySet[Any]]] = {
        Kind.NOTE: lambda: Note.objects.visible_to(user).kept(),
        Kind.ACTION: lambda: Action.objects.visible_to(user).kept(),
        Kind.OBSERVATION: lambda: Observation.objects.visible_to(user).released(),
        Kind.SELF_ASSESSMENT: lambda: SelfAssessment.objects.visible_to(user).owned_by(user),
        Kind.FEEDBACK: lambda: Evidence.objects.visible_to(user).owned_by(user).kept(),
    }
    return found[kind]() if kind in found else Note.objects.none()


def place_of(user: User, objective: Objective) -> str:
    """The address of what it came from, while its writer may still open it."""
    if objective.source_id is None:
        return ""
    row = rows_of(user, objective.source).filter(pk=objective.source_id).first()
    return str(row.get_absolute_url()) if row is not None else ""


def _of_jotting(row: Note | Action) -> tuple[uuid.UUID, ...]:
    return (row.area_id,) if row.area_id else ()


def _from_note(row: Note, area: uuid.UUID | None) -> Start:
    return Start(Kind.NOTE, row.pk, need=row.text, areas=_of_jotting(row))


def _from_action(row: Action, area: uuid.UUID | None) -> Start:
    return Start(Kind.ACTION, row.pk, activity=row.text, target_on=row.due_on, areas=_of_jotting(row))


def _from_observation(row: Observation, area: uuid.UUID | None) -> Start:
    on = row.takes_place_on
    why = f"{row.get_kind_display()} on {_day(on)}" if on else row.get_kind_display()
    return Start(
        Kind.OBSERVATION, row.pk, need=row.development_points, why=why, areas=tuple(one.pk for one in row.areas.all())
    )


def _from_feedback(row: Evidence, area: uuid.UUID | None) -> Start:
    areas = tuple(row.mappings.values_list("area", flat=True))
    return Start(Kind.FEEDBACK, row.pk, why=f"Feedback on “{row.title}”", areas=areas)


def _from_assessment(row: SelfAssessment, area: uuid.UUID | None) -> Start:
    said = AreaRating.objects.filter(assessment=row, area=area, statement=None).first() if area else None
    level = f": {row.words[said.level - 1]}" if said and said.level else ""
    reason = f"\n\n{said.why}" if said and said.why else ""
    why = f"{row.get_point_display()}{level}{reason}"
    return Start(Kind.SELF_ASSESSMENT, row.pk, why=why, areas=(area,) if area else ())


STARTS: dict[str, Callable[[Any, uuid.UUID | None], Start]] = {
    Kind.NOTE: _from_note,
    Kind.ACTION: _from_action,
    Kind.OBSERVATION: _from_observation,
    Kind.FEEDBACK: _from_feedback,
    Kind.SELF_ASSESSMENT: _from_assessment,
}


def _day(on: dt.date) -> str:
    return f"{on.day} {on:%B %Y}"


def _new(**query: Any) -> str:
    named = {"from": query.pop("start", ""), **query}
    return f"{reverse('portfolio:objective_new')}?{urlencode({key: value for key, value in named.items() if value})}"


def offers(user: User, enrolment: Enrolment, plan: Sequence[ObjectiveView], today: dt.date) -> list[Offer]:
    """What waits to be taken up, each kind after the other. What is in the plan already is not offered again."""
    taken = {one.source_id for one in plan if one.source != Kind.SELF_ASSESSMENT}
    in_plan = {area.pk for one in plan if one.is_open for area in one.areas}
    return [
        *_notes(user, enrolment, taken),
        *_observations(user, enrolment, taken),
        *_low_levels(user, enrolment, plan),
        *_actions(user, enrolment, taken),
        *_gaps(user, enrolment, in_plan, today),
    ]


def _waiting(rows: QuerySet[Any], taken: Collection[uuid.UUID | None]) -> list[Any]:
    return [row for row in rows if row.pk not in taken]


def _started(row: Model, kind: str, words: str, text: str) -> Offer:
    return Offer(words, text, _new(start=f"{kind}:{row.pk}"), about=words)


def _notes(user: User, enrolment: Enrolment, taken: Collection[uuid.UUID | None]) -> list[Offer]:
    rows = rows_of(user, Kind.NOTE).filter(enrolment=enrolment, belongs_to=Note.For.PLAN, used_at=None)
    return [
        _started(row, Kind.NOTE, f"A note you kept, {_day(timezone.localdate(row.created_at))}", row.text)
        for row in _waiting(rows, taken)
    ]


def _observations(user: User, enrolment: Enrolment, taken: Collection[uuid.UUID | None]) -> list[Offer]:
    rows = rows_of(user, Kind.OBSERVATION).filter(enrolment=enrolment).exclude(development_points="")
    return [
        _started(
            row,
            Kind.OBSERVATION,
            f"Development points of the {row.get_kind_display().lower()} on {_day(row.observed_on)}",
            row.development_points,
        )
        for row in _waiting(rows.order_by("-observed_on"), taken)
    ]


def _actions(user: User, enrolment: Enrolment, taken: Collection[uuid.UUID | None]) -> list[Offer]:
    rows = rows_of(user, Kind.ACTION).filter(enrolment=enrolment, done_on=None)
    return [_started(row, Kind.ACTION, "An action you noted", row.text) for row in _waiting(rows, taken)]


def _low_levels(user: User, enrolment: Enrolment, plan: Sequence[ObjectiveView]) -> list[Offer]:
    """The lower half of the scale in the last self-assessment, area by area."""
    rows = rows_of(user, Kind.SELF_ASSESSMENT).filter(enrolment=enrolment, ratings__isnull=False).distinct()
    last = max(rows, key=lambda row: list(Point.values).index(row.point), default=None)
    if last is None:
        return []
    taken = {area.pk for one in plan if one.source_id == last.pk for area in one.areas}
    low = AreaRating.objects.filter(assessment=last, statement=None, level__lte=len(last.words) // 2)
    return [
        Offer(
            f"{last.get_point_display()}, area {rating.area.number}",
            f"{rating.area.title}: {last.words[rating.level - 1]}",
            _new(start=f"{Kind.SELF_ASSESSMENT}:{last.pk}", area=rating.area_id),
            about=f"area {rating.area.number}",
        )
        for rating in low.select_related("area")
        if rating.area_id not in taken and rating.level
    ]


def _gaps(user: User, enrolment: Enrolment, in_plan: Collection[uuid.UUID], today: dt.date) -> list[Offer]:
    """Areas with nothing yet, once their session has been or the year is half over."""
    return [
        Offer(
            f"Area {area.number} has no evidence yet",
            area.title,
            _new(area=area.id),
            about=f"area {area.number} without evidence",
        )
        for area in (picture.covered for picture in own_picture(user, enrolment, today) if picture.is_gap)
        if area.id not in in_plan
    ]
