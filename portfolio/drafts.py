"""The forms of the portfolio that keep what is being typed, named by ``settings.DRAFT_MODULES``."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.urls import reverse

from accounts.drafts import Fields, Finder, Place
from accounts.models import Organisation, User, WorkingCopy
from accounts.services.rows import is_taken
from pathway.models import Area, Enrolment
from portfolio.models import Evidence
from portfolio.permissions import Perm
from portfolio.queries.pieces import own_enrolment
from pqs_portal.lib.drafts import Begun, Payload, first_of
from pqs_portal.lib.text import as_uuid

EVIDENCE = "evidence"
MOST_BEGUN = 5
LONGEST_NAME = 60


def evidence_place(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
    """A piece of one's own, or one that is not there yet and would be of one's own year."""
    piece = Evidence.objects.kept().visible_to(user).select_related("enrolment").filter(pk=target_id).first()
    if piece is not None:
        if not user.has_perm(Perm.WRITE_EVIDENCE, piece):
            return None
        url = reverse("portfolio:evidence_edit", args=[piece.pk])
        return Place(piece.organisation_id, url, read_evidence, piece.version)
    if organisation is None or is_taken(Evidence, target_id):
        return None
    enrolment = own_enrolment(user, organisation)
    if enrolment is None or not user.has_perm(Perm.WRITE_EVIDENCE, enrolment):
        return None
    return Place(organisation.pk, new_url(target_id), read_evidence)


def new_url(target_id: uuid.UUID) -> str:
    return f"{reverse('portfolio:evidence_new')}?id={target_id}"


def read_evidence(payload: Payload) -> Fields:
    """What a person would call what they typed and chose."""
    day = (first_of(payload, f"happened_on_{part}") for part in ("day", "month", "year"))
    wanted = [pk for pk in map(as_uuid, payload.get("areas", [])) if pk]
    areas = Area.objects.filter(pk__in=wanted).order_by("number") if wanted else ()
    return [
        ("Name", first_of(payload, "title")),
        ("What happened", first_of(payload, "body")),
        ("When", " ".join(filter(None, day))),
        *((f"Area {area.number}", f"chosen. {first_of(payload, f'why_{area.number}')}".strip()) for area in areas),
    ]


def begun_evidence(user: User, enrolment: Enrolment, *, besides: uuid.UUID | None = None) -> list[Begun]:
    """Pieces that the person began to write and never saved, the newest first."""
    copies = WorkingCopy.objects.visible_to(user).filter(form=EVIDENCE, organisation=enrolment.organisation_id)
    never_saved = copies.exclude(target_id__in=Evidence.objects.owned_by(user).values("pk")).exclude(target_id=besides)
    return [
        Begun(name_of(copy.payload), copy.page or new_url(copy.target_id), copy.saved_at)
        for copy in never_saved.newest_first()[:MOST_BEGUN]
    ]


def name_of(payload: Payload) -> str:
    words = " ".join((first_of(payload, "title") or first_of(payload, "body")).split())
    return (words if len(words) <= LONGEST_NAME else f"{words[:LONGEST_NAME]}…") or "A piece without a name"


DRAFTS: Mapping[str, Finder] = {EVIDENCE: evidence_place}
