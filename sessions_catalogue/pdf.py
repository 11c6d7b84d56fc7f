"""The certificate of attendance as a PDF."""

from __future__ import annotations

from pathlib import Path

from django.template.loader import render_to_string

from pqs_portal.lib.pdf import Rendered, render_pdf
from sessions_catalogue.certificate import Certificate

STYLES = Path(__file__).resolve().parent.parent / "static" / "css" / "certificate-pdf.css"


def certificate_pdf(certificate: Certificate) -> Rendered:
    html = render_to_string("sessions_catalogue/pdf/certificate.html", {"certificate": certificate})
    return render_pdf(html, css=STYLES.read_text("utf-8"))
