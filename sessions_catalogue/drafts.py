"""What is typed around a session and not saved yet, named by ``settings.DRAFT_MODULES``."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse

from accounts.drafts import Fields, Finder, Place, Windows, either, on_new, on_row, together, version_of, words_of
from accounts.models import Organisation, User
from pathway.models import Enrolment
from pqs_portal.lib.drafts import Payload, first_of
from sessions_catalogue.models import BlockItem, ProgrammeSession, Worksheet, WorksheetTemplate, WorkspaceEntry
from sessions_catalogue.models.workspace import workspace_url
from sessions_catalogue.permissions import Perm
from sessions_catalogue.queries_workspace import own_enrolment, scale_choices
from sessions_catalogue.services.worksheets import WORKSHEET

ENTRY = "session_note"

read_entry = words_of({"done": "Done", "text": "Your note"}, {"done": {"on": "Yes"}})


def year_and(user: User, rows: QuerySet[Any], target_id: uuid.UUID) -> tuple[Enrolment, Any] | None:
    """Which of the person's running years, and which of ``rows``, the id stands for together."""
    years = {together(target_id, year.pk): year for year in Enrolment.objects.of_supervisor(user)}
    row = rows.filter(pk__in=years).first()
    if row is None:
        return None
    year = years[row.pk]
    return (year, row) if own_enrolment(user, year.organisation) == year else None


def entry_place(enrolment: Enrolment, session: ProgrammeSession, item: BlockItem, version: int) -> Place:
    """Where the note beside one item is written."""
    return Place(enrolment.organisation_id, f"{workspace_url(session)}#item-{item.pk}", read_entry, version)


def find_entry(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
    sessions = ProgrammeSession.objects.visible_to(user)
    items = BlockItem.objects.filter(block__session__in=sessions).select_related("block__session")
    found = year_and(user, items, target_id)
    if found is None or not user.has_perm(Perm.KEEP_WORKSPACE, found[0]):
        return None
    enrolment, item = found
    entry = WorkspaceEntry.objects.of_author(user).filter(enrolment=enrolment, item=item).first()
    return entry_place(enrolment, item.block.session, item, version_of(entry) if entry else 0)


def read_worksheet(payload: Payload) -> Fields:
    """Under the worksheet's own questions."""
    sheet = WorksheetTemplate.objects.filter(key=first_of(payload, "sheet_key")).first()
    fields = sheet.fields if sheet else []
    labels = {"about": "What it is about"} | {field["key"]: field["label"] for field in fields}
    scales = {field["key"]: dict(scale_choices(field)) for field in fields if field["kind"] == "scale"}
    return words_of(labels, scales)(payload)


def worksheet_edit_url(worksheet: Worksheet) -> str:
    return reverse("sessions_catalogue:worksheet_edit", args=[worksheet.pk])


def worksheets_url(_: uuid.UUID) -> str:
    return reverse("sessions_catalogue:worksheet_list")


DRAFTS: Mapping[str, Finder] = {
    ENTRY: find_entry,
    WORKSHEET: either(
        on_row(
            Worksheet.objects.kept().select_related("enrolment"),
            Perm.KEEP_WORKSPACE,
            worksheet_edit_url,
            read_worksheet,
        ),
        on_new(
            Worksheet,
            own_enrolment,
            Perm.KEEP_WORKSPACE,
            worksheets_url,
            read_worksheet,
            ["sessions_catalogue:worksheet_new"],
        ),
    ),
}


def windows_of_entry(row: WorkspaceEntry) -> list[tuple[str, uuid.UUID]]:
    """What stands beside no item is a follow-up, which the portfolio asks for."""
    return [(ENTRY, together(row.enrolment_id, row.item_id))] if row.item_id else []


WINDOWS: Sequence[tuple[type[Model], Windows]] = [
    (WorkspaceEntry, windows_of_entry),
    (Worksheet, lambda row: [(WORKSHEET, row.pk)]),
]
