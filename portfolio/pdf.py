"""A portfolio document laid out as a PDF that one would hand to a panel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.template.loader import render_to_string

from accounts.models import User
from portfolio.reading_comfort import comfort_of
from portfolio.sections import PortfolioDocument
from pqs_portal.lib.charts import coverage_chart
from pqs_portal.lib.pdf import Figure, Rendered, figure_address, render_pdf

STYLES = Path(__file__).resolve().parent.parent / "static" / "css" / "portfolio-pdf.css"
COVERAGE = "coverage.svg"
SEVERAL = 2
LEVELS = {"none": "no evidence", "some": "one piece", "enough": "several pieces"}


def portfolio_pdf(
    document: PortfolioDocument, *, reader: User | None = None, laid_out: Callable[[], object] = lambda: None
) -> Rendered:
    """``reader``: the writer, who gets it for themselves as they read best; a document for others looks as always."""
    comfort = comfort_of(reader)
    html = render_to_string(
        "portfolio/pdf/portfolio.html",
        {"document": document, "coverage": figure_address(COVERAGE), "coverage_words": coverage_words(document)},
    )
    figures = {COVERAGE: Figure(_coverage(document).encode(), "image/svg+xml"), **comfort.fonts}
    return render_pdf(html, css=STYLES.read_text("utf-8") + comfort.css, figures=figures, laid_out=laid_out)


def _coverage(document: PortfolioDocument) -> str:
    levels = [(str(section.area), level_of(len(section.pieces))) for section in document.areas]
    return str(coverage_chart(levels, LEVELS))


def level_of(pieces: int) -> str:
    if pieces == 0:
        return "none"
    return "enough" if pieces >= SEVERAL else "some"


def coverage_words(document: PortfolioDocument) -> str:
    """The picture in words, for those who listen."""
    covered = sum(bool(section.pieces) for section in document.areas)
    return f"{covered} of {len(document.areas)} areas have evidence; the table below gives the number for each."
