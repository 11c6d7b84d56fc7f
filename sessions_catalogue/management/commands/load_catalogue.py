"""Load or refresh the supplied sessions, tools, resources and worksheets."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from sessions_catalogue.services.supplied import load_catalogue


class Command(BaseCommand):
    help = "Load or refresh the supplied sessions, tools, resources and worksheets (safe to run again)."

    def handle(self, *args: Any, **options: Any) -> None:
        folder = settings.BASE_DIR / "fixtures" / "catalogue"
        names = ("tools", "resources", "sessions", "worksheets")
        tools, resources, sessions, worksheets = (
            json.loads((folder / f"{name}.json").read_text("utf-8")) for name in names
        )
        number = load_catalogue(tools=tools, resources=resources, sessions=sessions, worksheets=worksheets)
        counted = {"tools": tools, "resources": resources, "worksheets": worksheets}
        self.stdout.write(", ".join([f"{number} sessions", *(f"{len(rows)} {name}" for name, rows in counted.items())]))
