"""Writing records for a regulator. They are their writer's alone, and only the writer can submit them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User
from accounts.services.working_copies import Typed, drop_copy
from pathway.models import Enrolment
from portfolio.models import CpdRecord
from portfolio.queries.cpd import Answered, unanswered
from portfolio.services.evidence import NotYours
from portfolio.services.opening import StaleText

PORTFOLIO = AuditEvent.Category.PORTFOLIO


@dataclass(frozen=True)
class Answers:
    """What the writer said. The last three are None where their regulator does not ask: what was said before stays."""

    title: str
    happened_on: dt.date
    what_and_why: str = ""
    learnt: str = ""
    impact: str = ""
    activity: str | None = None
    peer_on: dt.date | None = None
    peer_learnt: str | None = None

    @property
    def fields(self) -> dict[str, Any]:
        said = {name: value for name, value in vars(self).items() if value is not None}
        if self.peer_learnt is None:
            return said
        with_peer = bool(self.peer_learnt.strip()) or self.peer_on is not None
        return said | {
            "with_peer": with_peer,
            "peer_on": self.peer_on,
            "peer_learnt": self.peer_learnt if with_peer else "",
        }


@transaction.atomic
def write_record(
    *,
    pk: uuid.UUID,
    enrolment: Enrolment,
    answers: Answers,
    by: User,
    made_from: str = CpdRecord.MadeFrom.NOTHING,
    made_from_id: uuid.UUID | None = None,
    typed: Typed | None = None,
) -> CpdRecord:
    """A new one. The same id and words again give the same record.

    Raises StaleText if the id was saved with other words, NotYours if it is somebody else's, UnseenCopy.
    """
    drop_copy(author=by, typed=typed)
    try:
        with transaction.atomic():
            record: CpdRecord = CpdRecord.objects.create(
                pk=pk,
                organisation_id=enrolment.organisation_id,
                enrolment=enrolment,
                made_from=made_from,
                made_from_id=made_from_id,
                **answers.fields,
            )
    except IntegrityError:
        return _made_before(pk, by, answers)
    audit.record("wrote a CPD record", by=by, category=PORTFOLIO, target=record)
    return record


@transaction.atomic
def save_record(
    *, record: CpdRecord, revision: int, answers: Answers, by: User, typed: Typed | None = None
) -> CpdRecord:
    """A change by the writer, who began from ``revision``. Raises StaleText, UnseenCopy."""
    drop_copy(author=by, typed=typed)
    kept = CpdRecord.objects.kept().filter(pk=record.pk, revision=revision)
    changed = kept.update(revision=revision + 1, updated_at=timezone.now(), **answers.fields)
    record.refresh_from_db()
    if changed != 1:
        raise StaleText(record)
    audit.record("changed a CPD record", by=by, category=PORTFOLIO, target=record)
    return record


class Unanswered(Exception):
    """The record is not whole; the message says what is left to answer."""

    def __init__(self, left: Sequence[Answered]) -> None:
        asked = "; ".join(f"“{row.asked}”" for row in left)
        super().__init__(f"Answer what is left first: {asked}")


@transaction.atomic
def say_submitted(*, record: CpdRecord, on: dt.date | None, by: User, with_swe: bool = True) -> None:
    """The person says that it is on their regulator's site since ``on``, or (None) that it is not.

    Raises Unanswered.
    """
    if on and (left := unanswered(record, with_swe=with_swe)):
        raise Unanswered(left)
    rows = CpdRecord.objects.filter(pk=record.pk, submitted_on__isnull=on is not None)
    if rows.update(submitted_on=on):
        verb = "said that a CPD record is submitted" if on else "said that a CPD record is not submitted"
        audit.record(verb, by=by, category=PORTFOLIO, target=record)
    record.refresh_from_db()


@transaction.atomic
def put_away(*, record: CpdRecord, by: User) -> None:
    """Out of the list and the count; it can be brought back. Whoever was asked to talk about it no longer is."""
    _move(record, timezone.now(), by=by, verb="put away a CPD record")


@transaction.atomic
def bring_back(*, record: CpdRecord, by: User) -> None:
    _move(record, None, by=by, verb="brought back a CPD record")


def _move(record: CpdRecord, discarded_at: dt.datetime | None, *, by: User, verb: str) -> None:
    rows = CpdRecord.objects.filter(pk=record.pk, discarded_at__isnull=discarded_at is not None)
    if rows.update(discarded_at=discarded_at):
        audit.record(verb, by=by, category=PORTFOLIO, target=record)
    record.refresh_from_db()


def _made_before(pk: uuid.UUID, by: User, answers: Answers) -> CpdRecord:
    found: CpdRecord | None = CpdRecord.objects.visible_to(by).filter(pk=pk).first()
    if found is None:
        raise NotYours
    if any(getattr(found, name) != value for name, value in answers.fields.items()):
        raise StaleText(found)
    return found
