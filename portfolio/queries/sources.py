"""A text of one's own from which evidence can begin: what one wrote around a session or on an observation, and notes
for later."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from observations.models import Observation
from pathway.models import Enrolment
from portfolio.models import Evidence, Note
from sessions_catalogue.meetings import meetings_of, next_date
from sessions_catalogue.models import BlockItem, ProgrammeSession, SessionBlock, Worksheet, WorkspaceEntry
from sessions_catalogue.queries_workspace import own_entries, text_of_worksheet
from sessions_catalogue.timeline import follow_up_on

TITLE_LENGTH = 200
Text = Note | WorkspaceEntry | Worksheet | Observation
Kind = Evidence.Kind
# Worksheets with which one audits supervision.
AUDITS = frozenset({"reflective-supervision-audit"})


@dataclass(frozen=True)
class Source:
    """What a new piece begins with. ``row`` is where it was written."""

    row: Text
    title: str
    body: str
    session: ProgrammeSession | None = None
    area_id: uuid.UUID | None = None
    kind: str = Kind.PLAIN
    happened_on: dt.date | None = None


def source_of(user: User, enrolment: Enrolment, named: str) -> Source | None:
    """``entry:<id>``, ``worksheet:<id>``, ``note:<id>`` or ``observation:<id>`` (an id alone: an entry or a worksheet),
    if it is of the person's own year in the organisation; what is about who they are never becomes evidence."""
    kind, _, typed = named.rpartition(":")
    try:
        pk = uuid.UUID(typed)
    except ValueError:
        return None
    return next((source for way in WAYS.get(kind, ()) if (source := way(user, enrolment, pk))), None)


def title_of(entry: WorkspaceEntry) -> str:
    """Of the piece that is made of it."""
    if entry.item_id is None or entry.item is None:
        return f"Follow-up of session {entry.session.number}"
    return entry.item.text[:TITLE_LENGTH]


def piece_made_of(user: User, row: Text) -> Evidence | None:
    """The piece that was made of it, unless it has been thrown away since."""
    pk = getattr(row, "evidence_id", None)
    mine = Evidence.objects.owned_by(user).kept()
    found: Evidence | None = mine.filter(pk=pk).first() if pk else None
    return found


def _entry(user: User, enrolment: Enrolment, pk: uuid.UUID) -> Source | None:
    mine = WorkspaceEntry.objects.of_author(user).filter(organisation=enrolment.organisation_id)
    entry = mine.select_related("session__area", "item").filter(pk=pk).first()
    if entry is None:
        return None
    return Source(entry, title_of(entry), entry.text, entry.session, entry.session.area_id, Kind.SESSION)


def _worksheet(user: User, enrolment: Enrolment, pk: uuid.UUID) -> Source | None:
    mine = Worksheet.objects.of_author(user).kept().filter(organisation=enrolment.organisation_id)
    sheet = mine.filter(template__is_personal=False, pk=pk).select_related("template").first()
    if sheet is None:
        return None
    numbered = ProgrammeSession.objects.visible_to(user).supplied().filter(number=sheet.template.session_number)
    session = numbered.select_related("area").first() if sheet.template.session_number else None
    title = f"{sheet.template.title}, {sheet.about}" if sheet.about else sheet.template.title
    body = text_of_worksheet(sheet.template, sheet.answers)
    kind = Kind.AUDIT if sheet.template.key in AUDITS else Kind.SESSION if session else Kind.PLAIN
    return Source(sheet, title[:TITLE_LENGTH], body, session, session.area_id if session else None, kind)


def _note(user: User, enrolment: Enrolment, pk: uuid.UUID) -> Source | None:
    mine = Note.objects.visible_to(user).kept().filter(organisation=enrolment.organisation_id)
    note = mine.select_related("session__area").filter(pk=pk).first()
    if note is None:
        return None
    session = note.session
    title = f"From session {session.number}, {session.title}"[:TITLE_LENGTH] if session else ""
    area_id = note.area_id or (session.area_id if session else None)
    return Source(note, title, note.text, session, area_id, Kind.SESSION if session else Kind.PLAIN)


def _observation(user: User, enrolment: Enrolment, pk: uuid.UUID) -> Source | None:
    """What the person wrote on it; the observer's words stay where they are."""
    released = Observation.objects.visible_to(user).released().filter(enrolment=enrolment)
    seen: Observation | None = released.filter(enrolment__supervisor=user, pk=pk).first()
    if seen is None:
        return None
    return Source(seen, seen.get_kind_display(), seen.reflection, kind=Kind.REFLECTION, happened_on=seen.takes_place_on)


WAYS: dict[str, tuple[Callable[[User, Enrolment, uuid.UUID], Source | None], ...]] = {
    "entry": (_entry,),
    "worksheet": (_worksheet,),
    "note": (_note,),
    "observation": (_observation,),
    "": (_entry, _worksheet),
}


def follow_up_entry(user: User, enrolment: Enrolment, session: ProgrammeSession) -> WorkspaceEntry | None:
    """How the session's follow-up went, as the person wrote it this year, if they have."""
    written = own_entries(user, enrolment, session).filter(item=None, enrolment=enrolment)
    return written.order_by("-changed_at").first()


def follow_up_items(session: ProgrammeSession) -> QuerySet[BlockItem]:
    """What the session asks for afterwards."""
    items = BlockItem.objects.filter(block__session=session, block__kind=SessionBlock.Kind.FOLLOW_UP)
    found: QuerySet[BlockItem] = items.select_related("tool", "resource").order_by("position")
    return found


def follow_up_due(enrolment: Enrolment, session: ProgrammeSession, today: dt.date) -> dt.date | None:
    """By when, counted from the person's last delivery of the session, else from the next one."""
    own = meetings_of(Enrolment.objects.filter(pk=enrolment.pk)).get(enrolment.pk, [])
    here = [meeting for meeting in own if meeting.session_id == session.pk]
    held = [meeting for meeting in here if meeting.on <= today]
    meeting = held[-1] if held else next(iter(here), None)
    return follow_up_on(meeting.on, next_date(meeting, own)) if meeting else None
