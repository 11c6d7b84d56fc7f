"""A portfolio document laid out as a PDF that one would hand to a panel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.template.loader import render_to_string

from accounts.models import User
from portfolio.reading_comfort import comfort_of
from portfolio.sections import PortfolioDocument
from pqs_portal.lib.pdf import Figure, Rendered, figure_address, render_pdf
from pqs_portal.lib.pieces_chart import pieces_chart, pieces_in_words

STYLES = Path(__file__).resolve().parent.parent / "static" / "css" / "portfolio-pdf.css"
COVERAGE = "coverage.svg"


def portfolio_pdf(
    document: PortfolioDocument, *, reader: User | None = None, laid_out: Callable[[], object] = lambda: None
) -> Rendered:
    """``reader``: the writer, who gets it for themselves as they read best; a document for others looks as always."""
    comfort = comfort_of(reader)
    html = render_to_string(
        "portfolio/pdf/portfolio.html",
        {
            "document": document,
            "coverage": figure_address(COVERAGE),
            "coverage_words": coverage_words(document),
            "coverage_alt": coverage_alt(document),
            "any_best": any(section.best for section in document.areas),
        },
    )
    figures = {COVERAGE: Figure(_coverage(document).encode(), "image/svg+xml"), **comfort.fonts}
    return render_pdf(html, css=STYLES.read_text("utf-8") + comfort.css, figures=figures, laid_out=laid_out)


def _coverage(document: PortfolioDocument) -> str:
    return str(pieces_chart("Evidence in each area", [section.counted for section in document.areas]))


def coverage_words(document: PortfolioDocument) -> str:
    """What the picture comes to."""
    covered = sum(bool(section.pieces) for section in document.areas)
    return f"{covered} of {len(document.areas)} areas have evidence."


def coverage_alt(document: PortfolioDocument) -> str:
    """The picture in words, for those who listen; the table below it has the kinds."""
    counted = pieces_in_words([section.counted for section in document.areas])
    return f"Evidence in each area. {counted}. The table says of what kinds."
