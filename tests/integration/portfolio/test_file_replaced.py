"""A file in which something was found gives its place to another, on the way to sharing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from portfolio import tasks
from portfolio.models import Attachment
from portfolio.services.evidence import StaleVersion, replace_file
from pqs_portal.lib.uploads import ACCEPTED_IN_WORDS, check_upload
from tests.factories.portfolio import AttachmentFactory, EvidenceFactory, area_of, shared, text_file

FOUND = [{"kind": "name", "where": "the text", "text": "Oluwaseun Adeyemi"}]


def address(file):
    return reverse("portfolio:attachment_replace", args=[file.pk])


def share_page(evidence):
    return reverse("portfolio:evidence_share", args=[evidence.pk])


@pytest.fixture
def file(world):
    evidence = EvidenceFactory(enrolment=world.enrolment, title="Team day")
    return AttachmentFactory(evidence=evidence, name="old.txt", found=FOUND)


def standing(evidence):
    return list(evidence.attachments.filter(removed_at=None).values_list("name", flat=True))


def test_the_check_leads_there_and_one_comes_back_to_it(world, sign_in, file):
    client, evidence = sign_in(world.supervisor), file.evidence
    other = AttachmentFactory(evidence=evidence, name="other.txt", found=[])
    there, back = f"{address(file)}?with=portfolio", f"{share_page(evidence)}?with=portfolio"
    led = client.post(share_page(evidence), {"audience": "portfolio", "words_do": f"replace_file:{file.pk}"})
    assert led.url == there
    page = client.get(there).content.decode()
    assert "Once you do, nobody can open that one any more" in page
    assert ("<strong>old.txt</strong>" in page, page.count(f'href="{back}"')) == (True, 2)
    response = client.post(there, {"file": text_file("new.txt")}, follow=True)
    assert response.redirect_chain == [(back, 302)]
    assert "“new.txt” is in its place." in response.content.decode()
    assert standing(evidence) == [other.name, "new.txt"]
    file.refresh_from_db()
    assert (file.removed_at is not None, file.found) == (True, None)
    evidence.refresh_from_db()
    assert evidence.version == 2
    assert list(evidence.versions.get(number=2).attachments.values_list("name", flat=True)) == ["other.txt", "new.txt"]
    # The new one is looked into as well.
    tasks.look_into_waiting_files()
    assert client.get(share_page(evidence)).context["words"].count == 0


@pytest.mark.parametrize(("press", "page"), [("replace_file", "replace"), ("remove_file", "remove")])
def test_what_was_typed_and_chosen_on_the_check_comes_along(world, sign_in, press, page):
    client, area = sign_in(world.supervisor), area_of(world.enrolment)
    evidence = EvidenceFactory(enrolment=world.enrolment, areas={area: "Before"})
    file = AttachmentFactory(evidence=evidence, name="old.txt", found=FOUND)
    why = f"why_{area.number}"
    sent = {"version": 1, "audience": "portfolio", why: "A long reason", "words_do": f"{press}:{file.pk}"}
    led = client.post(share_page(evidence), sent)
    assert led.url == reverse(f"portfolio:attachment_{page}", args=[file.pk]) + "?with=portfolio"
    back = client.post(led.url, {"file": text_file("new.txt")}, follow=True)
    assert back.redirect_chain == [(f"{share_page(evidence)}?with=portfolio", 302)]
    form = back.context["form"]
    assert (form[why].value(), form["audience"].value()) == ("A long reason", "portfolio")
    # Nobody else reads it yet.
    assert set(evidence.versions.values_list("audience", flat=True)) <= {"only_me"}


def test_a_check_with_no_more_typed_than_saved_saves_nothing(world, sign_in, file):
    sent = {"version": 1, "words_do": f"replace_file:{file.pk}"}
    assert sign_in(world.supervisor).post(share_page(file.evidence), sent).url == f"{address(file)}?with="
    file.evidence.refresh_from_db()
    assert (file.evidence.version, file.evidence.versions.count()) == (1, 1)


def test_reasons_typed_on_an_older_version_stay_on_the_page(world, sign_in):
    area = area_of(world.enrolment)
    evidence = EvidenceFactory(enrolment=world.enrolment, areas={area: ""}, version=2)
    file = AttachmentFactory(evidence=evidence, found=FOUND)
    sent = {"version": 1, f"why_{area.number}": "A long reason", "words_do": f"replace_file:{file.pk}"}
    response = sign_in(world.supervisor).post(share_page(evidence), sent)
    assert (response.status_code, response.context["form"][f"why_{area.number}"].value()) == (409, "A long reason")


def test_a_file_without_fault_is_replaced_on_the_piece_s_own_page(world, sign_in):
    client, evidence = sign_in(world.supervisor), shared(world.enrolment)
    file = AttachmentFactory(evidence=evidence, name="wrong.txt", found=[])
    evidence.shared_version.attachments.add(file)
    page = evidence.get_absolute_url()
    links = [
        f'href="{address(file)}">Replace',
        f'href="{reverse("portfolio:attachment_remove", args=[file.pk])}">Remove',
    ]
    offered = [link in client.get(page).content.decode() for link in links]
    read = [link in sign_in(world.mentor).get(page).content.decode() for link in links]
    assert (offered, read) == ([True, True], [False, False])
    assert "Save first, then replace or remove" in client.get(f"{page}edit/").content.decode()
    client = sign_in(world.supervisor)
    assert client.get(address(file)).content.decode().count(f'href="{page}"') == 2
    response = client.post(address(file), {"file": text_file("right.txt")}, follow=True)
    assert response.redirect_chain == [(page, 302)]
    assert standing(evidence) == ["right.txt"]
    client.post(reverse("portfolio:evidence_discard", args=[evidence.pk]))
    assert ">Replace" not in client.get(page).content.decode()


def test_a_reader_opens_neither_until_it_is_shared_again(world, sign_in):
    evidence = shared(world.enrolment)
    old = AttachmentFactory(evidence=evidence)
    evidence.shared_version.attachments.add(old)
    mentor = sign_in(world.mentor)
    assert mentor.post(address(old), {"file": text_file()}).status_code == 403
    sign_in(world.supervisor).post(address(old), {"file": text_file("new.txt")})
    new = Attachment.objects.get(name="new.txt")
    assert [mentor.get(row.get_absolute_url()).status_code for row in (old, new)] == [404, 404]
    evidence.refresh_from_db()
    assert (evidence.audience, evidence.shared_version.number) == ("mentor", 2)


@pytest.mark.parametrize(
    ("posted", "error"),
    [
        ({}, "Choose a file"),
        (
            {"file": SimpleUploadedFile("empty.txt", b"")},
            "“empty.txt” is empty. Choose another file",
        ),
        (
            {"file": SimpleUploadedFile("notes.zip", b"\x1f\x8b\x08" + bytes(50))},
            f"“notes.zip” is of a kind that cannot be kept here. Choose {ACCEPTED_IN_WORDS}",
        ),
    ],
)
def test_a_bad_file_says_why_and_changes_nothing(world, sign_in, file, posted, error):
    response = sign_in(world.supervisor).post(address(file), posted)
    assert response.status_code == 200
    assert response.context["form"].errors == {"file": [error]}
    assert standing(file.evidence) == ["old.txt"]
    file.evidence.refresh_from_db()
    assert (file.evidence.version, Attachment.objects.count()) == (1, 1)


@pytest.mark.parametrize("person", ["mentor", "outsider", "line_manager", "ld_lead", "admin"])
def test_nobody_else_replaces_it(world, sign_in, file, person):
    client = sign_in(getattr(world, person))
    assert client.get(address(file)).status_code == 404
    assert client.post(address(file), {"file": text_file()}).status_code == 404
    assert standing(file.evidence) == ["old.txt"]


@pytest.mark.parametrize("asked", ["", "?with=mentor"])
def test_sent_twice_it_leads_to_where_the_first_led(world, sign_in, file, asked):
    client, url = sign_in(world.supervisor), address(file) + asked
    first = client.post(url, {"file": text_file("new.txt")})
    again = client.post(url, {"file": text_file("new.txt")}, follow=True)
    assert (again.redirect_chain, "“new.txt” is in its place." in again.content.decode()) == ([(first.url, 302)], True)
    other = client.post(url, {"file": text_file("other.txt", b"Something else")}, follow=True)
    assert other.redirect_chain == [(first.url, 302)]
    assert "“old.txt” was taken off already. “other.txt” was not added." in other.content.decode()
    back = client.get(url, follow=True)
    assert (back.redirect_chain, "“old.txt” was taken off already.<" in back.content.decode()) == (
        [(first.url, 302)],
        True,
    )
    assert standing(file.evidence) == ["new.txt"]
    # Nobody else learns of it.
    assert sign_in(world.mentor).post(url, {"file": text_file()}).status_code == 404


def test_what_is_of_no_piece_or_in_the_bin_is_not_there(world, sign_in, file):
    client = sign_in(world.supervisor)
    binned = AttachmentFactory(evidence=EvidenceFactory(enrolment=world.enrolment, discarded_at=timezone.now()))
    loose = AttachmentFactory(evidence=None, organisation=world.organisation, uploaded_by=world.supervisor)
    for row in (binned, loose):
        assert client.post(address(row), {"file": text_file()}).status_code == 404


def test_two_at_once_make_one(world, file):
    checked = check_upload(text_file("new.txt"), 1000)
    replace_file(attachment=file, file=checked, by=world.supervisor)
    with pytest.raises(StaleVersion):
        replace_file(attachment=file, file=checked, by=world.supervisor)
    assert standing(file.evidence) == ["new.txt"]
