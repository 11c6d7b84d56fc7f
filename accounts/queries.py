"""The audit trail in words a person reads; names only of people of that organisation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import AuditEvent, Membership, Organisation, Role, User

STATUSES = {**dict(Role.choices), **dict(Membership.Status.choices)}
NOBODY_HERE = "Somebody who is not in this organisation"


@dataclass(frozen=True)
class RecordLine:
    at: dt.datetime
    who: str
    what: str
    about: str


def record_lines(events: Iterable[AuditEvent], *, user: User, organisation: Organisation) -> list[RecordLine]:
    """One line for each event; one query for all names."""
    rows = list(events)
    ids = {pk for event in rows for pk in (event.actor_id, event.subject_id) if pk}
    members = Membership.objects.visible_to(user).filter(organisation=organisation, user__in=ids)
    names = {member.user_id: member.display_name for member in members.select_related("user")}
    return [
        RecordLine(
            at=event.at,
            who=names.get(event.actor_id, NOBODY_HERE) if event.actor_id else "The portal",
            what=in_words(event),
            about=names.get(event.subject_id, NOBODY_HERE) if event.subject_id else "",
        )
        for event in rows
    ]


def in_words(event: AuditEvent) -> str:
    """The verb, and from which status to which where that says more."""
    words = event.verb.replace("_", " ")
    moved = " to ".join(
        STATUSES.get(status, status.replace("_", " ")) for status in (event.from_status, event.to_status) if status
    )
    sentence = words[:1].upper() + words[1:]
    return f"{sentence}: {moved}" if moved else sentence


def second_factor_resets(since: dt.datetime) -> QuerySet[AuditEvent]:
    """Of which each person is told."""
    return AuditEvent.objects.filter(verb="reset second factor", at__gte=since).select_related("actor")
