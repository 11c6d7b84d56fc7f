"""Writing a self-assessment, opening it, and the mentor's view beside it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, Organisation, User
from accounts.services.working_copies import Typed, drop_copy
from accounts.transitions import move
from pathway.models import Enrolment
from portfolio.models import (
    AreaRating,
    AssessmentScale,
    Evidence,
    MentorView,
    Note,
    SelfAssessment,
    SelfAssessmentVersion,
)
from portfolio.queries.self_assessment import contents_of, scale_words
from portfolio.services.opening import Readers, StaleText, leave_portfolio, open_text
from portfolio.services.sharing import NotReady
from portfolio.transitions import FINISH, REOPEN

PORTFOLIO = AuditEvent.Category.PORTFOLIO


@dataclass(frozen=True)
class Rated:
    """What was said about an area, or about one of its statements. Nothing of it need be there."""

    area_id: uuid.UUID
    statement_id: uuid.UUID | None = None
    level: int | None = None
    why: str = ""
    evidence: Sequence[uuid.UUID] = field(default=())

    @property
    def says_something(self) -> bool:
        return self.level is not None or bool(self.why.strip()) or bool(self.evidence)

    def as_json(self) -> dict[str, Any]:
        return {
            "area": str(self.area_id),
            "statement": str(self.statement_id) if self.statement_id else None,
            "level": self.level,
            "why": self.why,
            "evidence": [str(pk) for pk in self.evidence],
        }


class StaleAssessment(StaleText):
    """The same of a self-assessment, a mentor's view, or the levels."""


@transaction.atomic
def save_assessment(
    *,
    enrolment: Enrolment,
    point: str,
    revision: int,
    ratings: Sequence[Rated],
    by: User,
    taken_up: Collection[uuid.UUID] = (),
    finish: bool = False,
    typed: Typed | None = None,
) -> SelfAssessment:
    """What the writer says now, who began from ``revision`` (0: nothing was there). ``taken_up`` are notes for later.

    Raises StaleAssessment; NotReady where it is done; GuardRefused where there is nothing to finish; UnseenCopy if
    another window has kept a draft that ``typed`` has not seen.
    """
    drop_copy(author=by, typed=typed)
    try:
        row = _writable(enrolment, point, revision)
    except StaleAssessment as stale:
        saved: SelfAssessment = stale.current
        if _same(contents_of(saved), ratings) and (saved.is_done or not finish):
            return saved  # the form was sent twice
        raise
    AreaRating.objects.filter(assessment=row).delete()
    for rated in ratings:
        if rated.says_something:
            made = AreaRating.objects.create(
                organisation_id=row.organisation_id,
                assessment=row,
                area_id=rated.area_id,
                statement_id=rated.statement_id,
                level=rated.level,
                why=rated.why,
            )
            made.evidence.set(Evidence.objects.filter(pk__in=rated.evidence))
    add_version(row, by=by)
    own = Note.objects.kept().filter(enrolment=enrolment, belongs_to=Note.For.SELF_ASSESSMENT, used_at=None)
    own.filter(pk__in=taken_up).update(used_at=timezone.now())
    audit.record("saved a self-assessment", by=by, category=PORTFOLIO, target=row)
    return move(row, FINISH, by=by) if finish else row


def _same(saved: Sequence[dict[str, Any]], ratings: Sequence[Rated]) -> bool:
    def order(row: dict[str, Any]) -> tuple[str, str]:
        return row["area"], row["statement"] or ""

    sent = [rated.as_json() for rated in ratings if rated.says_something]
    for row in (*saved, *sent):
        row["evidence"] = sorted(row["evidence"])
    return sorted(saved, key=order) == sorted(sent, key=order)


def _writable(enrolment: Enrolment, point: str, revision: int) -> SelfAssessment:
    """The row at its next revision, if it is still at ``revision`` and being written."""
    existing = SelfAssessment.objects.filter(enrolment=enrolment, point=point)
    if revision == 0 or not existing.exists():
        try:
            with transaction.atomic():
                made: SelfAssessment = SelfAssessment.objects.create(
                    organisation=enrolment.organisation,
                    enrolment=enrolment,
                    point=point,
                    words=scale_words(enrolment.organisation),
                    revision=1,
                )
        except IntegrityError:
            raise StaleAssessment(existing.get()) from None
        return made
    draft = existing.filter(status=SelfAssessment.Status.DRAFT, revision=revision)
    changed = draft.update(revision=revision + 1, updated_at=timezone.now())
    row: SelfAssessment = existing.select_related("enrolment__cohort", "organisation").get()
    if changed == 1:
        return row
    if row.is_done and row.revision == revision:
        raise NotReady("It is done. Go on writing first, then change it")
    raise StaleAssessment(row)


def add_version(row: SelfAssessment, *, by: User, **fields: Any) -> SelfAssessmentVersion:
    made: SelfAssessmentVersion = SelfAssessmentVersion.objects.create(
        organisation_id=row.organisation_id,
        assessment=row,
        number=row.revision,
        words=row.words,
        ratings=contents_of(row),
        saved_by=by,
        **fields,
    )
    return made


@transaction.atomic
def reopen_assessment(*, assessment: SelfAssessment, by: User) -> SelfAssessment:
    """Go on writing: it is not done, nor in the portfolio; a mentor keeps what was shared. Raises GuardRefused."""
    leave_portfolio(assessment)
    return move(assessment, REOPEN, by=by, done_at=None, done_by=None, portfolio_version=None)


@transaction.atomic
def open_assessment(
    *,
    assessment: SelfAssessment,
    revision: int,
    to_mentor: bool,
    in_portfolio: bool,
    nobody_recognisable: bool,
    by: User,
    shown: uuid.UUID | None = None,
) -> SelfAssessment:
    """Who may read it from now on; neither closes it again. A view that the mentor has given opens at this moment.

    ``shown`` is the mentor whom the writer was told of. Raises NotReady or StaleText.
    """
    readers = Readers(to_mentor, in_portfolio, nobody_recognisable, shown)
    if readers.any and not assessment.is_done:
        raise NotReady("Say that it is done before somebody else reads it")
    open_text(
        text=assessment,
        revision=revision,
        readers=readers,
        add_version=add_version,
        called="a self-assessment",
        by=by,
    )
    if assessment.shared_with:
        given = MentorView.objects.filter(
            enrolment=assessment.enrolment, point=assessment.point, mentor=assessment.shared_with
        )
        given.filter(given_at__isnull=False, opened_at=None).update(opened_at=assessment.shared_at)
    return assessment


@transaction.atomic
def save_view(
    *,
    enrolment: Enrolment,
    point: str,
    revision: int,
    ratings: Sequence[Rated],
    by: User,
    give: bool,
    typed: Typed | None = None,
) -> MentorView:
    """The mentor's own view of the same areas; given, it opens together with the writer's.

    Raises StaleAssessment, NotReady once both are open, and UnseenCopy as ``save_assessment``.
    """
    drop_copy(author=by, typed=typed)
    row = _own_view(enrolment, point, by)
    if row.opened_at and not _same(row.ratings, ratings):
        raise NotReady("Both views are open, so yours stays as it was")
    if row.revision != revision and _same(row.ratings, ratings) and (row.given_at or not give):
        return row  # the form was sent twice
    said = [rated for rated in ratings if rated.says_something]
    if (give or row.given_at) and not said:
        raise NotReady("Choose a level for at least one area, or write a few words, before you give your view")
    now = timezone.now()
    given_at = row.given_at or (now if give else None)
    is_shared = SelfAssessment.objects.filter(enrolment=enrolment, point=point).shared_with_mentor(by).exists()
    at_it = MentorView.objects.filter(pk=row.pk, revision=revision, opened_at=None)
    changed = at_it.update(
        revision=revision + 1,
        updated_at=now,
        ratings=[rated.as_json() for rated in said],
        given_at=given_at,
        opened_at=now if given_at and is_shared else None,
    )
    row.refresh_from_db()
    if changed != 1:
        raise StaleAssessment(row)
    verb = "gave a view beside a self-assessment" if given_at else "saved a view beside a self-assessment"
    audit.record(verb, by=by, category=PORTFOLIO, target=row)
    return row


@transaction.atomic
def look_first(*, enrolment: Enrolment, point: str, by: User) -> MentorView:
    """The mentor reads the writer's before giving their own, which will say so. Raises NotReady."""
    if not SelfAssessment.objects.filter(enrolment=enrolment, point=point).shared_with_mentor(by).exists():
        raise NotReady("It has not been shared with you")
    row = _own_view(enrolment, point, by)
    if row.looked_at is None and row.given_at is None:
        MentorView.objects.filter(pk=row.pk).update(looked_at=timezone.now())
        row.refresh_from_db()
        audit.record("looked before giving a view", by=by, category=PORTFOLIO, target=row)
    return row


def _own_view(enrolment: Enrolment, point: str, mentor: User) -> MentorView:
    row: MentorView
    row, _ = MentorView.objects.get_or_create(
        enrolment=enrolment,
        point=point,
        mentor=mentor,
        defaults={"organisation": enrolment.organisation, "words": scale_words(enrolment.organisation)},
    )
    return row


@transaction.atomic
def save_scale(*, organisation: Organisation, revision: int, words: Sequence[str], by: User) -> AssessmentScale:
    """The organisation's levels from now on; what was begun keeps those it was begun with. Raises StaleAssessment."""
    row: AssessmentScale
    row, made = AssessmentScale.objects.get_or_create(organisation=organisation, defaults={"words": list(words)})
    if not made:
        at_it = AssessmentScale.objects.filter(pk=row.pk, revision=revision)
        changed = at_it.update(words=list(words), revision=revision + 1)
        row.refresh_from_db()
        if changed != 1:
            raise StaleAssessment(row)
    audit.record(
        "set the levels of self-assessments", by=by, category=AuditEvent.Category.ORGANISATION, target=row
    )  # fmt: skip
    return row
