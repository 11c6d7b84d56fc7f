"""Print who signs in as whom in the demo."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from pqs_portal.demo import PASSWORD


class Command(BaseCommand):
    help = "One demo sign-in for each role."

    def handle(self, *args: Any, **options: Any) -> None:
        data = json.loads((settings.BASE_DIR / "fixtures" / "demo" / "northshire.json").read_text("utf-8"))
        for role, key in data["sign_ins"]:
            self.stdout.write(f"{role:20} {key}@{data['organisation']['slug']}.example   {PASSWORD}")
