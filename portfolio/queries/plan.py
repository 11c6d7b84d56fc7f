"""What pages show of a development plan, always out of the same shape: the objectives as a version keeps them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from accounts.models import User
from pathway.models import Area, Enrolment
from portfolio.models import Objective, ObjectiveReview, Period, Plan, PlanVersion
from portfolio.queries.self_assessment import Piece, pieces_for
from pqs_portal.lib.differences import Pair, pairs

Contents = list[dict[str, Any]]
PERIODS = list(Period.values)
MONTHS = 12
# What somebody types into an objective, and what it is called.
TYPED = {
    "need": "Learning need",
    "why": "Why",
    "activity": "Activity",
    "support": "Support and resources",
    "success": "How success will be known",
    "how_it_went": "How it went",
}
Status = Objective.Status
KINDS = {
    Status.NOT_STARTED: "to_come",
    Status.UNDER_WAY: "now",
    Status.MET: "done",
    Status.CARRIED: "info",
    Status.DROPPED: "draft",
}


@dataclass(frozen=True)
class Review:
    author: str
    at: dt.datetime | dt.date
    body: str
    role: str = ""


@dataclass(frozen=True)
class ObjectiveView:
    """An objective as one reader has it."""

    id: uuid.UUID
    # Its place in the whole plan, from 1.
    number: int
    period: str
    need: str
    areas: tuple[Area, ...]
    why: str
    source: str
    source_id: uuid.UUID | None
    activity: str
    support: str
    success: str
    target_on: dt.date | None
    status: str
    how_it_went: str
    pieces: tuple[Piece, ...]
    reviews: tuple[Review, ...]
    # Not told by versions that were saved before this was kept.
    closed_on: dt.date | None = None

    @property
    def day(self) -> tuple[str, dt.date] | None:
        """The day to name behind the status: when it was closed, else by when it is to be done."""
        words, day = ("to be done by", self.target_on) if self.is_open else ("on", self.closed_on)
        return (words, day) if day else None

    @property
    def status_word(self) -> str:
        return Status(self.status).label

    @property
    def status_kind(self) -> str:
        return KINDS[Status(self.status)]

    @property
    def is_open(self) -> bool:
        return self.status in (Status.NOT_STARTED, Status.UNDER_WAY)

    @property
    def source_words(self) -> str:
        return source_words(self.source)

    def texts(self) -> list[tuple[str, str]]:
        """(label, words) of everything it says, for comparing."""
        reviews = "\n\n".join(f"{review.author}: {review.body}" for review in self.reviews)
        return [
            (TYPED["need"], self.need),
            ("Period", Period(self.period).label),
            ("Areas", "\n".join(str(area) for area in self.areas)),
            ("Where it comes from", self.source_words),
            (TYPED["why"], self.why),
            (TYPED["activity"], self.activity),
            (TYPED["support"], self.support),
            (TYPED["success"], self.success),
            ("Target date", f"{self.target_on.day} {self.target_on:%B %Y}" if self.target_on else ""),
            ("Status", self.status_word),
            (TYPED["how_it_went"], self.how_it_went),
            ("Evidence", "\n".join(piece.title for piece in self.pieces)),
            ("Reviews", reviews),
        ]


@dataclass(frozen=True)
class Changed:
    """What differs in one objective between two versions; ``is_new`` and ``is_gone`` where only one has it."""

    objective: ObjectiveView
    differences: Sequence[Pair]
    is_new: bool = False
    is_gone: bool = False


def source_words(source: str) -> str:
    """Where an objective comes from, to stand within a sentence."""
    label = "" if source == Objective.Source.OTHER else Objective.Source(source).label
    return f"{label[:1].lower()}{label[1:]}"


def own_plan(user: User, enrolment: Enrolment) -> Plan | None:
    mine = Plan.objects.visible_to(user).owned_by(user).filter(enrolment=enrolment)
    found: Plan | None = mine.select_related("shared_with", "enrolment").first()
    return found


def changed_since(plan: Plan | None) -> bool:
    """Whether the writer has saved anything after the version that others read."""
    opened = (plan.shared_version_id or plan.portfolio_version_id) if plan else None
    if plan is None or opened is None:
        return False
    return not PlanVersion.objects.filter(pk=opened, number=plan.revision).exists()


def contents_of(plan: Plan | None, *, only: uuid.UUID | None = None) -> Contents:
    """The current state as a version keeps it; ``only`` one objective of it, put away or not. Of the reviews only the
    writer's: what others said is theirs."""
    if plan is None:
        return []
    all_of_it = Objective.objects.filter(plan=plan)
    rows = all_of_it.filter(pk=only) if only else all_of_it.kept()
    own = ObjectiveReview.objects.filter(author=plan.enrolment.supervisor_id).select_related("author")
    loaded = rows.prefetch_related("areas", "evidence", Prefetch("reviews", own, to_attr="own_reviews"))
    return [
        {
            "id": str(row.pk),
            "period": row.period,
            "need": row.need,
            "areas": [str(area.pk) for area in row.areas.all()],
            "why": row.why,
            "source": row.source,
            "source_id": str(row.source_id) if row.source_id else None,
            "activity": row.activity,
            "support": row.support,
            "success": row.success,
            "target_on": row.target_on.isoformat() if row.target_on else None,
            "status": row.status,
            "closed_on": timezone.localdate(row.closed_at).isoformat() if row.closed_at else None,
            "how_it_went": row.how_it_went,
            "evidence": [str(piece.pk) for piece in row.evidence.all()],
            "reviews": [
                {
                    "id": str(review.pk),
                    "by": review.author.name,
                    "on": timezone.localdate(review.created_at).isoformat(),
                    "text": review.text,
                }
                for review in row.own_reviews
            ],
        }
        for row in sorted(loaded, key=lambda row: PERIODS.index(row.period))
    ]


def typed_in(row: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """(name, label, text) of everything in an objective that was typed: its fields, and the writer's reviews by id."""
    fields = [(name, label.lower(), row[name]) for name, label in TYPED.items() if row[name]]
    return fields + [(review["id"], "review", review["text"]) for review in row["reviews"]]


def views_of(contents: Contents, reader: User) -> list[ObjectiveView]:
    """The same to read; of the evidence what ``reader`` may open."""
    return views_with(contents, pieces_for(reader, contents))


def views_with(contents: Contents, pieces: Mapping[str, Piece]) -> list[ObjectiveView]:
    wanted = {pk for row in contents for pk in row["areas"]}
    areas = {str(pk): area for pk, area in Area.objects.in_bulk(wanted).items()} if wanted else {}
    return [_view(number, row, areas, pieces) for number, row in enumerate(contents, start=1)]


def _view(number: int, row: Mapping[str, Any], areas: Mapping[str, Area], pieces: Mapping[str, Piece]) -> ObjectiveView:
    found = sorted((areas[pk] for pk in row["areas"] if pk in areas), key=lambda area: area.number)
    same = ("period", "need", "why", "source", "activity", "support", "success", "status", "how_it_went")
    return ObjectiveView(
        id=uuid.UUID(row["id"]),
        number=number,
        areas=tuple(found),
        source_id=uuid.UUID(row["source_id"]) if row["source_id"] else None,
        target_on=day_of(row["target_on"]),
        closed_on=day_of(row.get("closed_on")),
        pieces=tuple(pieces[pk] for pk in row["evidence"] if pk in pieces),
        reviews=tuple(
            Review(review["by"], dt.date.fromisoformat(review["on"]), review["text"]) for review in row["reviews"]
        ),
        **{name: row[name] for name in same},
    )


def by_period(views: Sequence[ObjectiveView]) -> list[tuple[str, list[ObjectiveView]]]:
    """Each period that has objectives, in words."""
    found = [(Period(name).label, [view for view in views if view.period == name]) for name in PERIODS]
    return [(label, rows) for label, rows in found if rows]


def reviews_of(reader: User, objectives: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Review]]:
    """What was said about each objective and is this reader's to read, oldest first."""
    rows = ObjectiveReview.objects.visible_to(reader).filter(objective__in=objectives)
    found: dict[uuid.UUID, list[Review]] = {}
    for row in rows.select_related("author", "objective__plan__enrolment"):
        role = "" if row.author_id == row.objective.plan.enrolment.supervisor_id else "mentor"
        found.setdefault(row.objective_id, []).append(Review(row.author.name, row.created_at, row.text, role))
    return found


def with_reviews(views: Sequence[ObjectiveView], reader: User) -> list[ObjectiveView]:
    """For a mentor: what the writer opened, and what the mentor said themselves at any time."""
    said = reviews_of(reader, [view.id for view in views])
    return [replace(view, reviews=(*view.reviews, *said.get(view.id, ()))) for view in views]


def with_all_reviews(views: Sequence[ObjectiveView], writer: User) -> list[ObjectiveView]:
    """For the writer: everything that was said, whoever said it."""
    said = reviews_of(writer, [view.id for view in views])
    return [replace(view, reviews=tuple(said.get(view.id, ()))) for view in views]


def period_of(enrolment: Enrolment, today: dt.date) -> str:
    """Which part of the person's year that day is in."""
    if today < enrolment.due_on(MONTHS // 2):
        return Period.FIRST
    return Period.SECOND if today < enrolment.due_on(MONTHS) else Period.AFTER


def day_of(iso: str | None) -> dt.date | None:
    return dt.date.fromisoformat(iso) if iso else None


def versions_of(user: User, plan: Plan) -> list[PlanVersion]:
    """Those that this person may read, the newest first, without their text."""
    rows = PlanVersion.objects.visible_to(user).filter(plan=plan)
    return list(rows.select_related("shared_with").defer("objectives").order_by("-number"))


def version_before(user: User, version: PlanVersion) -> PlanVersion | None:
    """The last one before it that this person may read."""
    rows = PlanVersion.objects.visible_to(user).filter(plan=version.plan_id, number__lt=version.number)
    found: PlanVersion | None = rows.order_by("-number").first()
    return found


def changes(before: Sequence[ObjectiveView], now: Sequence[ObjectiveView]) -> list[Changed]:
    """What differs between two versions, objective by objective."""
    earlier = {view.id: view for view in before}
    found = []
    for view in now:
        was = earlier.pop(view.id, None)
        differences = pairs(was.texts() if was else [], view.texts())
        if differences:
            found.append(Changed(view, differences, is_new=was is None))
    return found + [Changed(view, [], is_gone=True) for view in earlier.values()]
