"""Loading the supplied sessions, tools and resources; running it again changes only what the files changed."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from pathway.models import Area
from sessions_catalogue.models import BlockItem, ProgrammeSession, Resource, SessionBlock, Tool

STANDARD = "pqs-adults"


@transaction.atomic
def load_catalogue(
    *, tools: list[dict[str, Any]], resources: list[dict[str, Any]], sessions: list[dict[str, Any]]
) -> int:
    """Write all rows (shapes: fixtures/catalogue/*.json); returns the number of sessions."""
    tool_rows = {row["key"]: _tool(row) for row in tools}
    resource_rows = {row["key"]: _resource(row) for row in resources}
    areas = {
        area.number: area
        for area in Area.objects.filter(standard__series=STANDARD, standard__organisation=None).order_by(
            "standard__version"
        )
    }
    for row in sessions:
        _session(row, areas, tool_rows, resource_rows)
    return len(sessions)


def _tool(row: dict[str, Any]) -> Tool:
    fields = {
        "number": row["number"],
        "title": row["title"],
        "description": row["description"],
        "described_by_us": row.get("described_by_us", False),
        "also_spelt": row.get("also_spelt", []),
        "named_in": row.get("named_in", ""),
    }
    return Tool.objects.update_or_create(key=row["key"], defaults=fields)[0]


def _resource(row: dict[str, Any]) -> Resource:
    names = ("kind", "title", "publisher", "description", "address", "licence_note")
    fields = {name: row.get(name, "") for name in names}
    return Resource.objects.update_or_create(key=row["key"], defaults=fields)[0]


def _session(
    row: dict[str, Any], areas: dict[int, Area], tools: dict[str, Tool], resources: dict[str, Resource]
) -> None:
    names = ("slug", "title", "overview", "day", "recommended_for_all", "aims")
    fields = {name: row[name] for name in names if name in row}
    fields["area"] = areas[row["area"]] if row["area"] else None
    session, _ = ProgrammeSession.objects.update_or_create(
        series="model-programme", version=1, organisation=None, number=row["number"], defaults=fields
    )
    for position, block_row in enumerate(row["blocks"], start=1):
        block, _ = SessionBlock.objects.update_or_create(
            session=session,
            kind=block_row["kind"],
            defaults={
                "position": position,
                "minutes": block_row["minutes"],
                "label_note": block_row.get("label_note", ""),
            },
        )
        _items(block, block_row["items"], tools, resources)


def _items(
    block: SessionBlock, rows: list[dict[str, Any]], tools: dict[str, Tool], resources: dict[str, Resource]
) -> None:
    for position, row in enumerate(rows, start=1):
        BlockItem.objects.update_or_create(
            block=block,
            position=position,
            defaults={
                "kind": row["kind"],
                "text": row["text"],
                "extract": row.get("extract") or "",
                "tool": tools[row["tool"]] if row.get("tool") else None,
                "resource": resources[row["resource"]] if row.get("resource") else None,
            },
        )
    block.items.filter(position__gt=len(rows)).delete()
