"""What is in the document, decided without a PDF; and that hostile text breaks none."""

import io

import page as pdf_rules
import pypdf
import pytest
from django.utils import timezone

from accounts.models import Membership
from pathway.models import Enrolment
from portfolio.document import build_document
from portfolio.models import Evidence
from portfolio.pdf import coverage_alt, coverage_words, portfolio_pdf
from tests.factories.observations import draft, reflected, released
from tests.factories.pathway import CohortFactory
from tests.factories.portfolio import EvidenceFactory, area_of, shared
from tests.factories.sessions_catalogue import AttendanceFactory, PlaceFactory, held

PORTFOLIO = Evidence.Audience.PORTFOLIO
HOSTILE = [
    "<script>alert(1)</script> & <b>bold</b>",
    '<img src="file:///etc/passwd"> <style>@import url(file:///etc/passwd)</style>',
    "![x](file:///etc/passwd) [click](javascript:alert(1))",
    "\u202eright to left\u202c \U0001f600 \u0000".replace("\u0000", ""),
    "# heading\n\n## another\n\n> quote\n\n- a\n- b\n\n" + "word" * 3000,
    "{{ document }} {% include 'base.html' %} ${7*7}",
]


def document_of(enrolment):
    row = Enrolment.objects.with_people().get(pk=enrolment.pk)
    return build_document(row, made_by=enrolment.supervisor, made_at=timezone.now())


@pytest.fixture
def area(world):
    return area_of(world.enrolment)


def test_only_what_is_in_the_portfolio_is_in_the_document(world, area):
    EvidenceFactory(enrolment=world.enrolment, title="Only mine")
    shared(world.enrolment, title="For the mentor")
    shared(world.enrolment, title="For the panel", audience=PORTFOLIO, areas={area: "It fits"})
    document = document_of(world.enrolment)
    assert [piece.title for piece in document.pieces] == ["For the panel"]
    [section] = document.areas
    assert [(piece.number, why) for piece, why in section.pieces] == [(1, "It fits")]


def test_what_was_changed_after_it_was_shared_stays_out(world, area):
    piece = shared(world.enrolment, title="As shared", audience=PORTFOLIO, areas={area: "It fits"})
    Evidence.objects.filter(pk=piece.pk).update(title="Typed later", body="Typed later")
    assert [found.title for found in document_of(world.enrolment).pieces] == ["As shared"]


def test_the_sessions_are_those_that_were_the_persons_own(world):
    missed, caught_up = held(world.cohort, days_ago=9), held(CohortFactory(organisation=world.organisation), days_ago=2)
    AttendanceFactory(enrolment=world.enrolment, scheduled=missed, state="missed")
    PlaceFactory(enrolment=world.enrolment, scheduled=caught_up)
    own = held(world.cohort, days_ago=5)
    held(world.cohort, days_ago=4, cancelled_at=timezone.now())
    held(world.cohort, days_ago=-3)
    assert document_of(world.enrolment).sessions == tuple((str(row.session), row.held_on) for row in (own, caught_up))


def test_only_released_observations_are_in_it_with_their_reflection(world):
    draft(world.enrolment, noticed="Still a draft")
    released(world.enrolment, noticed="Let go")
    reflected(world.enrolment, noticed="Answered")
    sections = document_of(world.enrolment).observations
    assert {dict(section.parts)["What was noticed"] for section in sections} == {"Let go", "Answered"}
    assert sum(bool(section.reflection) for section in sections) == 1


def test_the_cover_says_whose_it_is(world):
    Membership.objects.filter(user=world.supervisor).update(registration_body="swe", registration_number="SW12")
    document = document_of(world.enrolment)
    assert document.title == f"Portfolio of {world.supervisor.name}"
    assert document.registration == "Social Work England, SW12"
    assert (document.mentor, document.line_manager) == (world.mentor.name, world.line_manager.name)


def test_an_empty_portfolio_is_a_document_too(world):
    made = portfolio_pdf(document_of(world.enrolment))
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made.content)).pages]
    text = "\n".join(pages)
    # One page has all that there is nothing in.
    last = " ".join(pages[-1].split())
    assert [title in last for title in ("Evidence", "Observations", "Self-assessments", "Sessions held")] == [True] * 4
    assert "No evidence has been put into the portfolio yet." in text
    assert "No observation has been released yet." in text


def test_the_glance_counts_pieces_their_kinds_and_the_best(world, area):
    for title, kind in (("One", "situation"), ("Two", "situation"), ("Three", "plain")):
        piece = shared(world.enrolment, title=title, kind=kind, audience=PORTFOLIO, areas={area: "It fits"})
    piece.mappings.update(is_best=True)
    # The mark on what others cannot read is the writer's own.
    EvidenceFactory(enrolment=world.enrolment, title="Only mine", areas={area: ""}).mappings.update(is_best=True)
    [section] = document_of(world.enrolment).areas
    assert [piece.title for piece in section.best] == ["Three"]
    assert section.counted.kinds == (("a situation I handled", 2, 0), ("something else", 1, 1))
    document = document_of(world.enrolment)
    assert coverage_words(document) == "1 of 1 areas have evidence."
    assert coverage_alt(document) == (
        f"Evidence in each area. {area}: 3 pieces, 1 of them among the best. The table says of what kinds."
    )
    made = portfolio_pdf(document)
    report = pdf_rules.validate_pdf_bytes(made.content, profile="ua1")
    assert [failure.message for failure in report.failures] == []
    text = " ".join("\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made.content)).pages).split())
    assert "A situation I handled (2), something else 3. Three" in text


def test_a_mark_for_an_area_that_was_not_shared_is_not_told(world, area):
    piece = shared(world.enrolment, audience=PORTFOLIO, areas={area: "It fits"})
    other = area_of(world.enrolment, 2)
    piece.mappings.create(organisation=piece.organisation, area=other, is_best=True)
    assert [section.best for section in document_of(world.enrolment).areas] == [(), ()]


@pytest.mark.slow
def test_hostile_text_neither_breaks_the_pdf_nor_reaches_out(world, area):
    for text in HOSTILE:
        shared(world.enrolment, title=text[:150], body=text, audience=PORTFOLIO, areas={area: text[:300]})
    made = portfolio_pdf(document_of(world.enrolment))
    report = pdf_rules.validate_pdf_bytes(made.content, profile="ua1")
    assert [failure.message for failure in report.failures] == []
    reader = pypdf.PdfReader(io.BytesIO(made.content))
    text = " ".join("\n".join(page.extract_text() for page in reader.pages).split())
    assert "<script>alert(1)</script> & <b>bold</b>" in text
    assert "root:" not in text
    addresses = {
        annotation.get_object()["/A"]["/URI"]
        for page in reader.pages
        for annotation in page.get("/Annots") or []
        if "/URI" in annotation.get_object().get("/A", {})
    }
    assert addresses == set()
