"""Writing: what is saved, who reads it, and that nothing typed is ever lost."""

import datetime as dt
import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from portfolio.models import Attachment, Evidence, EvidenceVersion
from sessions_catalogue.models import ProgrammeSession
from tests.both_texts import differing
from tests.factories.portfolio import EvidenceFactory, area_of, picture, shared, text_file

NEW = reverse("portfolio:evidence_new")


def edit_url(evidence):
    return reverse("portfolio:evidence_edit", args=[evidence.pk])


def test_a_new_piece_is_its_writers_alone(world, sign_in, posted, areas):
    data = posted(areas={areas[0]: "It shows it", areas[1]: ""})
    response = sign_in(world.supervisor).post(NEW, data)
    evidence = Evidence.objects.get()
    assert (response.status_code, response.url) == (302, evidence.get_absolute_url())
    assert (str(evidence.pk), evidence.title, evidence.body) == (data["id"], data["title"], data["body"])
    assert (evidence.audience, evidence.version, evidence.enrolment) == ("only_me", 1, world.enrolment)
    assert evidence.organisation == world.organisation
    assert list(evidence.mappings.values_list("area__number", "rationale")) == [(1, "It shows it"), (2, "")]
    version = EvidenceVersion.objects.get()
    assert (version.number, version.audience, version.shared_with, version.saved_by) == (
        1, "only_me", None, world.supervisor,
    )  # fmt: skip
    assert [row["rationale"] for row in version.mappings] == ["It shows it", ""]
    assert not list(Evidence.objects.visible_to(world.mentor))


def test_the_audit_holds_no_words(world, sign_in, posted):
    sign_in(world.supervisor).post(NEW, posted(title="CANARYTITLE", body="CANARYBODY"))
    rows = list(AuditEvent.objects.filter(target_type="portfolio.evidence").values())
    assert [row["verb"] for row in rows] == ["logged evidence"]
    assert "CANARY" not in str(rows)


def test_a_double_press_makes_one_row(world, sign_in, posted):
    client, data = sign_in(world.supervisor), posted()
    first, second = client.post(NEW, data), client.post(NEW, data)
    assert (first.status_code, second.status_code, second.url) == (302, 302, first.url)
    assert (Evidence.objects.count(), EvidenceVersion.objects.count()) == (1, 1)


@pytest.mark.parametrize("asked", ["", "?id=", "?id=x", "?id=1&id=2"])
def test_the_address_of_the_form_has_the_id_of_the_piece(world, sign_in, asked):
    client = sign_in(world.supervisor)
    address = client.get(NEW + asked).url
    path, _, ident = address.partition("?id=")
    assert (path, str(uuid.UUID(ident))) == (NEW, ident)
    form = client.get(address).context["form"]
    assert str(form["id"].value()) == ident


def test_the_rest_of_the_address_stays(world, sign_in):
    address = sign_in(world.supervisor).get(NEW + "?session=4").url
    assert address.startswith(NEW + "?session=4&id=")


def test_going_back_after_saving_leads_to_the_piece(world, sign_in, posted):
    client = sign_in(world.supervisor)
    address = client.get(NEW).url
    ident = address.partition("?id=")[2]
    client.post(address, posted(id=ident))
    client.get(Evidence.objects.get().get_absolute_url())  # where the first message is read
    back = client.get(address, follow=True)
    assert back.redirect_chain == [(f"/evidence/{ident}/", 302)]
    assert [str(message) for message in back.context["messages"]] == ["You saved this already"]
    assert Evidence.objects.count() == 1


def test_an_id_that_is_somebody_elses_is_replaced(world, sign_in):
    foreign, client = EvidenceFactory(enrolment=world.other.enrolment), sign_in(world.supervisor)
    address = client.get(NEW, {"id": foreign.pk}).url
    assert address.startswith(f"{NEW}?id=")
    assert str(foreign.pk) not in address
    assert client.get(address).status_code == 200


def test_the_same_form_with_another_text_loses_neither(world, sign_in, posted):
    client, data = sign_in(world.supervisor), posted()
    client.post(NEW, data)
    response = client.post(NEW, data | {"body": "Typed after going back"})
    page = response.content.decode()
    assert response.status_code == 409
    assert data["body"] in page
    assert "Typed after going back" in page
    evidence = Evidence.objects.get()
    assert (evidence.version, evidence.body) == (1, data["body"])
    again = client.post(edit_url(evidence), response.context["form"].data)
    evidence.refresh_from_db()
    assert (again.status_code, evidence.version, evidence.body) == (302, 2, "Typed after going back")


def test_the_id_of_somebody_elses_piece_is_not_found(world, sign_in, posted):
    foreign = EvidenceFactory(enrolment=world.other.enrolment)
    response = sign_in(world.supervisor).post(NEW, posted(id=str(foreign.pk)))
    assert response.status_code == 404
    foreign.refresh_from_db()
    assert (Evidence.objects.count(), foreign.version) == (1, 1)


def test_a_session_brings_its_area(world, sign_in, posted, areas):
    session = ProgrammeSession.objects.create(
        number=4, slug="ethics", title="Ethics and values", overview="", day=1, area=areas[0]
    )
    client = sign_in(world.supervisor)
    response = client.get(NEW + "?session=4", follow=True)
    assert response.context["form"]["areas"].value() == [str(areas[0].pk)]
    assert "chosen because session 4 is about it" in response.content.decode()
    client.post(NEW + "?session=4", posted(areas={areas[0]: ""}))
    assert Evidence.objects.get().session == session


@pytest.mark.parametrize("number", ["99", "x", "-1", "1" * 50])
def test_a_session_that_does_not_exist_is_not_found(world, sign_in, number):
    assert sign_in(world.supervisor).get(NEW, {"session": number}, follow=True).status_code == 404


@pytest.mark.parametrize("person", ["outsider", "mentor", "line_manager", "ld_lead", "admin", "senior_leader"])
def test_only_people_on_the_pathway_can_add(world, sign_in, posted, person):
    client = sign_in(getattr(world, person))
    assert (client.get(NEW).status_code, client.post(NEW, posted()).status_code) == (404, 404)
    assert not Evidence.objects.exists()


def test_the_address_may_name_an_area(world, sign_in, areas):
    client = sign_in(world.supervisor)
    page = client.get(reverse("portfolio:coverage_area", args=[areas[1].pk])).content.decode()
    assert f'href="{NEW}?area={areas[1].pk}"' in page
    for named, ticked in ((areas[1].pk, 1), ("x", 0), (uuid.uuid4(), 0)):
        body = client.get(NEW, {"area": named}, follow=True).content.decode()
        boxes = re.findall(r'<input[^>]*name="areas"[^>]*>', body)
        assert ([box.count(f'value="{areas[1].pk}"') for box in boxes if " checked" in box]) == [1] * ticked


def test_wrong_input_keeps_what_was_typed_and_every_good_file(world, sign_in, posted, areas):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    data = posted(areas={areas[2]: "My reason"}, title="  ", body="Typed at length", on=tomorrow)
    client = sign_in(world.supervisor)
    files = [text_file(), text_file("page.html", b"<html><script>alert(1)</script>")]
    response = client.post(NEW, data | {"attachments": files})
    page = response.content.decode()
    assert response.status_code == 200
    assert "<title>Error: Add evidence" in page
    assert response.context["form"].errors == {
        "title": ["Give it a name of a few words"],
        "happened_on": [f"The date it happened must be {timezone.localdate():%-d %B %Y} or earlier"],
        "attachments": ["“page.html” holds web page or program code. Save it as a PDF and choose that"],
    }
    assert "Typed at length" in page
    assert 'value="My reason"' in page
    kept = Attachment.objects.get()
    assert (kept.name, kept.evidence, kept.uploaded_by) == ("notes.txt", None, world.supervisor)
    today = timezone.localdate()
    mended = dict(response.context["form"].data.lists()) | {"title": "Mended"}
    mended["happened_on_day"], mended["happened_on_month"], mended["happened_on_year"] = (
        today.day,
        today.month,
        today.year,
    )
    assert client.post(NEW, mended).status_code == 302
    kept.refresh_from_db()
    assert kept.evidence == Evidence.objects.get()


def test_files_are_saved_with_the_piece(world, sign_in, posted):
    files = [text_file(), text_file("picture.png", picture())]
    sign_in(world.supervisor).post(NEW, posted() | {"attachments": files})
    evidence = Evidence.objects.get()
    assert list(evidence.attachments.values_list("name", "content_type", "state")) == [
        ("notes.txt", "text/plain", "clean"),
        ("picture.png", "image/png", "clean"),
    ]
    assert set(EvidenceVersion.objects.get().attachments.all()) == set(evidence.attachments.all())


def test_somebody_elses_waiting_file_cannot_be_taken(world, sign_in, posted):
    foreign = world.other.supervisor
    sign_in(foreign).post(NEW, posted(title="") | {"attachments": [text_file("CANARY.txt")]})
    waiting = Attachment.objects.get()
    response = sign_in(world.supervisor).post(NEW, posted(title="", kept=[str(waiting.pk)]))
    assert "CANARY" not in response.content.decode()
    sign_in(world.supervisor).post(NEW, posted(kept=[str(waiting.pk), "nonsense"]))
    waiting.refresh_from_db()
    assert (waiting.evidence, Evidence.objects.count()) == (None, 1)


def test_a_change_makes_the_next_version(world, sign_in, posted, areas):
    evidence = EvidenceFactory(enrolment=world.enrolment, areas={areas[0]: "Old reason", areas[1]: "Gone"})
    client = sign_in(world.supervisor)
    assert 'value="Old reason"' in client.get(edit_url(evidence)).content.decode()
    client.post(edit_url(evidence), posted(areas={areas[0]: "New reason"}, version=1, title="Changed"))
    evidence.refresh_from_db()
    assert (evidence.version, evidence.title) == (2, "Changed")
    assert list(evidence.mappings.values_list("area__number", "rationale")) == [(1, "New reason")]
    assert list(evidence.versions.values_list("number", flat=True)) == [1, 2]


def test_a_stale_version_shows_both_texts_and_changes_nothing(world, sign_in, posted):
    evidence = EvidenceFactory(enrolment=world.enrolment)
    client = sign_in(world.supervisor)
    client.post(edit_url(evidence), posted(version=1, body="Saved in the other window"))
    response = client.post(
        edit_url(evidence), posted(version=1, body="Typed here") | {"attachments": [text_file("kept.txt")]}
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert differing(response)["What happened"] == ("[Saved in the other window]", "[Typed here]")
    assert "kept.txt" in page
    evidence.refresh_from_db()
    assert (evidence.version, evidence.body) == (2, "Saved in the other window")
    assert client.post(edit_url(evidence), response.context["form"].data).status_code == 302
    evidence.refresh_from_db()
    assert (evidence.version, evidence.body) == (3, "Typed here")
    assert [file.name for file in evidence.attachments.all()] == ["kept.txt"]


@pytest.mark.parametrize("person", ["mentor", "line_manager", "admin", "ld_lead", "outsider"])
def test_nobody_else_edits(world, sign_in, posted, person):
    private, opened = EvidenceFactory(enrolment=world.enrolment), shared(world.enrolment)
    client = sign_in(getattr(world, person))
    expected = 403 if person == "mentor" else 404
    assert client.post(edit_url(opened), posted(version=2)).status_code == expected
    assert client.post(edit_url(private), posted(version=1)).status_code == 404
    private.refresh_from_db()
    assert (private.version, EvidenceVersion.objects.count()) == (1, 3)


def test_an_area_of_another_standard_is_refused(world, sign_in, posted):
    response = sign_in(world.supervisor).post(NEW, posted() | {"areas": [str(uuid.uuid4())]})
    assert "areas" in response.context["form"].errors
    assert not Evidence.objects.exists()


HOSTILE = [
    "<script>alert(1)</script>",
    "[press](javascript:alert(1))",
    '<img src=x onerror="alert(1)">',
    "‮kcabrwards and \U0001f469\u200d\U0001f52c family",
    "  leading space\n\n- a list\n\ttab",
    "{{ settings.SECRET_KEY }} {% now 'Y' %} %s ' OR 1=1 --",
    "\n\nfirst lines are empty",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_comes_back_as_typed_and_does_nothing(world, sign_in, posted, areas, hostile):
    client = sign_in(world.supervisor)
    data = posted(areas={areas[0]: hostile}, title=hostile, body=hostile.replace("\n", "\r\n"))
    response = client.post(NEW, data, follow=True)
    evidence = Evidence.objects.get()
    page = response.content.decode()
    assert evidence.body == hostile
    assert client.get(edit_url(evidence)).context["form"]["body"].value() == hostile
    for inert in ("<script>alert", "<img src=x", 'href="javascript:'):
        assert inert not in page


def test_nul_is_refused_in_words(world, sign_in, posted):
    response = sign_in(world.supervisor).post(NEW, posted(body="a\x00b", title="c\x00d"))
    message = "The text holds a character that cannot be saved. Copy it again as plain text."
    assert response.context["form"].errors == {"body": [message], "title": [message]}
    assert not Evidence.objects.exists()


def test_four_byte_text_of_great_length_is_kept_whole(world, sign_in, posted):
    body = "\U0001d54f" * 60_000
    sign_in(world.supervisor).post(NEW, posted(body=body))
    assert Evidence.objects.get().body == body


def test_the_form_works_without_areas_in_the_standard(world, sign_in):
    area_of(world.enrolment).delete()
    assert sign_in(world.supervisor).get(NEW, follow=True).status_code == 200
