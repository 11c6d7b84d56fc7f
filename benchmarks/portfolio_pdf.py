"""Pages and seconds of the PDF for the demo portfolio and for one of 100 pieces.

    python devtools/portal.py with -- python -m benchmarks.portfolio_pdf

It loads the demo into the throw-away database it is given, and prints one line for each portfolio.
"""

import os
import time
import uuid

import django
import page
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pqs_portal.settings")
django.setup()

from django.utils import timezone  # noqa: E402 -- after the settings

from pathway.models import Enrolment  # noqa: E402
from portfolio.document import build_document  # noqa: E402
from portfolio.models import Evidence  # noqa: E402
from portfolio.pdf import portfolio_pdf  # noqa: E402
from portfolio.services.evidence import Content, log_evidence  # noqa: E402
from portfolio.services.sharing import share_evidence  # noqa: E402
from pqs_portal.demo.shown import shown_mentor  # noqa: E402

PIECES = 100


def measure(enrolment: Enrolment, name: str) -> None:
    started = time.perf_counter()
    document = build_document(enrolment, made_by=enrolment.supervisor, made_at=timezone.now())
    read = time.perf_counter()
    made = portfolio_pdf(document)
    done = time.perf_counter()
    standard = "PDF/UA-1" if page.is_pdf_compliant_bytes(made.content, profile="ua1") else "NOT PDF/UA-1"
    print(
        f"{name}: {len(document.pieces)} pieces, {made.pages} pages, {len(made.content) // 1024} KB, {standard},"
        f" read in {read - started:.2f} s, laid out and written in {done - read:.2f} s"
    )


def add_pieces(enrolment: Enrolment, number: int) -> None:
    """Copies of what is there, until the portfolio has ``number`` pieces."""
    pieces = list(Evidence.objects.filter(enrolment=enrolment).in_portfolio())
    for index in range(number - len(pieces)):
        model = pieces[index % len(pieces)]
        copy = log_evidence(
            pk=uuid.uuid4(),
            enrolment=enrolment,
            content=Content(
                title=f"{model.title} ({index})",
                body=model.body,
                happened_on=model.happened_on,
                areas={mapping.area_id: mapping.rationale for mapping in model.mappings.all()},
            ),
            by=enrolment.supervisor,
        )
        share_evidence(
            evidence=copy,
            audience=Evidence.Audience.PORTFOLIO,
            version=copy.version,
            nobody_recognisable=True,
            rationales={},
            by=enrolment.supervisor,
            shown=shown_mentor(enrolment),
        )


def main() -> None:
    for command in ("migrate", "load_standards", "load_catalogue", "load_demo"):
        call_command(command, verbosity=0)
    enrolment = Enrolment.objects.with_people().get(supervisor__email="sam@northshire.example")
    measure(enrolment, "first, with the libraries loading")
    measure(enrolment, "demo portfolio")
    add_pieces(enrolment, PIECES)
    measure(enrolment, f"portfolio of {PIECES}")


if __name__ == "__main__":
    main()
