"""What pages read of an organisation's own sessions, and of the supplied ones beside them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from accounts.models import Organisation, User, WorkingCopy
from pathway.models import Area
from sessions_catalogue.drafts import OWN_BLOCK, OWN_ITEM, OWN_SESSION
from sessions_catalogue.models import BlockItem, ProgrammeSession, SessionBlock


@dataclass(frozen=True)
class Beside:
    """The sessions that a session's page leads on to; each may be missing."""

    previous: ProgrammeSession | None
    next: ProgrammeSession | None
    # The newest of the same number: as supplied, and as the organisation has it.
    supplied: ProgrammeSession | None
    own: ProgrammeSession | None


def beside(user: User, session: ProgrammeSession, organisation: Organisation | None) -> Beside:
    """In one query."""
    theirs = session.organisation_id or (organisation.pk if organisation else None)
    either = Q(organisation=None) | Q(organisation=theirs, number=session.number)
    numbers = (session.number - 1, session.number, session.number + 1)
    rows = ProgrammeSession.objects.visible_to(user).filter(either, series=session.series, number__in=numbers)
    newest: dict[tuple[int, bool], ProgrammeSession] = {}
    for row in rows.order_by("-version"):
        newest.setdefault((row.number, row.organisation_id is not None), row)
    before, here, after = numbers
    is_supplied = session.organisation_id is None
    return Beside(
        previous=newest.get((before, False)) if is_supplied else None,
        next=newest.get((after, False)) if is_supplied else None,
        supplied=newest.get((here, False)),
        own=newest.get((here, True)),
    )


def areas_of(user: User, organisation: Organisation) -> QuerySet[Area]:
    """Those that a session of the organisation may serve: of the newest supplied standards and of its own."""
    either = Q(standard__organisation=None) | Q(standard__organisation=organisation)
    found: QuerySet[Area] = Area.objects.visible_to(user).filter(either).select_related("standard")
    return found.order_by("standard__title", "standard__version", "number")


def blocks_to_edit(session: ProgrammeSession) -> list[SessionBlock]:
    """With ``kept`` and ``removed``, the items in their order."""
    items = BlockItem.objects.select_related("tool", "resource")
    removed = BlockItem.with_removed.filter(removed_at__isnull=False)
    parts = (Prefetch("items", items, to_attr="kept"), Prefetch("items", removed, to_attr="removed"))
    return list(session.blocks.prefetch_related(*parts))


def typed_on(user: User, session: ProgrammeSession) -> QuerySet[WorkingCopy]:
    """What the person typed on the session, its parts or its items, also on new ones, and did not save."""
    items = BlockItem.with_removed.filter(block__session=session)
    parts = reverse("sessions_catalogue:own_session", args=[session.pk]) + "parts/"
    on_session = Q(form=OWN_SESSION, target_id=session.pk)
    on_item = Q(form=OWN_ITEM, target_id__in=items.values("pk"))
    in_part = Q(form__in=(OWN_BLOCK, OWN_ITEM), page__startswith=parts)
    copies = WorkingCopy.objects.visible_to(user).exclude(payload={})
    found: QuerySet[WorkingCopy] = copies.filter(on_session | on_item | in_part)
    return found.order_by("saved_at")
