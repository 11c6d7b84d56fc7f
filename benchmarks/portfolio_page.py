"""What a portfolio and the pages about it cost at 20, 60 and 300 pieces: queries, and the time next to a bare page's.

    python devtools/portal.py with -- python -m benchmarks.portfolio_page

It loads the demo into the throw-away database it is given and fills up one supervisor's portfolio. The pages and a bare
signed-in one are fetched in turns through Django's own client, so that a busy machine slows all; the figures are the
ratios of the medians.
"""

import datetime as dt
import statistics
import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchmarks.board import asked, timed
from pathway.models import Enrolment
from portfolio.models import Attachment, Evidence, EvidenceMapping, EvidenceVersion
from portfolio.queries import current_mentor

# The demo's supervisor in the middle of a year.
SUPERVISOR = "sam@northshire.example"
PIECES = (20, 60, 300)
TURNS = 15
WORDS = "What we had avoided came up in supervision, and I asked what it was like for the worker. "


def fill(enrolment: Enrolment, wanted: int) -> None:
    """Give the portfolio ``wanted`` pieces: of each kind and area, two of three with the mentor, each with a file."""
    areas = list(enrolment.cohort.programme.standard.areas.all())
    mentor, today, here = current_mentor(enrolment), timezone.localdate(), {"organisation": enrolment.organisation}
    there = enrolment.evidence.kept().count()
    for number in range(there, wanted):
        texts = {
            "kind": Evidence.Kind.values[number % len(Evidence.Kind.values)],
            "title": f"Piece {number:03}",
            "body": WORDS * 20,
            "happened_on": today - dt.timedelta(days=number),
        }
        piece = Evidence.objects.create(**here, **texts, enrolment=enrolment, tags=[f"tag {number % 9}"], version=1)
        chosen = [areas[(number + step) % len(areas)] for step in range(number % 3 + 1)]
        EvidenceMapping.objects.bulk_create(
            EvidenceMapping(**here, evidence=piece, area=area, rationale="It shows it", is_best=number < len(areas))
            for area in chosen
        )
        file = Attachment.objects.create(
            **here, evidence=piece, uploaded_by=enrolment.supervisor, name=f"notes {number}.txt",
            file=str(uuid.uuid4()), content_type="text/plain", size=10, sha256="0" * 64, state="clean",
        )  # fmt: skip
        if number % 3 == 0:
            continue
        version = EvidenceVersion.objects.create(
            **here, **texts, evidence=piece, number=1, audience=Evidence.Audience.MENTOR, shared_with=mentor,
            mappings=[{"area": str(area.pk), "rationale": "It shows it"} for area in chosen],
            saved_by=enrolment.supervisor,
        )  # fmt: skip
        version.attachments.add(file)
        opened = {"shared_with": mentor, "shared_version": version, "nobody_recognisable_at": timezone.now()}
        Evidence.objects.filter(pk=piece.pk).update(audience=Evidence.Audience.MENTOR, **opened)


def main() -> None:
    for command in ("migrate", "load_standards", "load_catalogue", "load_demo"):
        call_command(command, verbosity=0)
    enrolment = Enrolment.objects.get(supervisor__email=SUPERVISOR, ended_on=None)
    mentor = current_mentor(enrolment)
    if mentor is None:
        raise SystemExit("the demo's supervisor has no mentor")
    clients = {}
    for name, person in (("writer", enrolment.supervisor), ("mentor", mentor)):
        clients[name] = Client(headers={"host": urlsplit(settings.SITE_URL).netloc})
        clients[name].force_login(person)
    bare, portfolio = reverse("accounts:account"), reverse("portfolio:evidence_list")
    pages = {
        "portfolio": ("writer", portfolio),
        "portfolio, searched": ("writer", f"{portfolio}?q=avoided&sort=own"),
        "coverage": ("writer", reverse("portfolio:coverage")),
        "coverage of one area": (
            "writer",
            reverse("portfolio:coverage_area", args=[enrolment.cohort.programme.standard.areas.earliest("number").pk]),
        ),
        "notebook": ("writer", f"{reverse('portfolio:notebook')}?id={uuid.uuid4()}"),
        "form for a new piece": ("writer", f"{reverse('portfolio:evidence_new')}?id={uuid.uuid4()}"),
        "coverage, the mentor's": ("mentor", reverse("portfolio:mentee_coverage", args=[enrolment.pk])),
    }
    for wanted in PIECES:
        fill(enrolment, wanted)
        for name, (who, url) in pages.items():
            client = clients[who]
            timed(client, url), timed(client, bare)
            size, queries = asked(client, url)
            turns = [(timed(client, url), timed(client, bare)) for _ in range(TURNS)]
            ours, others = (statistics.median(column) for column in zip(*turns, strict=True))
            print(
                f"{wanted} pieces, {name}: {queries} queries, {ours * 1000:.0f} ms, {ours / others:.1f} times a bare"
                f" page ({others * 1000:.0f} ms), {size // 1024} KB"
            )


if __name__ == "__main__":
    main()
