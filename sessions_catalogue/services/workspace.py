"""Every write to what a person keeps for themselves around a session, and to who may read it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User
from accounts.services.working_copies import Typed, drop_copy
from pathway.models import Enrolment
from sessions_catalogue.models import BlockItem, ProgrammeSession, Worksheet, WorkspaceEntry
from sessions_catalogue.queries_workspace import mentor_of

# Rows of this category are shown to nobody: who writes how much is nobody's to see.
PRIVATE = AuditEvent.Category.PORTFOLIO

Opened = WorkspaceEntry | Worksheet


class StaleEntry(Exception):
    """Saved somewhere else, perhaps in another tab, since the page was opened. ``current`` is what is saved now."""

    def __init__(self, current: Any) -> None:
        super().__init__(f"revision is {current.revision}")
        self.current = current


class NotReady(Exception):
    """Something the writer must do first; the message says what."""


@transaction.atomic
def save_entry(
    *,
    enrolment: Enrolment,
    session: ProgrammeSession,
    item: BlockItem | None,
    text: str,
    ticked_on: dt.date | None,
    revision: int,
    by: User,
    typed: Typed | None = None,
) -> WorkspaceEntry:
    """Write the note beside one item, begun from ``revision`` (0: there was none). Raises StaleEntry, or UnseenCopy if
    another window has kept a draft that ``typed`` has not seen.

    Whoever it is opened to goes on reading the text that was opened.
    """
    drop_copy(author=by, typed=typed)
    values = {"text": text, "ticked_on": ticked_on}
    entry: WorkspaceEntry
    entry, made = WorkspaceEntry.objects.get_or_create(
        enrolment=enrolment,
        session=session,
        item=item,
        defaults={"organisation_id": enrolment.organisation_id, **values},
    )
    if not made:
        if (entry.text, entry.ticked_on) == (text, ticked_on):
            return entry
        advance(entry, revision, **values)
    audit.record("saved a session note", by=by, category=PRIVATE, target=entry)
    return entry


def save_follow_up(
    *,
    enrolment: Enrolment,
    session: ProgrammeSession,
    text: str,
    done_on: dt.date | None,
    revision: int,
    by: User,
    typed: Typed | None = None,
) -> WorkspaceEntry:
    """How the session's follow-up went: the entry without an item. Raises what ``save_entry`` raises."""
    return save_entry(
        enrolment=enrolment,
        session=session,
        item=None,
        text=text,
        ticked_on=done_on,
        revision=revision,
        by=by,
        typed=typed,
    )


def advance(row: Opened, revision: int, **values: object) -> None:
    """The next revision of the row, if it is still at ``revision``. Raises StaleEntry."""
    changed = (
        type(row)
        .objects.filter(pk=row.pk, revision=revision)
        .update(**values, revision=F("revision") + 1, changed_at=timezone.now())
    )
    row.refresh_from_db()
    if changed != 1:
        raise StaleEntry(row)


def needs_tick(row: Opened, mentor: User) -> bool:
    """Whether the mentor would read something that they do not read yet."""
    return row.shared_with_id != mentor.pk or row.is_changed_since_opened


@transaction.atomic
def set_opened(
    *,
    entry_or_worksheet: Opened,
    to_mentor: bool,
    is_material: bool,
    by: User,
    nobody_recognisable: bool = False,
    revision: int | None = None,
    shown: uuid.UUID | None = None,
) -> Opened:
    """Open what is saved now to the mentor of today, or close it again; set it aside for the portfolio, or not.

    ``revision`` is what the writer has looked at, ``shown`` the mentor whom the page named.
    Raises NotReady or StaleEntry.
    """
    kind = type(entry_or_worksheet)
    row: Opened = kind.objects.select_for_update(of=("self",)).get(pk=entry_or_worksheet.pk)
    if revision not in (None, row.revision):
        raise StaleEntry(row)
    _refuse(row, opens=to_mentor or is_material)
    before = row.shared_with_id
    if to_mentor:
        _open(row, nobody_recognisable, shown)
    else:
        _close(row)
    row.is_material = is_material
    row.save()
    words = {True: "mentor", False: "only_me"}
    audit.record(
        "set who reads a session note",
        by=by,
        category=PRIVATE,
        target=row,
        subject=row.shared_with,
        from_status=words[before is not None],
        to_status=words[to_mentor],
    )
    return row


def _refuse(row: Opened, *, opens: bool) -> None:
    if not opens or isinstance(row, WorkspaceEntry):
        return
    if row.template.is_personal:
        raise NotReady("This worksheet is about who you are. It stays with you")
    if row.discarded_at:
        raise NotReady("Bring it back first")


def _open(row: Opened, nobody_recognisable: bool, shown: uuid.UUID | None) -> None:
    mentor = mentor_of(row.enrolment)
    if mentor is None:
        raise NotReady("You have no mentor to open it to yet")
    if mentor.pk != shown:
        raise NotReady("Your mentor has changed. Look again who will read it")
    if not needs_tick(row, mentor):
        return
    if isinstance(row, WorkspaceEntry) and not row.text.strip():
        raise NotReady("There is nothing to read in it yet. Write something first")
    if not nobody_recognisable:
        raise NotReady("Check that nobody can be recognised, then tick the box")
    row.shared_with, row.shared_at = mentor, timezone.now()
    if isinstance(row, Worksheet):
        row.shared_about, row.shared_answers = row.about, row.answers
    else:
        row.shared_text = row.text


def _close(row: Opened) -> None:
    row.shared_with = row.shared_at = None
    if isinstance(row, Worksheet):
        row.shared_about, row.shared_answers = "", {}
    else:
        row.shared_text = ""


@transaction.atomic
def mark_evidence(*, entry: Opened, evidence_id: uuid.UUID, by: User) -> Opened:
    """Remember the piece of evidence that was made from it."""
    type(entry).objects.filter(pk=entry.pk).update(evidence_id=evidence_id)
    entry.refresh_from_db()
    audit.record("made evidence of a session note", by=by, category=PRIVATE, target=entry)
    return entry
