"""What is open on a screen, waits for a scanner or comes back from an old version, when its words are taken out."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.drafts import forms, together, windows_on
from accounts.models import SaidFine, WorkingCopy
from accounts.services.said_fine import say_fine
from portfolio.drafts.self_assessment import target_of
from portfolio.models import (
    Action,
    Attachment,
    CpdRecord,
    EvidenceVersion,
    MentorView,
    Note,
    Objective,
    Reflection,
    ReflectionVersion,
    SelfAssessment,
)
from portfolio.queries.places import PLACES
from portfolio.services.attachments import scan_waiting
from portfolio.services.evidence import StaleVersion
from portfolio.services.looking import files_to_look_at
from portfolio.services.taking_out import take_out
from portfolio.services.versions import bring_back
from sessions_catalogue.models import Worksheet, WorkspaceEntry
from tests.factories.portfolio import AttachmentFactory, EvidenceFactory, area_of
from tests.factories.sessions_catalogue import BlockItemFactory
from tests.factories.taking_out import LEFT, PASSAGE, TEXT, filled
from tests.integration.portfolio.test_comments import keep


def out(world, **kwargs):
    return take_out(enrolment=world.enrolment, by=world.supervisor, **{"passages": [PASSAGE], **kwargs})


def at_start(form, row):
    return target_of(form, row.enrolment_id, "start")


# Form, who has it open, the model, and what the draft is written on.
WINDOWS = [
    ("reflection", "supervisor", Reflection, lambda row: row.enrolment_id),
    ("self_assessment", "supervisor", SelfAssessment, lambda row: at_start("self_assessment", row)),
    ("mentor_view", "mentor", MentorView, lambda row: at_start("mentor_view", row)),
    ("session_note", "supervisor", WorkspaceEntry, lambda row: together(row.enrolment_id, row.item_id)),
    ("worksheet", "supervisor", Worksheet, lambda row: row.pk),
    ("note", "supervisor", Note, lambda row: row.pk),
    ("notebook", "supervisor", Note, lambda row: row.pk),
    ("action", "supervisor", Action, lambda row: row.pk),
    ("action_done", "supervisor", Action, lambda row: row.pk),
    ("cpd", "supervisor", CpdRecord, lambda row: row.pk),
    ("objective", "supervisor", Objective, lambda row: row.pk),
    ("objective_close", "supervisor", Objective, lambda row: row.pk),
    ("objective_review", "supervisor", Objective, lambda row: row.pk),
]


@pytest.mark.parametrize(("form", "person", "model", "target"), WINDOWS, ids=[window[0] for window in WINDOWS])
def test_no_open_window_keeps_the_old_words_again(world, sign_in, form, person, model, target):
    filled(world)
    row, user = model.objects.get(), getattr(world, person)
    out(world)
    answer = keep(sign_in(user), user, form, target(row), text=TEXT)
    assert (answer.status_code, answer.json()["current"]) == (409, {})
    assert not WorkingCopy.objects.filter(payload__icontains="qzxwname").exists()


def test_every_form_that_keeps_drafts_is_the_window_of_some_row(world):
    filled(world)
    rows = [row for model in {place.model for place in PLACES} | {SelfAssessment} for row in model.objects.all()]
    seen = {form for row in rows for form, _ in windows_on(row)}
    # The observer's own; an observation is reflected on once; a follow-up has its test below; what L&D keeps for all.
    others = {"session_content", "session_block", "session_item", "resource", "tool", "suggestion_answer"}
    assert set(forms()) - seen == {"observation", "observation_reflection", "follow_up"} | others


def test_a_follow_up_that_is_open_is_closed_too(world, sign_in):
    session = BlockItemFactory().block.session
    WorkspaceEntry.objects.create(
        organisation=world.organisation, enrolment=world.enrolment, session=session, text=TEXT
    )
    out(world)
    target = together(world.enrolment.pk, session.pk)
    assert keep(sign_in(world.supervisor), world.supervisor, "follow_up", target, text=TEXT).status_code == 409


def test_a_window_that_was_closed_before_and_opened_since_is_closed_again(world, sign_in):
    evidence = EvidenceFactory(enrolment=world.enrolment, body=f"{TEXT} And Jo.")
    out(world)
    seen = WorkingCopy.objects.get(form="evidence", author=world.supervisor).revision
    out(world, passages=["Jo"])
    answer = keep(sign_in(world.supervisor), world.supervisor, "evidence", evidence.pk, seen, body="And Jo.")
    assert answer.status_code == 409


def queries_for(world, pieces):
    area = area_of(world.enrolment)
    for _ in range(pieces):
        piece = EvidenceFactory(enrolment=world.enrolment, title=TEXT, body=TEXT, areas={area: TEXT}, tags=["mine"])
        AttachmentFactory(evidence=piece)
    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert out(world) == 3 * pieces
    return len(counted)


def test_each_piece_costs_little(world):
    one = queries_for(world, 1)
    five = queries_for(world, 5)
    assert five - one <= 4 * 6


def test_dates_ids_and_choices_of_a_draft_stay(world):
    payload = {
        "body": ["In 2026 we met"], "happened_on_year": ["2026"], "happened_on_day": ["20"], "version": ["2026"],
        "id": ["2026"], "revision": ["2026"], "kept": ["2026"], "areas": ["2026"], "level_1": ["2026"],
        "draft_page": ["2026"], "why_1": ["2026"],
    }  # fmt: skip
    copy = WorkingCopy.objects.create(
        organisation=world.organisation, author=world.supervisor, form="evidence", target_id=uuid.uuid4(),
        payload=payload, revision=1,
    )  # fmt: skip
    assert out(world, passages=["2026"]) == 1
    copy.refresh_from_db()
    assert copy.payload == payload | {"body": ["In [taken out] we met"], "why_1": ["[taken out]"]}


def test_a_file_that_waits_for_the_scanner_holds_nobody_up(world, settings, monkeypatch):
    settings.CLAMD_ADDRESS = "clamd:3310"
    monkeypatch.setattr("pqs_portal.lib.clamd.is_harmless", lambda chunks, address: True)
    evidence = EvidenceFactory(enrolment=world.enrolment)
    gone = AttachmentFactory(evidence=evidence, state="checking")
    out(world, passages=[], files=[gone.pk])
    waits = AttachmentFactory(evidence=evidence, state="checking")
    gone.refresh_from_db()
    assert (gone.state, gone.file.name, gone.found) == ("refused", "", None)
    assert scan_waiting() == 1
    waits.refresh_from_db()
    assert waits.state == "clean"


@pytest.mark.parametrize("state", Attachment.State.values)
def test_a_row_without_bytes_is_passed_over(world, settings, state):
    settings.CLAMD_ADDRESS = "nobody.invalid:3310"
    AttachmentFactory(evidence=EvidenceFactory(enrolment=world.enrolment), state=state, file="")
    assert (scan_waiting(), files_to_look_at()) == (0, [])


def test_an_old_version_with_the_words_does_not_come_back(world):
    evidence = EvidenceFactory(enrolment=world.enrolment)
    EvidenceVersion.objects.update(body=TEXT)
    old = evidence.versions.get()
    out(world)
    with pytest.raises(StaleVersion):
        bring_back(evidence=evidence, old=old, version=1, by=world.supervisor)
    assert not EvidenceVersion.objects.filter(body=TEXT).exists()


def test_an_old_version_of_a_reflection_counts_as_a_change_of_it(world):
    filled(world)
    Reflection.objects.update(title="Mine", parts={})
    out(world)
    assert (Reflection.objects.get().revision, ReflectionVersion.objects.get().title) == (2, LEFT)


@pytest.mark.parametrize("what", ["words", "file"])
def test_what_was_found_and_what_was_called_fine_are_forgotten(world, what):
    evidence = EvidenceFactory(enrolment=world.enrolment, body=TEXT)
    file = AttachmentFactory(evidence=evidence, found=[{"kind": "name", "where": "line 1", "text": PASSAGE}])
    other = EvidenceFactory(enrolment=world.enrolment)
    for piece in (evidence, other):
        say_fine(author=world.supervisor, thing_id=piece.pk, organisation_id=world.organisation.pk, digests=["1" * 64])
    out(world, **({} if what == "words" else {"passages": [], "files": [file.pk]}))
    file.refresh_from_db()
    assert (file.found, [row.thing_id for row in SaidFine.objects.all()]) == (None, [other.pk])


def test_removing_a_file_leads_to_taking_it_out(world, sign_in):
    file = AttachmentFactory(evidence=EvidenceFactory(enrolment=world.enrolment))
    client = sign_in(world.supervisor)
    page = client.get(reverse("portfolio:attachment_remove", args=[file.pk])).content.decode()
    link = f"{reverse('portfolio:take_out')}?piece={file.evidence_id}&amp;file={file.pk}"
    assert f'href="{link}"' in page
    form = client.get(link.replace("&amp;", "&")).context["form"]
    assert form["chosen"].value() == [str(file.pk)]
