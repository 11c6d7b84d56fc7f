"""Load or refresh the supplied standards and programmes."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from pathway.services.supplied import load_programme, load_standard, read_json


class Command(BaseCommand):
    help = "Load or refresh the supplied standards and programmes (safe to run again)."

    def handle(self, *args: Any, **options: Any) -> None:
        fixtures = settings.BASE_DIR / "fixtures"
        for path in sorted((fixtures / "standards").glob("*.json")):
            standard = load_standard(read_json(path))
            self.stdout.write(f"{standard.title}: {standard.areas.count()} areas")
        for path in sorted((fixtures / "programmes").glob("*.json")):
            programme = load_programme(read_json(path))
            self.stdout.write(f"{programme.title}: {programme.milestones.count()} steps")
