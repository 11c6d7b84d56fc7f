"""The critical reflection and notes for it while they are being written."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from django.db.models import Model
from django.urls import reverse

from accounts.drafts import Fields, Finder, Place, Windows, either, on_new, on_row, typed_in
from accounts.models import Organisation, User
from accounts.services.working_copies import Unsaved, unsaved_words
from pathway.models import Area, Enrolment
from portfolio.drafts.later import read_jotting, url
from portfolio.models import Note, Reflection
from portfolio.models.reflection_parts import PARTS
from portfolio.permissions import Perm
from portfolio.queries.pieces import own_enrolment
from pqs_portal.lib.drafts import Payload
from pqs_portal.lib.text import as_uuid

REFLECTION = "reflection"
NOTEBOOK = "notebook"


def reflection_place(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
    """The one piece of a year of one's own, begun or not: addressed by the year."""
    years = Enrolment.objects.of_supervisor(user).select_related("cohort", "reflection")
    enrolment = years.filter(pk=target_id).first()
    if enrolment is None or not user.has_perm(Perm.WRITE_EVIDENCE, enrolment):
        return None
    row = getattr(enrolment, "reflection", None)
    page, version = reverse("portfolio:reflection_edit"), row.revision if row else 0
    return Place(enrolment.organisation_id, page, read_reflection, version)


def read_reflection(payload: Payload) -> Fields:
    wanted = [pk for pk in map(as_uuid, payload.get("areas", [])) if pk]
    areas = Area.objects.filter(pk__in=wanted).order_by("number") if wanted else ()
    return [
        ("Name", typed_in(payload, "title")),
        *((part.title, typed_in(payload, f"part_{part.key}")) for part in PARTS.values()),
        ("Areas", "\n".join(f"{area.number} {area.title}" for area in areas)),
    ]


def unsaved_in_reflection(user: User, row: Reflection, *, reopened_at: str = "") -> list[Unsaved]:
    """What its writer typed on it since it was saved. What is done has no form until it is opened again, on the page
    ``reopened_at``."""
    url = reopened_at if row.is_done else reverse("portfolio:reflection_edit")
    return unsaved_words(author=user, form=REFLECTION, windows={row.enrolment_id: (url, "")})


NEW_JOTTING = on_new(
    Note,
    own_enrolment,
    Perm.WRITE_EVIDENCE,
    lambda pk: f"{reverse('portfolio:notebook')}?id={pk}",
    read_jotting,
    also=("portfolio:note_new",),
)
DRAFTS: Mapping[str, Finder] = {
    REFLECTION: reflection_place,
    NOTEBOOK: either(
        on_row(Note.objects.kept().with_source(), Perm.WRITE_EVIDENCE, url("note_edit"), read_jotting),
        NEW_JOTTING,
    ),
}
WINDOWS: Sequence[tuple[type[Model], Windows]] = [
    (Reflection, lambda row: [(REFLECTION, row.enrolment_id)]),
    (Note, lambda row: [(NOTEBOOK, row.pk)]),
]
