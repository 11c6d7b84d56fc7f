"""What is typed around a session and not saved yet, named by ``settings.DRAFT_MODULES``."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse

from accounts.drafts import Fields, Finder, Place, Read, Windows, either, on_new, on_row, together, version_of, words_of
from accounts.models import Organisation, User
from pathway.models import Enrolment
from pqs_portal.lib.drafts import Payload, first_of
from sessions_catalogue.models import (
    BlockItem,
    ProgrammeSession,
    Resource,
    SessionBlock,
    Suggestion,
    Tool,
    Worksheet,
    WorksheetTemplate,
    WorkspaceEntry,
)
from sessions_catalogue.models.workspace import workspace_url
from sessions_catalogue.permissions import Perm
from sessions_catalogue.queries_workspace import own_enrolment, scale_choices
from sessions_catalogue.services.worksheets import WORKSHEET

ENTRY = "session_note"
OWN_SESSION, OWN_BLOCK, OWN_ITEM = "session_content", "session_block", "session_item"
RESOURCE, TOOL = "resource", "tool"
SUGGESTION_ANSWER = "suggestion_answer"

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


read_content = words_of({"title": "Title", "overview": "What is it about?", "aims": "Aims"})
read_block = words_of({"minutes": "Minutes", "label_note": "Note beside the minutes"})
read_item = words_of(
    {"kind": "What is it?", "text": "What people are asked to do", "extract": "Which part"},
    {"kind": {str(value): str(label) for value, label in BlockItem.Kind.choices}},
)
read_resource = words_of(
    {
        "kind": "What is it?",
        "title": "Title",
        "publisher": "Who publishes it?",
        "description": "What is it about?",
        "address": "Web address",
        "licence_note": "How it may be used",
    },
    {"kind": {str(value): str(label) for value, label in Resource.Kind.choices}},
)
read_tool = words_of({"number": "Number", "title": "Title", "description": "What is it for?"})
read_answer = words_of(
    {"status": "Where does it stand?", "answer": "Your answer", "publish": "Published"},
    {"status": {str(value): str(label) for value, label in Suggestion.Status.choices}, "publish": {"on": "Yes"}},
)


def at(name: str) -> Callable[[Any], str]:
    return lambda row: reverse(f"sessions_catalogue:{name}", args=[row.pk])


def new_at(name: str) -> Callable[[uuid.UUID], str]:
    return lambda pk: f"{reverse(f'sessions_catalogue:{name}')}?id={pk}"


def here(user: User, organisation: Organisation) -> Organisation:
    """What the organisation keeps of its own belongs to it."""
    return organisation


def kept_or_new(rows: QuerySet[Any], page: str, new_page: str, read: Read) -> Finder:
    """What is supplied belongs to nobody, so nobody may write on it."""
    made = on_row(rows, Perm.KEEP_CATALOGUE, at(page), read)
    return either(made, on_new(rows.model, here, Perm.KEEP_CATALOGUE, new_at(new_page), read))


def find_block(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
    sessions = ProgrammeSession.objects.visible_to(user)
    blocks = SessionBlock.objects.filter(session__in=sessions).select_related("session__organisation")
    row: Any = blocks.filter(pk=target_id).first()
    if row is None or not user.has_perm(Perm.KEEP_CATALOGUE, row.session):
        return None
    page = reverse("sessions_catalogue:own_block", args=[row.session_id, row.kind])
    return Place(row.session.organisation_id, page, read_block, version_of(row))


def find_item(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
    """Also one taken out of its session: it can be put back, and its page goes on taking words."""
    items = BlockItem.with_removed.visible_to(user).filter(block__session__organisation__isnull=False)
    row = items.select_related("block__session__organisation").filter(pk=target_id).first()
    if row is None or not user.has_perm(Perm.KEEP_CATALOGUE, row.block.session):
        return None
    session = row.block.session
    page = reverse("sessions_catalogue:own_item", args=[session.pk, row.pk])
    return Place(session.organisation_id, page, read_item, version_of(row))


def sessions_url(_: uuid.UUID) -> str:
    return reverse("sessions_catalogue:session_list")


DRAFTS: Mapping[str, Finder] = {
    ENTRY: find_entry,
    OWN_SESSION: kept_or_new(
        ProgrammeSession.objects.select_related("organisation"), "own_session_content", "own_session_new", read_content
    ),
    OWN_BLOCK: find_block,
    OWN_ITEM: either(
        find_item,
        on_new(BlockItem, here, Perm.KEEP_CATALOGUE, sessions_url, read_item, ["sessions_catalogue:own_item_new"]),
    ),
    RESOURCE: kept_or_new(
        Resource.objects.select_related("organisation"), "resource_edit", "resource_new", read_resource
    ),
    TOOL: kept_or_new(Tool.objects.select_related("organisation"), "tool_edit", "tool_new", read_tool),
    SUGGESTION_ANSWER: on_row(Suggestion.objects.all(), Perm.ANSWER_SUGGESTION, at("suggestion"), read_answer),
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
