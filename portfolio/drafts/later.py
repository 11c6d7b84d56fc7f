"""Notes, actions and follow-ups while they are being written."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Model
from django.urls import reverse

from accounts.drafts import Fields, Finder, Place, Windows, either, on_new, on_row, together, version_of, words_of
from accounts.models import Organisation, User
from pathway.models import Area, Enrolment
from portfolio.models import Action, Note
from portfolio.permissions import Perm
from portfolio.queries.later import session_url
from portfolio.queries.pieces import own_enrolment
from portfolio.queries.sources import follow_up_entry
from pqs_portal.lib.drafts import Payload
from pqs_portal.lib.text import as_uuid
from sessions_catalogue.drafts import year_and
from sessions_catalogue.models import ProgrammeSession, WorkspaceEntry

NOTE = "note"
ACTION = "action"
ACTION_DONE = "action_done"
FOLLOW_UP = "follow_up"
LAST_FIFTEEN = ("portfolio:last_fifteen", "portfolio:own_last_fifteen")

read_done = words_of({"how_it_went": "How it went", "done_on": "Done on"})
read_follow_up = words_of({"text": "How it went", "done_on": "Done on"})


def read_jotting(payload: Payload) -> Fields:
    chosen = [pk for pk in map(as_uuid, payload.get("area", ())) if pk]
    areas = {str(area.pk): str(area) for area in Area.objects.filter(pk__in=chosen)}
    return words_of({"text": "Text", "due_on": "By when", "area": "Area"}, {"area": areas})(payload)


def url(name: str) -> Callable[[Any], str]:
    return lambda row: reverse(f"portfolio:{name}", args=[row.pk])


def find_follow_up(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
    """One's own year and a session together: the note may not be there yet."""
    found = year_and(user, ProgrammeSession.objects.visible_to(user), target_id)
    if found is None or not user.has_perm(Perm.WRITE_EVIDENCE, found[0]):
        return None
    enrolment, session = found
    return follow_up_place(enrolment, session, follow_up_entry(user, enrolment, session))


def follow_up_place(enrolment: Enrolment, session: ProgrammeSession, entry: WorkspaceEntry | None) -> Place:
    version = version_of(entry) if entry else 0
    return Place(enrolment.organisation_id, session_url("follow_up", session), read_follow_up, version)


DRAFTS: Mapping[str, Finder] = {
    NOTE: either(
        on_row(Note.objects.kept().with_source(), Perm.WRITE_EVIDENCE, url("note_edit"), read_jotting),
        on_new(
            Note, own_enrolment, Perm.WRITE_EVIDENCE, lambda _: reverse("portfolio:later"), read_jotting, LAST_FIFTEEN
        ),
    ),
    ACTION: either(
        on_row(Action.objects.kept().with_source(), Perm.WRITE_EVIDENCE, url("action_edit"), read_jotting),
        on_new(
            Action,
            own_enrolment,
            Perm.WRITE_EVIDENCE,
            lambda pk: f"{reverse('portfolio:action_new')}?id={pk}",
            read_jotting,
            LAST_FIFTEEN,
        ),
    ),
    ACTION_DONE: on_row(Action.objects.kept().with_source(), Perm.WRITE_EVIDENCE, url("action"), read_done),
    FOLLOW_UP: find_follow_up,
}


def windows_of_entry(row: WorkspaceEntry) -> list[tuple[str, uuid.UUID]]:
    """A follow-up stands beside no item of the session."""
    return [] if row.item_id else [(FOLLOW_UP, together(row.enrolment_id, row.session_id))]


WINDOWS: Sequence[tuple[type[Model], Windows]] = [
    (Note, lambda row: [(NOTE, row.pk)]),
    (Action, lambda row: [(ACTION, row.pk), (ACTION_DONE, row.pk)]),
    (WorkspaceEntry, windows_of_entry),
]
