"""What its writer kept for later, read for pages. Nobody else has any of it, nor how much there is."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db.models import Count, Q
from django.urls import reverse

from accounts.models import User
from pathway.models import Area, Enrolment
from portfolio.models import Action, Note
from sessions_catalogue.models import ProgrammeSession


def area_in_year(session: ProgrammeSession | None, areas: Sequence[Area]) -> Area | None:
    """The one area that the session serves, if the person's standard has it; general sessions have none."""
    return next((area for area in areas if session and area.pk == session.area_id), None)


def session_url(page: str, session: ProgrammeSession) -> str:
    """The address of a page about the session: a supplied one has its number in it, an organisation's own its id."""
    if session.organisation_id:
        return reverse(f"portfolio:own_{page}", args=[session.pk])
    return reverse(f"portfolio:{page}", args=[session.number])


def kept_from(user: User, enrolment: Enrolment, session: ProgrammeSession) -> tuple[list[Note], list[Action]]:
    """What the person kept at the end of the session, the newest first."""
    here = {"enrolment": enrolment, "session": session}
    notes = Note.objects.visible_to(user).kept().filter(**here).select_related("area").order_by("-created_at")
    actions = Action.objects.visible_to(user).kept().filter(**here).select_related("area").order_by("-created_at")
    return list(notes), list(actions)


def note_counts(user: User, organisation_id: uuid.UUID, **only: str) -> dict[str, int]:
    """How many notes the writer has, by the text they are for, and how many are put away."""
    rows = Note.objects.visible_to(user).filter(organisation=organisation_id, **only).order_by()
    kept = {kind: Count("pk", Q(belongs_to=kind, discarded_at=None)) for kind in Note.For.values}
    found: dict[str, int] = rows.aggregate(**kept, put_away=Count("pk", ~Q(discarded_at=None)))
    return found


def action_counts(user: User, organisation_id: uuid.UUID) -> dict[str, int]:
    rows = Action.objects.visible_to(user).filter(organisation=organisation_id).order_by()
    found: dict[str, int] = rows.aggregate(
        to_do=Count("pk", Q(done_on=None, discarded_at=None)),
        done=Count("pk", Q(done_on__isnull=False, discarded_at=None)),
        put_away=Count("pk", ~Q(discarded_at=None)),
    )
    return found
