"""Keeping something for later: notes, and what they have in common with actions. Nobody but the writer reads them."""

from __future__ import annotations

import uuid
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User
from accounts.services.working_copies import Typed, drop_copy
from pathway.models import Area, Enrolment
from portfolio.models import Action, Note
from sessions_catalogue.models import ProgrammeSession

PORTFOLIO = AuditEvent.Category.PORTFOLIO
Kept = TypeVar("Kept", Note, Action)


class StaleJotting(Exception):
    """It was saved in between, by the writer in another window. ``current`` is what is saved now."""

    def __init__(self, current: Note | Action) -> None:
        super().__init__("a newer text was saved")
        self.current = current


@transaction.atomic
def keep_note(
    *,
    pk: uuid.UUID,
    enrolment: Enrolment,
    belongs_to: str,
    text: str,
    by: User,
    area: Area | None = None,
    session: ProgrammeSession | None = None,
    came_from: str = "",
    came_from_id: uuid.UUID | None = None,
    typed: Typed | None = None,
) -> Note:
    """A new note for its writer. The same id and words again give the same note, others a second one.

    Without ``came_from`` it is the session's, or one's own. Raises UnseenCopy if another window has kept a draft of it
    that ``typed`` has not seen.
    """
    drop_copy(author=by, typed=typed)
    note = Note(
        pk=pk,
        organisation_id=enrolment.organisation_id,
        enrolment=enrolment,
        belongs_to=belongs_to,
        text=text,
        area=area,
        session=session,
        came_from=came_from or (Note.CameFrom.SESSION if session else Note.CameFrom.OWN),
        came_from_id=came_from_id,
    )
    return write_once(note, by=by, verb="kept a note")


@transaction.atomic
def save_note(*, note: Note, revision: int, text: str, area: Area | None, by: User, typed: Typed | None = None) -> Note:
    """A change by the writer, who began from ``revision``. Raises StaleJotting, and UnseenCopy as ``keep_note``."""
    drop_copy(author=by, typed=typed)
    return change(note, revision, by=by, verb="changed a note", text=text, area=area)


@transaction.atomic
def put_away(*, jotting: Note | Action, by: User) -> None:
    """Out of the lists; it can be brought back."""
    _move(jotting, timezone.now(), by=by, verb="put away")


@transaction.atomic
def bring_back(*, jotting: Note | Action, by: User) -> None:
    _move(jotting, None, by=by, verb="brought back")


def write_once(row: Kept, *, by: User, verb: str) -> Kept:
    """The row, unless its form has made it already. What else comes from the same form gets an id that follows from
    the first and what it says, so that nothing typed is lost and pressing again still makes one."""
    said = {name: getattr(row, name) for name in ("text", "area_id", "due_on") if hasattr(row, name)}
    ids = (row.pk, uuid.uuid5(row.pk, " ".join(map(str, said.values()))))
    for pk in ids:
        row.pk = pk
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            made = type(row).objects.filter(pk=pk, enrolment=row.enrolment, **said).first()
            if made is not None:
                return made  # type: ignore[no-any-return]  # managers of our querysets are untyped
        else:
            audit.record(verb, by=by, category=PORTFOLIO, target=row)
            return row
    raise StaleJotting(type(row).objects.get(pk=row.pk))


def change(row: Kept, revision: int, *, by: User, verb: str, **fields: Any) -> Kept:
    """The next revision of the row, if it is still at ``revision`` and not put away. Raises StaleJotting."""
    kept = type(row).objects.kept().filter(pk=row.pk, revision=revision)
    changed = kept.update(revision=revision + 1, **fields)
    row.refresh_from_db()
    if changed != 1:
        raise StaleJotting(row)
    audit.record(verb, by=by, category=PORTFOLIO, target=row)
    return row


def _move(jotting: Note | Action, discarded_at: Any, *, by: User, verb: str) -> None:
    rows = type(jotting).objects.filter(pk=jotting.pk, discarded_at__isnull=discarded_at is not None)
    if rows.update(discarded_at=discarded_at):
        audit.record(verb, by=by, category=PORTFOLIO, target=jotting)
    jotting.refresh_from_db()
