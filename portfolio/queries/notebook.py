"""The notebook for the critical reflection: where each note came from, and what a new one can come from."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from accounts.models import User
from observations.models import Observation
from pathway.models import Enrolment
from portfolio.models import Evidence, Note
from portfolio.queries.later import session_url
from portfolio.queries.sources import follow_up_entry, title_of
from pqs_portal.lib.text import as_uuid
from pqs_portal.templatetags.portal import short_date
from sessions_catalogue.models import ProgrammeSession
from sessions_catalogue.queries_workspace import own_entries

From = Note.CameFrom
# Longer than this, what was written is folded where a note is kept from it.
SHORT = 800


@dataclass(frozen=True)
class Origin:
    """Where a note came from: in words, and where that is read. ``url`` is empty where it can no longer be opened."""

    came_from: str
    words: str
    url: str = ""
    session: ProgrammeSession | None = None
    row_id: uuid.UUID | None = None
    area_id: uuid.UUID | None = None
    # What the person wrote there themselves, under which words; only where a note is about to be kept from it.
    texts: Sequence[tuple[str, str]] = ()

    @property
    def is_short(self) -> bool:
        return sum(len(text) for _, text in self.texts) <= SHORT


OWN = Origin(From.OWN, "Your own note")


def origins_of(user: User, notes: Sequence[Note]) -> dict[uuid.UUID, Origin]:
    """For each note, ``with_source()``; two queries however many. What the person may no longer read has no link."""
    rows: dict[uuid.UUID | None, Origin] = {}
    watched = {note.came_from_id for note in notes if note.came_from == From.OBSERVATION}
    pieces = {note.came_from_id for note in notes if note.came_from == From.EVIDENCE}
    if watched:
        released = Observation.objects.visible_to(user).filter(pk__in=watched)
        rows |= {row.pk: _observation(row) for row in released}
    if pieces:
        kept = Evidence.objects.owned_by(user).kept().filter(pk__in=pieces)
        rows |= {row.pk: _piece(row) for row in kept}
    return {note.pk: _origin(note, rows) for note in notes}


def _origin(note: Note, rows: dict[uuid.UUID | None, Origin]) -> Origin:
    if note.came_from in (From.OBSERVATION, From.EVIDENCE):
        gone = Origin(note.came_from, f"{note.get_came_from_display()} that you can no longer open")
        return rows.get(note.came_from_id, gone)
    if note.session is None:
        return OWN
    # Notes from before it was kept where they came from are those of a session's last minutes.
    return _session(note.session, is_follow_up=note.came_from == From.FOLLOW_UP)


def origin_named(user: User, enrolment: Enrolment, named: str) -> Origin | None:
    """``observation:<id>``, ``evidence:<id>``, ``session:<number or id>`` or ``follow_up:<number or id>``: something
    that the person may read in their own year; None if there is no such thing."""
    kind, _, typed = named.partition(":")
    pk = as_uuid(typed)
    if kind in (From.SESSION, From.FOLLOW_UP):
        session = _named_session(user, enrolment, typed, pk)
        return _with_entries(user, enrolment, session, is_follow_up=kind == From.FOLLOW_UP) if session else None
    if pk is None:
        return None
    if kind == From.OBSERVATION:
        released = Observation.objects.visible_to(user).released().filter(enrolment=enrolment, pk=pk).first()
        return _saying(_observation(released), ("", released.reflection)) if released else None
    if kind == From.EVIDENCE:
        piece = Evidence.objects.visible_to(user).kept().filter(enrolment=enrolment, pk=pk).first()
        return _saying(_piece(piece), ("", piece.body)) if piece else None
    return None


def _with_entries(user: User, enrolment: Enrolment, session: ProgrammeSession, *, is_follow_up: bool) -> Origin:
    origin = _session(session, is_follow_up=is_follow_up)
    if is_follow_up:
        entry = follow_up_entry(user, enrolment, session)
        return _saying(origin, ("", entry.text)) if entry else origin
    entries = own_entries(user, enrolment, session).filter(enrolment=enrolment)
    return _saying(origin, *((title_of(entry), entry.text) for entry in entries))


def _saying(origin: Origin, *texts: tuple[str, str]) -> Origin:
    return replace(origin, texts=[(about, text) for about, text in texts if text.strip()])


def _named_session(
    user: User, enrolment: Enrolment, typed: str, pk: uuid.UUID | None
) -> ProgrammeSession | None:  # fmt: skip
    sessions = ProgrammeSession.objects.visible_to(user)
    found: ProgrammeSession | None = None
    if pk:
        found = sessions.filter(pk=pk, organisation=enrolment.organisation_id).first()
    elif typed.isdecimal() and len(typed) <= 4:
        found = sessions.supplied().filter(number=int(typed)).first()
    return found


def _session(session: ProgrammeSession, *, is_follow_up: bool) -> Origin:
    name = f"session {session.number}, {session.title}"
    if is_follow_up:
        url = session_url("follow_up", session)
        return Origin(From.FOLLOW_UP, f"The follow-up of {name}", url, session, area_id=session.area_id)
    return Origin(From.SESSION, f"S{name[1:]}", session.get_absolute_url(), session, area_id=session.area_id)


def _observation(row: Observation) -> Origin:
    on = f" on {short_date(row.takes_place_on)}" if row.takes_place_on else ""
    return Origin(From.OBSERVATION, f"Your {row.get_kind_display().lower()}{on}", row.get_absolute_url(), row_id=row.pk)


def _piece(row: Evidence) -> Origin:
    return Origin(From.EVIDENCE, f"Your evidence “{row.title}”", row.get_absolute_url(), row_id=row.pk)
