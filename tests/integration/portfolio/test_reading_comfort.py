"""One's own PDF has the letters, size and tint that one chose; what others make of it has not."""

import io
import uuid

import page as pdf_rules
import pikepdf
import pytest
from django.utils import timezone

from accounts.models import User
from portfolio.reading_comfort import comfort_of
from portfolio.services.exports import build_export, request_export
from pqs_portal.lib.pdf import render_pdf
from tests.factories.portfolio import shared

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.slow]

LETTERS = {"hyperlegible": "Atkinson-Hyperlegible", "dyslexic": "OpenDyslexic", "serif": "Source-Serif-4"}
# The page's ground as a PDF paints it: fc, f5 and e3 of 255.
CREAM = b"0.988235 0.960784 0.890196"


def exported(world, by):
    export = request_export(enrolment=world.enrolment, reason="The panel asked", export_id=uuid.uuid4(), by=by)
    assert build_export(export_id=export.pk, now=timezone.now())
    export.refresh_from_db()
    with export.file.open() as file:
        return file.read(), export.pages


def embedded(content):
    """Which of the letters the document carries in itself, and what it paints on its second page or its last."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        names = {str(thing.FontName).partition("+")[2] for thing in pdf.objects if is_embedded(thing)}
        painted = pdf.pages[-1].Contents.read_bytes()
    return {font for font, name in LETTERS.items() if any(one.startswith(name) for one in names)}, painted


def is_embedded(thing):
    return isinstance(thing, pikepdf.Dictionary) and ("/FontFile2" in thing or "/FontFile3" in thing)


@pytest.mark.parametrize("font", LETTERS)
def test_each_kind_of_letters_is_carried_along(font):
    comfort = comfort_of(User(font=font))
    text = "<html lang='en'><head><title>T</title></head><body><h1>Zażółć</h1><p>Illness</p></body></html>"
    made = render_pdf(text, css=comfort.css, figures=comfort.fonts)
    assert embedded(made.content)[0] == {font}


def test_ones_own_pdf_reads_as_one_chose_and_one_made_by_somebody_else_as_always(world):
    shared(world.enrolment, audience="portfolio", title="Zażółć gęślą jaźń", body="A long silence. " * 200)
    chosen = {"font": "dyslexic", "text_size": "largest", "spacing": "widest", "tint": "cream"}
    User.objects.filter(pk=world.supervisor.pk).update(**chosen)
    User.objects.filter(pk=world.admin.pk).update(font="serif", tint="pink")
    own, own_pages = exported(world, User.objects.get(pk=world.supervisor.pk))
    official, official_pages = exported(world, User.objects.get(pk=world.admin.pk))
    letters, painted = embedded(own)
    assert (letters, CREAM in painted, own_pages > official_pages) == ({"dyslexic"}, True, True)
    report = pdf_rules.validate_pdf_bytes(own, profile="ua1")
    assert [failure.message for failure in report.failures] == []
    letters, painted = embedded(official)
    assert (letters, CREAM in painted) == (set(), False)
