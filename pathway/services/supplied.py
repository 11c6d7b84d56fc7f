"""Loading supplied standards and programmes from files; running it again changes only what the files changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from pathway.models import Area, Milestone, Programme, Standard, Statement


def read_json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


@transaction.atomic
def load_standard(data: dict[str, Any]) -> Standard:
    """One version of a set with its areas and statements (shape: fixtures/standards/*.json)."""
    fields = {key: value for key, value in data.items() if key not in {"series", "version", "areas"}}
    standard, _ = Standard.objects.update_or_create(
        series=data["series"], version=data["version"], organisation=None, defaults=fields
    )
    for row in data["areas"]:
        area, _ = Area.objects.update_or_create(
            standard=standard,
            number=row["number"],
            defaults={key: row[key] for key in ("title", "summary", "basis")},
        )
        for position, statement in enumerate(row["statements"], start=1):
            Statement.objects.update_or_create(area=area, position=position, defaults=statement)
        area.statements.filter(position__gt=len(row["statements"])).delete()
    return standard


@transaction.atomic
def load_programme(data: dict[str, Any]) -> Programme:
    """One supplied programme with its milestones (shape: fixtures/programmes/*.json)."""
    standard = Standard.objects.filter(series=data["standard"], organisation=None).latest("version")
    programme, _ = Programme.objects.update_or_create(
        series=data["series"],
        version=data["version"],
        organisation=None,
        defaults={"title": data["title"], "months": data["months"], "standard": standard},
    )
    for row in data["milestones"]:
        fields = {name: value for name, value in row.items() if name != "key"}
        Milestone.objects.update_or_create(programme=programme, key=row["key"], defaults=fields)
    return programme
