"""What nobody else can read is in a PDF that its writer makes for themselves and asks for it, and in no other."""

import io
import uuid

import page as pdf_rules
import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from pathway.models import Enrolment, Statement, StatementSet
from portfolio.document import build_document
from portfolio.models import CpdRecord, Evidence, EvidenceMapping, PortfolioExport
from portfolio.pdf import portfolio_pdf
from portfolio.services.evidence import add_version
from portfolio.services.exports import build_export, request_export
from tests.factories.accounts import PASSWORD
from tests.factories.portfolio import (
    AttachmentFactory,
    EvidenceFactory,
    NoteFactory,
    area_of,
    assessed,
    plan_opened,
    planned,
    shared,
)
from tests.factories.reflection import reflected

OWN = reverse("portfolio:own_export")
PORTFOLIO = {"FORALL", "FORALLREASON"}
PRIVATE = {
    "ONLYTITLE", "ONLYBODY", "ONLYREASON", "ONLYFILE", "MENTORED", "TYPEDLATER", "ASSESSED", "DRAFTED", "PLANNED",
    "REFLECTED", "CPDTITLE", "CPDWHAT", "CPDLEARNT", "CPDIMPACT", "CPDPEER",
}  # fmt: skip
NOWHERE = {"THROWNAWAY", "CPDAWAY", "NOTED", "TAGGED"}
EVERY = PORTFOLIO | PRIVATE | NOWHERE


@pytest.fixture(autouse=True)
def media(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("portfolio.tasks.build_export.delay", lambda pk: None)


@pytest.fixture
def written(world):
    """A year with each kind of writing in it, nearly all of it the writer's alone."""
    enrolment, area = world.enrolment, area_of(world.enrolment)
    Membership.objects.filter(user=world.supervisor).update(registration_body="swe")
    for_all = shared(enrolment, audience="portfolio", title="FORALL", areas={area: "FORALLREASON"})
    Evidence.objects.filter(pk=for_all.pk).update(body="TYPEDLATER", tags=["TAGGED"])
    only = EvidenceFactory(enrolment=enrolment, title="ONLYTITLE", body="ONLYBODY", areas={area: "ONLYREASON"})
    AttachmentFactory(evidence=only, name="ONLYFILE.txt")
    shared(enrolment, title="MENTORED")
    EvidenceFactory(enrolment=enrolment, title="THROWNAWAY", discarded_at=timezone.now())
    assessed(enrolment, {area: 2}, why="ASSESSED")
    assessed(enrolment, {area: 3}, why="DRAFTED", point="end", finish=False)
    planned(enrolment, need="PLANNED")
    plan_opened(enrolment)
    reflected(enrolment, what="REFLECTED")
    said = {"what_and_why": "CPDWHAT", "learnt": "CPDLEARNT", "impact": "CPDIMPACT"}
    record = {"organisation": enrolment.organisation, "enrolment": enrolment, **said}
    CpdRecord.objects.create(**record, title="CPDTITLE", with_peer=True, peer_learnt="CPDPEER")
    CpdRecord.objects.create(**record, title="CPDAWAY", discarded_at=timezone.now())
    NoteFactory(enrolment=enrolment, text="NOTED")
    return world


def words_of(export):
    """Which of the words the stored PDF holds."""
    assert build_export(export_id=export.pk, now=timezone.now())
    export.refresh_from_db()
    with export.file.open() as file:
        pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(file.read())).pages]
    text = "\n".join(pages)
    return {word for word in EVERY if word in text}, pages


def press(client, **ticked):
    pk = uuid.uuid4()
    answer = client.post(OWN, {"id": pk, **ticked})
    assert answer.url == reverse("portfolio:export", args=[pk])
    return PortfolioExport.objects.get(pk=pk)


def test_the_writer_gets_all_of_it_on_asking(written, sign_in):
    export = press(sign_in(written.supervisor), with_private="on")
    words, pages = words_of(export)
    assert words == PORTFOLIO | PRIVATE
    assert all(f"For {written.supervisor.name} alone" in page for page in pages)


def test_each_piece_says_who_else_reads_it(written):
    enrolment = Enrolment.objects.with_people().get(pk=written.enrolment.pk)
    document = build_document(enrolment, made_by=written.supervisor, made_at=timezone.now(), with_private=True)
    assert {piece.title: piece.read_by for piece in document.pieces} == {
        "FORALL": "In your portfolio",
        "ONLYTITLE": "Only you",
        "MENTORED": f"You and {written.mentor.name}",
    }


def test_without_asking_it_is_the_portfolio(written, sign_in):
    words, pages = words_of(press(sign_in(written.supervisor)))
    assert words == PORTFOLIO
    assert all("Confidential" in page for page in pages)


def test_an_admin_gets_the_portfolio_whatever_they_send(written, sign_in):
    pk = uuid.uuid4()
    sent = {"id": pk, "reason": "The panel asked", "with_private": "on"}
    client = sign_in(written.admin)
    client.post(reverse("portfolio:export_new", args=[written.enrolment.pk]), sent)
    export = PortfolioExport.objects.get(pk=pk)
    assert export.with_private is False
    assert words_of(export)[0] == PORTFOLIO
    PortfolioExport.objects.filter(pk=pk).update(status="failed", with_private=True)
    client.post(reverse("portfolio:export_again", args=[pk]), {"id": uuid.uuid4(), "with_private": "on"})
    again = PortfolioExport.objects.exclude(pk=pk).get()
    assert (again.with_private, words_of(again)[0]) == (False, PORTFOLIO)


@pytest.mark.parametrize("person", ["admin", "mentor", "line_manager", "ld_lead", "panel_member", "outsider"])
def test_nobody_else_is_made_a_document_of_it(written, person):
    """Neither by a row that says so, nor by asking for the document itself."""
    by = getattr(written, person)
    export = request_export(enrolment=written.enrolment, reason="r", export_id=uuid.uuid4(), by=by, with_private=True)
    assert export.with_private is False
    enrolment = Enrolment.objects.with_people().get(pk=written.enrolment.pk)
    document = build_document(enrolment, made_by=by, made_at=timezone.now(), with_private=True)
    assert (document.with_private, document.cpd) == (False, ())
    assert {word for word in EVERY if word in str(document)} == PORTFOLIO
    PortfolioExport.objects.filter(pk=export.pk).update(with_private=True)
    assert words_of(export)[0] == PORTFOLIO


def test_the_admin_learns_nothing_of_it(written, sign_in):
    press(sign_in(written.supervisor), with_private="on")
    page = sign_in(written.admin).get(reverse("portfolio:export_list")).content.decode()
    assert "what only you can read" not in page


def test_trying_again_and_fetching_keep_what_was_asked_for(written, sign_in):
    written.supervisor.set_password(PASSWORD)
    written.supervisor.save()
    client = sign_in(written.supervisor)
    export = press(client, with_private="on")
    PortfolioExport.objects.filter(pk=export.pk).update(status="failed")
    client.post(reverse("portfolio:export_again", args=[export.pk]), {"id": uuid.uuid4()})
    again = PortfolioExport.objects.exclude(pk=export.pk).get()
    assert words_of(again)[0] == PORTFOLIO | PRIVATE
    assert "It holds what only you can read." in client.get(f"/exports/{again.pk}/").content.decode()
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    answer = client.get(reverse("portfolio:export_download", args=[again.pk]))
    assert answer.getvalue().startswith(b"%PDF")
    assert answer.headers["Content-Disposition"].endswith('-for-myself.pdf"')


def test_one_page_asks_for_each_of_the_two(written, sign_in):
    """The id stands in the page: two windows of it may ask for different things."""
    client = sign_in(written.supervisor)
    private = press(client, with_private="on")
    answer = client.post(OWN, {"id": private.pk})
    plain = PortfolioExport.objects.exclude(pk=private.pk).get()
    assert (answer.url, plain.with_private) == (reverse("portfolio:export", args=[plain.pk]), False)
    client.post(OWN, {"id": private.pk, "with_private": "on"})
    assert PortfolioExport.objects.count() == 2


@pytest.fixture
def statements(world):
    """Of two areas, the first of them marked as complete by the organisation, the second by another one."""
    found = []
    for number in (1, 2):
        area = area_of(world.enrolment, number)
        found += [
            Statement.objects.create(area=area, position=position, code=f"{number}.{position}", text="T")
            for position in (1, 2)
        ]
    marks = ((world.organisation, found[0].area, world.admin), (world.other.organisation, found[2].area, world.admin))
    for organisation, area, by in marks:
        StatementSet.objects.create(organisation=organisation, area=area, marked_by=by)
    return found


def test_statements_chosen_under_marked_areas_are_in_it(world, statements):
    first, second = statements[0].area, statements[2].area
    piece = shared(world.enrolment, audience="portfolio", title="Once", areas={first: "A", second: "B"})
    for mapping, statement in zip(EvidenceMapping.objects.order_by("area__number"), statements[::2], strict=True):
        mapping.statements.add(statement)
    only = EvidenceFactory(enrolment=world.enrolment, title="Mine", areas={first: "C"})
    only.mappings.get().statements.add(statements[1])
    enrolment = Enrolment.objects.with_people().get(pk=world.enrolment.pk)

    def document(**asked):
        return build_document(enrolment, made_by=world.supervisor, made_at=timezone.now(), **asked)

    # Chosen since it went into the portfolio: not there yet.
    assert [[said for *_, said in one.reasons] for one in document().pieces] == [[(), ()]]
    piece.refresh_from_db()
    piece.shared_version = add_version_of(piece)
    piece.save()
    [shown] = document().pieces
    assert [(area.number, chosen) for area, _, chosen in shown.reasons] == [(1, (statements[0],)), (2, ())]
    covered = {section.area.number: [len(one.pieces) for one in section.statements] for section in document().areas}
    assert covered == {1: [1, 0], 2: []}
    assert document().areas[0].statements_in_words == "1 of 2 statements has a piece"
    mine = document(with_private=True).areas[0]
    assert [[named.title for named in one.pieces] for one in mine.statements] == [["1. Once"], ["2. Mine"]]
    report = pdf_rules.validate_pdf_bytes(portfolio_pdf(document(with_private=True)).content, profile="ua1")
    assert [failure.message for failure in report.failures] == []


def add_version_of(piece):
    Evidence.objects.filter(pk=piece.pk).update(version=piece.version + 1)
    piece.refresh_from_db()
    return add_version(piece, by=piece.enrolment.supervisor, audience=piece.audience, shared_with=piece.shared_with)
