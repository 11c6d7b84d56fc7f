"""Actions (Tool 29): what somebody means to do, by when, and how it went."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from accounts.models import User
from accounts.services.working_copies import Typed, drop_copy
from pathway.models import Area, Enrolment
from portfolio.models import Action
from portfolio.services.later import change, write_once
from sessions_catalogue.models import ProgrammeSession


@transaction.atomic
def note_action(
    *,
    pk: uuid.UUID,
    enrolment: Enrolment,
    text: str,
    due_on: dt.date | None,
    by: User,
    area: Area | None = None,
    session: ProgrammeSession | None = None,
    typed: Typed | None = None,
) -> Action:
    """A new action, its writer's alone. The same id, words and day again give the same one, others a second.

    Raises UnseenCopy if another window has kept a draft of it that ``typed`` has not seen; so do the others here.
    """
    drop_copy(author=by, typed=typed)
    action = Action(
        pk=pk,
        organisation_id=enrolment.organisation_id,
        enrolment=enrolment,
        text=text,
        due_on=due_on,
        area=area,
        session=session,
    )
    return write_once(action, by=by, verb="noted an action")


@transaction.atomic
def save_action(
    *,
    action: Action,
    revision: int,
    text: str,
    due_on: dt.date | None,
    area: Area | None,
    by: User,
    typed: Typed | None = None,
) -> Action:
    """A change by the writer, who began from ``revision``. Raises StaleJotting."""
    drop_copy(author=by, typed=typed)
    return change(action, revision, by=by, verb="changed an action", text=text, due_on=due_on, area=area)


@transaction.atomic
def finish_action(
    *,
    action: Action,
    revision: int,
    done_on: dt.date | None,
    how_it_went: str,
    by: User,
    typed: Typed | None = None,
) -> Action:
    """Done, with how it went; without a day it is open again. Raises StaleJotting."""
    drop_copy(author=by, typed=typed)
    verb = "did an action" if done_on else "opened an action again"
    return change(action, revision, by=by, verb=verb, done_on=done_on, how_it_went=how_it_went)
