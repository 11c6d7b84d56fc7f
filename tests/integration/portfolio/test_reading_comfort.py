"""One's own PDF has the letters, size and tint that one chose; what others make of it has not."""

import io
import uuid

import page as pdf_rules
import pikepdf
import pytest
from django.utils import timezone

from accounts.models import User
from portfolio.services.exports import build_export, request_export
from tests.factories.portfolio import shared

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LETTERS = {"hyperlegible": "Atkinson-Hyperlegible", "dyslexic": "OpenDyslexic", "serif": "Source-Serif-4"}


def exported(world, by):
    export = request_export(enrolment=world.enrolment, reason="The panel asked", export_id=uuid.uuid4(), by=by)
    assert build_export(export_id=export.pk, now=timezone.now())
    export.refresh_from_db()
    return export.file.open().read(), export.pages


def embedded(content):
    """Names of the fonts that the document carries in itself."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return {str(thing.FontName).partition("+")[2] for thing in pdf.objects if is_embedded(thing)}


def is_embedded(thing):
    return isinstance(thing, pikepdf.Dictionary) and ("/FontFile2" in thing or "/FontFile3" in thing)


@pytest.fixture
def chosen(world):
    def choose(**choice):
        User.objects.filter(pk=world.supervisor.pk).update(**choice)
        world.supervisor.refresh_from_db()

    shared(world.enrolment, audience="portfolio", title="Zażółć gęślą jaźń", body="A long silence. " * 200)
    return choose


@pytest.mark.slow
@pytest.mark.parametrize("font", LETTERS)
def test_ones_own_pdf_carries_the_letters(world, chosen, font):
    chosen(font=font)
    content, _ = exported(world, world.supervisor)
    assert [name for name in embedded(content) if name.startswith(LETTERS[font])] != []
    report = pdf_rules.validate_pdf_bytes(content, profile="ua1")
    assert [failure.message for failure in report.failures] == []


@pytest.mark.slow
def test_size_and_spacing_make_it_longer_and_the_tint_is_in_it(world, chosen):
    _, pages = exported(world, world.supervisor)
    chosen(text_size="largest", spacing="widest", tint="cream")
    content, more = exported(world, world.supervisor)
    assert more > pages
    with pikepdf.open(io.BytesIO(content)) as pdf:
        painted = pdf.pages[0].Contents.read_bytes()
    assert b"0.988235" in painted  # fc of #fcf5e3


@pytest.mark.slow
def test_a_pdf_made_by_somebody_else_looks_as_always(world, chosen):
    chosen(font="dyslexic", text_size="largest", spacing="widest", tint="pink")
    User.objects.filter(pk=world.admin.pk).update(font="serif")
    _, own = exported(world, world.supervisor)
    content, pages = exported(world, User.objects.get(pk=world.admin.pk))
    assert {name for name in embedded(content) if name.startswith(tuple(LETTERS.values()))} == set()
    assert pages < own
