"""Writing a development plan: its objectives, how they move, what is said about them, and who reads the whole."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User
from accounts.services.working_copies import Typed, drop_copy
from accounts.transitions import Transition, move
from pathway.models import Area, Enrolment
from portfolio.models import Evidence, Note, Objective, ObjectiveReview, Period, Plan, PlanVersion
from portfolio.queries.plan import TYPED, contents_of
from portfolio.services.evidence import NotYours
from portfolio.services.opening import Readers, StaleText, open_text
from portfolio.services.sharing import NotReady
from portfolio.transitions import (
    BEGIN_OBJECTIVE,
    CARRY_OBJECTIVE,
    DROP_OBJECTIVE,
    MEET_OBJECTIVE,
    REOPEN_OBJECTIVE,
)

PORTFOLIO = AuditEvent.Category.PORTFOLIO
FOLLOWS = {Period.FIRST: Period.SECOND, Period.SECOND: Period.AFTER}
# What an objective takes along into the next period.
GOES_ON = ("need", "why", "source", "source_id", "activity", "support", "success")


@dataclass(frozen=True)
class Wanted:
    """What the writer said of an objective. ``source_id`` is the row it came from, if it is one of the portal's."""

    need: str
    period: str = Period.FIRST
    areas: Sequence[uuid.UUID] = ()
    why: str = ""
    activity: str = ""
    support: str = ""
    success: str = ""
    target_on: dt.date | None = None
    source: str = Objective.Source.OTHER
    source_id: uuid.UUID | None = None

    @property
    def fields(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "areas"}


@transaction.atomic
def make_objective(
    *, pk: uuid.UUID, enrolment: Enrolment, wanted: Wanted, by: User, typed: Typed | None = None
) -> Objective:
    """A new one at the end of its period; a note that it came from counts as taken up. Same id and words, same row.

    Raises StaleText if the id was saved with other words, NotYours, UnseenCopy.
    """
    drop_copy(author=by, typed=typed)
    plan, _ = Plan.objects.get_or_create(enrolment=enrolment, defaults={"organisation_id": enrolment.organisation_id})
    try:
        with transaction.atomic():
            row = _create(plan, pk=pk, **wanted.fields)
    except IntegrityError:
        return _made_before(pk, plan, wanted)
    row.areas.set(Area.objects.filter(pk__in=wanted.areas))
    if wanted.source == Objective.Source.NOTE and wanted.source_id:
        own = Note.objects.filter(pk=wanted.source_id, enrolment=enrolment, used_at=None)
        own.update(used_at=timezone.now())
    _saved(plan, by=by)
    audit.record("wrote an objective", by=by, category=PORTFOLIO, target=row)
    return row


def _create(plan: Plan, **fields: Any) -> Objective:
    last = Objective.objects.filter(plan=plan).aggregate(last=Max("position"))["last"] or 0
    made: Objective = Objective.objects.create(
        organisation_id=plan.organisation_id, plan=plan, position=last + 1, **fields
    )
    return made


def _made_before(pk: uuid.UUID, plan: Plan, wanted: Wanted) -> Objective:
    found: Objective | None = Objective.objects.filter(pk=pk, plan=plan).first()
    if found is None:
        raise NotYours
    if not _same(found, wanted):
        raise StaleText(found)
    return found


def _same(row: Objective, wanted: Wanted) -> bool:
    areas = set(row.areas.values_list("pk", flat=True))
    return areas == set(wanted.areas) and all(getattr(row, name) == value for name, value in wanted.fields.items())


@transaction.atomic
def save_objective(
    *, objective: Objective, revision: int, wanted: Wanted, by: User, typed: Typed | None = None
) -> Objective:
    """A change by the writer, from ``revision``. Raises StaleText, UnseenCopy, NotReady where it is closed."""
    drop_copy(author=by, typed=typed)
    try:
        _advance(objective, revision, **wanted.fields)
    except StaleText:
        if objective.is_open and _same(objective, wanted):
            return objective  # the form was sent twice
        raise
    objective.areas.set(Area.objects.filter(pk__in=wanted.areas))
    _saved(objective.plan, by=by)
    audit.record("saved an objective", by=by, category=PORTFOLIO, target=objective)
    return objective


def _advance(objective: Objective, revision: int, **fields: Any) -> None:
    """The next revision of the row, if it is open and still at ``revision``."""
    at_it = Objective.objects.open().filter(pk=objective.pk, revision=revision)
    changed = at_it.update(revision=revision + 1, updated_at=timezone.now(), **fields)
    objective.refresh_from_db()
    if changed == 1:
        return
    if objective.revision == revision and not objective.is_open:
        raise NotReady("It is closed. Open it again first, then change it")
    raise StaleText(objective)


def _saved(plan: Plan, *, by: User) -> None:
    """Each save of anything in the plan is a version of it."""
    Plan.objects.filter(pk=plan.pk).update(revision=F("revision") + 1, updated_at=timezone.now())
    plan.refresh_from_db()
    add_version(plan, by=by)


def add_version(plan: Plan, *, by: User, **fields: Any) -> PlanVersion:
    made: PlanVersion = PlanVersion.objects.create(
        organisation_id=plan.organisation_id,
        plan=plan,
        number=plan.revision,
        objectives=contents_of(plan),
        saved_by=by,
        **fields,
    )
    return made


@transaction.atomic
def close_objective(
    *,
    objective: Objective,
    revision: int,
    is_met: bool,
    how_it_went: str,
    evidence: Sequence[uuid.UUID],
    by: User,
    typed: Typed | None = None,
) -> Objective:
    """Met or dropped, with how it went and the writer's own pieces that show it.

    Raises StaleText, NotReady, GuardRefused, InvalidTransition, UnseenCopy.
    """
    drop_copy(author=by, typed=typed)
    transition = MEET_OBJECTIVE if is_met else DROP_OBJECTIVE
    try:
        _advance(objective, revision, how_it_went=how_it_went)
    except StaleText:
        if (objective.status, objective.how_it_went) == (transition.target, how_it_went):
            return objective  # the form was sent twice
        raise
    own = Evidence.objects.owned_by(by).kept().filter(enrolment=objective.plan.enrolment_id)
    objective.evidence.set(own.filter(pk__in=evidence))
    return _moved(objective, transition, by=by)


def begin_objective(*, objective: Objective, by: User) -> Objective:
    """Raises GuardRefused or InvalidTransition."""
    return _moved(objective, BEGIN_OBJECTIVE, by=by)


def reopen_objective(*, objective: Objective, by: User) -> Objective:
    """Back under way; what was said of how it went stays. Raises GuardRefused or InvalidTransition."""
    return _moved(objective, REOPEN_OBJECTIVE, by=by, closed_at=None, closed_by=None)


@transaction.atomic
def _moved(objective: Objective, transition: Transition, *, by: User, **fields: Any) -> Objective:
    row = move(objective, transition, by=by, **fields)
    _saved(row.plan, by=by)
    return row


@transaction.atomic
def carry_objective(*, objective: Objective, target_on: dt.date | None = None, by: User) -> Objective:
    """The same need in the period that follows; returns the new objective, which is as far as the old one was.

    Raises GuardRefused or InvalidTransition.
    """
    status = objective.status
    row = move(objective, CARRY_OBJECTIVE, by=by)
    made = _create(
        row.plan,
        period=FOLLOWS[Period(row.period)],
        status=status,
        target_on=target_on,
        carried_from=row,
        **{name: getattr(row, name) for name in GOES_ON},
    )
    made.areas.set(row.areas.all())
    _saved(row.plan, by=by)
    return made


@transaction.atomic
def place_objective(*, objective: Objective, up: bool, by: User) -> None:
    """One place up or down within its period; at the end it stays where it is."""
    rows = Objective.objects.kept().filter(plan=objective.plan_id, period=objective.period)
    order = list(rows.select_for_update())
    at = [row.pk for row in order].index(objective.pk)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(order):
        return
    order[at], order[to] = order[to], order[at]
    for position, row in enumerate(order, start=1):
        row.position = position
    Objective.objects.bulk_update(order, ["position"])
    audit.record("moved an objective", by=by, category=PORTFOLIO, target=objective)


@transaction.atomic
def put_objective_away(*, objective: Objective, by: User) -> None:
    """Out of the plan; it can be brought back. Readers keep the version that was opened to them."""
    _keep(objective, timezone.now(), by=by, verb="put an objective away")


@transaction.atomic
def bring_objective_back(*, objective: Objective, by: User) -> None:
    _keep(objective, None, by=by, verb="brought an objective back")


def _keep(objective: Objective, discarded_at: dt.datetime | None, *, by: User, verb: str) -> None:
    rows = Objective.objects.filter(pk=objective.pk, discarded_at__isnull=discarded_at is not None)
    if rows.update(discarded_at=discarded_at):
        _saved(objective.plan, by=by)
        audit.record(verb, by=by, category=PORTFOLIO, target=objective)
    objective.refresh_from_db()


@transaction.atomic
def review_objective(
    *, pk: uuid.UUID, objective: Objective, text: str, by: User, typed: Typed | None = None
) -> ObjectiveReview:
    """What the writer, or the mentor to whom the plan is open, says of how it is going.

    The same id and words again are the same review, other words a second one. A mentor speaks about the version that
    they were opened. Raises NotReady, NotYours, UnseenCopy.
    """
    drop_copy(author=by, typed=typed)
    plan, version = objective.plan, None
    if by.pk != plan.enrolment.supervisor_id:
        version = plan.shared_version
        if version is None or plan.shared_with_id != by.pk:
            raise NotReady("The plan is not open to you")
    filled = {"organisation_id": objective.organisation_id, "version": version, "text": text}
    if ObjectiveReview.objects.filter(pk=pk, objective=objective, author=by).exclude(text=text).exists():
        pk = uuid.uuid4()  # other words from the same form: nothing typed is lost
    try:
        with transaction.atomic():
            review, made = ObjectiveReview.objects.get_or_create(pk=pk, objective=objective, author=by, defaults=filled)
    except IntegrityError:
        raise NotYours from None
    if made:
        if version is None:
            _saved(plan, by=by)
        audit.record("reviewed an objective", by=by, category=PORTFOLIO, target=objective)
    return review


@transaction.atomic
def open_plan(*, plan: Plan, revision: int, readers: Readers, by: User) -> Plan:
    """Who may read the whole plan, as it stands, from now on. Raises NotReady or StaleText."""
    if readers.any and not Objective.objects.kept().filter(plan=plan).exists():
        raise NotReady("Write an objective first")
    return open_text(
        text=plan, revision=revision, readers=readers, add_version=add_version, called="a development plan", by=by
    )


@transaction.atomic
def replace_plan_words(*, plan: Plan, revision: int, texts: Mapping[str, str], by: User) -> Plan:
    """Other words in the plan that stood at ``revision``, as its next version. ``texts`` by ``<objective>:<field>`` or
    ``<objective>:<review>``, as queries.plan.typed_in names them. Raises StaleText."""
    changed = Plan.objects.filter(pk=plan.pk, revision=revision).update(
        revision=revision + 1, updated_at=timezone.now()
    )
    plan.refresh_from_db()
    if changed != 1:
        raise StaleText(plan)
    for name, text in texts.items():
        objective, _, part = name.partition(":")
        row = Objective.objects.filter(plan=plan, pk=objective)
        if part in TYPED:
            row.update(**{part: text}, revision=F("revision") + 1, updated_at=timezone.now())
        else:
            ObjectiveReview.objects.filter(objective__in=row, pk=part, author=by).update(text=text)
    add_version(plan, by=by)
    audit.record("saved a development plan", by=by, category=PORTFOLIO, target=plan)
    return plan
