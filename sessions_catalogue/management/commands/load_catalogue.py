"""Load or refresh the supplied sessions, tools and resources."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from sessions_catalogue.services.supplied import load_catalogue


class Command(BaseCommand):
    help = "Load or refresh the supplied sessions, tools and resources (safe to run again)."

    def handle(self, *args: Any, **options: Any) -> None:
        folder = settings.BASE_DIR / "fixtures" / "catalogue"
        tools, resources, sessions = (
            json.loads((folder / f"{name}.json").read_text("utf-8")) for name in ("tools", "resources", "sessions")
        )
        number = load_catalogue(tools=tools, resources=resources, sessions=sessions)
        self.stdout.write(f"{number} sessions, {len(tools)} tools, {len(resources)} resources")
