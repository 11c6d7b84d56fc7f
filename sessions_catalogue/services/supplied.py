"""Loading what is supplied: sessions, tools, resources, worksheets. Running it again changes only what the files do."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from pathway.models import Area
from sessions_catalogue.models import (
    BlockItem,
    ProgrammeSession,
    Resource,
    SessionBlock,
    Tool,
    WorksheetTemplate,
    WorkspaceEntry,
)

STANDARD = "pqs-adults"
SERIES, VERSION = "model-programme", 1

Rows = list[dict[str, Any]]


@transaction.atomic
def load_catalogue(*, tools: Rows, resources: Rows, sessions: Rows, worksheets: Rows) -> int:
    """Write all rows (shapes: fixtures/catalogue/*.json); returns the number of sessions."""
    tool_rows, resource_rows = _tools(tools), _resources(resources)
    found = _sessions(sessions)
    blocks = _blocks(sessions, found)
    _items(sessions, blocks, tool_rows, resource_rows)
    _worksheets(worksheets, tool_rows)
    return len(sessions)


def _upsert(rows: list[Any], *, by: list[str], change: list[str]) -> None:
    """Insert what is new and change what is there, in one statement; a row keeps its id."""
    type(rows[0]).objects.bulk_create(rows, update_conflicts=True, unique_fields=by, update_fields=change)


def _tools(rows: Rows) -> dict[str, Tool]:
    names = ["number", "title", "description", "described_by_us", "also_spelt", "named_in"]
    tools = [Tool(key=row["key"], **{name: row[name] for name in names if name in row}) for row in rows]
    _upsert(tools, by=["organisation", "key"], change=names)
    return {tool.key: tool for tool in Tool.objects.filter(organisation=None)}


def _resources(rows: Rows) -> dict[str, Resource]:
    names = ["kind", "title", "publisher", "description", "address", "licence_note"]
    resources = [Resource(key=row["key"], **{name: row.get(name, "") for name in names}) for row in rows]
    _upsert(resources, by=["organisation", "key"], change=names)
    return {resource.key: resource for resource in Resource.objects.filter(organisation=None)}


def _sessions(rows: Rows) -> dict[int, ProgrammeSession]:
    areas = Area.objects.filter(standard__series=STANDARD, standard__organisation=None).order_by("standard__version")
    by_number = {area.number: area for area in areas}
    names = ["slug", "title", "overview", "day", "recommended_for_all", "aims"]
    sessions = [
        ProgrammeSession(
            series=SERIES,
            version=VERSION,
            number=row["number"],
            area=by_number[row["area"]] if row["area"] else None,
            **{name: row[name] for name in names if name in row},
        )
        for row in rows
    ]
    _upsert(sessions, by=["series", "version", "organisation", "number"], change=[*names, "area"])
    supplied = ProgrammeSession.objects.filter(series=SERIES, version=VERSION, organisation=None)
    return {session.number: session for session in supplied}


def _blocks(rows: Rows, sessions: dict[int, ProgrammeSession]) -> dict[tuple[int, str], SessionBlock]:
    """By the session's number and the block's kind."""
    blocks = [
        SessionBlock(
            session=sessions[row["number"]],
            kind=block["kind"],
            position=position,
            minutes=block["minutes"],
            label_note=block.get("label_note", ""),
        )
        for row in rows
        for position, block in enumerate(row["blocks"], start=1)
    ]
    _upsert(blocks, by=["session", "kind"], change=["position", "minutes", "label_note"])
    written = SessionBlock.objects.filter(session__in=sessions.values()).select_related("session")
    return {(block.session.number, block.kind): block for block in written}


def _items(
    rows: Rows,
    blocks: dict[tuple[int, str], SessionBlock],
    tools: dict[str, Tool],
    resources: dict[str, Resource],
) -> None:
    items = [
        BlockItem(
            block=blocks[row["number"], block["kind"]],
            position=position,
            kind=item["kind"],
            text=item["text"],
            extract=item.get("extract") or "",
            tool=tools[item["tool"]] if item.get("tool") else None,
            resource=resources[item["resource"]] if item.get("resource") else None,
        )
        for row in rows
        for block in row["blocks"]
        for position, item in enumerate(block["items"], start=1)
    ]
    _upsert(items, by=["block", "position"], change=["kind", "text", "extract", "tool", "resource"])
    wanted = {(item.block.pk, item.position) for item in items}
    there = BlockItem.objects.filter(block__in=blocks.values()).values_list("pk", "block_id", "position")
    left_over = [pk for pk, block, position in there if (block, position) not in wanted]
    # One that somebody wrote a note beside stays, so that the note keeps its place.
    written_beside = WorkspaceEntry.objects.filter(item__in=left_over).values("item")
    BlockItem.objects.filter(pk__in=left_over).exclude(pk__in=written_beside).delete()


def _worksheets(rows: Rows, tools: dict[str, Tool]) -> None:
    """In the order of the file."""
    names = ["title", "text", "is_personal", "is_per_supervisee", "groups", "fields"]
    templates = [
        WorksheetTemplate(
            key=row["key"],
            tool=tools[row["tool"]] if row["tool"] else None,
            session_number=row["session"],
            position=position,
            **{name: row[name] for name in names},
        )
        for position, row in enumerate(rows, start=1)
    ]
    _upsert(templates, by=["key"], change=[*names, "tool", "session_number", "position"])
