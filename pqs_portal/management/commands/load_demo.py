"""Load the demo organisation, once."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import Organisation
from pqs_portal.demo import people as demo_people
from pqs_portal.demo import portfolio as demo_portfolio
from pqs_portal.demo.programme import Office
from pqs_portal.demo.work import Desk
from pqs_portal.demo.year import WholeYear


class Command(BaseCommand):
    help = "Load the invented Northshire Council with people, a cohort and a portfolio. Development only."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEVELOPMENT:
            raise CommandError("The demo has a known password, so it is loaded in development only.")
        texts = settings.BASE_DIR / "fixtures" / "demo"
        data = json.loads((texts / "northshire.json").read_text("utf-8"))
        if Organisation.objects.filter(slug=data["organisation"]["slug"]).exists():
            self.stdout.write("The demo is loaded already; nothing was changed.")
            return
        organisation = demo_people.make_organisation(data["organisation"])
        people = demo_people.make_people(organisation, data["people"])
        lead = people["helen"]
        cohort = demo_people.make_cohort(organisation, data["cohort"], people, lead)
        demo_people.make_dates(cohort)
        desk = Desk(cohort, people)
        for row in data["evidence"]:
            desk.evidence(row)
        for row in data["comments"]:
            desk.comment(row)
        for row in data["observations"]:
            desk.observation(row)
        Office(organisation, cohort, people).fill(data["programme"])
        demo_portfolio.assess(cohort, people)
        year = WholeYear(organisation, people, json.loads((texts / "year.json").read_text("utf-8")))
        year.fill()
        pieces = len(data["evidence"]) + len(year.data["evidence"])
        self.stdout.write(f"{organisation.name}: {len(people)} people, {pieces} pieces of evidence")
