"""Pieces of evidence while they are being written."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from itertools import islice

from django.db.models import Model
from django.urls import reverse

from accounts.drafts import Fields, Finder, Windows, either, on_new, on_row, typed_in
from accounts.models import User, WorkingCopy
from accounts.services.working_copies import Unsaved, unsaved_words
from pathway.models import Area, Enrolment, Statement
from portfolio.models import Evidence
from portfolio.permissions import Perm
from portfolio.queries.pieces import own_enrolment
from pqs_portal.lib.drafts import Begun, Payload, first_of, has_words, in_short
from pqs_portal.lib.text import as_uuid

EVIDENCE = "evidence"
MOST_BEGUN = 5
WHY = re.compile(r"why_\d{1,4}")


def new_url(target_id: uuid.UUID) -> str:
    return f"{reverse('portfolio:evidence_new')}?id={target_id}"


def read_evidence(payload: Payload) -> Fields:
    """What a person would call what they typed and chose."""
    wanted = [pk for pk in map(as_uuid, payload.get("areas", [])) if pk]
    areas = Area.objects.filter(pk__in=wanted).order_by("number") if wanted else ()
    chosen = [pk for pk in map(as_uuid, payload.get("statements", [])) if pk]
    statements = Statement.objects.filter(pk__in=chosen).order_by("area__number", "position") if chosen else ()
    labels = dict(Evidence.Kind.choices)
    whys = ((int(name[4:]), first_of(payload, name)) for name in payload if WHY.fullmatch(name))
    others = sorted((number, why) for number, why in whys if why and number not in {area.number for area in areas})
    return [
        ("Name", first_of(payload, "title")),
        ("What happened", first_of(payload, "body")),
        ("Kind", labels.get(first_of(payload, "kind"), "")),
        ("When", typed_in(payload, "happened_on")),
        *((f"Area {area.number}", f"chosen. {first_of(payload, f'why_{area.number}')}".strip()) for area in areas),
        *((f"Area {number}", f"not chosen. {why}") for number, why in others),
        ("Statements", "\n".join(row.code or row.text for row in statements)),
        ("Files", str(len(payload["kept"])) if payload.get("kept") else ""),
        ("Tags", first_of(payload, "tags")),
    ]


def _named_by(payload: Payload) -> Fields:
    return [(name, first_of(payload, name)) for name in ("title", "body", "tags")]


def begun_evidence(user: User, enrolment: Enrolment, *, besides: uuid.UUID | None = None) -> list[Begun]:
    """Pieces that the person began to write and never saved, the newest first."""
    mine = WorkingCopy.objects.visible_to(user).filter(form=EVIDENCE, organisation=enrolment.organisation_id)
    unsaved = mine.exclude(target_id__in=Evidence.objects.owned_by(user).values("pk")).exclude(target_id=besides)
    begun = (copy for copy in unsaved.newest_first() if has_words(copy.payload) or copy.payload.get("kept"))
    return [
        Begun(in_short(_named_by(copy.payload)), copy.page or new_url(copy.target_id), copy.saved_at)
        for copy in islice(begun, MOST_BEGUN)
    ]


def edit_url(piece: Evidence) -> str:
    return reverse("portfolio:evidence_edit", args=[piece.pk])


def unsaved_in_piece(user: User, piece: Evidence) -> list[Unsaved]:
    """What its writer typed on it since it was saved; nobody writes on what is in the bin."""
    if piece.discarded_at:
        return []
    return unsaved_words(author=user, form=EVIDENCE, windows={piece.pk: (edit_url(piece), "")})


NEW_EVIDENCE = on_new(Evidence, own_enrolment, Perm.WRITE_EVIDENCE, new_url, read_evidence)
DRAFTS: Mapping[str, Finder] = {
    EVIDENCE: either(
        on_row(Evidence.objects.kept().select_related("enrolment"), Perm.WRITE_EVIDENCE, edit_url, read_evidence),
        NEW_EVIDENCE,
    ),
}
WINDOWS: Sequence[tuple[type[Model], Windows]] = [(Evidence, lambda row: [(EVIDENCE, row.pk)])]
