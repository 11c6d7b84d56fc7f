"""Every write to worksheets that people fill in."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.services.working_copies import Typed, drop_copy, forget_copies
from pathway.models import Enrolment
from sessions_catalogue.models import Worksheet, WorksheetTemplate
from sessions_catalogue.services.workspace import PRIVATE, StaleEntry, advance, set_opened

# As ``sessions_catalogue.drafts`` names the form.
WORKSHEET = "worksheet"


class NotYours(Exception):
    """The id of the new worksheet is somebody else's already."""


@transaction.atomic
def save_worksheet(
    *,
    pk: uuid.UUID,
    enrolment: Enrolment,
    template: WorksheetTemplate,
    about: str,
    answers: Mapping[str, str],
    revision: int,
    by: User,
    typed: Typed | None = None,
) -> Worksheet:
    """Fill in a worksheet, or change one begun from ``revision`` (0: a new one). Raises StaleEntry or NotYours, and
    UnseenCopy if another window has kept a draft that ``typed`` has not seen.

    The same new id and words again give the same worksheet. Whoever it is opened to goes on reading what was opened.
    """
    drop_copy(author=by, typed=typed)
    keys = {field["key"] for field in template.fields}
    values = {"about": about, "answers": {key: value for key, value in answers.items() if key in keys and value}}
    worksheet = _new(pk, enrolment, template, values) if revision == 0 else None
    if worksheet is None:
        found: Worksheet | None = (
            Worksheet.objects.kept().filter(pk=pk, enrolment__supervisor=by, template=template).first()
        )
        if found is None:
            raise NotYours
        worksheet = found
        if (worksheet.about, worksheet.answers) == (values["about"], values["answers"]):
            return worksheet
        if revision == 0:
            raise StaleEntry(worksheet)
        advance(worksheet, revision, **values)
    audit.record("saved a worksheet", by=by, category=PRIVATE, target=worksheet)
    return worksheet


def _new(
    pk: uuid.UUID, enrolment: Enrolment, template: WorksheetTemplate, values: Mapping[str, object]
) -> Worksheet | None:
    try:
        with transaction.atomic():
            made: Worksheet = Worksheet.objects.create(
                pk=pk, organisation_id=enrolment.organisation_id, enrolment=enrolment, template=template, **values
            )
    except IntegrityError:
        return None
    return made


@transaction.atomic
def erase_worksheet(*, worksheet: Worksheet, by: User) -> None:
    """Throw it away, closed to every reader; its writer can bring it back. One about who they are is gone for good."""
    if worksheet.template.is_personal:
        audit.record("erased a worksheet", by=by, category=PRIVATE, target=worksheet)
        forget_copies(form=WORKSHEET, target_id=worksheet.pk)
        worksheet.delete()
        return
    set_opened(entry_or_worksheet=worksheet, to_mentor=False, is_material=False, by=by)
    Worksheet.objects.filter(pk=worksheet.pk).update(discarded_at=timezone.now())
    audit.record("threw a worksheet away", by=by, category=PRIVATE, target=worksheet)


@transaction.atomic
def restore_worksheet(*, worksheet: Worksheet, by: User) -> Worksheet:
    """Bring it back; it is the writer's alone."""
    Worksheet.objects.filter(pk=worksheet.pk).update(discarded_at=None)
    worksheet.refresh_from_db()
    audit.record("brought a worksheet back", by=by, category=PRIVATE, target=worksheet)
    return worksheet
