"""The one way to make a PDF: tagged (PDF/UA-1), from HTML that can reach nothing but what it is handed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

SCHEME = "portal"


@dataclass(frozen=True)
class Figure:
    """Bytes that the HTML may show as ``<img src="portal:///name">``, and the CSS may use as a font."""

    content: bytes
    content_type: str


@dataclass(frozen=True)
class Rendered:
    content: bytes
    pages: int


def figure_address(name: str) -> str:
    """The address under which HTML shows the figure; relative ones are not joined."""
    return f"{SCHEME}:///{name}"


def render_pdf(
    html: str, *, css: str, figures: Mapping[str, Figure] | None = None, laid_out: Callable[[], object] = lambda: None
) -> Rendered:
    """The PDF of ``html`` styled by ``css``. ``laid_out`` is called between layout and writing, for progress.

    Files, networks and redirects cannot be reached: only ``figures`` by name. What the HTML asks for beyond them
    is left out.
    """
    # Loading it takes seconds and needs Pango, so only the process that makes PDFs pays.
    import weasyprint  # noqa: PLC0415 -- slow import
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 -- the same

    fetcher, fonts = _fetcher(figures or {}), FontConfiguration()
    document = weasyprint.HTML(string=html, url_fetcher=fetcher).render(
        font_config=fonts,
        stylesheets=[weasyprint.CSS(string=css, url_fetcher=fetcher, font_config=fonts)],
        pdf_variant="pdf/ua-1",
        optimize_images=True,
        jpeg_quality=75,
        dpi=150,
        presentational_hints=False,
    )
    laid_out()
    return Rendered(
        content=document.write_pdf(pdf_variant="pdf/ua-1", optimize_images=True, jpeg_quality=75, dpi=150),
        pages=len(document.pages),
    )


def _fetcher(figures: Mapping[str, Figure]) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 -- slow import

    class HandedOnly(URLFetcher):
        def __init__(self) -> None:
            super().__init__(allowed_protocols={SCHEME}, allow_redirects=False)

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            name = url.removeprefix(f"{SCHEME}:///")
            if not url.startswith(f"{SCHEME}:///") or name not in figures:
                raise ValueError("not handed to this document")
            figure = figures[name]
            return URLFetcherResponse(url, figure.content, {"Content-Type": figure.content_type})

    return HandedOnly()
