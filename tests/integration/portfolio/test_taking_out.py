"""What is taken out for good is nowhere any more, and nothing tells what it was."""

import datetime as dt
import json
import logging
import uuid

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, WorkingCopy
from observations.models import Observation
from portfolio.models import Attachment, Evidence, PortfolioExport
from portfolio.queries.places import PLACES, years_of
from portfolio.queries.taking_out import look_for
from portfolio.services.exports import build_export
from portfolio.services.stored_exports import TAKEN_OUT
from portfolio.services.taking_out import take_out
from pqs_portal.templatetags.portal import clock, short_date
from reminders.services.plan import plan
from tests.factories.observations import released
from tests.factories.portfolio import AttachmentFactory, EvidenceFactory, NoteFactory, planned, shared
from tests.factories.reflection import reflected
from tests.factories.taking_out import LEFT, PASSAGE, TEXT, TOKEN, filled
from tests.integration.portfolio.test_comments import keep

PAGE = reverse("portfolio:take_out")


def tables_with(words):
    """Every table of the database of which a row, as text, has the words: all columns of all kinds."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT count(*) FROM {name} AS t WHERE t::text ILIKE %s", [f"%{words}%"])  # noqa: S608
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def stored():
    """The names of all files."""
    names, folders = [], [""]
    while folders:
        folder = folders.pop()
        inside, files = default_storage.listdir(folder)
        folders += [f"{folder}{name}/" for name in inside]
        names += [f"{folder}{name}" for name in files]
    return names


def confirm(client, passages=PASSAGE, **more):
    return client.post(PAGE, {"passages": passages, "take_out": "yes"} | more)


def test_no_place_was_left_empty(world):
    """What could stay behind must be there before."""
    filled(world)
    years = years_of(world.supervisor, world.enrolment)
    for place in PLACES:
        for name in place.texts:
            held = [str(getattr(row, name)).lower() for row in place.rows(world.supervisor, years)]
            assert any(TOKEN in text for text in held), (place.model, name)


def test_nothing_of_it_is_anywhere(world, sign_in, caplog, django_capture_on_commit_callbacks, tmp_path):
    rows = filled(world)
    caplog.set_level(logging.DEBUG)
    before = tables_with(TOKEN)
    assert len(before) > 20
    assert len(stored()) == 2
    client = sign_in(world.supervisor)
    with django_capture_on_commit_callbacks(execute=True):
        assert confirm(client, chosen=[str(rows["file"].pk)]).status_code == 302
    plan(today=timezone.localdate(), now=timezone.now())
    assert tables_with(TOKEN) == []
    assert stored() == []
    assert TOKEN not in str(cache._cache if hasattr(cache, "_cache") else "").lower()
    assert TOKEN not in caplog.text.lower()
    rows["piece"].refresh_from_db()
    assert (rows["piece"].body, rows["piece"].tags) == (LEFT, ["[taken out]", "mine"])
    assert {version.body for version in rows["piece"].versions.all()} == {LEFT}
    rows["comment"].refresh_from_db()
    assert (rows["comment"].text, rows["comment"].passage) == (LEFT, "[taken out]")


def test_what_stands_beside_it_stays(world):
    rows = filled(world)
    take_out(enrolment=world.enrolment, by=world.supervisor, passages=[PASSAGE])
    version = rows["objective"].plan.versions.get().objectives[0]
    assert (version["period"], version["need"], version["reviews"][0]["by"]) == ("first", LEFT, "[taken out]")
    rows["typed"].refresh_from_db()
    assert rows["typed"].payload == {"body": [LEFT], "title": ["Mine"]}


def test_nobody_elses_words_are_touched(world):
    theirs = EvidenceFactory(enrolment=world.other.enrolment, body=TEXT)
    filled(world)
    take_out(enrolment=world.enrolment, by=world.supervisor, passages=[PASSAGE])
    assert tables_with(TOKEN) == ["portfolio_evidence", "portfolio_evidenceversion"]
    theirs.refresh_from_db()
    assert (theirs.body, theirs.version) == (TEXT, 1)


def test_an_observers_words_stay_and_are_told_of(world, sign_in):
    read = released(world.enrolment, noticed=TEXT)
    unseen = Observation.objects.create(
        organisation=world.organisation, enrolment=world.enrolment, observer=world.ld_lead, noticed=TEXT, status="draft"
    )
    NoteFactory(enrolment=world.enrolment, text=TEXT)
    found = look_for([PASSAGE], enrolment=world.enrolment, by=world.supervisor)
    assert [(place.what, place.count) for place in found.places] == [("note for later", 1)]
    assert found.observers == [world.mentor.name]
    page = sign_in(world.supervisor).post(PAGE, {"passages": PASSAGE, "look": ""}).content.decode()
    assert f"Talk to {world.mentor.name}." in page
    confirm(sign_in(world.supervisor))
    for row in (read, unseen):
        row.refresh_from_db()
        assert row.noticed == TEXT


def test_the_preview_says_where_and_changes_nothing(world, sign_in):
    rows = filled(world)
    response = sign_in(world.supervisor).post(PAGE, {"passages": f"{PASSAGE}\nNobody At All", "look": ""})
    found = response.context["found"]
    counted = {place.what: place.count for place in found.places}
    assert (counted["piece of evidence"], counted["comments"], counted["texts you are typing"]) == (1, 3, 2)
    assert found.missing == ["Nobody At All"]
    assert found.files == [rows["file"]]
    # The mentor's own view is not opened: the writer is not told what it says.
    assert not any("view" in place.what for place in found.places)
    assert len(tables_with(TOKEN)) > 20


def test_the_preview_names_the_texts_and_leads_to_their_pages(world, sign_in):
    piece = shared(world.enrolment, title="Team day", body=TEXT)
    note = NoteFactory(enrolment=world.enrolment, text=TEXT)
    page = sign_in(world.supervisor).post(PAGE, {"passages": PASSAGE, "look": ""})
    found = page.context["found"]
    assert [(place.what, place.texts) for place in found.places] == [
        ("piece of evidence", [("Team day", piece.get_absolute_url(), 1)]),
        ("saved versions", [("Team day", piece.get_absolute_url(), 2)]),
        ("note for later", [("We met Margaret QZXWNAME again.", note.get_absolute_url(), 1)]),
    ]
    html = page.content.decode()
    assert f'<li>2 saved versions: <a class="govuk-link" href="{piece.get_absolute_url()}" target="_blank"' in html


def test_every_text_of_the_preview_has_a_name_and_a_page_that_opens(world, sign_in):
    filled(world)
    client = sign_in(world.supervisor)
    found = client.post(PAGE, {"passages": PASSAGE, "look": ""}).context["found"]
    unnamed = [place.what for place in found.places if sum(many for _, _, many in place.texts) != place.count]
    assert unnamed == ["reason for an export"]
    pages = {url for place in found.places for _, url, _ in place.texts if url}
    assert len(pages) > 8
    assert {url: client.get(url).status_code for url in pages} == dict.fromkeys(pages, 200)


@pytest.mark.parametrize("chooses_the_file", [False, True])
def test_the_result_is_the_number_of_the_preview(world, sign_in, chooses_the_file):
    rows = filled(world)
    more = {"chosen": [str(rows["file"].pk)]} if chooses_the_file else {}
    client = sign_in(world.supervisor)
    total = client.post(PAGE, {"passages": PASSAGE, "look": ""} | more).context["found"].total
    response = client.post(PAGE, {"passages": PASSAGE, "take_out": "yes"} | more, follow=True)
    assert f"Taken out for good, in {total} places." in response.content.decode()


def test_what_is_typed_here_is_kept_nowhere(world, sign_in):
    client = sign_in(world.supervisor)
    NoteFactory(enrolment=world.enrolment, text="Margaret Other")
    client.post(PAGE, {"passages": "Margaret Other\nMargaret Qzxwname", "look": ""})
    client.post(PAGE, {"passages": "Margaret Qzxwname", "change": ""})
    assert tables_with(TOKEN) == []


@pytest.mark.parametrize(
    ("passages", "error"),
    [
        ("", "Enter the words, or choose a file"),
        ("a", "Each line must have at least two letters or digits"),
        ("\n".join(f"word{number}" for number in range(21)), "Take out 20 passages at a time; there are 21"),
        ("Nowhere", "These words stand nowhere in what you have written. Check how they are spelt there"),
    ],
)
def test_what_cannot_be_looked_for(world, sign_in, passages, error):
    response = sign_in(world.supervisor).post(PAGE, {"passages": passages, "look": ""})
    assert response.context["form"].errors == {"passages": [error]}
    assert "<title>Error:" in response.content.decode()


def test_a_file_goes_with_its_name(world, sign_in, django_capture_on_commit_callbacks):
    evidence = shared(world.enrolment)
    file = AttachmentFactory(evidence=evidence, name="Margaret.txt", sha256="1" * 64)
    evidence.shared_version.attachments.add(file)
    client, url = sign_in(world.supervisor), file.get_absolute_url()
    preview = client.post(PAGE, {"passages": "", "chosen": [str(file.pk)], "look": ""})
    assert preview.context["chosen"] == [file]
    with django_capture_on_commit_callbacks(execute=True):
        confirm(client, "", chosen=[str(file.pk)])
    file.refresh_from_db()
    assert (file.name, file.file.name, file.sha256, file.size) == ("[taken out]", "", "", 0)
    assert stored() == []
    assert client.get(url).status_code == sign_in(world.mentor).get(url).status_code == 404
    assert client.get(PAGE).context["form"].fields.keys() == {"passages"}


def test_files_of_one_name_are_told_apart(world, sign_in):
    evidence, at = EvidenceFactory(enrolment=world.enrolment, title="Team day"), timezone.now()
    day = dt.timedelta(days=1)
    for size, created, removed in (
        (10, at - 3 * day, at - 2 * day),
        (2000, at - 2 * day, at - day),  # in the place of the first
        (30, at, None),
    ):
        row = AttachmentFactory(evidence=evidence, name="Plan.docx", size=size, removed_at=removed)
        Attachment.objects.filter(pk=row.pk).update(created_at=created)
    form = sign_in(world.supervisor).get(PAGE).context["form"]

    def words(then, rest):
        return f"Plan.docx in Team day, added {short_date(then)} at {clock(then)}, {rest}"

    assert [label for _, label in form.fields["chosen"].choices] == [
        words(at, "30 bytes"),
        words(at - 2 * day, "2 KB (removed)"),
        words(at - 3 * day, "10 bytes (replaced)"),
    ]


@pytest.mark.parametrize("name", ["reflection", "plan"])
def test_it_begins_at_other_texts_too_and_leads_back(world, sign_in, name):
    reflected(world.enrolment)
    planned(world.enrolment)
    client, came_from = sign_in(world.supervisor), reverse(f"portfolio:{name}")
    url = f"{PAGE}?from={name}"
    assert f'href="{url}"' in client.get(came_from).content.decode()
    assert client.get(url).context["back_url"] == came_from


def test_nobody_elses_file_can_be_chosen(world, sign_in):
    theirs = AttachmentFactory(evidence=EvidenceFactory(enrolment=world.other.enrolment))
    AttachmentFactory(evidence=EvidenceFactory(enrolment=world.enrolment))
    response = confirm(sign_in(world.supervisor), "", chosen=[str(theirs.pk)])
    assert response.context["form"].errors == {"chosen": ["Choose files that are still here"]}
    assert Attachment.objects.exclude(name="[taken out]").count() == 2


def test_the_bytes_stay_if_the_rest_fails(world, monkeypatch, django_capture_on_commit_callbacks):
    file = AttachmentFactory(evidence=EvidenceFactory(enrolment=world.enrolment, body=TEXT))

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("portfolio.services.taking_out.audit.record", fail)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError):
        take_out(enrolment=world.enrolment, by=world.supervisor, passages=[PASSAGE], files=[file.pk])
    file.refresh_from_db()
    assert default_storage.exists(file.file.name)
    assert Evidence.objects.get().body == TEXT


def test_exports_are_gone_and_say_why(world, sign_in, django_capture_on_commit_callbacks):
    rows = filled(world)
    running = PortfolioExport.objects.create(
        organisation=world.organisation, enrolment=world.enrolment, requested_by=world.supervisor, status="running",
        claim_id=uuid.uuid4(), lease_until=timezone.now(),
    )  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        take_out(enrolment=world.enrolment, by=world.supervisor, passages=[PASSAGE])
    for export in (rows["export"], running):
        export.refresh_from_db()
        assert (export.status, export.failure, export.file.name, export.claim_id) == ("deleted", TAKEN_OUT, "", None)
    assert sign_in(world.admin).get(reverse("portfolio:export_download", args=[rows["export"].pk])).status_code == 404
    page = sign_in(world.admin).get(reverse("portfolio:export", args=[rows["export"].pk])).content.decode()
    assert f"{TAKEN_OUT}." in page
    assert f">{TAKEN_OUT}</span>" in sign_in(world.admin).get(reverse("portfolio:export_list")).content.decode()
    assert build_export(export_id=running.pk, now=timezone.now()) is False


def test_the_audit_says_who_and_when_and_never_what(world, sign_in):
    rows = filled(world)
    AuditEvent.objects.all().delete()
    confirm(sign_in(world.supervisor), chosen=[str(rows["file"].pk)])
    told = list(AuditEvent.objects.order_by("at").values_list("verb", "actor", "from_status", "to_status"))
    assert told == [
        ("took a file out for good", world.supervisor.pk, "", ""),
        ("took something out for good", world.supervisor.pk, "", ""),
    ]
    page = sign_in(world.admin).get(reverse("accounts:record_list"), {"category": "taken_out"})
    assert [(line.who, line.what) for line in page.context["lines"]] == [
        (world.supervisor.name, "Took something out for good"),
        (world.supervisor.name, "Took a file out for good"),
    ]
    assert TOKEN not in page.content.decode().lower()
    for person in (world.supervisor, world.mentor, world.ld_lead):
        assert sign_in(person).get(reverse("accounts:record_list")).status_code == 403


def edit_url(evidence):
    return reverse("portfolio:evidence_edit", args=[evidence.pk])


def test_an_open_window_cannot_save_the_old_words_unnoticed(world, sign_in, posted):
    evidence = EvidenceFactory(enrolment=world.enrolment, body=TEXT)
    client = sign_in(world.supervisor)
    data = posted(body=TEXT) | {"version": 1, "draft_revision": 0}
    confirm(client)
    assert keep(client, world.supervisor, "evidence", evidence.pk, body=TEXT).status_code == 409
    response = client.post(edit_url(evidence), data)
    assert response.status_code == 409
    assert "Words were taken out or taken back meanwhile" in response.content.decode()
    assert tables_with(TOKEN) == []


def test_without_javascript_the_old_words_are_no_draft_either(world, sign_in):
    evidence = EvidenceFactory(enrolment=world.enrolment, body=TEXT)
    client = sign_in(world.supervisor)
    confirm(client)
    url = reverse("accounts:draft", args=["evidence", evidence.pk])
    response = client.post(url, {"body": TEXT, "draft_revision": "0"})
    assert response.status_code == 409
    assert "Words were taken out or taken back meanwhile" in response.content.decode()
    assert tables_with(TOKEN) == []


def test_a_page_opened_afterwards_is_as_ever(world, sign_in, posted):
    evidence = EvidenceFactory(enrolment=world.enrolment, body=TEXT)
    client = sign_in(world.supervisor)
    confirm(client)
    form = client.get(edit_url(evidence)).context["form"]
    assert (form["body"].value(), form.draft.opened_at, form["version"].value()) == (LEFT, None, 2)
    kept = keep(client, world.supervisor, "evidence", evidence.pk, form.draft.revision, body="New").json()["revision"]
    data = posted(body="New words") | {"version": 2, "draft_revision": kept}
    assert client.post(edit_url(evidence), data).status_code == 302
    assert not WorkingCopy.objects.filter(form="evidence").exists()


def test_a_kept_draft_is_cleaned_and_an_open_window_hears_of_it(world, sign_in):
    evidence = shared(world.enrolment, body=TEXT)
    writer, mentor = sign_in(world.supervisor), sign_in(world.mentor)
    mine = keep(writer, world.supervisor, "evidence", evidence.pk, body=TEXT).json()["revision"]
    theirs = keep(mentor, world.mentor, "evidence_comment", evidence.pk, text=TEXT).json()["revision"]
    confirm(writer)
    again = keep(writer, world.supervisor, "evidence", evidence.pk, mine, body=TEXT)
    assert (again.status_code, again.json()["current"]["body"]) == (409, [LEFT])
    again = keep(mentor, world.mentor, "evidence_comment", evidence.pk, theirs, text=TEXT)
    assert (again.status_code, json.loads(again.content)["current"]["text"]) == (409, [LEFT])
    assert tables_with(TOKEN) == []


def test_the_mentors_open_window_is_closed_too(world, sign_in):
    evidence = shared(world.enrolment, body=TEXT)
    confirm(sign_in(world.supervisor))
    mentor = sign_in(world.mentor)
    assert keep(mentor, world.mentor, "evidence_comment", evidence.pk, text=TEXT).status_code == 409
    assert mentor.get(evidence.get_absolute_url()).context["form"].draft.opened_at is None


def test_a_piece_in_the_bin_is_cleaned(world):
    evidence = EvidenceFactory(enrolment=world.enrolment, body=TEXT, discarded_at=timezone.now())
    assert take_out(enrolment=world.enrolment, by=world.supervisor, passages=[PASSAGE]) == 2
    evidence.refresh_from_db()
    assert (evidence.body, evidence.version) == (LEFT, 2)


def test_a_longer_word_still_fits(world):
    tag, title = "Jo and everybody else who came that day!", "Jo " * 66 + "!"
    evidence = EvidenceFactory(enrolment=world.enrolment, title=title, tags=[tag, "Jo"])
    file = AttachmentFactory(evidence=evidence, name=f"Jo {'x' * 252}")
    take_out(enrolment=world.enrolment, by=world.supervisor, passages=["Jo"])
    evidence.refresh_from_db()
    file.refresh_from_db()
    assert evidence.title == "… " * 66 + "!"
    assert {version.title for version in evidence.versions.all()} == {evidence.title}
    assert evidence.tags == ["… and everybody else who came that day!", "[taken out]"]
    assert file.name == f"… {'x' * 252}"


def test_twice_is_once(world, sign_in):
    NoteFactory(enrolment=world.enrolment, text=TEXT)
    client = sign_in(world.supervisor)
    for _ in range(2):
        assert confirm(client).status_code == 302
    assert AuditEvent.objects.filter(verb="took something out for good").count() == 1


@pytest.mark.parametrize("person", ["mentor", "line_manager", "ld_lead", "admin", "outsider"])
def test_only_the_writer_takes_out(world, sign_in, person):
    NoteFactory(enrolment=world.enrolment, text=TEXT)
    client = sign_in(getattr(world, person))
    assert {client.get(PAGE).status_code, confirm(client).status_code} == {404}
    assert tables_with(TOKEN) == ["portfolio_note"]
